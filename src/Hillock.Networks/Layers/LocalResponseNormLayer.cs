using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Text.Json.Serialization;
using Hillock.Activations.Elementary;
using Hillock.Networks.Execution;
using Hillock.Networks.Numerics;

namespace Hillock.Networks;

/// <summary>
/// Local response normalisation (Krizhevsky, Sutskever &amp; Hinton 2012): y_i = x_i/(k + α·Σ x_j²)^β, the sum running over the channels j of the same
/// position with |i - j| ≤ n/2. The defaults are the paper's; PyTorch divides α by n.
/// </summary>
public sealed record LocalResponseNormLayer : LayerDescription
{
    /// <summary>The channels n of a sum; at least 1.</summary>
    public int Size { get; init => field = AtLeast(1, value, nameof(Size)); } = 5;

    /// <summary>α, at least 0.</summary>
    public double Alpha { get; init => field = NotNegative(value, nameof(Alpha)); } = 1e-4;

    /// <summary>β, at least 0.</summary>
    public double Beta { get; init => field = NotNegative(value, nameof(Beta)); } = 0.75;

    /// <summary>k, above 0.</summary>
    public double K { get; init => field = NormalisationStep.CheckEpsilon(value); } = 2;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Text => Size == 5 && Alpha == 1e-4 && Beta == 0.75 && K == 2
        ? "lrn"
        : FormattableString.Invariant($"lrn/size={Size}/alpha={Alpha}/beta={Beta}/k={K}");

    /// <summary>Reads <c>lrn</c> and its options.</summary>
    internal static LocalResponseNormLayer Read(LayerWord word) => new()
    {
        Size = word.Option("size") ?? 5,
        Alpha = word.Number("alpha", 1e-4),
        Beta = word.Number("beta", 0.75),
        K = word.Number("k", 2),
    };

    internal override bool PassesSignals => true;

    internal override TensorShape Declare(LayerNode node) => node.NeedsNumbers();

    internal override PlanValue Build(PlanBuilder plan, LayerNode node, PlanValue input)
    {
        PlanValue output = plan.Value(node.Output, input.Gradient != null, mayBeOverwritten: true);
        PlanBuffer scale = plan.Buffer(input.Data.Length);
        PlanBuffer? products = output.Gradient == null ? null : plan.Buffer(input.Data.Length);
        plan.Add(
            new LocalResponseNormStep(this, input, output, scale, products),
            output,
            [input.Data, output.Data, scale],
            [input.Data, scale, products, input.Gradient, output.Gradient]);
        return output;
    }

    private static double NotNegative(double value, string name) => double.IsFinite(value) && value >= 0
        ? value
        : throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} is {value}, and must be at least 0"));
}

/// <summary>Local response normalisation. Keeps the sums s = k + α·Σ x²; the power is e^(-β·ln s).</summary>
/// <remarks>dC/dx_i = g_i·s_i^-β - 2αβ·x_i·Σ_j g_j·x_j·s_j^(-β-1): j sees i where i sees j.</remarks>
internal sealed unsafe class LocalResponseNormStep : PlanStep
{
    private readonly PlanValue _input;
    private readonly PlanValue _output;
    private readonly PlanBuffer _sums;
    private readonly PlanBuffer? _products;
    private readonly int _reach;
    private readonly double _alpha;
    private readonly double _beta;
    private readonly double _k;
    private readonly Chunks _chunks;
    private readonly Action<int> _forward;
    private readonly Action<int> _backward;
    private BatchPass _pass = null!;

    public LocalResponseNormStep(LocalResponseNormLayer layer, PlanValue input, PlanValue output, PlanBuffer sums, PlanBuffer? products)
    {
        _input = input;
        _output = output;
        _sums = sums;
        _products = products;
        _reach = layer.Size / 2;
        _alpha = layer.Alpha;
        _beta = layer.Beta;
        _k = layer.K;
        _chunks = Chunks.Of(input.Shape);
        _forward = ForwardChunk;
        _backward = BackwardChunk;
    }

    public override void Forward(BatchPass pass)
    {
        _pass = pass;
        pass.Run(_chunks.Count(pass.Rows), _forward);
    }

    public override void Backward(BatchPass pass) => pass.Run(_chunks.Count(pass.Rows), _backward);

    private void ForwardChunk(int chunk)
    {
        long start = _chunks.Start(chunk);
        int length = _chunks.SizeOf(chunk, _pass.Rows);
        ReadOnlySpan<float> x = _input.Data.Slice(start, length);
        Span<float> y = _output.Data.Slice(start, length);
        Span<float> sums = _sums.Slice(start, length);
        VectorLoops.Multiply(x, x, y);
        WindowSums(_output.Data.Pointer + start, _sums.Pointer + start, length / _chunks.Channels);
        VectorLoops.Scale(sums, (float)_alpha, (float)_k, sums);
        Power(sums, y);
        VectorLoops.Multiply(x, y, y);
    }

    private void BackwardChunk(int chunk)
    {
        long start = _chunks.Start(chunk);
        int length = _chunks.SizeOf(chunk, _pass.Rows);
        ReadOnlySpan<float> x = _input.Data.Slice(start, length);
        Span<float> inputGradient = _input.Gradient!.Slice(start, length);
        Span<float> sums = _sums.Slice(start, length);
        Span<float> products = _products!.Slice(start, length);

        // The gradient by the inputs becomes g·s^-β, the products that times x/s; their sums take the place of s.
        Power(sums, inputGradient);
        VectorLoops.Multiply(_output.Gradient!.Slice(start, length), inputGradient, inputGradient);
        VectorLoops.Multiply(x, inputGradient, products);
        VectorLoops.Divide(products, sums, products);
        WindowSums(_products.Pointer + start, _sums.Pointer + start, length / _chunks.Channels);
        VectorLoops.Scale(sums, (float)(-2 * _alpha * _beta), 0, sums);
        VectorLoops.Multiply(x, sums, products);
        VectorLoops.Add(inputGradient, products, inputGradient);
    }

    /// <summary>The sums of the channels around each channel, in the order of the channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WindowSums(float* values, float* sums, int positions)
    {
        int channels = _chunks.Channels;
        for (int position = 0; position < positions; position++, values += channels, sums += channels)
        {
            int channel = 0;
            while (channel < channels)
            {
                if (channel >= _reach && channel + Vector256<float>.Count + _reach <= channels)
                {
                    Vector256<float> sum = Vector256<float>.Zero;
                    for (int j = channel - _reach; j <= channel + _reach; j++)
                    {
                        sum += Vector256.Load(values + j);
                    }

                    sum.Store(sums + channel);
                    channel += Vector256<float>.Count;
                }
                else
                {
                    float sum = 0;
                    for (int j = Math.Max(0, channel - _reach); j <= Math.Min(channels - 1, channel + _reach); j++)
                    {
                        sum += values[j];
                    }

                    sums[channel++] = sum;
                }
            }
        }
    }

    /// <summary>s^-β.</summary>
    private void Power(ReadOnlySpan<float> sums, Span<float> powers)
    {
        ElementaryFunctions.Log(sums, powers);
        VectorLoops.Scale(powers, (float)-_beta, 0, powers);
        ElementaryFunctions.Exp(powers, powers);
    }
}
