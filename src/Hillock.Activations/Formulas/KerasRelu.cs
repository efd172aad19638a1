using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>The rectifier of Keras with its three parameters.</summary>
public readonly struct KerasRelu : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "keras_relu",
        Title = "Keras ReLU",
        Summary = "A rectifier with a slope below a threshold and a bound above: all that the relu of Keras can be told.",
        Paper = "",
        Range = "[slope·(-∞), max], (-∞, ∞) unless bounded",
        Monotone = true,
        Smooth = false,
        ZeroCentred = false,
        Saturation = Saturation.Left,
        Initialisation = Initialisation.He,
        Cost = CostClass.Arithmetic,
        Kink = "f'(theta) = slope and f'(max) = 1. At theta itself stands 0, as Keras computes it; its text says theta.",
        Parameters =
        [
            new("slope", 0, -10, 10, "the slope below theta: negative_slope in Keras"),
            new("max", double.PositiveInfinity, 0, double.PositiveInfinity, "the greatest value: max_value in Keras, inf for none"),
            new("theta", 0, -1000000, 1000000, "what x must exceed to pass: threshold in Keras"),
        ],
        Peers =
        [
            new("Keras", "relu", "the parameters are negative_slope, max_value and threshold", null),
        ],
        Strengths =
        [
            "ReLU, leaky ReLU, ReLU6 and thresholded ReLU in one.",
        ],
        Weaknesses =
        [
            "Jumps at theta unless theta is 0.",
            "Three numbers to choose.",
        ],
        WhenToUse = "To reproduce a network of Keras.",
    };

    /// <inheritdoc/>
    public static bool FloatArithmeticSuffices => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.IfPositive(x - p.Second, p.Second, T.IfPositive(x - p.Third, x, p.First * (x - p.Third)));
}
