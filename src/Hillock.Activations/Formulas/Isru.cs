using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Elementary;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>x/√(1 + alpha·x²).</summary>
public readonly struct Isru : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "isru",
        Title = "ISRU",
        Summary = "The inverse square root unit: a sigmoid curve made of a root and a division.",
        Paper = "Carlile, Delamarter, Kinney, Marti & Whitney, Improving Deep Learning by Inverse Square Root Linear Units (ISRLUs), 2017",
        Range = "(-1/√alpha, 1/√alpha)",
        Monotone = true,
        Smooth = true,
        ZeroCentred = true,
        Saturation = Saturation.Both,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.Arithmetic,
        Parameters = [new("alpha", 1, 0.001, 1000, "where it saturates: at 1/√alpha")],
        Peers = [],
        Strengths =
        [
            "Much like tanh without an exponential.",
            "Zero-centred.",
        ],
        Weaknesses =
        [
            "Saturates on both sides, if more slowly than tanh.",
        ],
        WhenToUse = "In place of tanh where exponentials are dear; here tanh is about as fast.",
    };

    /// <inheritdoc/>
    /// <remarks>alpha·x² is finite for every alpha.</remarks>
    public static float FloatRange => 5e17f;

    /// <inheritdoc/>
    public static bool HasSingleValue => true;

    /// <inheritdoc/>
    public static bool HasDoubleValue => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        x / T.Sqrt(1 + p.First * (x * x));

    /// <inheritdoc/>
    /// <remarks>The derivative is the cube of 1/√(1 + alpha·x²).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DoubleValue<V>(V x, P<V> p, out V slope)
        where V : struct, IDoubleLanes<V>
    {
        // Beyond 2^400 the value is its limit and the derivative 0 to the last bit, and alpha·x² is finite for every alpha.
        V far = V.Broadcast(2.582249878086909e120);
        V near = V.Min(V.Max(x, -far), far);
        Pair<V> inverse = Pair<V>.Reciprocal(Pair<V>.Sqrt((Pair<V>.Product(near, near) * p.First) + V.Broadcast(1)));
        slope = (inverse * inverse * inverse).Rounded;
        return V.CopySign((inverse * near).Rounded, x);
    }

    /// <inheritdoc/>
    /// <remarks>With h about the reciprocal of the root and d what it lacks, the value is x(h + d) and the derivative h³ + 3h²d.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F SingleValue<F>(F x, P<F> p, out F slope)
        where F : struct, ISingleLanes<F>
    {
        F one = F.Broadcast(1);
        F scaled = p.First * x;
        F square = F.MultiplyAdd(scaled, x, one);
        F squareLow = F.MultiplyAdd(F.MultiplyAdd(p.First, x, -scaled), x, F.MultiplyAdd(scaled, x, one - square));
        F root = F.Sqrt(square);
        F h = one / root;
        F d = h * FloatRoots<F>.LackOfReciprocal(h, root, FloatRoots<F>.LackOfRoot(root, h, square, squareLow));
        F h2 = h * h;
        slope = F.MultiplyAdd(h2, h, F.Broadcast(3) * (h2 * d));
        return F.MultiplyAdd(x, h, x * d);
    }
}
