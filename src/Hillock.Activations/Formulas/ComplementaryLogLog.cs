using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Elementary;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>1 - e^(-e^x).</summary>
public readonly struct ComplementaryLogLog : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "cloglog",
        Title = "Complementary log-log",
        Summary = "A sigmoid that leaves 0 slowly and reaches 1 fast.",
        Paper = "Gomes & Ludermir, Complementary Log-Log and Probit: Activation Functions Implemented in Artificial Neural Networks, HIS 2008",
        Range = "(0, 1)",
        Monotone = true,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.Both,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.SeveralTranscendentals,
        Peers = [],
        Strengths =
        [
            "The probability of at least one event when their rate is e^x.",
        ],
        Weaknesses =
        [
            "Two exponentials for every element.",
            "Saturates on both sides.",
        ],
        WhenToUse = "On outputs that are probabilities of rare or of waiting-time events.",
    };

    /// <inheritdoc/>
    public static float FloatRange => 40;

    /// <inheritdoc/>
    public static bool FloatCompensates => true;

    /// <inheritdoc/>
    /// <remarks>e^(-e^x) magnifies what e^x lacks by as much as e^x.</remarks>
    public static bool FloatSlope => false;

    /// <inheritdoc/>
    public static bool HasDoubleValue => true;

    /// <inheritdoc/>
    /// <remarks>From 6.7 on e^(-e^x) is less than the least double, and e^x would overflow further on.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.IfPositive(x - T.Constant(6.7), T.Constant(1), -T.ExpM1(-T.Exp(x)));

    /// <inheritdoc/>
    public static T Spelled<TFormula, T>(T x, P<T> p)
        where TFormula : struct, IElementwiseFormula
        where T : struct, IReal<T> => -T.ExpM1(-T.Exp(x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DoubleValue<V>(V x, P<V> p, out V slope)
        where V : struct, IDoubleLanes<V> => DoubleElementary<V>.ComplementaryLogLog(x, out slope);

    /// <inheritdoc/>
    /// <remarks>From 3.5 on the value is 1, also where float lanes could not tell e^(-e^x) from 0.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T FloatValue<TFormula, T>(T x, P<T> p)
        where TFormula : struct, IElementwiseFormula
        where T : struct, IReal<T> =>
        T.IfPositive(x - T.Constant(3.5), T.Constant(1), -T.ExpM1(-T.Exp(x)));
}
