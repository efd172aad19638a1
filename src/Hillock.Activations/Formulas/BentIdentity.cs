using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Elementary;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>(√(x² + 1) - 1)/2 + x.</summary>
public readonly struct BentIdentity : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "bent_identity",
        Title = "Bent identity",
        Summary = "A straight line that bends from slope ½ to slope 1½.",
        Paper = "",
        Range = "(-∞, ∞)",
        Monotone = true,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.None,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.Arithmetic,
        Peers = [],
        Strengths =
        [
            "Never saturates, and its slope stays between 0.5 and 1.5.",
        ],
        Weaknesses =
        [
            "Nearly linear: adds little to what a linear layer can do.",
        ],
        WhenToUse = "In shallow networks for regression.",
    };

    /// <inheritdoc/>
    /// <remarks>x² is finite.</remarks>
    public static float FloatRange => 1e15f;

    /// <inheritdoc/>
    public static bool HasSingleValue => true;

    /// <inheritdoc/>
    /// <remarks>√(x² + 1) - 1 is x²/(√(x² + 1) + 1), which does not cancel near 0.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T>
    {
        T square = x * x;
        return x + 0.5 * (square / (1 + T.Sqrt(1 + square)));
    }

    /// <inheritdoc/>
    /// <remarks>The sum of x and half of √(x² + 1) - 1, with what it loses and the root lacks.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F SingleValue<F>(F x, P<F> p, out F slope)
        where F : struct, ISingleLanes<F>
    {
        F one = F.Broadcast(1);
        F half = F.Broadcast(0.5f);
        F square = F.MultiplyAdd(x, x, one);
        F root = F.Sqrt(square);
        F inverse = one / root;
        F low = FloatRoots<F>.LackOfRoot(root, inverse, square, F.MultiplyAdd(x, x, one - square));
        F bend = half * (root - one);
        F sum = x + bend;
        slope = F.MultiplyAdd(half * x, inverse, one);
        return sum + F.MultiplyAdd(half, low, bend - (sum - x));
    }
}
