namespace Hillock.Data.Tables;

/// <summary>The texts that stand for a missing value: nothing, ?, NA and NaN in any case, and those that the user adds, as written.</summary>
internal sealed class MissingValues(IReadOnlyList<string> added)
{
    private static readonly string[] _always = ["", "?", "NA", "NaN"];

    private readonly HashSet<string> _added = [.. added.Select(text => text.Trim())];

    public bool Contains(string text) =>
        Array.Exists(_always, known => known.Equals(text, StringComparison.OrdinalIgnoreCase)) || _added.Contains(text);
}
