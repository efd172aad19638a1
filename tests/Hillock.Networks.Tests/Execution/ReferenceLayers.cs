using Hillock.Activations.Random;
using Hillock.Networks.Execution;

namespace Hillock.Networks.Tests.Execution;

/// <summary>The layers by their definitions, index by index.</summary>
internal sealed partial class ReferenceNetwork
{
    private double[] Convolve(LayerNode node, ConvolutionLayer layer, double[] x)
    {
        bool flat = node.Input.Rank == 2;
        (int height, int width, int channels) = Sizes(node.Input);
        (int outHeight, int outWidth, int filters) = Sizes(node.Output);
        int groups = layer.Depthwise ? channels : layer.Groups;
        int inGroup = channels / groups;
        int outGroup = filters / groups;
        int before = layer.Padding ?? layer.Dilation * (layer.Kernel - 1) / 2;
        double[] weights = Of(node, "weight");
        double[] y = new double[_rows * outHeight * outWidth * filters];
        int kernelHeight = flat ? 1 : layer.Kernel;
        x = [.. x.Select((value, i) => IsReal(node, i) ? value : 0)];
        int span = ((layer.Kernel - 1) * layer.Dilation) + 1;
        Shorten(span, layer.Stride, layer.Padding * 2 ?? span - 1);
        for (int n = 0; n < _rows; n++)
        {
            for (int i = 0; i < outHeight; i++)
            {
                for (int j = 0; j < outWidth; j++)
                {
                    for (int f = 0; f < filters; f++)
                    {
                        double sum = layer.Bias ? Of(node, "bias")[f] : 0;
                        for (int p = 0; p < kernelHeight; p++)
                        {
                            for (int q = 0; q < layer.Kernel; q++)
                            {
                                int row = flat ? 0 : i * layer.Stride + p * layer.Dilation - before;
                                int column = j * layer.Stride + q * layer.Dilation - before;
                                for (int c = 0; c < inGroup && row >= 0 && row < height && column >= 0 && column < width; c++)
                                {
                                    double pixel = x[((n * height + row) * width + column) * channels + f / outGroup * inGroup + c];
                                    sum += pixel * weights[((p * layer.Kernel + q) * inGroup + c) * filters + f];
                                }
                            }
                        }

                        y[((n * outHeight + i) * outWidth + j) * filters + f] = sum;
                    }
                }
            }
        }

        return y;
    }

    private double[] Pool(LayerNode node, PoolLayer layer, double[] x)
    {
        bool flat = node.Input.Rank == 2;
        (int height, int width, int channels) = Sizes(node.Input);
        (int outHeight, int outWidth, _) = Sizes(node.Output);
        int stride = layer.Stride ?? layer.Size;
        double[] y = new double[_rows * outHeight * outWidth * channels];
        for (int i = 0; i < y.Length; i++)
        {
            int c = i % channels;
            int column = i / channels % outWidth;
            int row = i / channels / outWidth % outHeight;
            int n = i / channels / outWidth / outHeight;
            List<double> window = [];
            int left = Math.Max(0, column * stride - layer.Padding);
            for (int p = 0; p < (flat ? 1 : layer.Size); p++)
            {
                for (int q = 0; q < layer.Size; q++)
                {
                    int a = flat ? 0 : row * stride + p - layer.Padding;
                    int b = column * stride + q - layer.Padding;
                    bool passesEnd = flat && IsReal(node, ((n * width) + left) * channels) && !IsReal(node, ((n * width) + Math.Clamp(b, 0, width - 1)) * channels);
                    if (a >= 0 && a < height && b >= 0 && b < width && !passesEnd)
                    {
                        window.Add(x[((n * height + a) * width + b) * channels + c]);
                    }
                }
            }

            y[i] = layer.Kind == PoolKind.Max ? window.Max() : window.Average();
        }

        Shorten(layer.Size, stride, 2 * layer.Padding);
        return y;
    }

    private double[] GlobalPool(LayerNode node, GlobalPoolLayer layer, double[] x)
    {
        int channels = node.Input.Channels;
        double[] y = new double[_rows * channels];
        for (int i = 0; i < y.Length; i++)
        {
            IEnumerable<double> all = Enumerable.Range(0, node.Input.Positions)
                .Select(p => (i / channels * node.Input.Positions + p) * channels + i % channels).Where(place => IsReal(node, place)).Select(place => x[place]);
            y[i] = layer.Kind == PoolKind.Max ? all.Max() : all.Average();
        }

        return y;
    }

    private double[] BatchNorm(LayerNode node, BatchNormLayer layer, double[] x)
    {
        int channels = node.Input.Channels;
        double[] y = new double[x.Length];
        for (int c = 0; c < channels; c++)
        {
            double[] all = [.. x.Where((_, i) => i % channels == c && IsReal(node, i))];
            double mean = draws is null ? Of(node, "running_mean")[c] : all.Average();
            double variance = draws is null ? Of(node, "running_variance")[c] : all.Average(v => (v - mean) * (v - mean));
            for (int i = c; i < x.Length; i += channels)
            {
                y[i] = (x[i] - mean) / Math.Sqrt(variance + layer.Epsilon) * Of(node, "weight")[c] + Of(node, "bias")[c];
            }
        }

        return y;
    }

    /// <summary>Sets of some channels over some positions, wherever they begin.</summary>
    private double[] Normalise(LayerNode node, double[] x, int positions, int width, bool centred, double epsilon)
    {
        int channels = node.Input.Channels;
        double[] y = new double[x.Length];
        foreach (IGrouping<(int, int), int> set in Enumerable.Range(0, x.Length).GroupBy(i => (i / channels / positions, i % channels / width)))
        {
            int[] real = [.. set.Where(i => positions == 1 || IsReal(node, i))];
            double mean = centred ? real.Average(i => x[i]) : 0;
            double variance = real.Average(i => (x[i] - mean) * (x[i] - mean));
            foreach (int i in set)
            {
                y[i] = (x[i] - mean) / Math.Sqrt(variance + epsilon) * Of(node, "weight")[i % channels] + (centred ? Of(node, "bias")[i % channels] : 0);
            }
        }

        return y;
    }

    private static double[] LocalResponseNorm(LayerNode node, LocalResponseNormLayer layer, double[] x)
    {
        int channels = node.Input.Channels;
        return [.. x.Select((value, i) =>
        {
            double sum = Enumerable.Range(0, channels).Where(j => Math.Abs(j - i % channels) <= layer.Size / 2).Sum(j => Math.Pow(x[i - i % channels + j], 2));
            return value / Math.Pow(layer.K + layer.Alpha * sum, layer.Beta);
        })];
    }

    private double[] Drop(LayerNode node, double[] x, double rate, Func<double, double> kept, double dropped)
    {
        if (draws is not { } key)
        {
            return x;
        }

        float[] uniform = new float[x.Length];
        new RandomStream(key.Derive(node.Number).Derive(0)).FillUniform(uniform, 0, 1);
        return [.. x.Select((value, i) => uniform[i] >= (float)rate ? kept(value) : dropped)];
    }

    private double[] AlphaDrop(LayerNode node, double[] x, double rate)
    {
        // Klambauer et al. 2017, equation 9 and below: α' = -λα, a = (q + α'²·q(1 - q))^(-1/2), b = -a·(1 - q)·α'.
        double q = 1 - rate;
        double saturated = -1.0507009873554805 * 1.6732632423543772;
        double a = Math.Pow(q + saturated * saturated * q * (1 - q), -0.5);
        double b = -a * (1 - q) * saturated;
        return Drop(node, x, rate, value => a * value + b, a * saturated + b);
    }

    /// <summary>softmax(q·kᵀ/√d)·v for each head, over the real positions or, from a causal layer's, over those that are not behind.</summary>
    private double[] Attend(LayerNode node, AttentionLayer layer, double[] x)
    {
        int length = node.Input.Positions;
        int channels = node.Input.Channels;
        int width = channels / layer.Heads;
        double[] projections = Affine(x, channels, Of(node, "weight"), Of(node, "bias"));
        double[] mixed = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            int position = i / channels;
            int head = i % channels / width;
            int[] seen = [.. Enumerable.Range(position / length * length, length)
                .Where(other => IsReal(node, other * channels) && IsReal(node, i) && (!layer.Causal || other <= position))];
            double[] shares = [.. seen.Select(other => Math.Exp(
                Enumerable.Range(head * width, width).Sum(c => projections[(position * 3 * channels) + c] * projections[(other * 3 * channels) + channels + c]) / Math.Sqrt(width)))];
            mixed[i] = seen.Zip(shares, (other, share) => share / shares.Sum() * projections[(other * 3 * channels) + (2 * channels) + (i % channels)]).Sum();
        }

        return Affine(mixed, channels, Of(node, "output_weight"), Of(node, "output_bias"));
    }

    private static double[] Affine(double[] x, int width, double[] weights, double[] bias) => [.. Enumerable.Range(0, x.Length / width).SelectMany(row =>
        bias.Select((start, unit) => start + Enumerable.Range(0, width).Sum(i => x[(row * width) + i] * weights[(i * bias.Length) + unit])))];

    private double[] Join(LayerNode node, ParallelLayer layer, double[] x)
    {
        double[][] outputs = Branches(node, x);
        if (layer.Join == BranchJoin.Add)
        {
            return [.. outputs[0].Select((_, i) => outputs.Sum(output => output[i]))];
        }

        int positions = _rows * node.Output.Positions;
        return [.. Enumerable.Range(0, positions).SelectMany(p => outputs.SelectMany(o => o.Skip(p * o.Length / positions).Take(o.Length / positions)))];
    }

    private double[] Penalise(LayerNode node, ActivityPenaltyLayer layer, double[] x)
    {
        if (draws != null)
        {
            _penalty += x.Where((_, i) => IsReal(node, i)).Sum(y => layer.L1 * Math.Abs(y) + layer.L2 * y * y) / _rows;
        }

        return x;
    }

    private static (int Height, int Width, int Channels) Sizes(TensorShape shape) => shape.Rank == 2
        ? (1, shape.Dimensions[0], shape.Dimensions[1])
        : (shape.Dimensions[0], shape.Dimensions[1], shape.Dimensions[2]);
}
