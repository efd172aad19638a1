namespace Hillock.Data.Tests;

public class RunningMomentsTests
{
    // By exact fractions in Python, rounded once.
    [Theory]
    [InlineData(new[] { 1.0, -1, 1, -1 }, 0.0, 1.0)]
    [InlineData(new[] { 1e9, 1e9 + 1, 1e9 + 2 }, 1000000001.0, 0.816496580927726)]
    [InlineData(new[] { 1e16, 1, -1e16 }, 0.3333333333333333, 8164965809277260.0)]
    [InlineData(new[] { 0.1, 0.1, 0.1 }, 0.1, 0.0)]
    [InlineData(new double[0], 0.0, 0.0)]
    public void Mean_and_deviation_are_those_of_all_numbers(double[] numbers, double mean, double deviation)
    {
        RunningMoments moments = default;
        foreach (double number in numbers)
        {
            moments.Add(number);
        }

        moments.Count.ShouldBe(numbers.Length);
        moments.Mean.ShouldBe(mean);
        Math.Abs(moments.Deviation - deviation).ShouldBeLessThanOrEqualTo(1e-15 * deviation);
    }

    [Fact]
    public void Millions_of_numbers_cost_no_digits()
    {
        RunningMoments moments = default;
        for (int i = 0; i < 3_000_000; i++)
        {
            moments.Add(i % 3 * 0.1);
        }

        moments.Mean.ShouldBe(0.1, 1e-15);
        moments.Deviation.ShouldBe(0.0816496580927726, 1e-15);
    }
}
