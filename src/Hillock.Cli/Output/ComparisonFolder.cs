namespace Hillock.Cli.Output;

/// <summary>What <c>hillock compare</c> writes into the folder of --out, beside the ledger of the trials.</summary>
internal static class ComparisonFolder
{
    /// <summary>The page to read in a browser.</summary>
    public const string Report = "report.html";

    /// <summary>The document of --json.</summary>
    public const string Document = "results.json";

    /// <summary>A row for each trial.</summary>
    public const string Trials = "trials.csv";
}
