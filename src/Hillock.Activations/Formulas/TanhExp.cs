using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Elementary;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>x·tanh(e^x).</summary>
public readonly struct TanhExp : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "tanhexp",
        Title = "TanhExp",
        Summary = "x times the hyperbolic tangent of its exponential: a smooth rectifier that is soon linear.",
        Paper = "Liu & Di, TanhExp: A Smooth Activation Function with High Convergence Speed for Lightweight Neural Networks, IET Computer Vision 2021",
        Range = "[-0.3533, ∞)",
        Monotone = false,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.Left,
        Initialisation = Initialisation.He,
        Cost = CostClass.SeveralTranscendentals,
        Peers = [],
        Strengths =
        [
            "Nearly the identity from 1 on: quick to learn in small networks.",
            "Smooth.",
        ],
        Weaknesses =
        [
            "Two exponentials for every element.",
            "Not monotone.",
        ],
        WhenToUse = "In small networks for images.",
    };

    /// <inheritdoc/>
    public static float FloatRange => 40;

    /// <inheritdoc/>
    public static bool HasSingleValue => true;

    /// <inheritdoc/>
    public static bool HasDoubleValue => true;

    /// <inheritdoc/>
    /// <remarks>From 6 on tanh(e^x) is 1 to the last bit, and e^x would overflow further on.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.IfPositive(x - T.Constant(6), x, x * T.Tanh(T.Exp(x)));

    /// <inheritdoc/>
    public static T Spelled<TFormula, T>(T x, P<T> p)
        where TFormula : struct, IElementwiseFormula
        where T : struct, IReal<T> => x * T.Tanh(T.Exp(x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DoubleValue<V>(V x, P<V> p, out V slope)
        where V : struct, IDoubleLanes<V> => DoubleElementary<V>.TanhExpLinear(x, out slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F SingleValue<F>(F x, P<F> p, out F slope)
        where F : struct, ISingleLanes<F> => FloatElementary<F>.TanhExpLinear(x, out slope);
}
