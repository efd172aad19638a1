using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>e^x.</summary>
public readonly struct Exponential : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "exp",
        Title = "Exponential",
        Summary = "The exponential function.",
        Paper = "",
        Range = "(0, ∞)",
        Monotone = true,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.Left,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.OneTranscendental,
        Aliases =
        [
            new("exponential", "", "", "The name of exp in Keras."),
        ],
        Peers =
        [
            new("PyTorch", "torch.exp"),
            new("Keras", "exponential"),
            new("JAX", "jax.numpy.exp"),
            new("ONNX", "Exp"),
        ],
        Strengths =
        [
            "Always positive; its logarithm is the input.",
        ],
        Weaknesses =
        [
            "Overflows beyond 88.7, and gradients explode before.",
        ],
        WhenToUse = "On the output of a regression of rates or scales.",
    };

    /// <inheritdoc/>
    public static float FloatRange => 40;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.Exp(x);
}
