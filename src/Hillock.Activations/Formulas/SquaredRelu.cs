using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>max(x, 0)².</summary>
public readonly struct SquaredRelu : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "squared_relu",
        Title = "Squared ReLU",
        Summary = "The square of ReLU, found by a search over transformers.",
        Paper = "So, Mańke, Liu, Dai, Shazeer & Le, Primer: Searching for Efficient Transformers for Language Modeling, NeurIPS 2021",
        Range = "[0, ∞)",
        Monotone = true,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.Left,
        Initialisation = Initialisation.He,
        Cost = CostClass.Arithmetic,
        Aliases =
        [
            new("relu2", "", "the transformers library, after So et al., Primer, NeurIPS 2021", "The name in configurations of transformers."),
        ],
        Peers = [],
        Strengths =
        [
            "Smooth at 0, and as sparse as ReLU.",
            "Learns language models with fewer steps than ReLU and GELU in its paper.",
        ],
        Weaknesses =
        [
            "Grows as a square: needs normalisation layers.",
            "Units die as with ReLU.",
        ],
        WhenToUse = "In the feed-forward layers of transformers.",
    };

    /// <inheritdoc/>
    public static bool FloatArithmeticSuffices => true;

    /// <inheritdoc/>
    public static bool InfinitiesAsLimits => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.IfPositive(x, x * x, T.Constant(0));
}
