using System.Text;

namespace Hillock.Cli.Tests;

/// <summary>Splits a command line as a shell does, as far as documentation needs it.</summary>
internal static class ShellWords
{
    /// <summary>The words; quotes keep spaces, and # starts a comment.</summary>
    public static string[] Split(string line)
    {
        List<string> words = [];
        StringBuilder? word = null;
        char quote = '\0';
        foreach (char c in line)
        {
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
                word!.Append(quote == '\0' ? "" : c.ToString());
            }
            else if (c is '"' or '\'')
            {
                quote = c;
                word ??= new StringBuilder();
            }
            else if (c == '#' && word is null)
            {
                break;
            }
            else if (c == ' ')
            {
                words.AddRange(word is null ? [] : [word.ToString()]);
                word = null;
            }
            else
            {
                (word ??= new StringBuilder()).Append(c);
            }
        }

        words.AddRange(word is null ? [] : [word.ToString()]);
        return [.. words];
    }
}
