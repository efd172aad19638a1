using Hillock.Activations;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Random;
using Hillock.Networks.Numerics;

namespace Hillock.Networks.Execution;

/// <summary>
/// An activation bound to the values that it reads and writes, with every parameter constant, learned or drawn. It is a step of its own, or the last part
/// of the step that makes its inputs, which may then compute it piece by piece while a piece is in the cache.
/// </summary>
internal sealed unsafe partial class ActivationUnit
{
    /// <summary>The elements of a word of a mask: what is computed at a time starts at a multiple of them.</summary>
    private const int MaskWord = 16;

    private readonly ActivationDefinition _definition;
    private readonly NetworkTensor?[] _learned;
    private readonly ParameterMode[] _modes;
    private readonly PlanBuffer?[] _draws;
    private readonly AlignedBuffer?[] _channels;
    private readonly RandomStream?[] _streams;
    private readonly AlignedBuffer _constants;
    private readonly PlanBuffer? _contributions;
    private readonly AlignedBuffer?[] _sums;
    private readonly bool _fromOutput;
    private readonly PlanBuffer? _mask;
    private readonly Chunks _chunks;
    private readonly Action<int> _draw;
    private readonly Action<int> _forward;
    private readonly Action<int> _backward;
    private BatchPass _pass = null!;
    private RandomKey _key;

    /// <summary>Binds an activation.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="node">The layer.</param>
    /// <param name="activation">The activation.</param>
    /// <param name="learned">What it learns (<see cref="LayerNode.ActivationTensors"/>).</param>
    /// <param name="input">What it reads.</param>
    /// <param name="shape">The shape of what it gives.</param>
    public ActivationUnit(PlanBuilder plan, LayerNode node, Activation activation, NetworkTensor?[] learned, PlanValue input, TensorShape shape)
    {
        Node = node;
        Description = activation;
        Input = input;
        _definition = activation.Definition;
        _learned = learned;
        _modes = [.. activation.Modes];
        _chunks = Chunks.Of(input.Shape);
        bool learns = learned.Any(tensor => tensor != null);
        _fromOutput = _definition.HasBackwardFromOutput && !learns;
        long length = (long)plan.MaximumRows * shape.Size;
        _mask = _definition.HasBackwardFromMask && !Array.Exists(_modes, mode => mode is not ParameterMode.Constant) && shape.Channels % MaskWord == 0
            ? plan.TrainingBuffer(length / MaskWord)
            : null;
        bool inPlace = _definition.KeepsLength && plan.MayOverwrite(input) && (_fromOutput || _mask != null || !plan.Trains);
        PlanBuffer data = inPlace ? input.Data : plan.Buffer(length);
        PlanBuffer? gradient = _definition.KeepsLength ? input.Gradient : null;
        gradient ??= learns || input.Gradient != null ? plan.TrainingBuffer(length) : null;
        Output = new PlanValue(shape, data, gradient) { MayBeOverwritten = _mask != null || !_fromOutput };

        int most = _chunks.Count(plan.MaximumRows);
        int count = _modes.Length;
        _constants = new AlignedBuffer(Math.Max(1, count));
        _draws = new PlanBuffer?[count];
        _channels = new AlignedBuffer?[count];
        _sums = new AlignedBuffer?[count];
        for (int p = 0; p < count; p++)
        {
            _constants.Span[p] = (float)_modes[p].EvaluationValue;
            bool channel = _modes[p] is ParameterMode.Learned { Scope: ParameterScope.Channel };
            _channels[p] = channel ? new AlignedBuffer((int)Math.Min((long)_chunks.Length * shape.Channels, length)) : null;
            _draws[p] = _modes[p] is ParameterMode.Random or ParameterMode.Normal ? plan.TrainingBuffer(length) : null;
            _sums[p] = plan.Trains && _learned[p] != null ? new AlignedBuffer(checked(most * (channel ? shape.Channels : 1))) : null;
        }

        _contributions = Array.Exists(_channels, values => values != null) ? plan.TrainingBuffer(length) : null;
        _streams = [.. Enumerable.Range(0, _draws.Any(draws => draws != null) ? most : 0).Select(_ => new RandomStream(default))];
        _draw = DrawChunk;
        _forward = ForwardChunk;
        _backward = BackwardChunk;
    }

    /// <summary>The layer.</summary>
    public LayerNode Node { get; }

    /// <summary>The activation.</summary>
    public Activation Description { get; }

    /// <summary>What it reads.</summary>
    public PlanValue Input { get; }

    /// <summary>What it gives.</summary>
    public PlanValue Output { get; }

    /// <summary>What it learns, for each parameter of the formula; null for one that is not learned.</summary>
    public IReadOnlyList<NetworkTensor?> Learned => _learned;

    /// <summary>Tells the plan what the step touches that computes the activation.</summary>
    public void DeclareUses(PlanBuilder plan, PlanStep step)
    {
        PlanBuffer known = _mask ?? (_fromOutput ? Output.Data : Input.Data);
        plan.AddUses(step, [Input.Data, Output.Data, _mask, .. _draws], []);
        plan.AddBackwardUses(
            step,
            BackwardPart.Activation,
            BackwardPart.Activation,
            [known, Output.Gradient, Input.Gradient, _contributions, .. _draws]);
        if (plan.Observed)
        {
            plan.AddUses(step, [], [Input.Data, Output.Data, _mask]);
        }
    }

    /// <summary>Makes parameters ready for a batch; before anything else of its forward pass.</summary>
    public void Prepare(BatchPass pass)
    {
        _pass = pass;
        for (int p = 0; p < _modes.Length; p++)
        {
            if (_learned[p] is not { } tensor)
            {
                continue;
            }

            ReadOnlySpan<float> values = new(pass.Of(tensor), (int)tensor.Length);
            if (_channels[p] is { } tile)
            {
                int needed = Math.Min(tile.Length, pass.Rows * Output.Shape.Size);
                for (int start = 0; start < needed; start += values.Length)
                {
                    values.CopyTo(tile.Span[start..]);
                }
            }
            else
            {
                _constants.Span[p] = values[0];
            }
        }

        if (_streams.Length > 0 && pass.Training)
        {
            _key = pass.Draws.Derive(Node.Number);
            pass.Run(_chunks.Count(pass.Rows), _draw);
        }
    }

    /// <summary>Whether outputs may be computed block by block: no output depends on another channel's input, and no two blocks share a word of a mask.</summary>
    /// <param name="channels">Blocks begin at multiples of so many channels, or of some more; tiles of products have multiples of sixteen.</param>
    public bool TakesBlocks(int channels) => _definition.IsElementwise && (_mask is null || channels % MaskWord == 0);

    /// <summary>Computes the outputs of a block of a batch whose inputs are complete.</summary>
    /// <param name="firstPosition">The first position.</param>
    /// <param name="positions">The number of positions.</param>
    /// <param name="firstChannel">The first channel.</param>
    /// <param name="channels">The number of channels.</param>
    public void ForwardBlock(long firstPosition, int positions, int firstChannel, int channels)
    {
        // Whole positions lie together; of parts of them, each is a piece of its own.
        bool whole = channels == _chunks.Channels;
        int step = whole ? _chunks.Length : 1;
        for (int position = 0; position < positions; position += step)
        {
            int length = whole ? Math.Min(step, positions - position) * channels : channels;
            long start = (firstPosition + position) * _chunks.Channels + firstChannel;
            Forward(Input.Data.Slice(start, length), start, length, channels, firstChannel);
        }
    }

    /// <summary>Computes the outputs of the batch.</summary>
    public void Forward() => _pass.Run(_chunks.Count(_pass.Rows), _forward);

    /// <summary>Turns the gradient by the outputs into those by the inputs and by the parameters.</summary>
    public void Backward()
    {
        int chunks = _chunks.Count(_pass.Rows);
        _pass.Run(chunks, _backward);
        if (_pass.Gradients == null)
        {
            return;
        }

        for (int p = 0; p < _learned.Length; p++)
        {
            if (_learned[p] is { } tensor)
            {
                VectorLoops.SumColumns(_sums[p]!.Pointer, chunks, (int)tensor.Length, _pass.GradientOf(tensor));
            }
        }
    }

    private void DrawChunk(int chunk)
    {
        (_, _, long start, int length) = PieceOf(chunk);
        RandomStream stream = _streams[chunk]!;
        stream.Restart(_key.Derive(chunk));
        for (int p = 0; p < _modes.Length; p++)
        {
            switch (_modes[p])
            {
                case ParameterMode.Random random:
                    stream.FillUniform(_draws[p]!.Slice(start, length), (float)random.Lower, (float)random.Upper);
                    break;
                case ParameterMode.Normal normal:
                    stream.FillNormal(_draws[p]!.Slice(start, length), normal.Mean, normal.Deviation);
                    break;
            }
        }
    }

    private void ForwardChunk(int chunk)
    {
        Piece piece = PieceOf(chunk);
        Forward(Input.Data.Slice(piece.Input, piece.InputLength), piece.Output, piece.OutputLength, _chunks.Channels, firstChannel: 0);
    }

    private void Forward(ReadOnlySpan<float> input, long start, int length, int channels, int firstChannel)
    {
        Span<float> output = Output.Data.Slice(start, length);
        ActivationArguments<float> arguments = Arguments(start, length, firstChannel);
        if (_mask != null)
        {
            _definition.ForwardWithMask(input, output, Mask(start, length), arguments);
        }
        else
        {
            _definition.Forward(input, output, channels, arguments);
        }
    }

    private void BackwardChunk(int chunk)
    {
        Piece piece = PieceOf(chunk);
        ReadOnlySpan<float> outputGradient = Output.Gradient!.Slice(piece.Output, piece.OutputLength);
        Span<float> inputGradient = Input.Gradient is { } gradient ? gradient.Slice(piece.Input, piece.InputLength) : default;
        if (_pass.Gradients != null && Array.Exists(_learned, tensor => tensor != null))
        {
            BackwardToParameters(chunk, piece, outputGradient, inputGradient);
        }
        else if (!inputGradient.IsEmpty)
        {
            Backward(piece, outputGradient, inputGradient);
        }
    }

    private void BackwardToParameters(int chunk, Piece piece, ReadOnlySpan<float> outputGradient, Span<float> inputGradient)
    {
        // Parameters of a channel each share the room for what the elements add, so all but the last are gone through alone.
        int lastOfChannels = Array.FindLastIndex(_channels, values => values != null);
        Span<float> contributions = _contributions is null ? default : _contributions.Slice(piece.Output, piece.OutputLength);
        ReadOnlySpan<float> input = Input.Data.Slice(piece.Input, piece.InputLength);
        ActivationArguments<float> arguments = Arguments(piece.Output, piece.OutputLength);
        ParameterGradients<float> gradients = default;
        for (int p = 0; p < _learned.Length; p++)
        {
            if (_channels[p] != null && p != lastOfChannels)
            {
                _definition.Backward(input, outputGradient, [], _chunks.Channels, arguments, default(ParameterGradients<float>).With(p, contributions));
                SumChannels(chunk, piece, p);
            }
            else if (_learned[p] != null)
            {
                gradients = gradients.With(p, p == lastOfChannels ? contributions : _sums[p]!.Span.Slice(chunk, 1));
            }
        }

        _definition.Backward(input, outputGradient, inputGradient, _chunks.Channels, arguments, gradients);
        if (lastOfChannels >= 0)
        {
            SumChannels(chunk, piece, lastOfChannels);
        }
    }

    private void SumChannels(int chunk, Piece piece, int parameter)
    {
        int channels = Output.Shape.Channels;
        VectorLoops.SumColumns(
            _contributions!.Pointer + piece.Output, piece.OutputLength / channels, channels, _sums[parameter]!.Pointer + (nint)chunk * channels);
    }

    private void Backward(Piece piece, ReadOnlySpan<float> outputGradient, Span<float> inputGradient)
    {
        ActivationArguments<float> arguments = Arguments(piece.Output, piece.OutputLength);
        if (_mask != null)
        {
            _definition.BackwardFromMask(Mask(piece.Output, piece.OutputLength), outputGradient, inputGradient, arguments);
        }
        else if (_fromOutput)
        {
            _definition.BackwardFromOutput(
                Output.Data.Slice(piece.Output, piece.OutputLength), outputGradient, inputGradient, _chunks.Channels, arguments);
        }
        else
        {
            _definition.Backward(Input.Data.Slice(piece.Input, piece.InputLength), outputGradient, inputGradient, _chunks.Channels, arguments);
        }
    }

    private Piece PieceOf(int chunk)
    {
        int positions = _chunks.PositionsOf(chunk, _pass.Rows);
        int channels = Output.Shape.Channels;
        return new Piece(_chunks.Start(chunk), positions * _chunks.Channels, _chunks.First(chunk) * channels, positions * channels);
    }

    private Span<uint> Mask(long start, int length) => new((uint*)_mask!.Pointer + start / MaskWord, length / MaskWord);

    /// <summary>Where a chunk lies in the inputs and in the outputs.</summary>
    private readonly record struct Piece(long Input, int InputLength, long Output, int OutputLength);

    private ActivationArguments<float> Arguments(long start, int length, int firstChannel = 0)
    {
        // Drawn values and those of channels are given for each element, also where there is but one.
        ActivationArguments<float> arguments = new() { OneForEach = !SharesParameters };
        for (int p = 0; p < _modes.Length; p++)
        {
            arguments = arguments.With(p, Values(p, start, length, firstChannel));
        }

        return arguments;
    }

    private ReadOnlySpan<float> Values(int parameter, long start, int length, int firstChannel)
    {
        if (_pass.Training && _draws[parameter] is { } draws)
        {
            return draws.Slice(start, length);
        }

        return _channels[parameter] is { } channels ? channels.Span.Slice(firstChannel, length) : _constants.Span.Slice(parameter, 1);
    }
}
