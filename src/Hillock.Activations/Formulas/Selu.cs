using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>The scaled exponential linear unit, which keeps mean 0 and variance 1.</summary>
public readonly struct Selu : IElementwiseFormula
{
    /// <summary>The paper's alpha, for which (mean 0, variance 1) is a fixed point.</summary>
    private const double Alpha = 1.6732632423543772848170429916717;

    /// <summary>The paper's lambda.</summary>
    private const double Scale = 1.0507009873554804934193349852946;

    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "selu",
        Title = "SELU",
        Summary = "An ELU scaled so that mean 0 and variance 1 are kept from layer to layer.",
        Paper = "Klambauer, Unterthiner, Mayr & Hochreiter, Self-Normalizing Neural Networks, NIPS 2017",
        Range = "(-1.7581, ∞)",
        Monotone = true,
        Smooth = false,
        ZeroCentred = true,
        Saturation = Saturation.Left,
        Initialisation = Initialisation.LeCun,
        Cost = CostClass.OneTranscendental,
        Kink = "f'(0) = 1.7581, the slope from the left, as in PyTorch; from the right it is 1.0507.",
        Peers =
        [
            new("PyTorch", "nn.SELU"),
            new("Keras", "selu"),
            new("JAX", "jax.nn.selu"),
            new("ONNX", "Selu", "its constants are rounded to float first"),
        ],
        Strengths =
        [
            "Signals keep mean 0 and variance 1 through many layers, without normalisation layers.",
        ],
        Weaknesses =
        [
            "Needs LeCun initialisation, standardised inputs and alpha dropout to keep its promise.",
        ],
        WhenToUse = "In deep fully connected networks on tables.",
    };

    /// <inheritdoc/>
    public static float FloatRange => 40;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T FloatValue<TFormula, T>(T x, P<T> p)
        where TFormula : struct, IElementwiseFormula
        where T : struct, IReal<T>
    {
        // A float of the product would be off by a third of a unit: what it lacks is added.
        T decay = T.ExpM1(x);
        return T.IfPositive(x, Scale * x, T.MultiplyAdd(T.Constant((float)(Scale * Alpha)), decay, ((Scale * Alpha) - (float)(Scale * Alpha)) * decay));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        Scale * T.IfPositive(x, x, Alpha * T.ExpM1(x));
}
