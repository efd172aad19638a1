using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Hillock.Networks.Execution;
using Hillock.Networks.Numerics;

namespace Hillock.Networks;

/// <summary>
/// Batch normalisation (Ioffe &amp; Szegedy 2015): y = γ·(x - mean)/√(variance + ε) + β for each channel, with the mean and variance of the batch
/// in training and running ones in evaluation. γ starts at 1, β at 0; both are learned. Of sequences with padding only the real positions count.
/// </summary>
public sealed record BatchNormLayer : LayerDescription
{
    /// <summary>The share of a batch's statistics in the running ones, in (0, 1]; the variance goes in without bias, as n/(n - 1) of the batch's.</summary>
    public double Momentum { get; init => field = CheckMomentum(value); } = 0.1;

    /// <summary>ε; above 0.</summary>
    public double Epsilon { get; init => field = NormalisationStep.CheckEpsilon(value); } = 1e-5;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Text =>
        NormalisationStep.Text(Momentum == 0.1 ? "batchnorm" : FormattableString.Invariant($"batchnorm/momentum={Momentum}"), Epsilon);

    private static double CheckMomentum(double value) => value is > 0 and <= 1
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, FormattableString.Invariant($"a momentum of {value} is not above 0 and at most 1"));

    internal override bool PassesSignals => true;

    internal override TensorShape Declare(LayerNode node)
    {
        int channels = node.NeedsNumbers().Channels;
        node.Constant("weight", TensorKind.Unregularised, [channels], 1);
        node.Constant("bias", TensorKind.Unregularised, [channels]);
        node.Constant("running_mean", TensorKind.State, [channels]);
        node.Constant("running_variance", TensorKind.State, [channels], 1);
        return node.Input;
    }

    internal override PlanValue Build(PlanBuilder plan, LayerNode node, PlanValue input)
    {
        PlanBuffer data = !plan.Trains && input.MayBeOverwritten ? input.Data : plan.Buffer(input.Data.Length);
        PlanValue output = new(node.Output, data, input.Gradient ?? plan.TrainingBuffer(input.Data.Length)) { MayBeOverwritten = true };
        plan.Add(
            new BatchNormStep(plan, this, node, input, output), output, [input.Data, output.Data], [input.Data, input.Gradient, output.Gradient]);
        return output;
    }
}

/// <summary>Batch normalisation: sums over pieces of the batch in double precision, then one pass over all numbers.</summary>
internal sealed unsafe class BatchNormStep : PlanStep
{
    private readonly NetworkTensor _weight;
    private readonly NetworkTensor _bias;
    private readonly NetworkTensor _runningMean;
    private readonly NetworkTensor _runningVariance;
    private readonly PlanValue _input;
    private readonly PlanValue _output;
    private readonly double _momentum;
    private readonly double _epsilon;
    private readonly Chunks _chunks;
    private readonly int _channels;
    private readonly double[] _sums;
    private readonly AlignedBuffer _rows;
    private readonly Action<int> _moments;
    private readonly Action<int> _normalise;
    private readonly Action<int> _products;
    private readonly Action<int> _inputGradient;
    private BatchPass _pass = null!;

    public BatchNormStep(PlanBuilder plan, BatchNormLayer layer, LayerNode node, PlanValue input, PlanValue output)
    {
        (_weight, _bias, _runningMean, _runningVariance) = (node.Tensors[0], node.Tensors[1], node.Tensors[2], node.Tensors[3]);
        _input = input;
        _output = output;
        _momentum = layer.Momentum;
        _epsilon = layer.Epsilon;
        _chunks = Chunks.Of(input.Shape);
        _channels = input.Shape.Channels;
        _sums = GC.AllocateArray<double>(checked(2 * _channels * (plan.Trains ? _chunks.Count(plan.MaximumRows) : 1)), pinned: true);
        _rows = new AlignedBuffer(4 * AlignedBuffer.WholeLines(_channels));
        _moments = AddMoments;
        _normalise = Normalise;
        _products = AddProducts;
        _inputGradient = InputGradient;
    }

    // One number for each channel: what is taken off, by what the rest is divided, and the two sums of the backward pass over the positions.
    private float* Mean => _rows.Pointer;

    private float* Inverse => _rows.Pointer + AlignedBuffer.WholeLines(_channels);

    private float* GradientMean => _rows.Pointer + 2 * AlignedBuffer.WholeLines(_channels);

    private float* ProductMean => _rows.Pointer + 3 * AlignedBuffer.WholeLines(_channels);

    public override void Forward(BatchPass pass)
    {
        _pass = pass;
        int pieces = _chunks.Count(pass.Rows);
        double count = SequenceLengths.RealOfBatch(_input.Lengths, pass.Rows, _input.Shape.Positions);
        if (pass.Training)
        {
            pass.Run(pieces, _moments);
            Total(pieces);
        }

        float* runningMean = pass.Of(_runningMean);
        float* runningVariance = pass.Of(_runningVariance);
        for (int c = 0; c < _channels; c++)
        {
            double mean = runningMean[c];
            double variance = runningVariance[c];
            if (pass.Training)
            {
                mean = _sums[c] / count;
                variance = Math.Max(0, _sums[_channels + c] / count - mean * mean);
                runningMean[c] += (float)(_momentum * (mean - runningMean[c]));
                runningVariance[c] += (float)(_momentum * (variance * count / Math.Max(1, count - 1) - runningVariance[c]));
            }

            Mean[c] = (float)mean;
            Inverse[c] = (float)(1 / Math.Sqrt(variance + _epsilon));
        }

        pass.Run(pieces, _normalise);
    }

    public override void Backward(BatchPass pass)
    {
        int pieces = _chunks.Count(pass.Rows);
        pass.Run(pieces, _products);
        Total(pieces);
        double count = SequenceLengths.RealOfBatch(_input.Lengths, pass.Rows, _input.Shape.Positions);
        for (int c = 0; c < _channels; c++)
        {
            if (pass.Gradients != null)
            {
                pass.GradientOf(_bias)[c] = (float)_sums[c];
                pass.GradientOf(_weight)[c] = (float)_sums[_channels + c];
            }

            // In evaluation the statistics do not depend on the batch.
            GradientMean[c] = pass.Training ? (float)(_sums[c] / count) : 0;
            ProductMean[c] = pass.Training ? (float)(_sums[_channels + c] / count) : 0;
        }

        if (_input.Gradient is { } inputGradient)
        {
            pass.Run(pieces, _inputGradient);
            _input.Lengths?.ClearPadding(inputGradient.Pointer, pass.Rows, _input.Shape.Positions, _channels);
        }
    }

    /// <summary>Adds the sums of all pieces to those of the first, in order.</summary>
    private void Total(int pieces)
    {
        for (int piece = 1; piece < pieces; piece++)
        {
            ReadOnlySpan<double> sums = _sums.AsSpan(piece * 2 * _channels, 2 * _channels);
            for (int i = 0; i < sums.Length; i++)
            {
                _sums[i] += sums[i];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddMoments(int piece)
    {
        Span<double> sums = _sums.AsSpan(piece * 2 * _channels, 2 * _channels);
        sums.Clear();
        fixed (double* target = sums)
        {
            long from = _chunks.First(piece);
            long end = from + _chunks.PositionsOf(piece, _pass.Rows);
            while (SequenceLengths.NextReal(_input.Lengths, _input.Shape.Positions, ref from, end, out long first, out int count))
            {
                ChannelLoops.AddMoments(_input.Data.Pointer + first * _channels, count, _channels, target);
            }
        }
    }

    private void Normalise(int piece)
    {
        long start = _chunks.Start(piece);
        ChannelLoops.Normalise(
            _input.Data.Pointer + start,
            _output.Data.Pointer + start,
            _chunks.PositionsOf(piece, _pass.Rows),
            _channels,
            new ChannelLoops.Scaling(Mean, Inverse, _pass.Of(_weight), _pass.Of(_bias)));
    }

    private void AddProducts(int piece)
    {
        long start = _chunks.Start(piece);
        Span<double> sums = _sums.AsSpan(piece * 2 * _channels, 2 * _channels);
        sums.Clear();
        fixed (double* target = sums)
        {
            ChannelLoops.AddProducts(
                _input.Data.Pointer + start,
                _output.Gradient!.Pointer + start,
                _chunks.PositionsOf(piece, _pass.Rows),
                _channels,
                new ChannelLoops.Scaling(Mean, Inverse, null, null),
                target);
        }
    }

    private void InputGradient(int piece)
    {
        long start = _chunks.Start(piece);
        ChannelLoops.InputGradient(
            _input.Data.Pointer + start,
            _output.Gradient!.Pointer + start,
            _input.Gradient!.Pointer + start,
            _chunks.PositionsOf(piece, _pass.Rows),
            _channels,
            new ChannelLoops.Scaling(Mean, Inverse, _pass.Of(_weight), null),
            GradientMean,
            ProductMean);
    }
}
