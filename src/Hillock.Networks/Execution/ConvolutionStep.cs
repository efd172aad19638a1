using Hillock.Networks.Numerics;

namespace Hillock.Networks.Execution;

/// <summary>A convolution, and the activation behind it.</summary>
/// <remarks>
/// Kernels reach over the edge of images that have a margin of zeros. Where there is padding, the inputs are copied into such images, which are kept for the
/// backward pass in place of the inputs; so is the gradient by the outputs, where that by the inputs is wanted. Where a sequence ends, zeros follow.
/// </remarks>
internal sealed unsafe class ConvolutionStep : PlanStep, IActivationHost
{
    private readonly ConvolutionShape _shape;
    private readonly NetworkTensor _weight;
    private readonly NetworkTensor? _bias;
    private readonly PlanValue _input;
    private readonly PlanValue _output;
    private readonly MarginCopy? _paddedInput;
    private readonly MarginCopy? _paddedGradient;
    private readonly BiasGradient? _biasGradient;
    private ActivationUnit? _activation;

    private ConvolutionStep(PlanBuilder plan, ConvolutionShape shape, NetworkTensor weight, NetworkTensor? bias, PlanValue input, PlanValue output)
    {
        _shape = shape;
        _weight = weight;
        _bias = bias;
        _input = input;
        _output = output;
        _paddedInput = MarginCopy.Create(plan, shape.Padding, shape.Height, shape.Width, shape.Channels);
        _paddedGradient = plan.Trains && input.Gradient != null
            ? MarginCopy.Create(plan, shape.GradientMargin, shape.OutputHeight, shape.OutputWidth, shape.Filters)
            : null;
        _biasGradient = plan.Trains && bias != null
            ? new BiasGradient((long)plan.MaximumRows * shape.OutputHeight * shape.OutputWidth, shape.Filters)
            : null;
    }

    public override ActivationUnit? Activation => _activation;

    /// <summary>Adds a convolution to a plan.</summary>
    /// <returns>What it gives.</returns>
    public static PlanValue Add(PlanBuilder plan, LayerNode node, ConvolutionShape shape, PlanValue input)
    {
        PlanValue output = plan.Value(node.Output, needsGradient: true, mayBeOverwritten: true);
        ConvolutionStep step = new(plan, shape, node.Tensors[0], node.Tensors.Count > 1 ? node.Tensors[1] : null, input, output);
        Margin margin = shape.Padding;
        output.Lengths = plan.Behind(input.Lengths, (shape.KernelWidth - 1) * shape.DilationX + 1, shape.StrideX, margin.Left + margin.Right);
        plan.Add(step, output, [input.Data, output.Data, step._paddedInput?.Buffer], []);
        BackwardPart last = step._paddedGradient is null ? BackwardPart.Input : BackwardPart.Parameters;
        plan.AddBackwardUses(step, BackwardPart.Activation, last, [output.Gradient]);
        plan.AddBackwardUses(step, BackwardPart.Parameters, BackwardPart.Parameters, [step._paddedInput?.Buffer ?? input.Data]);
        plan.AddBackwardUses(step, BackwardPart.Parameters, BackwardPart.Input, [step._paddedGradient?.Buffer]);
        plan.AddBackwardUses(step, BackwardPart.Input, BackwardPart.Input, [input.Gradient]);
        plan.AddGradients(step, node.Tensors);
        return output;
    }

    public bool TryHost(ActivationUnit unit)
    {
        if (_activation != null || unit.Input != _output || !unit.TakesBlocks(_shape.IsDepthwise ? _shape.Filters : _shape.GroupFilters))
        {
            return false;
        }

        _activation = unit;
        return true;
    }

    public override void Forward(BatchPass pass)
    {
        _input.Lengths?.ClearPadding(_input.Data.Pointer, pass.Rows, _shape.Width, _shape.Channels);
        _paddedInput?.Run(pass, _input.Data.Pointer);
        ImageView output = Output(_output.Data.Pointer);
        float* bias = _bias is null ? null : pass.Of(_bias);
        if (_activation is null)
        {
            ConvolutionProduct.Forward(_shape, pass.Rows, Input(), pass.Of(_weight), bias, output, default(NoEpilogue), pass.Team);
        }
        else
        {
            _activation.Prepare(pass);
            ConvolutionProduct.Forward(_shape, pass.Rows, Input(), pass.Of(_weight), bias, output, new ActivationEpilogue(_activation, 0), pass.Team);
        }
    }

    public override void Backward(BatchPass pass)
    {
        _activation?.Backward();
        float* gradient = _output.Gradient!.Pointer;
        if (pass.Gradients != null)
        {
            ConvolutionProduct.BackwardWeights(_shape, pass.Rows, Input(), Output(gradient), pass.GradientOf(_weight), pass.Team);
            if (_bias != null)
            {
                _biasGradient!.Run(pass, gradient, (long)pass.Rows * _output.Shape.Positions, pass.GradientOf(_bias));
            }
        }

        if (_input.Gradient is { } inputGradient)
        {
            _paddedGradient?.Run(pass, gradient);
            ImageView written = new(inputGradient.Pointer, _shape.Height, _shape.Width, _shape.Channels);
            ConvolutionProduct.BackwardInput(_shape, pass.Rows, _paddedGradient?.View ?? Output(gradient), pass.Of(_weight), written, pass.Team);
            _input.Lengths?.ClearPadding(inputGradient.Pointer, pass.Rows, _shape.Width, _shape.Channels);
        }
    }

    private ImageView Input() => _paddedInput?.View ?? new ImageView(_input.Data.Pointer, _shape.Height, _shape.Width, _shape.Channels);

    private ImageView Output(float* data) => new(data, _shape.OutputHeight, _shape.OutputWidth, _shape.Filters);
}
