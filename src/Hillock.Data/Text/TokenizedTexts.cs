using System.Runtime.InteropServices;

namespace Hillock.Data.Text;

/// <summary>Texts as numbers of their different tokens, so that whatever is done to tokens is done once for each different one.</summary>
/// <param name="Different">The different tokens in ordinal order.</param>
/// <param name="Codes">For each text the indices of its tokens.</param>
internal sealed record TokenizedTexts(string[] Different, int[][] Codes)
{
    /// <summary>Cuts texts into tokens.</summary>
    public static TokenizedTexts Of(string[] texts, TextUnit unit)
    {
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        int[][] codes = Array.ConvertAll(texts, text => Tokens.Of(text, unit).Select(token =>
        {
            ref int code = ref CollectionsMarshal.GetValueRefOrAddDefault(seen, token, out bool exists);
            return exists ? code : code = seen.Count - 1;
        }).ToArray());

        string[] different = new string[seen.Count];
        int[] order = new int[seen.Count];
        foreach ((string token, int code) in seen)
        {
            different[code] = token;
            order[code] = code;
        }

        Array.Sort(different, order, StringComparer.Ordinal);
        int[] rankOf = new int[order.Length];
        for (int rank = 0; rank < order.Length; rank++)
        {
            rankOf[order[rank]] = rank;
        }

        return new TokenizedTexts(different, Array.ConvertAll(codes, text => Array.ConvertAll(text, code => rankOf[code])));
    }
}
