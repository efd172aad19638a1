using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hillock.Networks.Numerics;

/// <summary>A correlation in which every channel has one filter of its own: no product of matrices, but a loop over channels. Parts are lines.</summary>
internal readonly unsafe struct DepthwiseCorrelation<TEpilogue> : IParallelWork
    where TEpilogue : struct, IEpilogue
{
    private readonly Correlation _whole;
    private readonly TEpilogue _epilogue;
    private readonly int _lines;

    /// <summary>Deals a correlation out.</summary>
    public DepthwiseCorrelation(in Correlation whole, in TEpilogue epilogue, int parts)
    {
        _whole = whole;
        _epilogue = epilogue;
        _lines = whole.Images * whole.Lines;

        // A few parts for each worker: lines are cheap to deal out.
        Parts = parts == 1 ? Math.Min(1, _lines) : Math.Min(4 * parts, _lines);
    }

    /// <summary>The number of parts.</summary>
    public int Parts { get; }

    /// <inheritdoc/>
    public void Run(int part, int worker)
    {
        int endLine = (int)((long)_lines * (part + 1) / Parts);
        for (int line = (int)((long)_lines * part / Parts); line < endLine; line++)
        {
            (int image, int y) = Math.DivRem(line, _whole.Lines);
            float* input = _whole.Input + image * _whole.InputImage + y * _whole.InputLine;
            float* output = _whole.Output + image * _whole.OutputImage + y * _whole.OutputLine;
            int channel = 0;
            for (; channel <= _whole.Groups - 8; channel += 8)
            {
                Line(input + channel, output + channel, channel);
            }

            for (; channel < _whole.Groups; channel++)
            {
                LineOfOneChannel(input + channel, output + channel, channel);
            }

            _epilogue.Apply(output, _whole.Pixels, _whole.Groups, _whole.OutputPixel, line * _whole.Pixels, 0);
        }
    }

    /// <summary>Eight channels of a line, four pixels at a time: their chains run side by side and share the weights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Line(float* input, float* output, int channel)
    {
        Vector256<float> start = _whole.Start == null ? Vector256<float>.Zero : Vector256.Load(_whole.Start + channel);
        nint inputPixel = _whole.InputPixel;
        nint outputPixel = _whole.OutputPixel;
        float* weights = _whole.Weights + channel;
        int pixel = 0;
        for (; pixel <= _whole.Pixels - 4; pixel += 4)
        {
            Vector256<float> sum0 = start;
            Vector256<float> sum1 = start;
            Vector256<float> sum2 = start;
            Vector256<float> sum3 = start;
            for (int row = 0; row < _whole.TapRows; row++)
            {
                float* x = input + row * _whole.TapRow;
                float* w = weights + row * _whole.WeightTapRow;
                for (int tap = 0; tap < _whole.TapColumns; tap++)
                {
                    Vector256<float> weight = Vector256.Load(w);
                    sum0 = Vector256.FusedMultiplyAdd(Vector256.Load(x), weight, sum0);
                    sum1 = Vector256.FusedMultiplyAdd(Vector256.Load(x + inputPixel), weight, sum1);
                    sum2 = Vector256.FusedMultiplyAdd(Vector256.Load(x + 2 * inputPixel), weight, sum2);
                    sum3 = Vector256.FusedMultiplyAdd(Vector256.Load(x + 3 * inputPixel), weight, sum3);
                    x += _whole.TapColumn;
                    w += _whole.WeightTapColumn;
                }
            }

            sum0.Store(output);
            sum1.Store(output + outputPixel);
            sum2.Store(output + 2 * outputPixel);
            sum3.Store(output + 3 * outputPixel);
            input += 4 * inputPixel;
            output += 4 * outputPixel;
        }

        for (; pixel < _whole.Pixels; pixel++)
        {
            Vector256<float> sum = start;
            for (int row = 0; row < _whole.TapRows; row++)
            {
                for (int tap = 0; tap < _whole.TapColumns; tap++)
                {
                    Vector256<float> x = Vector256.Load(input + row * _whole.TapRow + tap * _whole.TapColumn);
                    sum = Vector256.FusedMultiplyAdd(x, Vector256.Load(weights + row * _whole.WeightTapRow + tap * _whole.WeightTapColumn), sum);
                }
            }

            sum.Store(output);
            input += inputPixel;
            output += outputPixel;
        }
    }

    private void LineOfOneChannel(float* input, float* output, int channel)
    {
        for (int pixel = 0; pixel < _whole.Pixels; pixel++)
        {
            float sum = _whole.Start == null ? 0 : _whole.Start[channel];
            for (int row = 0; row < _whole.TapRows; row++)
            {
                for (int tap = 0; tap < _whole.TapColumns; tap++)
                {
                    float weight = _whole.Weights[channel + row * _whole.WeightTapRow + tap * _whole.WeightTapColumn];
                    sum = MathF.FusedMultiplyAdd(input[row * _whole.TapRow + tap * _whole.TapColumn], weight, sum);
                }
            }

            *output = sum;
            input += _whole.InputPixel;
            output += _whole.OutputPixel;
        }
    }
}
