using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>The logistic function 1/(1 + e^-x).</summary>
public readonly struct Sigmoid : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "sigmoid",
        Title = "Sigmoid",
        Summary = "The logistic function: squashes any number into (0, 1).",
        Paper = "Verhulst, Recherches mathématiques sur la loi d'accroissement de la population, 1845",
        Range = "(0, 1)",
        Monotone = true,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.Both,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.OneTranscendental,
        Aliases =
        [
            new("logistic", "", "Verhulst, Recherches mathématiques sur la loi d'accroissement de la population, 1845", "The logistic function, by its older name."),
        ],
        Peers =
        [
            new("PyTorch", "nn.Sigmoid"),
            new("Keras", "sigmoid"),
            new("JAX", "jax.nn.sigmoid"),
            new("ONNX", "Sigmoid"),
        ],
        Strengths =
        [
            "Its value reads as a probability or as how far a gate is open.",
            "Smooth and bounded: it cannot blow up.",
        ],
        Weaknesses =
        [
            "Its slope is at most 0.25, so gradients shrink at least fourfold in every layer: the front layers learn slowest.",
            "Saturates on both sides, where learning stops.",
            "Its outputs are never negative, so the gradients of a unit's weights share one sign and steps zig-zag.",
        ],
        WhenToUse = "On the output for yes-or-no answers and in the gates of recurrent networks; hardly ever in hidden layers.",
    };

    /// <inheritdoc/>
    public static float FloatRange => 40;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.Sigmoid(x);

    /// <inheritdoc/>
    public static bool HasSlopeOfOutput => true;

    /// <summary>y - y², rounded once.</summary>
    /// <inheritdoc cref="IElementwiseFormula.SlopeOfOutput{T}"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T SlopeOfOutput<T>(T y)
        where T : struct, IReal<T> =>
        T.MultiplyAdd(-y, y, y);
}
