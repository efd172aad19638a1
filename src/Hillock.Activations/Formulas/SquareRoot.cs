using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>√x.</summary>
public readonly struct SquareRoot : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "sqrt",
        Title = "Square root",
        Summary = "The square root.",
        Paper = "",
        Domain = new("[0, ∞)", 0, double.PositiveInfinity),
        Range = "[0, ∞)",
        Monotone = true,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.Right,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.Arithmetic,
        Kink = "f'(0) = ∞: the curve starts straight upwards.",
        Peers =
        [
            new("PyTorch", "torch.sqrt"),
            new("Keras", "ops.sqrt"),
            new("JAX", "jax.numpy.sqrt"),
            new("ONNX", "Sqrt"),
        ],
        Strengths =
        [
            "Presses large values together and keeps small ones apart.",
            "One instruction, correctly rounded.",
        ],
        Weaknesses =
        [
            "NaN below zero: its input must be made positive first.",
            "The slope has no bound near zero.",
        ],
        WhenToUse = "On counts and energies, after a function that is never negative.",
    };

    /// <inheritdoc/>
    public static bool FloatArithmeticSuffices => true;

    /// <inheritdoc/>
    public static bool InfinitiesAsLimits => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.Sqrt(x);
}
