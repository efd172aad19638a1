using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Elementary;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>x/(x/alpha + e^(-x/beta)).</summary>
/// <remarks>Alpha 2 and beta 3 are its authors' proposal as surveys and other libraries give it; in the paper both are learned.</remarks>
public readonly struct SoftRootSign : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "srs",
        Title = "Soft-root-sign",
        Summary = "Rises like a rectifier, dips below zero on the left and is bounded on the right.",
        Paper = "Zhou, Li, Huo & Kung, Soft-Root-Sign Activation Function, 2020",
        Range = "[alpha·beta/(beta - e·alpha), alpha)",
        Monotone = false,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.Both,
        Initialisation = Initialisation.He,
        Cost = CostClass.SeveralTranscendentals,
        Parameters =
        [
            new("alpha", 2, 0.01, 1000, "the bound on the right"),
            new("beta", 3, 0.01, 1000, "how fast the left side decays; below e·alpha"),
        ],
        Peers = [],
        Strengths =
        [
            "Bounded: activations cannot run away.",
            "Smooth, with a gradient on both sides of zero.",
        ],
        Weaknesses =
        [
            "Not monotone.",
            "Needs beta < e·alpha, or its denominator has a zero.",
        ],
        WhenToUse = "With alpha and beta learned, in networks without normalisation layers.",
    };

    /// <inheritdoc/>
    public static float FloatRange => 40;

    /// <inheritdoc/>
    public static bool HasSingleValue => true;

    /// <inheritdoc/>
    /// <remarks>Exponents stay within 80, and the denominator does not come near its zero: where beta is 2·alpha it is at least 0.26.</remarks>
    public static bool FloatLanesSuffice(P<float> p) => p.Second >= 0.5f && p.Second <= 2 * p.First;

    /// <inheritdoc/>
    /// <remarks>1/alpha and 1/beta, each with what its float lacks.</remarks>
    public static P<float> SingleParameters(P<float> p)
    {
        double first = 1.0 / p.First;
        double second = 1.0 / p.Second;
        return new((float)first, (float)(first - (float)first), (float)second, (float)(second - (float)second));
    }

    /// <inheritdoc/>
    public static bool HasDoubleValue => true;

    /// <inheritdoc/>
    /// <remarks>On the left, numerator and denominator are multiplied by e^(x/beta), so that nothing overflows.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T>
    {
        T decay = T.Exp(-(T.Abs(x) / p.Second));
        T left = x * decay;
        return T.IfPositive(x, x / (x / p.First + decay), left / (1 + left / p.First));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DoubleValue<V>(V x, P<V> p, out V slope)
        where V : struct, IDoubleLanes<V> => DoubleElementary<V>.SoftRootSign(x, p.First, p.Second, out slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F SingleValue<F>(F x, P<F> p, out F slope)
        where F : struct, ISingleLanes<F> => FloatElementary<F>.SoftRootSign(x, p, out slope);
}
