using Hillock.Activations.Random;
using Hillock.Networks.Numerics;

namespace Hillock.Networks.Tests.Numerics;

/// <summary>Numbers for a convolution of some shape, its three products by the kernels, and the same by loops over doubles.</summary>
internal sealed unsafe class ConvolutionTrial
{
    private readonly ConvolutionShape _shape;
    private readonly int _images;
    private readonly Guarded _input;
    private readonly Guarded _outputGradient;
    private readonly float[] _weights;
    private readonly float[] _bias;
    private readonly Margin _gradientMargin;
    private readonly Margin _resultMargin;

    /// <summary>Draws the numbers.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="images">The number of images.</param>
    /// <param name="resultMargin">The margin in which results are written.</param>
    public ConvolutionTrial(ConvolutionShape shape, int images, Margin resultMargin = default)
    {
        _shape = shape;
        _images = images;
        _resultMargin = resultMargin;
        _gradientMargin = shape.GradientMargin;
        _input = new Guarded(images, shape.Padding, shape.Height, shape.Width, shape.Channels);
        _outputGradient = new Guarded(images, _gradientMargin, shape.OutputHeight, shape.OutputWidth, shape.Filters);
        _input.Fill(1);
        _outputGradient.Fill(2);
        _weights = Numbers(shape.WeightCount, 3);
        _bias = Numbers(shape.Filters, 4);
    }

    public float[] Forward<TKernel>(WorkerTeam team)
        where TKernel : struct, ITileKernel
    {
        Guarded output = new(_images, _resultMargin, _shape.OutputHeight, _shape.OutputWidth, _shape.Filters);
        int[] visits = new int[_images * _shape.OutputHeight * _shape.OutputWidth * _shape.Filters];
        fixed (float* weights = _weights, bias = _bias)
        {
            Doubling epilogue = new(visits, _shape.Filters);
            ConvolutionProduct.Forward<TKernel, Doubling>(_shape, _images, _input.View, weights, bias, output.View, epilogue, team);
        }

        visits.ShouldAllBe(v => v == 1);
        return output.Take();
    }

    public float[] BackwardWeights<TKernel>(WorkerTeam team)
        where TKernel : struct, ITileKernel
    {
        float[] gradient = new float[_weights.Length];
        fixed (float* result = gradient)
        {
            ConvolutionProduct.BackwardWeights<TKernel>(_shape, _images, _input.View, _outputGradient.View, result, team);
        }

        return gradient;
    }

    /// <summary>The gradient by the weights from one image after the other.</summary>
    public float[] BackwardWeightsByImage(WorkerTeam team)
    {
        float[] gradient = new float[_weights.Length];
        fixed (float* result = gradient)
        {
            for (int image = 0; image < _images; image++)
            {
                ConvolutionProduct.BackwardWeights(_shape, 1, _input.Image(image), _outputGradient.Image(image), result, team, image > 0);
            }
        }

        return gradient;
    }

    /// <summary>The bytes that all three products allocate when they are computed again.</summary>
    public long AllocatedBytes(WorkerTeam team)
    {
        Guarded output = new(_images, default, _shape.OutputHeight, _shape.OutputWidth, _shape.Filters);
        Guarded gradient = new(_images, default, _shape.Height, _shape.Width, _shape.Channels);
        long before = 0;
        fixed (float* weights = _weights, bias = _bias, result = new float[_weights.Length])
        {
            for (int turn = 0; turn < 12; turn++)
            {
                before = turn == 2 ? GC.GetAllocatedBytesForCurrentThread() : before;
                ConvolutionProduct.Forward(_shape, _images, _input.View, weights, bias, output.View, default(NoEpilogue), team);
                ConvolutionProduct.BackwardWeights(_shape, _images, _input.View, _outputGradient.View, result, team);
                ConvolutionProduct.BackwardInput(_shape, _images, _outputGradient.View, weights, gradient.View, team);
            }
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    public float[] BackwardInput<TKernel>(WorkerTeam team)
        where TKernel : struct, ITileKernel
    {
        Guarded gradient = new(_images, _resultMargin, _shape.Height, _shape.Width, _shape.Channels);
        fixed (float* weights = _weights)
        {
            ConvolutionProduct.BackwardInput<TKernel>(_shape, _images, _outputGradient.View, weights, gradient.View, team);
        }

        return gradient.Take();
    }

    /// <summary>Compares all three products with loops over doubles.</summary>
    public void Check()
    {
        using WorkerTeam team = new(1);
        double[] output = new double[_images * _shape.OutputHeight * _shape.OutputWidth * _shape.Filters];
        double[] outputMagnitude = new double[output.Length];
        double[] inputGradient = new double[_images * _shape.Height * _shape.Width * _shape.Channels];
        double[] inputMagnitude = new double[inputGradient.Length];
        double[] weightGradient = new double[_weights.Length];
        double[] weightMagnitude = new double[_weights.Length];
        for (int i = 0; i < output.Length; i++)
        {
            output[i] = _bias[i % _shape.Filters];
            outputMagnitude[i] = Math.Abs(output[i]);
        }

        foreach ((int o, int w, int i, double x, double dy) in Terms())
        {
            Add(output, outputMagnitude, o, x * _weights[w]);
            Add(weightGradient, weightMagnitude, w, x * dy);
            Add(inputGradient, inputMagnitude, i, dy * _weights[w]);
        }

        for (int i = 0; i < output.Length; i++)
        {
            output[i] *= 2;
            outputMagnitude[i] *= 2;
        }

        Compare(Forward<TileKernel512>(team), output, outputMagnitude, _weights.Length / _shape.Filters + 1);
        Compare(BackwardWeights<TileKernel512>(team), weightGradient, weightMagnitude, output.Length / _shape.Filters);
        Compare(BackwardInput<TileKernel512>(team), inputGradient, inputMagnitude, _shape.KernelHeight * _shape.KernelWidth * _shape.GroupFilters);
    }

    /// <summary>All products of an input pixel (not of the padding) with a weight: the places of output, weight and input, and the numbers.</summary>
    private IEnumerable<(int Output, int Weight, int Input, double X, double Dy)> Terms()
    {
        float[] input = _input.Take();
        float[] gradient = _outputGradient.Take();
        int groupFilters = _shape.GroupFilters;
        int pixels = _images * _shape.OutputHeight * _shape.OutputWidth;
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            int image = pixel / (_shape.OutputHeight * _shape.OutputWidth);
            int oy = pixel / _shape.OutputWidth % _shape.OutputHeight;
            int ox = pixel % _shape.OutputWidth;
            for (int tap = 0; tap < _shape.KernelHeight * _shape.KernelWidth; tap++)
            {
                int y = oy * _shape.StrideY + tap / _shape.KernelWidth * _shape.DilationY - _shape.Padding.Top;
                int x = ox * _shape.StrideX + tap % _shape.KernelWidth * _shape.DilationX - _shape.Padding.Left;
                if (y < 0 || y >= _shape.Height || x < 0 || x >= _shape.Width)
                {
                    continue;
                }

                for (int channel = 0; channel < _shape.Channels; channel++)
                {
                    (int group, int c) = Math.DivRem(channel, _shape.GroupChannels);
                    int i = ((image * _shape.Height + y) * _shape.Width + x) * _shape.Channels + channel;
                    for (int f = group * groupFilters; f < (group + 1) * groupFilters; f++)
                    {
                        int o = pixel * _shape.Filters + f;
                        yield return (o, (tap * _shape.GroupChannels + c) * _shape.Filters + f, i, input[i], gradient[o]);
                    }
                }
            }
        }
    }

    private static void Add(double[] sums, double[] magnitudes, int index, double term)
    {
        sums[index] += term;
        magnitudes[index] += Math.Abs(term);
    }

    private static void Compare(float[] actual, double[] expected, double[] magnitudes, int terms)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            // The a-priori bound of a chain of fused multiply-adds: one rounding of half an ulp for each term. NaN fails.
            double difference = Math.Abs(actual[i] - expected[i]);
            (difference <= terms * magnitudes[i] * 6e-8 + 1e-40).ShouldBeTrue($"element {i}: {actual[i]} instead of {expected[i]}");
        }
    }

    private static float[] Numbers(int count, long stream)
    {
        float[] numbers = new float[count];
        new RandomStream(RandomKey.FromSeed(1).Derive(stream)).FillUniform(numbers, -1, 1);
        return numbers;
    }

    private readonly struct Doubling(int[] visits, int filters) : IEpilogue
    {
        public void Apply(float* block, int rows, int columns, nint rowStride, int firstRow, int firstColumn)
        {
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < columns; column++)
                {
                    block[row * rowStride + column] *= 2;
                    Interlocked.Increment(ref visits[(firstRow + row) * filters + firstColumn + column]);
                }
            }
        }
    }

    /// <summary>Images with margins of zeros between guards of NaN.</summary>
    private sealed class Guarded
    {
        private const int Guard = 64;

        private readonly float[] _floats;
        private readonly int _images;
        private readonly int _height;
        private readonly int _width;
        private readonly int _channels;

        public Guarded(int images, Margin margin, int height, int width, int channels)
        {
            (_images, _height, _width, _channels) = (images, height, width, channels);
            int length = images * ImageView.Length(margin, height, width, channels);
            _floats = GC.AllocateArray<float>(length + 2 * Guard, pinned: true);
            _floats.AsSpan(0, Guard).Fill(float.NaN);
            _floats.AsSpan(Guard + length).Fill(float.NaN);
            fixed (float* start = _floats)
            {
                View = new ImageView(start + Guard, margin, height, width, channels);
            }
        }

        public ImageView View { get; }

        /// <summary>The images from one of them on.</summary>
        public ImageView Image(int image) => new(View.Data + image * View.ImageStride, View.ImageStride, View.RowStride, View.PixelStride);

        public void Fill(long stream)
        {
            float[] numbers = Numbers(_images * _height * _width * _channels, stream);
            for (int row = 0; row < _images * _height; row++)
            {
                numbers.AsSpan(row * _width * _channels, _width * _channels).CopyTo(Row(row));
            }
        }

        /// <summary>The pixels proper; checks that nothing else was written.</summary>
        public float[] Take()
        {
            float[] pixels = new float[_images * _height * _width * _channels];
            float[] rest = [.. _floats];
            fixed (float* start = _floats)
            {
                for (int row = 0; row < _images * _height; row++)
                {
                    Span<float> numbers = Row(row);
                    numbers.CopyTo(pixels.AsSpan(row * _width * _channels));
                    fixed (float* first = numbers)
                    {
                        rest.AsSpan((int)(first - start), numbers.Length).Clear();
                    }
                }
            }

            rest[Guard..^Guard].ShouldAllBe(x => x == 0);
            rest[..Guard].ShouldAllBe(x => float.IsNaN(x));
            rest[^Guard..].ShouldAllBe(x => float.IsNaN(x));
            return pixels;
        }

        private Span<float> Row(int row) =>
            new(View.Data + row / _height * View.ImageStride + row % _height * View.RowStride, _width * _channels);
    }
}
