using System.Globalization;
using System.Text;

namespace Hillock.Data.Text;

/// <summary>Cuts texts into tokens.</summary>
internal static class Tokens
{
    /// <summary>The tokens of a text, in their order.</summary>
    public static IEnumerable<string> Of(string text, TextUnit unit) =>
        unit == TextUnit.Characters ? text.EnumerateRunes().Select(rune => rune.ToString()) : Words(text.ToLowerInvariant());

    private static IEnumerable<string> Words(string text)
    {
        int start = -1;
        int position = 0;
        while (position < text.Length)
        {
            Rune.DecodeFromUtf16(text.AsSpan(position), out Rune rune, out int length);
            bool continues = IsOfWord(rune) || (start >= 0 && IsInsideWord(text, position, rune));
            if (continues && start < 0)
            {
                start = position;
            }
            else if (!continues)
            {
                if (start >= 0)
                {
                    yield return text[start..position];
                    start = -1;
                }

                if (!Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune))
                {
                    yield return text.Substring(position, length);
                }
            }

            position += length;
        }

        if (start >= 0)
        {
            yield return text[start..];
        }
    }

    private static bool IsOfWord(Rune rune) => Rune.IsLetterOrDigit(rune);

    /// <summary>Whether a character that is no letter belongs to the word before it: an accent, or an apostrophe before one more letter.</summary>
    private static bool IsInsideWord(string text, int position, Rune rune)
    {
        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
        {
            return true;
        }

        return rune.Value is '\'' or '\u2019'
            && Rune.DecodeFromUtf16(text.AsSpan(position + rune.Utf16SequenceLength), out Rune next, out _) == System.Buffers.OperationStatus.Done
            && IsOfWord(next);
    }
}
