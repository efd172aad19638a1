using Hillock.Data;

namespace Hillock.Laboratory;

/// <summary>How claims are tried.</summary>
public sealed record ClaimOptions
{
    /// <summary>How much work an experiment may be.</summary>
    public ClaimBudget Budget { get; init; } = ClaimBudget.Full;

    /// <summary>How many seeds every experiment runs, at least 1; null for the number that each has by itself.</summary>
    public int? Seeds { get; init; }

    /// <summary>What all random numbers derive from.</summary>
    public ulong Seed { get; init; }

    /// <summary>The threads that share the work, at least 1. Nothing but what is timed depends on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Where data sets are looked for.</summary>
    public DataOptions Data { get; init; } = new();
}

/// <summary>How far an experiment has come.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Part">What is being done.</param>
/// <param name="Share">How much of that, from 0 to 1.</param>
public readonly record struct ClaimProgress(Claim Claim, string Part, double Share);
