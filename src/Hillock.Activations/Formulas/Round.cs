using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>x rounded to a whole number.</summary>
public readonly struct Round : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "round",
        Title = "Round",
        Summary = "The nearest whole number, of two the even one.",
        Paper = "",
        Range = "ℤ",
        Monotone = true,
        Smooth = false,
        ZeroCentred = true,
        Saturation = Saturation.Both,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.Arithmetic,
        Kink = "The derivative is 0 everywhere, at the jumps too, as in PyTorch; oneDNN has no backward pass for it.",
        Peers =
        [
            new("PyTorch", "torch.round"),
            new("Keras", "ops.round"),
            new("JAX", "jax.numpy.round"),
            new("ONNX", "Round"),
        ],
        Strengths =
        [
            "Shows what whole numbers do to a signal: what quantisation would lose.",
        ],
        Weaknesses =
        [
            "No gradient at all: layers before it do not learn.",
        ],
        WhenToUse = "To try quantised outputs; not in hidden layers trained by gradients.",
    };

    /// <inheritdoc/>
    public static bool InfinitiesAsLimits => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.Round(x);
}
