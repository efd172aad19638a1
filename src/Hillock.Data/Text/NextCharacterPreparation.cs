using System.Text;
using System.Text.Json.Serialization;
using Hillock.Networks;

namespace Hillock.Data.Text;

/// <summary>
/// The preparation of a text whose next characters are learned: the ids of a window's characters, and for each the id of the one behind it. Id 0 stands for all
/// characters that are not in the vocabulary, which holds those that the training text has more than once.
/// </summary>
public sealed class NextCharacterPreparation : Preparation
{
    /// <summary>The id of characters that are not in the vocabulary.</summary>
    public const int Unknown = 0;

    private const int FirstKnown = 1;

    private readonly Dictionary<int, int> _ids = [];

    [JsonConstructor]
    internal NextCharacterPreparation(IReadOnlyList<string> vocabulary, int context)
        : base([], targetMean: 0, targetScale: 1)
    {
        Vocabulary = vocabulary;
        Context = context;
        for (int i = 0; i < vocabulary.Count; i++)
        {
            bool isOne = Rune.DecodeFromUtf16(vocabulary[i], out Rune rune, out int length) == System.Buffers.OperationStatus.Done && length == vocabulary[i].Length;
            if (!isOne || !_ids.TryAdd(rune.Value, FirstKnown + i))
            {
                throw new ArgumentException($"entry {i + 1} of the vocabulary is not one character, or is there twice", nameof(vocabulary));
            }
        }

        Shape = TensorShape.Tokens(context, Outputs);
    }

    /// <summary>The known characters: that of id 1, of id 2...</summary>
    public IReadOnlyList<string> Vocabulary { get; }

    /// <summary>The characters that the network reads at a time.</summary>
    public int Context { get; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override TensorShape Shape { get; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override TaskKind Task => TaskKind.NextCharacter;

    /// <summary>How many ids there are: the outputs of the network at each position, at least 2.</summary>
    [JsonIgnore]
    public int Outputs => Math.Max(2, FirstKnown + Vocabulary.Count);

    /// <summary>The ids of the characters of a text.</summary>
    /// <param name="text">The text.</param>
    public IReadOnlyList<int> Ids(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. text.EnumerateRunes().Select(rune => _ids.GetValueOrDefault(rune.Value, Unknown))];
    }

    /// <summary>The character of an id of the vocabulary.</summary>
    /// <param name="id">The id, from 1.</param>
    public string Character(int id) => Vocabulary[id - FirstKnown];

    private protected override void Fill(DataSource source, ReadOnlySpan<int> rows, Span<float> inputs)
    {
        NextCharacterSource text = Windows(source);
        for (int i = 0; i < rows.Length; i++)
        {
            ReadOnlySpan<int> window = text.Window(rows[i]);
            for (int t = 0; t < Context; t++)
            {
                inputs[(i * Context) + t] = _ids.GetValueOrDefault(window[t], Unknown);
            }
        }
    }

    private protected override Dataset Labelled(DataSource source, ReadOnlySpan<int> rows, float[] inputs)
    {
        NextCharacterSource text = Windows(source);
        int[] labels = new int[inputs.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            ReadOnlySpan<int> window = text.Window(rows[i]);
            for (int t = 0; t < Context; t++)
            {
                labels[(i * Context) + t] = _ids.GetValueOrDefault(window[t + 1], Unknown);
            }
        }

        return Dataset.Sequences(inputs, Shape, labels, Context, Outputs);
    }

    private NextCharacterSource Windows(DataSource source) => source is NextCharacterSource text && text.Features == Context
        ? text
        : throw Mismatch(source, $"a text in windows of {Context} characters");
}
