using System.Text.Json.Serialization;
using Hillock.Networks;

namespace Hillock.Data.Text;

/// <summary>
/// The preparation of texts: the ids of their tokens, 0 for padding behind a short text, 1 for a token that is not in the vocabulary, and from 2 the
/// vocabulary, the most frequent first. It is that of the training texts, without the tokens that they have only once, so that what is unknown is
/// learned too.
/// </summary>
public sealed class TextPreparation : Preparation
{
    /// <summary>The id that fills up texts which are shorter than the others.</summary>
    public const int Padding = 0;

    /// <summary>The id of tokens that are not in the vocabulary.</summary>
    public const int Unknown = 1;

    /// <summary>A vocabulary holds this many tokens at most.</summary>
    public const int MostTokens = 20_000;

    /// <summary>A token of the vocabulary comes at least this often in the training texts.</summary>
    public const int LeastCount = 2;

    /// <summary>Texts are cut to this many tokens, however long the training texts are.</summary>
    public const int MostLength = 512;

    private const int FirstKnown = 2;

    [JsonConstructor]
    internal TextPreparation(
        TextUnit unit, IReadOnlyList<string> vocabulary, int length, IReadOnlyList<string> classes, double targetMean, double targetScale)
        : base(classes, targetMean, targetScale)
    {
        Unit = unit;
        Vocabulary = vocabulary;
        Length = length;
        Shape = TensorShape.Tokens(length, FirstKnown + vocabulary.Count);
    }

    /// <summary>What a token is.</summary>
    public TextUnit Unit { get; }

    /// <summary>The known tokens: that of id 2, of id 3...</summary>
    public IReadOnlyList<string> Vocabulary { get; }

    /// <summary>Token ids, as many as the longest training text has but for the longest twentieth.</summary>
    [JsonIgnore]
    public override TensorShape Shape { get; }

    /// <summary>The tokens of a prepared text.</summary>
    public int Length { get; }

    /// <summary>The texts that have no token of the vocabulary: what is told of them is told of any such text.</summary>
    /// <param name="source">Texts.</param>
    /// <returns>Their rows, in order.</returns>
    /// <exception cref="DataException">The source has no texts.</exception>
    public IReadOnlyList<int> Strangers(DataSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        TokenizedTexts tokens = source is TextSource texts ? texts.Tokenized(Unit) : throw Mismatch(source, "texts");
        HashSet<string> known = [.. Vocabulary];
        bool[] isKnown = Array.ConvertAll(tokens.Different, known.Contains);
        return [.. Enumerable.Range(0, tokens.Codes.Length).Where(row => !tokens.Codes[row].Any(code => isKnown[code]))];
    }

    private protected override void Fill(DataSource source, ReadOnlySpan<int> rows, Span<float> inputs)
    {
        if (source is not TextSource texts)
        {
            throw Mismatch(source, "texts");
        }

        Dictionary<string, int> ids = new(StringComparer.Ordinal);
        for (int i = 0; i < Vocabulary.Count; i++)
        {
            ids.Add(Vocabulary[i], FirstKnown + i);
        }

        TokenizedTexts tokens = texts.Tokenized(Unit);
        int[] idOf = Array.ConvertAll(tokens.Different, token => ids.GetValueOrDefault(token, Unknown));
        inputs.Clear();
        for (int i = 0; i < rows.Length; i++)
        {
            int[] text = tokens.Codes[rows[i]];
            for (int t = 0; t < Math.Min(text.Length, Features); t++)
            {
                inputs[(i * Features) + t] = idOf[text[t]];
            }
        }
    }

    private protected override Func<int, int> LengthOf(DataSource source)
    {
        int[][] codes = ((TextSource)source).Tokenized(Unit).Codes;
        return row => codes[row].Length;
    }
}
