using System.Security.Cryptography;
using System.Text;

namespace Hillock.Laboratory.Trials;

/// <summary>Everything that decides what comes out, as keys with values in a fixed order.</summary>
/// <param name="entries">The keys and values; a value is one line.</param>
internal sealed class Specification(IEnumerable<KeyValuePair<string, string>> entries)
{
    /// <summary>The keys and values in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Entries { get; } = [.. entries];

    /// <summary>The canonical text: one line <c>key=value</c> each, ended by a line feed.</summary>
    public string Text => string.Concat(Entries.Select(entry => $"{entry.Key}={entry.Value}\n"));

    /// <summary>The first 128 bits of the SHA-256 of the canonical text, in hexadecimal.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)).AsSpan(0, 16));
}
