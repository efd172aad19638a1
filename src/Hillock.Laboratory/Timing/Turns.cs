using System.Diagnostics;

namespace Hillock.Laboratory.Timing;

/// <summary>
/// Times contenders that take turns in one process, so that whatever else the machine does meets all of them alike, and the median turn counts.
/// </summary>
internal static class Turns
{
    /// <summary>A turn is repeated until it takes about this long: far above what a clock can tell.</summary>
    private const double SecondsOfTurn = 0.0005;

    /// <summary>Turns of each contender: so many, or as many as fit the time, but enough for a median.</summary>
    private const int MostTurns = 31;

    private const int FewestTurns = 7;

    private const double SecondsOfAll = 0.6;

    /// <summary>The median time of each contender in nanoseconds.</summary>
    public static double[] Medians(List<Action> contenders, CancellationToken cancellationToken)
    {
        int[] repetitions = [.. contenders.Select(Repetitions)];
        List<double>[] turns = [.. contenders.Select(_ => new List<double>())];
        long started = Stopwatch.GetTimestamp();
        for (int turn = 0; turn < MostTurns && (turn < FewestTurns || Stopwatch.GetElapsedTime(started).TotalSeconds < SecondsOfAll); turn++)
        {
            for (int i = 0; i < contenders.Count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                turns[i].Add(Seconds(contenders[i], repetitions[i]) * 1e9 / repetitions[i]);
            }
        }

        return [.. turns.Select(Median)];
    }

    /// <summary>The time that some calls of a contender take.</summary>
    public static double Seconds(Action contender, int repetitions)
    {
        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < repetitions; i++)
        {
            contender();
        }

        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>The median of some values, which are sorted by this.</summary>
    public static double Median(List<double> values)
    {
        values.Sort();
        return (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }

    /// <summary>How often a contender must run to take as long as a turn.</summary>
    private static int Repetitions(Action contender)
    {
        double least = Math.Min(Seconds(contender, 1), Math.Min(Seconds(contender, 1), Seconds(contender, 1)));
        return Math.Clamp((int)(SecondsOfTurn / least), 1, 10_000);
    }
}
