using Hillock.Cli.CommandLine;
using Hillock.Data;
using Hillock.Laboratory;

namespace Hillock.Cli.Output;

/// <summary>Tells on stderr how far the work has come: one line that is redrawn on a screen, now and then a plain line elsewhere.</summary>
internal sealed class ProgressLine(Terminal terminal, TimeProvider time) : IProgress<ComparisonProgress>, IProgress<DownloadProgress>, IDisposable
{
    private const int BarWidth = 24;

    /// <summary>A screen is redrawn no faster than one can look.</summary>
    private static readonly TimeSpan ScreenInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>A log is not flooded.</summary>
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(10);

    /// <summary>What is over before that leaves nothing in a log.</summary>
    private static readonly TimeSpan LogStart = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly long started = time.GetTimestamp();
    private TimeSpan next = terminal.ErrorIsScreen ? TimeSpan.Zero : LogStart;
    private bool drawn;

    /// <summary>The trials that are finished, as last reported.</summary>
    public int TrialsDone { get; private set; }

    /// <inheritdoc/>
    public void Report(ComparisonProgress value)
    {
        TrialsDone = value.Done;
        string left = value.Remaining is { } remaining && value.Done < value.Total ? $", {Words.Duration(remaining)} left" : "";
        string best = value.Best is { } name && value.BestMean is { } mean ? $", best so far {name} {Words.Fixed(mean)}" : "";
        string resumed = value.Resumed > 0 ? $", {value.Resumed} resumed" : "";
        Show(value.Share, $"{value.Done} of {value.Total} trials{resumed}{left}{best}");
    }

    /// <inheritdoc/>
    public void Report(DownloadProgress value)
    {
        string size = $"{value.Bytes / 1e6:0.0} MB";
        if (value.TotalBytes is not { } total)
        {
            Show(null, $"{value.File}: {size}");
            return;
        }

        double share = (double)value.Bytes / Math.Max(1, total);
        TimeSpan elapsed = time.GetElapsedTime(started);
        string left = share is > 0.01 and < 1 ? $", {Words.Duration(elapsed * ((1 - share) / share))} left" : "";
        Show(share, $"{value.File}: {size} of {total / 1e6:0.0} MB{left}");
    }

    /// <summary>Tells how much of a task is done.</summary>
    /// <param name="task">What is being done.</param>
    /// <param name="share">How much of it, from 0 to 1.</param>
    public void Report(string task, double share) => Show(share, $"{task}: {share:0 %}");

    /// <summary>Tells how much of a task is done, to those who know nothing but the share.</summary>
    /// <param name="task">What is being done.</param>
    public IProgress<double> Of(string task) => new TaskProgress(this, task);

    /// <summary>Takes the line off the screen.</summary>
    public void Clear()
    {
        lock (gate)
        {
            if (drawn)
            {
                terminal.Error.Write("\r\u001b[K");
                terminal.Error.Flush();
                drawn = false;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Clear();

    private void Show(double? share, string text)
    {
        if (terminal.Quiet)
        {
            return;
        }

        lock (gate)
        {
            TimeSpan now = time.GetElapsedTime(started);
            if (now < next)
            {
                return;
            }

            next = now + (terminal.ErrorIsScreen ? ScreenInterval : LogInterval);
            if (terminal.ErrorIsScreen)
            {
                Draw(share, text);
            }
            else
            {
                terminal.Error.WriteLine(terminal.Plain(text));
            }
        }
    }

    private void Draw(double? share, string text)
    {
        int filled = (int)Math.Round((share ?? 0) * BarWidth);
        string bar = share is null ? "" : terminal.Unicode
            ? new string('━', filled) + new string('┄', BarWidth - filled) + "  "
            : $"[{new string('#', filled)}{new string('.', BarWidth - filled)}]  ";
        string line = bar + terminal.Plain(text);
        terminal.Error.Write($"\r{(line.Length < terminal.Width ? line : line[..(terminal.Width - 1)])}\u001b[K");
        terminal.Error.Flush();
        drawn = true;
    }

    private sealed class TaskProgress(ProgressLine line, string task) : IProgress<double>
    {
        public void Report(double value) => line.Report(task, value);
    }
}
