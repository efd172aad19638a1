using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Elementary;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>(x + √(x² + b))/2, a smooth rectifier.</summary>
public readonly struct SquarePlus : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "squareplus",
        Title = "Squareplus",
        Summary = "A smooth rectifier like softplus, of algebra only.",
        Paper = "Barron, Squareplus: A Softplus-Like Algebraic Rectifier, 2021",
        Range = "(0, ∞)",
        Monotone = true,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.Left,
        Initialisation = Initialisation.He,
        Cost = CostClass.Arithmetic,
        Parameters = [new("b", 4, 0.000001, 1000000, "how wide the bend is")],
        Peers =
        [
            new("Keras", "squareplus"),
            new("JAX", "jax.nn.squareplus"),
        ],
        Strengths =
        [
            "Smooth and always positive, without an exponential or a logarithm.",
            "Its slope falls off slowly, so units do not die.",
        ],
        Weaknesses =
        [
            "A square root and a division for every element.",
            "Mean activations are far from zero.",
        ],
        WhenToUse = "Where softplus is wanted and is too dear.",
    };

    /// <inheritdoc/>
    /// <remarks>Products of x², the root and the sum are finite.</remarks>
    public static float FloatRange => 1e15f;

    /// <inheritdoc/>
    public static bool HasSingleValue => true;

    /// <inheritdoc/>
    public static bool HasDoubleValue => true;

    /// <inheritdoc/>
    /// <remarks>For negative x the sum would cancel; its conjugate does not.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T>
    {
        T root = T.Sqrt(T.MultiplyAdd(x, x, p.First));
        return T.IfPositive(x, 0.5 * (x + root), 0.5 * p.First / (root - x));
    }

    /// <inheritdoc/>
    /// <remarks>The derivative (1 + x/√(x² + b))/2 is the value over the root.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DoubleValue<V>(V x, P<V> p, out V slope)
        where V : struct, IDoubleLanes<V>
    {
        V zero = V.Broadcast(0);
        V half = V.Broadcast(0.5);
        Pair<V> root = Pair<V>.Sqrt(Pair<V>.Product(x, x) + p.First);
        Pair<V> sum = root + V.Abs(x);
        Pair<V> value = Pair<V>.IfGreater(x, zero, sum * half, new Pair<V>(half * p.First, zero) / sum);
        slope = (value / root).Rounded;
        return value.Rounded;
    }

    /// <inheritdoc/>
    /// <remarks>b and its half.</remarks>
    public static P<float> SingleParameters(P<float> p) => new(p.First, 0.5f * p.First, 0, 0);

    /// <inheritdoc/>
    /// <remarks>
    /// One quotient 1/(root·sum), with the sum of root and |x|, gives the reciprocals of both. The derivative is the value over the root.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F SingleValue<F>(F x, P<F> p, out F slope)
        where F : struct, ISingleLanes<F>
    {
        F one = F.Broadcast(1);
        F half = F.Broadcast(0.5f);
        F a = F.Abs(x);
        F square = F.MultiplyAdd(x, x, p.First);
        F root = F.Sqrt(square);
        F sum = root + a;
        F inverse = one / (root * sum);

        // The root lacks the share remainder/(2·square), which is remainder·inverse·sum/2 of it; rounding the sum loses some more.
        F halfSum = half * sum;
        F remainder = inverse * F.MultiplyAddNegated(root, root, square);
        F sumLow = F.MultiplyAdd(remainder, halfSum, a - (sum - root));
        F inverseSum = inverse * root;
        F quotient = p.Second * inverseSum;
        F rest = F.MultiplyAddNegated(quotient, sumLow, F.MultiplyAddNegated(quotient, sum, p.Second));
        F value = F.IfGreater(x, F.Broadcast(0), F.MultiplyAdd(half, sumLow, halfSum), F.MultiplyAdd(rest, inverseSum, quotient));

        F inverseRoot = inverse * sum;
        slope = value * F.MultiplyAdd(inverseRoot, FloatRoots<F>.LackOfReciprocal(inverseRoot, root, remainder * halfSum), inverseRoot);
        return value;
    }
}
