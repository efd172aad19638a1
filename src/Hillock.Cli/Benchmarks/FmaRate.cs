using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hillock.Cli.Benchmarks;

/// <summary>Fused multiply-adds in the widest registers and nothing else: the rate that no product of matrices can pass.</summary>
internal static class FmaRate
{
    /// <summary>Chains that run side by side: more than the units and their latency need, few enough for the registers of every machine.</summary>
    private const int Chains = 12;

    private const int Steps = 10_000;

    /// <summary>The floating-point operations of a turn.</summary>
    public static double Operations => 2.0 * Chains * Steps * Lanes;

    private static int Lanes => Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : 4;

    /// <summary>One turn: some tens of microseconds.</summary>
    public static void Turn()
    {
        float sum = Vector512.IsHardwareAccelerated ? Chain<Lanes512, Vector512<float>>()
            : Vector256.IsHardwareAccelerated ? Chain<Lanes256, Vector256<float>>()
            : Chain<Lanes128, Vector128<float>>();
        GC.KeepAlive(float.IsNaN(sum) ? nameof(FmaRate) : null);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Chain<TLanes, V>()
        where TLanes : struct, ILanes<V>
        where V : struct
    {
        V factor = TLanes.Create(0.999f);
        V term = TLanes.Create(0.001f);
        V sum0 = TLanes.Create(0), sum1 = sum0, sum2 = sum0, sum3 = sum0, sum4 = sum0, sum5 = sum0;
        V sum6 = TLanes.Create(1), sum7 = sum6, sum8 = sum6, sum9 = sum6, sum10 = sum6, sum11 = sum6;
        for (int step = 0; step < Steps; step++)
        {
            sum0 = TLanes.FusedMultiplyAdd(sum0, factor, term);
            sum1 = TLanes.FusedMultiplyAdd(sum1, factor, term);
            sum2 = TLanes.FusedMultiplyAdd(sum2, factor, term);
            sum3 = TLanes.FusedMultiplyAdd(sum3, factor, term);
            sum4 = TLanes.FusedMultiplyAdd(sum4, factor, term);
            sum5 = TLanes.FusedMultiplyAdd(sum5, factor, term);
            sum6 = TLanes.FusedMultiplyAdd(sum6, factor, term);
            sum7 = TLanes.FusedMultiplyAdd(sum7, factor, term);
            sum8 = TLanes.FusedMultiplyAdd(sum8, factor, term);
            sum9 = TLanes.FusedMultiplyAdd(sum9, factor, term);
            sum10 = TLanes.FusedMultiplyAdd(sum10, factor, term);
            sum11 = TLanes.FusedMultiplyAdd(sum11, factor, term);
        }

        return TLanes.Sum(sum0) + TLanes.Sum(sum1) + TLanes.Sum(sum2) + TLanes.Sum(sum3) + TLanes.Sum(sum4) + TLanes.Sum(sum5)
            + TLanes.Sum(sum6) + TLanes.Sum(sum7) + TLanes.Sum(sum8) + TLanes.Sum(sum9) + TLanes.Sum(sum10) + TLanes.Sum(sum11);
    }

    /// <summary>Registers of one width.</summary>
    private interface ILanes<V>
    {
        static abstract V Create(float value);

        static abstract V FusedMultiplyAdd(V left, V right, V addend);

        static abstract float Sum(V lanes);
    }

    private readonly struct Lanes512 : ILanes<Vector512<float>>
    {
        public static Vector512<float> Create(float value) => Vector512.Create(value);

        public static Vector512<float> FusedMultiplyAdd(Vector512<float> left, Vector512<float> right, Vector512<float> addend) =>
            Vector512.FusedMultiplyAdd(left, right, addend);

        public static float Sum(Vector512<float> lanes) => Vector512.Sum(lanes);
    }

    private readonly struct Lanes256 : ILanes<Vector256<float>>
    {
        public static Vector256<float> Create(float value) => Vector256.Create(value);

        public static Vector256<float> FusedMultiplyAdd(Vector256<float> left, Vector256<float> right, Vector256<float> addend) =>
            Vector256.FusedMultiplyAdd(left, right, addend);

        public static float Sum(Vector256<float> lanes) => Vector256.Sum(lanes);
    }

    private readonly struct Lanes128 : ILanes<Vector128<float>>
    {
        public static Vector128<float> Create(float value) => Vector128.Create(value);

        public static Vector128<float> FusedMultiplyAdd(Vector128<float> left, Vector128<float> right, Vector128<float> addend) =>
            Vector128.FusedMultiplyAdd(left, right, addend);

        public static float Sum(Vector128<float> lanes) => Vector128.Sum(lanes);
    }
}
