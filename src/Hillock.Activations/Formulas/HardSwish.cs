using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>Swish with a hard sigmoid: x·min(max(x + 3, 0), 6)/6.</summary>
public readonly struct HardSwish : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "hardswish",
        Title = "Hard swish",
        Summary = "Swish with its sigmoid replaced by straight lines.",
        Paper = "Howard et al., Searching for MobileNetV3, ICCV 2019",
        Range = "[-0.375, ∞)",
        Monotone = false,
        Smooth = false,
        ZeroCentred = false,
        Saturation = Saturation.Left,
        Initialisation = Initialisation.He,
        Cost = CostClass.Arithmetic,
        Kink = "f'(-3) = 0 and f'(3) = 1, as in PyTorch since 2.7: the slopes of the outer sides.",
        Aliases =
        [
            new("hard_swish", "", "Howard et al., Searching for MobileNetV3, ICCV 2019", "Another spelling of hardswish."),
            new("hard_silu", "", "Howard et al., Searching for MobileNetV3, ICCV 2019", "The name of hardswish in Keras and JAX."),
        ],
        Peers =
        [
            new("PyTorch", "nn.Hardswish", "before version 2.7 the slopes at the kinks were -0.5 and 1.5"),
            new("Keras", "hard_silu"),
            new("JAX", "jax.nn.hard_silu"),
            new("ONNX", "HardSwish", "from opset 14"),
        ],
        Strengths =
        [
            "Close to Swish without an exponential.",
            "Exactly zero below -3: sparse activity.",
        ],
        Weaknesses =
        [
            "Not monotone.",
            "No gradient below -3, so units can die.",
        ],
        WhenToUse = "In networks for phones, where Swish helps and is too dear.",
    };

    /// <inheritdoc/>
    public static float FloatRange => float.MaxValue;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T FloatValue<TFormula, T>(T x, P<T> p)
        where TFormula : struct, IElementwiseFormula
        where T : struct, IReal<T>
    {
        // The sum, the product and a sixth are each off by up to half a unit in a float: what they lack is added.
        T sum = 3 + x;
        T sumLow = x - (-3 + sum);
        T product = x * sum;
        T productLow = T.MultiplyAdd(x, sumLow, T.MultiplyAdd(x, sum, -product));
        T sixth = T.Constant((float)(1.0 / 6));
        T middle = T.MultiplyAdd(sixth, product, T.MultiplyAdd(sixth, productLow, ((1.0 / 6) - (float)(1.0 / 6)) * product));
        return T.IfPositive(sum, T.IfPositive(3 - x, middle, x), T.Constant(0));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.IfPositive(3 + x, T.IfPositive(3 - x, 1.0 / 6 * (x * (3 + x)), x), T.Constant(0));
}
