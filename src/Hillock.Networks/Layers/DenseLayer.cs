using System.Text.Json.Serialization;
using Hillock.Networks.Execution;
using Hillock.Networks.Numerics;

namespace Hillock.Networks;

/// <summary>
/// A layer whose units each see every channel: y = x·W + b. Where the input has positions, each is treated alike; put a
/// <see cref="FlattenLayer"/> before it to let the units see all positions at once.
/// </summary>
/// <param name="Units">The number of units; at least 1.</param>
/// <param name="Bias">Whether there is a bias b.</param>
public sealed record DenseLayer(int Units, bool Bias = true) : LayerDescription
{
    /// <summary>The number of units.</summary>
    public int Units { get; init; } = AtLeast(1, Units, nameof(Units));

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Text => Bias ? $"dense:{Units}" : $"dense:{Units}/nobias";

    internal override bool IsCausal => true;

    internal override TensorShape Declare(LayerNode node)
    {
        node.Weight("weight", [node.NeedsNumbers().Channels, Units], node.Input.Channels, Units);
        if (Bias)
        {
            node.Constant("bias", TensorKind.Unregularised, [Units]);
        }

        return node.Input.WithChannels(Units);
    }

    internal override PlanValue Build(PlanBuilder plan, LayerNode node, PlanValue input)
    {
        PlanValue output = plan.Value(node.Output, needsGradient: true, mayBeOverwritten: true);
        DenseStep step = new(plan, node.Tensors[0], Bias ? node.Tensors[1] : null, input, output);
        plan.Add(step, output, [input.Data, output.Data], []);
        plan.AddBackwardUses(step, BackwardPart.Activation, BackwardPart.Input, [output.Gradient]);
        plan.AddBackwardUses(step, BackwardPart.Parameters, BackwardPart.Parameters, [input.Data]);
        plan.AddBackwardUses(step, BackwardPart.Input, BackwardPart.Input, [input.Gradient]);
        plan.AddGradients(step, node.Tensors);
        return output;
    }
}

/// <summary>A dense layer, and the activation behind it.</summary>
internal sealed unsafe class DenseStep : PlanStep, IActivationHost
{
    private readonly NetworkTensor _weight;
    private readonly NetworkTensor? _bias;
    private readonly PlanValue _input;
    private readonly PlanValue _output;
    private readonly int _inputs;
    private readonly int _units;
    private readonly BiasGradient? _biasGradient;
    private ActivationUnit? _activation;

    public DenseStep(PlanBuilder plan, NetworkTensor weight, NetworkTensor? bias, PlanValue input, PlanValue output)
    {
        _weight = weight;
        _bias = bias;
        _input = input;
        _output = output;
        _inputs = input.Shape.Channels;
        _units = output.Shape.Channels;
        _biasGradient = plan.Trains && bias != null ? new BiasGradient((long)plan.MaximumRows * input.Shape.Positions, _units) : null;
    }

    public override ActivationUnit? Activation => _activation;

    public bool TryHost(ActivationUnit unit)
    {
        if (_activation != null || unit.Input != _output || !unit.TakesBlocks(_units))
        {
            return false;
        }

        _activation = unit;
        return true;
    }

    public override void Forward(BatchPass pass)
    {
        MatrixView input = new(_input.Data.Pointer, Positions(pass), _inputs);
        MatrixView weight = new(pass.Of(_weight), _inputs, _units);
        float* bias = _bias is null ? null : pass.Of(_bias);
        if (_activation is null)
        {
            MatrixProduct.Multiply(input, weight, bias, 0, _output.Data.Pointer, _units, default(NoEpilogue), pass.Team);
        }
        else
        {
            _activation.Prepare(pass);
            MatrixProduct.Multiply(input, weight, bias, 0, _output.Data.Pointer, _units, new ActivationEpilogue(_activation, 0), pass.Team);
        }
    }

    public override void Backward(BatchPass pass)
    {
        _activation?.Backward();
        int positions = Positions(pass);
        MatrixView gradient = new(_output.Gradient!.Pointer, positions, _units);
        if (pass.Gradients != null)
        {
            MatrixView input = new(_input.Data.Pointer, positions, _inputs);
            MatrixProduct.Multiply(input.Transposed, gradient, null, 0, pass.GradientOf(_weight), _units, default(NoEpilogue), pass.Team);
            if (_bias != null)
            {
                _biasGradient!.Run(pass, gradient.Data, positions, pass.GradientOf(_bias));
            }
        }

        if (_input.Gradient is { } inputGradient)
        {
            MatrixView weight = new(pass.Of(_weight), _inputs, _units);
            MatrixProduct.Multiply(gradient, weight.Transposed, null, 0, inputGradient.Pointer, _inputs, default(NoEpilogue), pass.Team);
        }
    }

    private int Positions(BatchPass pass) => checked(pass.Rows * _input.Shape.Positions);
}
