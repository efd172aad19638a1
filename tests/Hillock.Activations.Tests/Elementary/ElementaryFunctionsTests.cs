using Hillock.Activations.Elementary;

namespace Hillock.Activations.Tests.Elementary;

public class ElementaryFunctionsTests
{
    private delegate void SingleFunction(ReadOnlySpan<float> input, Span<float> output);

    private delegate void DoubleFunction(ReadOnlySpan<double> input, Span<double> output);

    // Identities that hold exactly, where TensorPrimitives gives 1.00000012, -5.96e-8 and so on.
    [Fact]
    public void Exact_identities_hold_exactly()
    {
        Of(ElementaryFunctions.Exp, 0f).ShouldBe(1f);
        Of(ElementaryFunctions.ExpM1, 1e-8f).ShouldBe(1e-8f);
        Of(ElementaryFunctions.Log, 1f).ShouldBe(0f);
        Of(ElementaryFunctions.Log1P, 1e-30f).ShouldBe(1e-30f);
        Of(ElementaryFunctions.Sigmoid, 0f).ShouldBe(0.5f);
        Of(ElementaryFunctions.Erf, 1e-40f).ShouldBe((float)(1.1283791670955126 * 1e-40f));
        foreach (SingleFunction odd in new SingleFunction[] { ElementaryFunctions.Tanh, ElementaryFunctions.Erf, ElementaryFunctions.ExpM1, ElementaryFunctions.Log1P })
        {
            float.IsNegative(Of(odd, -0f)).ShouldBeTrue();
            Of(odd, -0f).ShouldBe(0f);
            float.IsNegative(Of(odd, 0f)).ShouldBeFalse();
        }
    }

    [Fact]
    public void Bounded_functions_keep_their_bounds()
    {
        float[] x = [.. Enumerable.Range(0, 1 << 16).Select(i => BitConverter.UInt32BitsToSingle((uint)i << 16)).Where(v => !float.IsNaN(v))];
        float[] y = new float[x.Length];
        ElementaryFunctions.Tanh(x, y);
        y.ShouldAllBe(v => Math.Abs(v) <= 1);
        ElementaryFunctions.Sigmoid(x, y);
        y.ShouldAllBe(v => v >= 0 && v <= 1);
        ElementaryFunctions.Erf(x, y);
        y.ShouldAllBe(v => Math.Abs(v) <= 1);
    }

    [Theory]
    [InlineData(double.MaxValue)]
    [InlineData(1e300)]
    [InlineData(5e-324)]
    [InlineData(2.2250738585072014e-308)]
    public void The_logarithm_of_a_double_serves_its_whole_range(double x)
    {
        double[] y = new double[1];
        ElementaryFunctions.Log([x], y);
        (y[0] / Math.Log(x)).ShouldBe(1, 3e-16);
    }

    [Fact]
    public void Logarithms_outside_their_domain()
    {
        Of(ElementaryFunctions.Log, 0f).ShouldBe(float.NegativeInfinity);
        Of(ElementaryFunctions.Log, -1f).ShouldBe(float.NaN);
        Of(ElementaryFunctions.Log, float.PositiveInfinity).ShouldBe(float.PositiveInfinity);
        double[] y = new double[1];
        ElementaryFunctions.Log([double.PositiveInfinity], y);
        y[0].ShouldBe(double.PositiveInfinity);
        Of(ElementaryFunctions.Log1P, -1f).ShouldBe(float.NegativeInfinity);
        Of(ElementaryFunctions.Log1P, -1.5f).ShouldBe(float.NaN);
        Of(ElementaryFunctions.Log1P, float.PositiveInfinity).ShouldBe(float.PositiveInfinity);
    }

    // Abramowitz & Stegun, tables 7.1 and 26.1.
    [Theory]
    [InlineData(0.5, 0.5204998778130465)]
    [InlineData(1.0, 0.8427007929497149)]
    [InlineData(2.0, 0.9953222650189527)]
    public void Erf_is_the_tabulated_one(double x, double value)
    {
        double[] y = new double[1];
        ElementaryFunctions.Erf([x], y);
        y[0].ShouldBe(value, 2e-16);
        ElementaryFunctions.Erfc([x], y);
        y[0].ShouldBe(1 - value, 2e-16);
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.8413447460685429)]
    [InlineData(1.96, 0.9750021048517795)]
    [InlineData(-3, 0.0013498980316300945)]
    public void The_normal_distribution_is_the_tabulated_one(double x, double value)
    {
        double[] y = new double[1];
        ElementaryFunctions.NormalCdf([x], y);
        y[0].ShouldBe(value, 2e-16);
    }

    [Fact]
    public void Special_doubles()
    {
        foreach ((DoubleFunction function, double x, double value) in new (DoubleFunction, double, double)[]
        {
            (ElementaryFunctions.Exp, double.NegativeInfinity, 0),
            (ElementaryFunctions.Exp, double.PositiveInfinity, double.PositiveInfinity),
            (ElementaryFunctions.Exp, 710, double.PositiveInfinity),
            (ElementaryFunctions.Exp, -746, 0),
            (ElementaryFunctions.ExpM1, double.NegativeInfinity, -1),
            (ElementaryFunctions.ExpM1, double.PositiveInfinity, double.PositiveInfinity),
            (ElementaryFunctions.Tanh, double.NegativeInfinity, -1),
            (ElementaryFunctions.Sigmoid, double.NegativeInfinity, 0),
            (ElementaryFunctions.SoftPlus, double.PositiveInfinity, double.PositiveInfinity),
            (ElementaryFunctions.SoftPlus, 1e300, 1e300),
            (ElementaryFunctions.Erf, double.PositiveInfinity, 1),
            (ElementaryFunctions.Erfc, double.PositiveInfinity, 0),
            (ElementaryFunctions.Erfc, double.NegativeInfinity, 2),
            (ElementaryFunctions.NormalCdf, 1e200, 1),
            (ElementaryFunctions.NormalCdf, -1e200, 0),
            (ElementaryFunctions.NormalCdf, double.NaN, double.NaN),
        })
        {
            double[] y = new double[1];
            function([x], y);
            y[0].ShouldBe(value, $"{function.Method.Name}({x})");
        }
    }

    private static float Of(SingleFunction function, float x)
    {
        float[] y = new float[1];
        function([x], y);
        return y[0];
    }
}
