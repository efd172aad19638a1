using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>sin x.</summary>
public readonly struct Sinusoid : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "sinusoid",
        Title = "Sinusoid",
        Summary = "The sine: a wave.",
        Paper = "Sitzmann, Martel, Bergman, Lindell & Wetzstein, Implicit Neural Representations with Periodic Activation Functions, NeurIPS 2020",
        Domain = Domain.Finite,
        Range = "[-1, 1]",
        Monotone = false,
        Smooth = true,
        ZeroCentred = true,
        Saturation = Saturation.None,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.SeveralTranscendentals,
        Aliases =
        [
            new("sin", "", "", "The name of the sinusoid in every library."),
        ],
        Peers =
        [
            new("PyTorch", "torch.sin"),
            new("Keras", "ops.sin"),
            new("JAX", "jax.numpy.sin"),
            new("ONNX", "Sin"),
        ],
        Strengths =
        [
            "Its derivatives are waves again: fits of signals get their derivatives right too.",
            "Represents fine detail that rectifiers smooth over.",
        ],
        Weaknesses =
        [
            "Every output has infinitely many inputs: losses have many local minima.",
            "Needs its own initialisation and scale of inputs (the paper: the first layer's inputs times 30).",
        ],
        WhenToUse = "For coordinates in, signal out: images, sound and fields as networks (SIREN).",
    };

    /// <inheritdoc/>
    public static bool InfinitiesAsLimits => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.Sin(x);
}
