using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>ln x.</summary>
public readonly struct Logarithm : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "log",
        Title = "Natural logarithm",
        Summary = "The natural logarithm.",
        Paper = "",
        Domain = new("(0, ∞)", 0, double.PositiveInfinity),
        Range = "(-∞, ∞)",
        Monotone = true,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.Right,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.OneTranscendental,
        Kink = "f(0) = -∞ and f'(0) = ∞.",
        Peers =
        [
            new("PyTorch", "torch.log"),
            new("Keras", "ops.log"),
            new("JAX", "jax.numpy.log"),
            new("ONNX", "Log"),
        ],
        Strengths =
        [
            "Turns ratios into differences and products into sums.",
        ],
        Weaknesses =
        [
            "NaN below zero, -∞ at zero: its input must be made positive first.",
            "The slope has no bound near zero.",
        ],
        WhenToUse = "On rates and scales, after a function that is always positive; to undo exp.",
    };

    /// <inheritdoc/>
    public static float FloatRange => float.MaxValue;

    /// <inheritdoc/>
    public static bool InfinitiesAsLimits => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.Log(x);
}
