using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>x/(1 + |x|).</summary>
public readonly struct SoftSign : IElementwiseFormula, IStatedFunction
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "softsign",
        Title = "Softsign",
        Summary = "A sigmoid that approaches its bounds slowly, as 1/x instead of e^-x.",
        Paper = "Bergstra, Desjardins, Lamblin & Bengio, Quadratic Polynomials Learn Better Image Features, 2009",
        Range = "(-1, 1)",
        Monotone = true,
        Smooth = true,
        ZeroCentred = true,
        Saturation = Saturation.Both,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.Arithmetic,
        Peers =
        [
            new("PyTorch", "nn.Softsign"),
            new("Keras", "softsign"),
            new("JAX", "jax.nn.soft_sign"),
            new("ONNX", "Softsign"),
        ],
        Strengths =
        [
            "Saturates more gently than tanh: some gradient is left far out.",
            "No exponential.",
        ],
        Weaknesses =
        [
            "Its slope falls off quickly near zero.",
            "A division for every element.",
        ],
        WhenToUse = "As a cheaper tanh, and where units should not saturate for good.",
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.Apply<SoftSign>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x)
        where T : struct, IReal<T> =>
        x / (1 + T.Abs(x));

    /// <inheritdoc/>
    /// <remarks>The rule of the quotient would subtract the value from 1, which leaves nothing far out.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Slope<T>(T x)
        where T : struct, IReal<T>
    {
        T reciprocal = T.Constant(1) / (1 + T.Abs(x));
        return reciprocal * reciprocal;
    }
}
