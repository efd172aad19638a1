namespace Hillock.Data.Text;

/// <summary>What a token of a text is.</summary>
public enum TextUnit
{
    /// <summary>
    /// A word in lower case: letters and digits, with apostrophes and combining marks between them; every other character that is not space is a token
    /// of its own.
    /// </summary>
    Words,

    /// <summary>A character (Unicode scalar value) as it is, space too.</summary>
    Characters,
}
