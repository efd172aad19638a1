using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>alpha·x + beta.</summary>
public readonly struct Affine : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "affine",
        Title = "Affine",
        Summary = "A straight line.",
        Paper = "",
        Range = "(-∞, ∞)",
        Monotone = true,
        Smooth = true,
        ZeroCentred = true,
        Saturation = Saturation.None,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.Arithmetic,
        Parameters =
        [
            new("alpha", 1, -1000000, 1000000, "the slope"),
            new("beta", 0, -1000000, 1000000, "the value at 0"),
        ],
        Peers =
        [
            new("ONNX", "Affine", "an activation of RNN, GRU and LSTM; alpha and beta are given there", null),
        ],
        Strengths =
        [
            "Rescales outputs where weights cannot.",
        ],
        Weaknesses =
        [
            "Layers collapse into one matrix, as with the identity.",
        ],
        WhenToUse = "To scale and shift the output of a network.",
    };

    /// <inheritdoc/>
    public static bool FloatArithmeticSuffices => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.MultiplyAdd(p.First, x, p.Second);
}
