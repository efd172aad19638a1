using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hillock.Networks.Numerics;

/// <summary>The gradient of a depthwise correlation by its weights. A part is one row of the kernel for some channels.</summary>
internal readonly unsafe struct DepthwiseWeightGradient(in Correlation whole, bool accumulate) : IParallelWork
{
    private const int PartChannels = 32;

    private readonly Correlation _whole = whole;

    /// <summary>The number of parts.</summary>
    public int Parts => _whole.TapRows * ((_whole.Groups + PartChannels - 1) / PartChannels);

    /// <inheritdoc/>
    public void Run(int part, int worker)
    {
        (int chunk, int row) = Math.DivRem(part, _whole.TapRows);
        int first = chunk * PartChannels;
        int end = Math.Min(_whole.Groups, first + PartChannels);
        float* weights = _whole.Weights + row * _whole.WeightTapRow;
        for (int tap = 0; tap < _whole.TapColumns && !accumulate; tap++)
        {
            new Span<float>(weights + tap * _whole.WeightTapColumn + first, end - first).Clear();
        }

        for (int image = 0; image < _whole.Images; image++)
        {
            for (int line = 0; line < _whole.Lines; line++)
            {
                float* input = _whole.Input + image * _whole.InputImage + line * _whole.InputLine + row * _whole.TapRow;
                float* gradient = _whole.Output + image * _whole.OutputImage + line * _whole.OutputLine;
                for (int tap = 0; tap < _whole.TapColumns; tap++)
                {
                    AddLine(input + tap * _whole.TapColumn, gradient, weights + tap * _whole.WeightTapColumn, first, end);
                }
            }
        }
    }

    /// <summary>Adds the products of a line to the weights of one tap; the chains of up to 32 channels run side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddLine(float* input, float* gradient, float* weights, int channel, int end)
    {
        int pixels = _whole.Pixels;
        nint inputPixel = _whole.InputPixel;
        nint gradientPixel = _whole.OutputPixel;
        for (; channel <= end - 32; channel += 32)
        {
            float* x = input + channel;
            float* y = gradient + channel;
            float* w = weights + channel;
            Vector256<float> sum0 = Vector256.Load(w);
            Vector256<float> sum1 = Vector256.Load(w + 8);
            Vector256<float> sum2 = Vector256.Load(w + 16);
            Vector256<float> sum3 = Vector256.Load(w + 24);
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                sum0 = Vector256.FusedMultiplyAdd(Vector256.Load(x), Vector256.Load(y), sum0);
                sum1 = Vector256.FusedMultiplyAdd(Vector256.Load(x + 8), Vector256.Load(y + 8), sum1);
                sum2 = Vector256.FusedMultiplyAdd(Vector256.Load(x + 16), Vector256.Load(y + 16), sum2);
                sum3 = Vector256.FusedMultiplyAdd(Vector256.Load(x + 24), Vector256.Load(y + 24), sum3);
                x += inputPixel;
                y += gradientPixel;
            }

            sum0.Store(w);
            sum1.Store(w + 8);
            sum2.Store(w + 16);
            sum3.Store(w + 24);
        }

        for (; channel <= end - 8; channel += 8)
        {
            Vector256<float> sum = Vector256.Load(weights + channel);
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                Vector256<float> x = Vector256.Load(input + channel + pixel * inputPixel);
                sum = Vector256.FusedMultiplyAdd(x, Vector256.Load(gradient + channel + pixel * gradientPixel), sum);
            }

            sum.Store(weights + channel);
        }

        for (; channel < end; channel++)
        {
            float sum = weights[channel];
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                sum = MathF.FusedMultiplyAdd(input[channel + pixel * inputPixel], gradient[channel + pixel * gradientPixel], sum);
            }

            weights[channel] = sum;
        }
    }
}
