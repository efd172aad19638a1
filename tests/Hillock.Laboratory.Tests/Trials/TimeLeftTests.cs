using Hillock.Laboratory.Trials;

namespace Hillock.Laboratory.Tests.Trials;

public class TimeLeftTests
{
    [Fact]
    public void NothingIsSaidBeforeEnoughIsDone()
    {
        TimeLeft time = new();
        time.Estimate(TimeSpan.Zero, 0).ShouldBeNull();
        time.Estimate(Seconds(0.6), 0.001).ShouldBeNull();
        time.Estimate(Seconds(0.9), 0.2).ShouldBeNull();
        new TimeLeft().Estimate(Seconds(5), 0.01).ShouldBeNull();
    }

    [Fact]
    public void ASteadyPaceIsExtrapolated()
    {
        TimeLeft time = new();
        for (int i = 1; i <= 40; i++)
        {
            time.Estimate(Seconds(i * 0.1), i * 0.01);
        }

        time.Estimate(Seconds(4), 0.4)!.Value.TotalSeconds.ShouldBe(6, 0.1);
    }

    /// <summary>A second of warming up, then eight of work: by the mean pace the whole would seem to take twice as long at first.</summary>
    [Fact]
    public void ASlowStartIsForgotten()
    {
        TimeLeft time = new();
        time.Estimate(Seconds(1), 0.001);
        for (int i = 1; i <= 20; i++)
        {
            time.Estimate(Seconds(1 + (i * 0.1)), i * 0.0125);
        }

        time.Estimate(Seconds(3), 0.25)!.Value.TotalSeconds.ShouldBe(6, 0.3);
    }

    [Fact]
    public void AtTheEndNothingIsLeft()
    {
        TimeLeft time = new();
        time.Estimate(Seconds(2), 0.5);
        time.Estimate(Seconds(4), 1).ShouldBe(TimeSpan.Zero);
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
