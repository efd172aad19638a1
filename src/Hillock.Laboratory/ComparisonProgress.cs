namespace Hillock.Laboratory;

/// <summary>How far a comparison has come. Reported at the start, after every epoch and after every trial, one report at a time.</summary>
public sealed record ComparisonProgress
{
    /// <summary>The trials finished, those found in the ledger included.</summary>
    public required int Done { get; init; }

    /// <summary>All trials.</summary>
    public required int Total { get; init; }

    /// <summary>The trials that were found finished in the ledger.</summary>
    public required int Resumed { get; init; }

    /// <summary>The share of this run's epochs that is done, from 0 to 1; trials found in the ledger do not count.</summary>
    public required double Share { get; init; }

    /// <summary>The candidate with the best mean over its trials so far; null before the first score.</summary>
    public string? Best { get; init; }

    /// <summary>That candidate's mean score so far.</summary>
    public double? BestMean { get; init; }

    /// <summary>The time since the start.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The time left at the pace of late, counting this run's work only; null while it is too early to tell.</summary>
    public TimeSpan? Remaining { get; init; }
}
