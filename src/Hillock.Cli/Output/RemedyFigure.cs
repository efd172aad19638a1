using Hillock.Laboratory;

namespace Hillock.Cli.Output;

/// <summary>One column of the table of remedies; the terminal and the report have the same.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Priority">The columns with the greatest numbers go first where space is short.</param>
/// <param name="Text">What it says of a training; nothing where that does not exist.</param>
internal sealed record RemedyFigure(string Title, int Priority, Func<RemedyTrial, string> Text)
{
    /// <summary>Whether it is a number, which stands at the right.</summary>
    public bool IsNumber { get; init; }

    /// <summary>Whether it is the verdict.</summary>
    public bool IsVerdict { get; init; }

    /// <summary>The columns after what was tried.</summary>
    public static IReadOnlyList<RemedyFigure> Of(TaskMetric metric) =>
    [
        new("loss", 1, trial => trial.Loss is { } loss ? Words.Fixed(loss) : "diverged") { IsNumber = true },
        new(metric.Name, 1, trial => Figure.Optional(trial.Score, Words.Fixed)) { IsNumber = true },
        new("still found", 2, trial => trial.Loss is null ? "" : trial.Findings.Count == 0 ? "nothing" : string.Join(", ", trial.Findings.Select(finding => finding.Code))),
        new("verdict", 0, trial => Verdict(trial.Verdict)) { IsVerdict = true },
    ];

    /// <summary>A verdict in words.</summary>
    public static string Verdict(RemedyVerdict verdict) => verdict switch
    {
        RemedyVerdict.Cured => "cured",
        RemedyVerdict.Helped => "helped",
        RemedyVerdict.NoHelp => "no help",
        RemedyVerdict.Diverged => "diverged",
        _ => "comparison",
    };
}
