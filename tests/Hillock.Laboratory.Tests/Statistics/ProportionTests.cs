using Hillock.Laboratory.Statistics;

namespace Hillock.Laboratory.Tests.Statistics;

public class ProportionTests
{
    // scipy 1.10: stats.binomtest(first, first + second, 0.5).pvalue. 150 and 86 are the approval ratings of Agresti, Categorical Data Analysis, ch. 10.
    [Theory]
    [InlineData(150, 86, 3.715936139571387e-05)]
    [InlineData(121, 59, 4.4344492637551645e-06)]
    [InlineData(5, 15, 0.04138946533203125)]
    [InlineData(0, 6, 0.03125)]
    [InlineData(10, 11, 1)]
    [InlineData(3, 3, 1)]
    [InlineData(0, 1, 1)]
    [InlineData(0, 0, 1)]
    public void McNemars_exact_test_agrees_with_scipy(int onlyFirst, int onlySecond, double expected)
    {
        McNemarTest.PValue(onlyFirst, onlySecond).ShouldBe(expected, expected * 1e-9);
        McNemarTest.PValue(onlySecond, onlyFirst).ShouldBe(expected, expected * 1e-9);
    }

    // Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17 (1998), table I, method 3.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Wilsons_interval_agrees_with_newcombes_table(int right, int count, double low, double high)
    {
        (double actualLow, double actualHigh) = WilsonInterval.Of((double)right / count, count, 0.95);
        actualLow.ShouldBe(low, 5e-5);
        actualHigh.ShouldBe(high, 5e-5);
    }

    // statsmodels' proportion_confint(..., method="agresti_coull") has this error, with z² = 4 as Agresti & Coull advise: √(p̃(1 − p̃)/(n + 4)), p̃ = (x + 2)/(n + 4).
    [Theory]
    [InlineData(1.0, 20, 0.05641693)]
    [InlineData(0.0, 20, 0.05641693)]
    [InlineData(0.5, 96, 0.05)]
    public void The_standard_error_of_a_proportion_is_above_zero_at_both_ends(double proportion, int count, double expected) =>
        WilsonInterval.StandardError(proportion, count).ShouldBe(expected, 1e-8);

    [Fact]
    public void A_perfect_score_has_an_interval_that_ends_at_one()
    {
        (double low, double high) = WilsonInterval.Of(1, 20, 0.95);
        low.ShouldBe(1 - 0.16112515805281935, 1e-9);
        high.ShouldBe(1, 1e-15);
        high.ShouldBeLessThanOrEqualTo(1);
    }
}
