using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Elementary;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>x·sigmoid(beta·x)^alpha.</summary>
public readonly struct Aria : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "aria2",
        Title = "ARiA2",
        Summary = "x times a power of a sigmoid, Richard's curve: a Swish whose bend has two parameters.",
        Paper = "Patwardhan, Ingalhalikar & Walambe, ARiA: Utilizing Richard's Curve for Controlling the Non-monotonicity of the Activation Function in Deep Neural Nets, 2018",
        Range = "[-0.07, ∞)",
        Monotone = false,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.Left,
        Initialisation = Initialisation.He,
        Cost = CostClass.SeveralTranscendentals,
        Parameters =
        [
            new("alpha", 1.5, 0.01, 100, "the power of the gate: 1 gives Swish"),
            new("beta", 2, 0.01, 100, "how sharply the gate opens"),
        ],
        Peers = [],
        Strengths =
        [
            "The dip below zero and the bend can be set apart.",
        ],
        Weaknesses =
        [
            "Two exponentials and a logarithm for every element.",
            "Two numbers to choose.",
        ],
        WhenToUse = "Where Swish does well and its shape should be tuned or learned.",
    };

    /// <inheritdoc/>
    public static float FloatRange => 13;

    /// <inheritdoc/>
    /// <remarks>The exponent stays within 80, and what rounding beta·x loses near 0 counts little.</remarks>
    public static bool FloatLanesSuffice(P<float> p) => p.First is >= 0.5f and <= 3 && p.Second <= 6 && p.First * p.Second <= 6;

    /// <inheritdoc/>
    public static bool HasSingleValue => true;

    /// <inheritdoc/>
    /// <remarks>2·beta, half of alpha, and 2^-alpha with what its float lacks.</remarks>
    public static P<float> SingleParameters(P<float> p)
    {
        double power = 0;
        DoubleReal<DoubleLanes1>.Store(DoubleReal<DoubleLanes1>.Exp(DoubleReal<DoubleLanes1>.Constant(-Constants.Ln2 * p.First)), ref power);
        return new(2 * p.Second, 0.5f * p.First, (float)power, (float)(power - (float)power));
    }

    /// <inheritdoc/>
    public static bool HasDoubleValue => true;

    /// <inheritdoc/>
    /// <remarks>The power by way of the sigmoid's logarithm, which does not underflow far on the left.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        x * T.Exp(-(p.First * T.SoftPlus(-(p.Second * x))));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DoubleValue<V>(V x, P<V> p, out V slope)
        where V : struct, IDoubleLanes<V> => DoubleElementary<V>.PowerOfSigmoidLinear(x, p.First, p.Second, out slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F SingleValue<F>(F x, P<F> p, out F slope)
        where F : struct, ISingleLanes<F> => FloatElementary<F>.PowerOfSigmoidLinear(x, p, out slope);
}
