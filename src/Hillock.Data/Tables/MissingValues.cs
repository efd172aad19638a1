namespace Hillock.Data.Tables;

/// <summary>The texts that stand for a missing value: nothing, ?, NA and NaN in any case, and those that the user adds, as written.</summary>
internal sealed class MissingValues(IReadOnlyList<string> added)
{
    private static readonly string[] _always = ["", "?", "NA", "NaN"];

    private readonly HashSet<string> _added = [.. added.Select(text => text.Trim())];

    /// <summary>Whether the user has added some.</summary>
    public bool HasAdded => _added.Count > 0;

    /// <summary>Whether a text stands for a missing value.</summary>
    public bool Contains(ReadOnlySpan<char> text)
    {
        foreach (string known in _always)
        {
            if (text.Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return HasAdded && _added.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text);
    }
}
