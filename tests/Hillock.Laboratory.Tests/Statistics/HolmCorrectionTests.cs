using FsCheck;
using FsCheck.Fluent;
using Hillock.Laboratory.Statistics;

namespace Hillock.Laboratory.Tests.Statistics;

public class HolmCorrectionTests
{
    // The example of Wikipedia's "Holm–Bonferroni method": at level 0.05 the hypotheses with 0.005 and 0.01 are rejected, those with 0.03 and 0.04 are not.
    [Fact]
    public void The_worked_example_comes_out()
    {
        double[] adjusted = HolmCorrection.Adjust([0.01, 0.04, 0.03, 0.005]);
        adjusted.Zip(new[] { 0.03, 0.06, 0.06, 0.02 }).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-15);
    }

    [Fact]
    public void Nothing_exceeds_one() => HolmCorrection.Adjust([0.9, 0.8, 1]).ShouldBe([1, 1, 1]);

    [Fact]
    public void A_single_test_needs_no_correction() => HolmCorrection.Adjust([0.04]).ShouldBe([0.04]);

    [Fact]
    public void No_test_needs_none() => HolmCorrection.Adjust([]).ShouldBeEmpty();

    [Fact]
    public void It_never_lowers_a_p_value_and_keeps_their_order() => Prop.ForAll<ushort[]>(raw =>
    {
        double[] given = [.. raw.Select(value => value / 65535.0)];
        double[] adjusted = HolmCorrection.Adjust(given);
        return Enumerable.Range(0, given.Length).All(i =>
            adjusted[i] >= given[i]
            && adjusted[i] <= 1
            && Enumerable.Range(0, given.Length).All(j => given[i] > given[j] || adjusted[i] <= adjusted[j]));
    }).QuickCheckThrowOnFailure();
}
