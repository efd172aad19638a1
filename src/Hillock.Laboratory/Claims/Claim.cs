namespace Hillock.Laboratory;

/// <summary>What came of a published claim. Computed by the checks of its experiment, never written down.</summary>
public enum ClaimVerdict
{
    /// <summary>Every check holds.</summary>
    Shown,

    /// <summary>A check does not hold.</summary>
    NotShown,

    /// <summary>It could not be tried: its data are not here, or what it needs is out of reach.</summary>
    NotReproducibleHere,
}

/// <summary>How much work an experiment may be.</summary>
public enum ClaimBudget
{
    /// <summary>Seconds: enough to see that everything runs, too little to say anything.</summary>
    Smoke,

    /// <summary>All experiments in ten minutes on two cores: fewer seeds, fewer samples, shorter trainings.</summary>
    Quick,

    /// <summary>All experiments in an hour and a half on two cores.</summary>
    Full,
}

/// <summary>A published statement about activation functions and the experiment that tries it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Name">The name by which it is asked for.</param>
/// <param name="Statement">What is claimed.</param>
/// <param name="Source">Who claims it, and where.</param>
/// <param name="Published">The published figures.</param>
public sealed record Claim(int Number, string Name, string Statement, string Source, string Published)
{
    /// <summary>The data sets that the experiment needs, by their names; those that are built in need not be named.</summary>
    public IReadOnlyList<string> Data { get; init; } = [];

    /// <summary>Whether the experiment times things, and must have the machine for itself.</summary>
    public bool IsTimed { get; init; }

    /// <summary>Runs the experiment.</summary>
    internal Func<ClaimRun, ClaimFindings> Experiment { get; init; } = _ => throw new InvalidOperationException("a claim of one's own has no experiment");
}

/// <summary>A published result that cannot be repeated on a small machine, and why.</summary>
/// <param name="Name">A name.</param>
/// <param name="Statement">What is claimed.</param>
/// <param name="Source">Who claims it.</param>
/// <param name="Published">The published figures.</param>
/// <param name="Why">What is missing.</param>
public sealed record ClaimOutOfReach(string Name, string Statement, string Source, string Published, string Why);
