using System.Runtime.CompilerServices;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Rows;

/// <summary>Which of two numbers is sought in a row. Registers may pass NaN over, scalars keep it.</summary>
internal interface IDirection
{
    /// <summary>What every number is better than.</summary>
    static abstract double Worst { get; }

    /// <summary>The better number in each lane; either of them where one is NaN.</summary>
    static abstract F Choose<F>(F x, F best)
        where F : struct, ISingleLanes<F>;

    /// <summary>The better number in each lane; either of them where one is NaN.</summary>
    static abstract V ChooseDoubles<V>(V x, V best)
        where V : struct, IDoubleLanes<V>;

    /// <summary>The better number, or NaN if one of them is.</summary>
    static abstract float Choose(float x, float best);

    /// <summary>The better number, or NaN if one of them is.</summary>
    static abstract double Choose(double x, double best);
}

/// <summary>The greater number.</summary>
internal readonly struct Upwards : IDirection
{
    public static double Worst => double.NegativeInfinity;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F Choose<F>(F x, F best)
        where F : struct, ISingleLanes<F> => F.Max(x, best);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ChooseDoubles<V>(V x, V best)
        where V : struct, IDoubleLanes<V> => V.Max(x, best);

    public static float Choose(float x, float best) => float.IsNaN(best) || best > x ? best : x;

    public static double Choose(double x, double best) => double.IsNaN(best) || best > x ? best : x;
}

/// <summary>The lesser number.</summary>
internal readonly struct Downwards : IDirection
{
    public static double Worst => double.PositiveInfinity;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F Choose<F>(F x, F best)
        where F : struct, ISingleLanes<F> => F.Min(x, best);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ChooseDoubles<V>(V x, V best)
        where V : struct, IDoubleLanes<V> => V.Min(x, best);

    public static float Choose(float x, float best) => float.IsNaN(best) || best < x ? best : x;

    public static double Choose(double x, double best) => double.IsNaN(best) || best < x ? best : x;
}
