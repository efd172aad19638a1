using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Elementary;

// The elementary functions as formulas, so that the loops serve them too. They are no activations of the catalogue; those that are stand with the formulas.

/// <summary>e^x - 1.</summary>
internal readonly struct ExponentialMinusOne : IElementwiseFormula
{
    public static ActivationFacts Facts { get; } = PrimitiveFacts.Named("expm1");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> => T.ExpM1(x);
}

/// <summary>ln(1 + x).</summary>
internal readonly struct LogarithmOnePlus : IElementwiseFormula
{
    public static float FloatRange => 8e37f;

    public static bool InfinitiesAsLimits => false;

    public static ActivationFacts Facts { get; } = PrimitiveFacts.Named("log1p");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> => T.Log1P(x);
}

/// <summary>1 - erf(x).</summary>
internal readonly struct ComplementaryErrorFunction : IElementwiseFormula
{
    public static ActivationFacts Facts { get; } = PrimitiveFacts.Named("erfc");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> => T.Erfc(x);
}

/// <summary>The standard normal distribution function Φ.</summary>
internal readonly struct NormalDistribution : IElementwiseFormula
{
    public static ActivationFacts Facts { get; } = PrimitiveFacts.Named("normal_cdf");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> => T.NormalCdf(x);
}

/// <summary>The facts that a primitive needs: a name.</summary>
internal static class PrimitiveFacts
{
    public static ActivationFacts Named(string name) => new()
    {
        Name = name,
        Title = name,
        Summary = "",
        Paper = "",
        Range = "",
        Monotone = true,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.None,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.OneTranscendental,
        Peers = [],
        Strengths = [],
        Weaknesses = [],
        WhenToUse = "",
    };
}
