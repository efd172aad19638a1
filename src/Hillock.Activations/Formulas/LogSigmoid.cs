using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>The logarithm of the sigmoid, -ln(1 + e^-x).</summary>
public readonly struct LogSigmoid : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "log_sigmoid",
        Title = "Log-sigmoid",
        Summary = "The logarithm of the sigmoid: a log-probability that never overflows.",
        Paper = "",
        Range = "(-∞, 0)",
        Monotone = true,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.Right,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.OneTranscendental,
        Aliases =
        [
            new("logsigmoid", "", "", "Another spelling of log_sigmoid."),
        ],
        Peers =
        [
            new("PyTorch", "nn.LogSigmoid"),
            new("Keras", "log_sigmoid"),
            new("JAX", "jax.nn.log_sigmoid"),
        ],
        Strengths =
        [
            "Exact where the sigmoid has rounded to 0 or 1.",
            "Smooth.",
        ],
        Weaknesses =
        [
            "Never positive, and far from zero on average.",
            "An exponential and a logarithm for every element.",
        ],
        WhenToUse = "In losses on log-probabilities; hardly ever in hidden layers.",
    };

    /// <inheritdoc/>
    public static float FloatRange => 40;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        -T.SoftPlus(-x);
}
