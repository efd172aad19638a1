namespace Hillock.Cli.CommandLine;

/// <summary>How a report is written.</summary>
internal enum OutputFormat
{
    /// <summary>For a person at a terminal.</summary>
    Table,

    /// <summary>One document for programs.</summary>
    Json,

    /// <summary>A page of the documentation.</summary>
    Markdown,
}
