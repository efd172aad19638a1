namespace Hillock.Activations.Verification;

/// <summary>Zeros, infinities, NaN, subnormals and extremes: where kernels that are otherwise right go wrong.</summary>
internal static class SpecialValues
{
    /// <summary>Checks value and derivative at each.</summary>
    public static IReadOnlyList<SpecialValueResult> Check(FunctionUnderTest function)
    {
        bool single = function.Type == NumberType.Binary32;
        double subnormal = single ? float.Epsilon : double.Epsilon;
        double normal = single ? 1.1754943508222875e-38 : 2.2250738585072014e-308;
        double largest = single ? float.MaxValue : double.MaxValue;
        (string At, double X)[] points =
        [
            ("+0", 0), ("-0", -0.0), ("+∞", double.PositiveInfinity), ("-∞", double.NegativeInfinity), ("NaN", double.NaN),
            ("the least subnormal", subnormal), ("the least subnormal, negative", -subnormal),
            ("the greatest subnormal", normal - subnormal), ("the greatest subnormal, negative", subnormal - normal),
            ("the least normal", normal), ("the least normal, negative", -normal),
            ("the largest number", largest), ("the largest number, negative", -largest),
        ];
        double[] x = [.. points.Select(p => p.X)];
        double[] value = function.Value(x);
        double[] slope = function.Slope(x);
        return [.. points.Select((p, i) => new SpecialValueResult(p.At, p.X, value[i], slope[i], Passes(function, p.X, value[i], slope[i])))];
    }

    private static bool Passes(FunctionUnderTest function, double x, double value, double slope)
    {
        SummandBound<DoubleDouble> exact = function.Reference.At(x);
        double summand = function.Type == NumberType.Binary32 ? AccuracyVerifier.SummandLimit : AccuracyVerifier.DoubleSummandLimit;
        return function.Units(value, exact.Value) <= AccuracyVerifier.ValueLimit
            && (function.Units(slope, exact.Slope) <= AccuracyVerifier.SlopeLimit
                || ErrorMeasure.OfLargest(slope, exact) <= summand
                || function.Reference.IsSlopeBeside(x, x, x, s => function.Units(slope, s) <= AccuracyVerifier.SlopeLimit));
    }
}
