using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Elementary;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>scale·max(x, 0)² + bias.</summary>
public readonly struct StarRelu : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "star_relu",
        Title = "StarReLU",
        Summary = "A squared ReLU scaled and shifted so that its outputs have mean 0 and variance 1.",
        Paper = "Yu, Si, Zhou, Luo, Zhou, Feng, Yan & Wang, MetaFormer Baselines for Vision, IEEE Transactions on Pattern Analysis and Machine Intelligence 2024",
        Range = "[bias, ∞)",
        Monotone = true,
        Smooth = true,
        ZeroCentred = true,
        Saturation = Saturation.Left,
        Initialisation = Initialisation.He,
        Cost = CostClass.Arithmetic,
        Parameters =
        [
            new("scale", 0.8944271909999159, -1000, 1000, "the factor, 2/√5 unless learned"),
            new("bias", -0.4472135954999579, -1000, 1000, "the value of the negative side, -1/√5 unless learned"),
        ],
        Peers = [],
        Strengths =
        [
            "Mean 0 and variance 1 for inputs that are standard normal.",
            "Cheaper than GELU, and as good in its paper.",
        ],
        Weaknesses =
        [
            "Grows as a square: needs normalisation layers.",
            "Units die as with ReLU.",
        ],
        WhenToUse = "In vision models of the MetaFormer family, with scale and bias learned.",
    };

    /// <inheritdoc/>
    public static bool InfinitiesAsLimits => false;

    /// <inheritdoc/>
    public static bool HasDoubleValue => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T>
    {
        T positive = T.IfPositive(x, x, T.Constant(0));
        return T.Scale(positive * positive, p.First) + p.Second;
    }

    /// <inheritdoc/>
    /// <remarks>Near its zero square and bias cancel, so that what the square loses is most of what is left.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DoubleValue<V>(V x, P<V> p, out V slope)
        where V : struct, IDoubleLanes<V>
    {
        V positive = V.IfGreater(x, V.Broadcast(0), x, V.Broadcast(0));
        Pair<V> product = Pair<V>.Product(p.First, positive);
        slope = product.High + product.High;
        Pair<V> square = product * positive;
        // Infinity less itself, which a square that overflows would lose, is no number.
        return V.IfGreater(V.Abs(square.High), V.Broadcast(double.MaxValue), square.High, (square + p.Second).Rounded);
    }
}
