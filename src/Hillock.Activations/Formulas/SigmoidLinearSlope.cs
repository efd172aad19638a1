using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Elementary;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>sigmoid(x)·(1 + x·sigmoid(-x)), the derivative of x·sigmoid(x).</summary>
public readonly struct SigmoidLinearSlope : IElementwiseFormula
{
    /// <summary>Where the function is 0: at -r with e^-r = r - 1; and what the double lacks.</summary>
    internal const double Root = 1.2784645427610737;
    internal const double RootLow = 1.0946994183093437e-16;

    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "dsilu",
        Title = "dSiLU",
        Summary = "The derivative of SiLU: a steeper sigmoid that goes beyond 0 and 1 before it settles there.",
        Paper = "Elfwing, Uchibe & Doya, Sigmoid-weighted linear units for neural network function approximation in reinforcement learning, 2018",
        Range = "[-0.0998, 1.0998]",
        Monotone = false,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.Both,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.SeveralTranscendentals,
        Peers = [],
        Strengths =
        [
            "Its slope at 0 is twice that of the sigmoid.",
            "Beat the sigmoid as hidden units of reinforcement learning in its paper.",
        ],
        Weaknesses =
        [
            "Saturates on both sides.",
            "Not monotone.",
        ],
        WhenToUse = "In the place of a sigmoid in shallow networks, above all those of reinforcement learning.",
    };

    /// <inheritdoc/>
    public static float FloatRange => 40;

    /// <inheritdoc/>
    public static bool HasSingleValue => true;

    /// <inheritdoc/>
    public static bool HasDoubleValue => true;

    /// <inheritdoc/>
    /// <remarks>1 + x·sigmoid(-x) is sigmoid(-x)·(1 + x + e^x), and for negative x, where that has a root at -r, the sum is d + (r - 1)·(e^d - 1) with d = x + r: both of one sign.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T>
    {
        T gate = T.Sigmoid(x);
        T other = T.Sigmoid(-x);
        T distance = x + T.Constant(Root) + T.Constant(RootLow);
        T left = other * T.MultiplyAdd(T.Constant(Root - 1), T.ExpM1(distance), distance);
        return gate * T.IfPositive(x, T.MultiplyAdd(x, other, T.Constant(1)), left);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DoubleValue<V>(V x, P<V> p, out V slope)
        where V : struct, IDoubleLanes<V> => DoubleElementary<V>.SigmoidLinearSlope(x, out slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F SingleValue<F>(F x, P<F> p, out F slope)
        where F : struct, ISingleLanes<F> => FloatElementary<F>.SigmoidLinearSlope(x, out slope);
}
