namespace Hillock.Networks.Tests.Diagnosis;

public class LogHistogramTests
{
    [Fact]
    public void Every_number_lies_between_the_edges_of_its_bin()
    {
        for (float value = 1e-5f; value < 1e5f; value *= 1.013f)
        {
            foreach (float signed in new[] { value, -value })
            {
                int bin = LogHistogram.BinOf(signed);
                if (bin is not (0 or LogHistogram.Bins - 1))
                {
                    ((double)signed).ShouldBeInRange(LogHistogram.Edge(bin) - 1e-12, LogHistogram.Edge(bin + 1) + 1e-12);
                }
            }
        }
    }

    [Fact]
    public void Edges_are_half_octaves_and_mirrored()
    {
        LogHistogram.Edge(0).ShouldBe(-4096);
        LogHistogram.Edge(LogHistogram.Bins).ShouldBe(4096);
        LogHistogram.Edge(LogHistogram.Middle).ShouldBe(-Math.ScaleB(1, -12));
        LogHistogram.Edge(LogHistogram.Middle + 1).ShouldBe(Math.ScaleB(1, -12));
        for (int bin = LogHistogram.Middle + 1; bin < LogHistogram.Bins; bin++)
        {
            (LogHistogram.Edge(bin + 1) / LogHistogram.Edge(bin)).ShouldBe(Math.Sqrt(2), 1e-12);
            LogHistogram.Edge(LogHistogram.Bins - bin).ShouldBe(-LogHistogram.Edge(bin));
        }
    }

    [Theory]
    [InlineData(0f, LogHistogram.Middle)]
    [InlineData(float.Epsilon, LogHistogram.Middle)]
    [InlineData(1f, LogHistogram.Middle + 25)]
    [InlineData(-1f, LogHistogram.Middle - 25)]
    [InlineData(1.4142f, LogHistogram.Middle + 25)]
    [InlineData(1.4143f, LogHistogram.Middle + 26)]
    [InlineData(float.MaxValue, LogHistogram.Bins - 1)]
    [InlineData(float.MinValue, 0)]
    public void Numbers_find_their_bins(float value, int bin) => LogHistogram.BinOf(value).ShouldBe(bin);

    [Fact]
    public void What_is_not_finite_is_left_out()
    {
        LogHistogram histogram = new();
        histogram.Add([1, float.NaN, float.PositiveInfinity, 0, -2]);
        histogram.Total.ShouldBe(3);
        histogram.Counts.Count.ShouldBe(LogHistogram.Bins);
        Should.Throw<ArgumentOutOfRangeException>(() => LogHistogram.Edge(-1));
    }

    [Fact]
    public void Many_numbers_fall_into_the_bins_of_each()
    {
        System.Random random = new(1);
        float[] values = [.. Enumerable.Range(0, 1003).Select(i => BitConverter.Int32BitsToSingle(i % 2 == 0 ? random.Next(int.MinValue, int.MaxValue) : (random.Next(0x390, 0x460) << 20) | (i << 30)))];
        LogHistogram histogram = new();
        histogram.Add(values);
        for (int bin = 0; bin < LogHistogram.Bins; bin++)
        {
            histogram.Counts[bin].ShouldBe(values.Count(value => float.IsFinite(value) && LogHistogram.BinOf(value) == bin));
        }
    }
}
