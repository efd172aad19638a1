using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Elementary;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>The smooth rectifier: a parabola between -beta and beta joins 0 and x.</summary>
public readonly struct SmeLu : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "smelu",
        Title = "SmeLU",
        Summary = "A rectifier whose corner is rounded by a parabola.",
        Paper = "Shamir, Lin & Coviello, Smooth Activations and Reproducibility in Deep Networks, 2020",
        Range = "[0, ∞)",
        Monotone = true,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.Left,
        Initialisation = Initialisation.He,
        Cost = CostClass.Arithmetic,
        Parameters = [new("beta", 1, 0.001, 1000, "half the width of the bend")],
        Aliases =
        [
            new("sparse_plus", "beta=1", "Keras and JAX, after Martins & Astudillo, From Softmax to Sparsemax, ICML 2016", "The integral of sparse_sigmoid, which is SmeLU with beta = 1."),
        ],
        Peers =
        [
            new("Keras", "sparse_plus", "beta is 1"),
            new("JAX", "jax.nn.sparse_plus", "beta is 1"),
        ],
        Strengths =
        [
            "Smooth without an exponential.",
            "Two trainings of one network disagree less than with ReLU.",
        ],
        Weaknesses =
        [
            "No gradient below -beta, so units can die.",
            "The width of the bend must be chosen.",
        ],
        WhenToUse = "Where predictions should not change from one training to the next.",
    };

    /// <inheritdoc/>
    public static float FloatRange => float.MaxValue;

    /// <inheritdoc/>
    public static bool HasSingleValue => true;

    /// <inheritdoc/>
    public static bool HasDoubleValue => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T>
    {
        T shifted = x + p.First;
        return T.IfPositive(x - p.First, x, T.IfPositive(shifted, 0.25 * (shifted * shifted) / p.First, T.Constant(0)));
    }

    /// <inheritdoc/>
    /// <remarks>The square doubles what the sum loses.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DoubleValue<V>(V x, P<V> p, out V slope)
        where V : struct, IDoubleLanes<V>
    {
        V zero = V.Broadcast(0);
        V one = V.Broadcast(1);
        Pair<V> shifted = Pair<V>.Sum(x, p.First);
        Pair<V> quotient = shifted / new Pair<V>(p.First, zero);
        V bend = (quotient * shifted).Rounded * V.Broadcast(0.25);
        V bendSlope = V.Broadcast(0.5) * quotient.Rounded;
        slope = V.IfGreater(x - p.First, zero, one, V.IfGreater(shifted.High, zero, bendSlope, zero));
        return V.IfGreater(x - p.First, zero, x, V.IfGreater(shifted.High, zero, bend, zero));
    }

    /// <inheritdoc/>
    /// <remarks>The half width beta, and 1/(4·beta) with what its float lacks.</remarks>
    public static P<float> SingleParameters(P<float> p)
    {
        float quarter = 0.25f / p.First;
        return new(p.First, quarter, MathF.FusedMultiplyAdd(-quarter, p.First, 0.25f) / p.First, 0);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F SingleValue<F>(F x, P<F> p, out F slope)
        where F : struct, ISingleLanes<F>
    {
        F zero = F.Broadcast(0);
        F shifted = p.First + x;
        F shiftedLow = x - (shifted - p.First);
        F square = shifted * shifted;
        F squareLow = F.MultiplyAdd(shifted + shifted, shiftedLow, F.MultiplyAdd(shifted, shifted, -square));
        F bend = F.MultiplyAdd(square, p.Second, F.MultiplyAdd(square, p.Third, squareLow * p.Second));
        F bendSlope = (shifted + shifted) * p.Second;
        slope = F.IfGreater(x, p.First, F.Broadcast(1), F.IfGreater(shifted, zero, bendSlope, zero));
        return F.IfGreater(x, p.First, x, F.IfGreater(shifted, zero, bend, zero));
    }
}
