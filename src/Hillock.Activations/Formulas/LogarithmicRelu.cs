using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Elementary;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>ln(beta·max(x, 0) + 1).</summary>
public readonly struct LogarithmicRelu : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "nlrelu",
        Title = "NLReLU",
        Summary = "The logarithm of a rectifier: 0 on the left, slower and slower growth on the right.",
        Paper = "Liu, Zhang, Gao, Qu & Ji, Natural-Logarithm-Rectified Activation Function in Convolutional Neural Networks, ICCC 2019",
        Range = "[0, ∞)",
        Monotone = true,
        Smooth = false,
        ZeroCentred = false,
        Saturation = Saturation.Both,
        Initialisation = Initialisation.He,
        Cost = CostClass.OneTranscendental,
        Kink = "f'(0) = 0, as for ReLU.",
        Parameters = [new("beta", 1, 0.01, 100, "the slope right of 0")],
        Peers = [],
        Strengths =
        [
            "Sparse like ReLU.",
            "Large inputs are damped: the distributions of layers stay alike.",
        ],
        Weaknesses =
        [
            "Units die as with ReLU.",
            "Its slope falls off as 1/x.",
        ],
        WhenToUse = "Where activations vary over orders of magnitude.",
    };

    /// <inheritdoc/>
    /// <remarks>The product with beta stays below 2^126.</remarks>
    public static float FloatRange => 1e35f;

    /// <inheritdoc/>
    public static bool FloatCompensates => true;

    /// <inheritdoc/>
    public static bool InfinitiesAsLimits => false;

    /// <inheritdoc/>
    public static bool HasDoubleValue => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.IfPositive(x, T.Log1P(T.Scale(x, p.First)), T.Constant(0));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DoubleValue<V>(V x, P<V> p, out V slope)
        where V : struct, IDoubleLanes<V>
    {
        // Beyond 1e300 the product could overflow; there the value is ln x + ln beta, and the slope 1/x.
        V zero = V.Broadcast(0);
        V one = V.Broadcast(1);
        V end = V.Broadcast(1e300);
        V far = V.Max(x, end);
        V product = p.First * V.Max(V.Min(x, end), zero);
        slope = V.IfGreater(x, end, one / far, V.IfGreater(x, zero, p.First / (product + one), zero));
        return V.IfGreater(x, end, DoubleElementary<V>.Log(far) + DoubleElementary<V>.Log(p.First), DoubleElementary<V>.Log1P(product));
    }
}
