using Hillock.Laboratory.Statistics;

namespace Hillock.Laboratory.Tests.Statistics;

public class SampleTests
{
    // By hand: the sample standard deviation of 2, 4, 4, 4, 5, 5, 7, 9 is √(32/7).
    [Fact]
    public void The_standard_deviation_divides_by_one_less() =>
        Sample.StandardDeviation([2, 4, 4, 4, 5, 5, 7, 9])!.Value.ShouldBe(Math.Sqrt(32.0 / 7), 1e-15);

    // NIST StRD, NumAcc3: 1001 values 1000000.2, 1000000.1, 1000000.3, ... with mean 1000000.2 and standard deviation 0.1.
    [Fact]
    public void The_standard_deviation_withstands_a_large_mean()
    {
        double[] values = [1000000.2, .. Enumerable.Range(0, 1000).Select(i => i % 2 == 0 ? 1000000.1 : 1000000.3)];
        Sample.StandardDeviation(values)!.Value.ShouldBe(0.1, 1e-9);
    }

    [Fact]
    public void A_single_value_has_no_standard_deviation() => Sample.StandardDeviation([1]).ShouldBeNull();

    [Fact]
    public void The_median_is_the_middle_or_the_mean_of_two()
    {
        Sample.Median([3, 1, 2]).ShouldBe(2);
        Sample.Median([4, 1, 3, 2]).ShouldBe(2.5);
        Sample.Median([]).ShouldBeNull();
    }

    [Fact]
    public void The_lower_median_is_one_of_the_values()
    {
        Sample.LowerMedian([3, 1, 2]).ShouldBe(2);
        Sample.LowerMedian([0.03, 0.01]).ShouldBe(0.01);
        Sample.LowerMedian([4, 1, 3, 2]).ShouldBe(2);
        Sample.LowerMedian([]).ShouldBeNull();
    }
}
