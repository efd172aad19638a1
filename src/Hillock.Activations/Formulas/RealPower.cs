using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>alpha·x^beta.</summary>
public readonly struct RealPower : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "pow",
        Title = "Power",
        Summary = "A power of x with any real exponent, times a factor.",
        Paper = "",
        Domain = new("[0, ∞); every number where beta is whole", double.NegativeInfinity, double.PositiveInfinity),
        Range = "[0, ∞), (-∞, ∞) for an odd beta, without 0 for a negative one",
        Monotone = false,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.None,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.SeveralTranscendentals,
        Kink = "f'(0) is 0, alpha or infinite for beta above, at or below 1, but 0 for beta = 0; the derivative by beta is taken to be 0 where x is not positive.",
        Parameters =
        [
            new("alpha", 1, -1000000, 1000000, "the factor"),
            new("beta", 2, -100, 100, "the exponent"),
        ],
        Peers =
        [
            new("PyTorch", "torch.pow", "the exponent must be given; no factor", null),
            new("Keras", "ops.power", "the exponent must be given; no factor", null),
            new("JAX", "jax.numpy.power", "the exponent must be given; no factor", null),
            new("ONNX", "Pow", "the exponent is an input; no factor", null),
        ],
        Strengths =
        [
            "From the square over the line to the square root by one number, which may be learned for positive inputs.",
        ],
        Weaknesses =
        [
            "NaN for negative inputs unless beta is whole.",
            "Powers above 1 grow fast: deep stacks explode.",
        ],
        WhenToUse = "Where physics says that a power law holds, on positive inputs.",
    };

    /// <inheritdoc/>
    public static bool InfinitiesAsLimits => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.Scale(T.Pow(x, p.Second), p.First);
}
