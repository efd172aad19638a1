using Hillock.Cli.CommandLine;
using Hillock.Cli.Output;
using Hillock.Data;
using Hillock.Laboratory;

namespace Hillock.Cli.Tests.Output;

public sealed class ProgressLineTests : IDisposable
{
    private readonly StringWriter error = new() { NewLine = "\n" };
    private readonly SetClock clock = new();

    [Fact]
    public void AScreenGetsOneLineThatIsRedrawnAndTakenAway()
    {
        using (ProgressLine progress = new(Terminal() with { ErrorIsScreen = true }, clock))
        {
            progress.Report(Trials(1));
            clock.Advance(0.5);
            progress.Report(Trials(3));
        }

        string text = error.ToString();
        text.ShouldNotContain('\n');
        text.ShouldContain("3 of 10 trials");
        text.ShouldContain("best so far relu 0.9700");
        text.ShouldContain("left");
        text.ShouldEndWith("\r\u001b[K");
    }

    [Fact]
    public void AScreenIsNotRedrawnFasterThanOneCanLook()
    {
        using ProgressLine progress = new(Terminal() with { ErrorIsScreen = true }, clock);
        for (int i = 0; i < 100; i++)
        {
            clock.Advance(0.001);
            progress.Report(Trials(1));
        }

        error.ToString().Count(c => c == '\r').ShouldBe(1);
    }

    [Fact]
    public void ALogGetsPlainLinesNowAndThen()
    {
        using (ProgressLine progress = new(Terminal(), clock))
        {
            for (int second = 0; second < 60; second++)
            {
                progress.Report(Trials(second / 6));
                clock.Advance(1);
            }
        }

        string[] lines = error.ToString().TrimEnd('\n').Split('\n');
        lines.Length.ShouldBeInRange(5, 8);
        lines.ShouldAllBe(l => l.Contains("of 10 trials") && !l.Contains('\r') && !l.Contains('\u001b'));
    }

    [Fact]
    public void WhatIsOverAtOnceLeavesNoLogLine()
    {
        using ProgressLine progress = new(Terminal(), clock);
        progress.Report(Trials(0));
        clock.Advance(1);
        progress.Report(Trials(10));
        error.ToString().ShouldBe("");
    }

    [Fact]
    public void QuietIsQuiet()
    {
        using ProgressLine progress = new(Terminal() with { ErrorIsScreen = true, Quiet = true }, clock);
        progress.Report(Trials(5));
        progress.Report(new DownloadProgress("mnist", 1, 2));
        error.ToString().ShouldBe("");
    }

    [Fact]
    public void ALongLineIsCutToTheWidth()
    {
        using ProgressLine progress = new(Terminal() with { ErrorIsScreen = true, Width = 40 }, clock);
        progress.Report(Trials(5));
        error.ToString().Trim('\r').Replace("\u001b[K", "").Length.ShouldBeLessThan(40);
    }

    [Fact]
    public void ADownloadTellsItsSize()
    {
        using ProgressLine progress = new(Terminal() with { ErrorIsScreen = true }, clock);
        clock.Advance(3);
        progress.Report(new DownloadProgress("mnist/train.gz", 2_500_000, 10_000_000));
        error.ToString().ShouldContain("mnist/train.gz: 2.5 MB of 10.0 MB, 9.0 s left");
    }

    [Fact]
    public void ADownloadOfUnknownSizeTellsWhatCame()
    {
        using ProgressLine progress = new(Terminal() with { ErrorIsScreen = true }, clock);
        progress.Report(new DownloadProgress("mnist/train.gz", 2_500_000, null));
        error.ToString().ShouldContain("mnist/train.gz: 2.5 MB");
    }

    public void Dispose() => error.Dispose();

    private Terminal Terminal() => new(TextWriter.Null, error);

    private static ComparisonProgress Trials(int done) => new()
    {
        Done = done,
        Total = 10,
        Resumed = 0,
        Share = done / 10.0,
        Best = done > 0 ? "relu" : null,
        BestMean = done > 0 ? 0.97 : null,
        Elapsed = TimeSpan.FromSeconds(done),
        Remaining = done > 0 ? TimeSpan.FromSeconds(10 - done) : null,
    };

    private sealed class SetClock : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ticks;

        public void Advance(double seconds) => ticks += (long)(seconds * TimeSpan.TicksPerSecond);
    }
}
