using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Elementary;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>a·(1 - e^(-x/b)) where positive, c·(e^(x/d) - 1) elsewhere.</summary>
public readonly struct Hexpo : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "hexpo",
        Title = "Hexpo",
        Summary = "Two exponential bends that meet at 0, each with a bound and a scale of its own.",
        Paper = "Kong & Takatsuka, Hexpo: A Vanishing-Proof Activation Function, IJCNN 2017",
        Range = "(-c, a)",
        Monotone = true,
        Smooth = true,
        ZeroCentred = true,
        Saturation = Saturation.Both,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.SeveralTranscendentals,
        Kink = "At 0 the slope is c/d, that of the left side; it is a/b on the right, the same by default.",
        Parameters =
        [
            new("a", 1, 0.01, 1000, "the bound on the right"),
            new("b", 1, 0.01, 1000, "how far the right side bends"),
            new("c", 1, 0.01, 1000, "the bound on the left"),
            new("d", 1, 0.01, 1000, "how far the left side bends"),
        ],
        Peers = [],
        Strengths =
        [
            "Bounds and slopes of the two sides can be set apart: slopes at 0 above 1 keep gradients from vanishing.",
            "Centred on zero by default.",
        ],
        Weaknesses =
        [
            "Saturates on both sides.",
            "Four numbers to choose.",
        ],
        WhenToUse = "In the place of tanh, where its gradients vanish.",
    };

    /// <inheritdoc/>
    public static float FloatRange => 40;

    /// <inheritdoc/>
    public static bool FloatLanesSuffice(P<float> p) => p.Second == 1 && p.Fourth == 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T FloatValue<TFormula, T>(T x, P<T> p)
        where TFormula : struct, IElementwiseFormula
        where T : struct, IReal<T> =>
        T.IfPositive(x, -p.First, p.Third) * T.ExpM1(T.IfPositive(x, -x, x));

    /// <inheritdoc/>
    public static bool HasDoubleValue => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T>
    {
        T minusOne = T.ExpM1(T.IfPositive(x, -(x / p.Second), x / p.Fourth));
        return T.IfPositive(x, -p.First, p.Third) * minusOne;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DoubleValue<V>(V x, P<V> p, out V slope)
        where V : struct, IDoubleLanes<V>
    {
        V zero = V.Broadcast(0);
        V bound = V.IfGreater(x, zero, p.First, p.Third);
        V scale = V.IfGreater(x, zero, p.Second, p.Fourth);
        V ratio = bound / scale;
        Pair<V> quotient = Pair<V>.Quotient(-V.Abs(x), scale);
        V value = V.CopySign(DoubleElementary<V>.TimesExpM1(quotient, bound, ratio, out slope), x);

        // Near 0 the function is a straight line, of which the quotient would lose the digits where it is subnormal.
        return V.IfGreater(quotient.High, V.Broadcast(-1e-20), ratio * x, value);
    }
}
