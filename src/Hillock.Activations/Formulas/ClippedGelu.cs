using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>min(x·Φ(x), upper).</summary>
public readonly struct ClippedGelu : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "clipped_gelu",
        Title = "Clipped GELU",
        Summary = "GELU with an upper bound, so that eight bits hold its negative values too.",
        Paper = "Wu, Judd, Zhang, Isaev & Micikevicius, Integer Quantization for Deep Learning Inference: Principles and Empirical Evaluation, 2020",
        Range = "[-0.17, upper]",
        Monotone = false,
        Smooth = false,
        ZeroCentred = false,
        Saturation = Saturation.Both,
        Initialisation = Initialisation.He,
        Cost = CostClass.OneTranscendental,
        Kink = "Where GELU reaches the bound the derivative is its own, as with torch.clip.",
        Parameters = [new("upper", 10, 0.01, 1000, "the bound")],
        Aliases =
        [
            new("gelu_10", "", "the transformers library, after Wu et al., Integer Quantization for Deep Learning Inference, 2020", "GELU clipped at 10; the other bound, -10, is never reached."),
        ],
        Peers = [],
        Strengths =
        [
            "A small range, most of it used: made for integers of eight bits.",
        ],
        Weaknesses =
        [
            "No gradient above the bound.",
            "Differs from GELU: weights trained with one should run with the same.",
        ],
        WhenToUse = "To fine-tune transformers that are to run in integers.",
    };

    /// <inheritdoc/>
    public static float FloatRange => 13;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T>
    {
        T y = T.NormalLinear(x);
        return T.IfPositive(y - p.First, p.First, y);
    }
}
