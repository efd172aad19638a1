using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Elementary;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>sigmoid(x)^m.</summary>
public readonly struct PowerOfSigmoid : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "psf",
        Title = "Parametric sigmoid",
        Summary = "A power of the logistic function: its bend moves to the right for powers above 1, to the left below.",
        Paper = "Chandra & Singh, An activation function adapting training algorithm for sigmoidal feedforward networks, Neurocomputing 2004",
        Range = "(0, 1)",
        Monotone = true,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.Both,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.SeveralTranscendentals,
        Parameters = [new("m", 1, 0.01, 100, "the power") { Mode = new ParameterMode.Learned(ParameterScope.Layer, 1) }],
        Peers = [],
        Strengths =
        [
            "A sigmoid whose bend is learned with the weights.",
            "m = 1 is the logistic function, with which it starts.",
        ],
        Weaknesses =
        [
            "Saturates on both sides.",
            "An exponential, a logarithm and another exponential for every element.",
        ],
        WhenToUse = "Where a sigmoid is called for and should lean to one side, as for rare events.",
    };

    /// <inheritdoc/>
    public static float FloatRange => 40;

    /// <inheritdoc/>
    public static bool FloatLanesSuffice(P<float> p) => p.First == 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T FloatValue<TFormula, T>(T x, P<T> p)
        where TFormula : struct, IElementwiseFormula
        where T : struct, IReal<T> =>
        T.Sigmoid(x);

    /// <inheritdoc/>
    public static bool HasDoubleValue => true;

    /// <inheritdoc/>
    /// <remarks>sigmoid(x)^m is e^(-m·ln(1 + e^-x)), which lives on where the sigmoid itself is less than the least number.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.Exp(-(p.First * T.SoftPlus(-x)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DoubleValue<V>(V x, P<V> p, out V slope)
        where V : struct, IDoubleLanes<V> => DoubleElementary<V>.PowerOfSigmoid(x, p.First, out slope);
}
