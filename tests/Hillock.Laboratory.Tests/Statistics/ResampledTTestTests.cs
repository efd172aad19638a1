using Hillock.Laboratory.Statistics;

namespace Hillock.Laboratory.Tests.Statistics;

public class ResampledTTestTests
{
    private static readonly double[] FiveFolds = [0.012, 0.004, -0.003, 0.009, 0.011];
    private static readonly double[] TenFolds = [0.02, 0.01, 0.03, -0.01, 0.015, 0.022, 0.005, 0.018, -0.002, 0.012];

    // scipy 1.10: 2 * stats.t.sf(abs(mean / sqrt(var * (1/n + ratio))), n - 1).
    [Fact]
    public void P_values_agree_with_scipy()
    {
        ResampledTTest.PValue(FiveFolds, 0.25)!.Value.ShouldBe(0.18708741693094677, 1e-12);
        ResampledTTest.PValue(TenFolds, 1.0 / 9)!.Value.ShouldBe(0.05515453287075353, 1e-12);
    }

    // scipy 1.10: stats.ttest_1samp.
    [Fact]
    public void Without_resampling_it_is_students_test()
    {
        ResampledTTest.PValue(FiveFolds, 0)!.Value.ShouldBe(0.07560380079408902, 1e-12);
        ResampledTTest.PValue(TenFolds, 0)!.Value.ShouldBe(0.010839544139965166, 1e-12);
    }

    // Student's own data (The probable error of a mean, Biometrika 6, 1908): additional hours of sleep by two drugs, differences of ten patients;
    // t = 4.0621, df = 9, p = 0.002833 (documentation of R's t.test and sleep).
    [Fact]
    public void Students_sleep_data_give_the_published_value()
    {
        double[] differences = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4];
        ResampledTTest.PValue(differences, 0)!.Value.ShouldBe(0.002833, 5e-7);
        (double low, double high) = ResampledTTest.Interval(differences, 0, 0.95)!.Value;
        low.ShouldBe(0.7001142, 5e-8);
        high.ShouldBe(2.4598858, 5e-8);
    }

    [Fact]
    public void Intervals_agree_with_scipy()
    {
        (double low, double high) = ResampledTTest.Interval([0.93, 0.95, 0.94, 0.96, 0.97], 0.25, 0.95)!.Value;
        low.ShouldBe(0.9205513525778366, 1e-9);
        high.ShouldBe(0.9794486474221633, 1e-9);
    }

    [Fact]
    public void The_sign_of_the_differences_does_not_matter() =>
        ResampledTTest.PValue([.. FiveFolds.Select(d => -d)], 0.25).ShouldBe(ResampledTTest.PValue(FiveFolds, 0.25));

    [Fact]
    public void No_difference_at_all_is_no_evidence() => ResampledTTest.PValue([0, 0, 0], 0.25).ShouldBe(1);

    [Fact]
    public void The_same_difference_every_time_tells_nothing_of_the_spread() => ResampledTTest.PValue([0.25, 0.25, 0.25], 0.25).ShouldBeNull();

    // Two folds of 30 samples, one sample apart in each: variance (1/30)²/12, t = √(12/1.5) = 2.83 with one degree of freedom, p = 1 - 2·atan(t)/π.
    [Fact]
    public void Differences_of_counts_agree_no_better_than_to_one_count() =>
        ResampledTTest.PValue([1 / 30.0, 1 / 30.0], 1, 1 / 30.0)!.Value.ShouldBe(1 - (2 * Math.Atan(Math.Sqrt(8)) / Math.PI), 1e-9);

    [Fact]
    public void The_same_score_every_time_gives_an_interval_of_no_width() =>
        ResampledTTest.Interval([0.5, 0.5, 0.5], 0.25, 0.95).ShouldBe((0.5, 0.5));

    [Fact]
    public void A_single_value_has_neither()
    {
        ResampledTTest.PValue([0.1], 0.25).ShouldBeNull();
        ResampledTTest.Interval([0.1], 0.25, 0.95).ShouldBeNull();
    }
}
