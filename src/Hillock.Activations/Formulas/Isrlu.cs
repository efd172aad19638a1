using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>x where positive, x/√(1 + alpha·x²) elsewhere.</summary>
public readonly struct Isrlu : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "isrlu",
        Title = "ISRLU",
        Summary = "The inverse square root linear unit: an ELU made of a root and a division.",
        Paper = "Carlile, Delamarter, Kinney, Marti & Whitney, Improving Deep Learning by Inverse Square Root Linear Units (ISRLUs), 2017",
        Range = "(-1/√alpha, ∞)",
        Monotone = true,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.Left,
        Initialisation = Initialisation.He,
        Cost = CostClass.Arithmetic,
        Parameters = [new("alpha", 1, 0.001, 1000, "where the negative side saturates: at -1/√alpha")],
        Peers = [],
        Strengths =
        [
            "The shape of ELU without an exponential.",
            "First and second derivative are continuous.",
        ],
        Weaknesses =
        [
            "A root and a division for every element.",
        ],
        WhenToUse = "In place of ELU where exponentials are dear; here ELU is about as fast.",
    };

    /// <inheritdoc/>
    public static float FloatRange => Isru.FloatRange;

    /// <inheritdoc/>
    public static bool HasSingleValue => true;

    /// <inheritdoc/>
    public static bool HasDoubleValue => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.IfPositive(x, x, x / T.Sqrt(1 + p.First * (x * x)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DoubleValue<V>(V x, P<V> p, out V slope)
        where V : struct, IDoubleLanes<V>
    {
        V zero = V.Broadcast(0);
        V negative = Isru.DoubleValue(x, p, out V negativeSlope);
        slope = V.IfGreater(x, zero, V.Broadcast(1), negativeSlope);
        return V.IfGreater(x, zero, x, negative);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F SingleValue<F>(F x, P<F> p, out F slope)
        where F : struct, ISingleLanes<F>
    {
        F zero = F.Broadcast(0);
        F negative = Isru.SingleValue(x, p, out F negativeSlope);
        slope = F.IfGreater(x, zero, F.Broadcast(1), negativeSlope);
        return F.IfGreater(x, zero, x, negative);
    }
}
