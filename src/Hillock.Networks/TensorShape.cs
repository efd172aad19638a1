using System.Text.Json.Serialization;

namespace Hillock.Networks;

/// <summary>
/// The shape of one sample between two layers. The last dimension is the channels (the features of a plain sample), those before it are
/// positions: [features], [length, channels] or [height, width, channels]; numbers lie in this order (NHWC). A sample of token ids is one
/// dimension, its length, with a vocabulary.
/// </summary>
public sealed record TensorShape
{
    /// <summary>Makes a shape.</summary>
    /// <param name="dimensions">One to three numbers, each at least 1, whose product is below 2^31.</param>
    /// <param name="vocabulary">For token ids how many there are, ids being 0 to vocabulary - 1; 0 for numbers.</param>
    /// <exception cref="ArgumentException">A dimension is out of range.</exception>
    [JsonConstructor]
    public TensorShape(IReadOnlyList<int> dimensions, int vocabulary = 0)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        if (dimensions.Count is < 1 or > 3)
        {
            throw new ArgumentException($"a sample has one to three dimensions, and {dimensions.Count} were given", nameof(dimensions));
        }

        long size = 1;
        foreach (int dimension in dimensions)
        {
            size *= dimension;
            if (dimension < 1 || size > int.MaxValue)
            {
                throw new ArgumentException($"a sample of {string.Join('×', dimensions)} numbers is not possible", nameof(dimensions));
            }
        }

        ArgumentOutOfRangeException.ThrowIfNegative(vocabulary);
        if (vocabulary > 0 && dimensions.Count != 1)
        {
            throw new ArgumentException("token ids have one dimension, their number", nameof(dimensions));
        }

        Dimensions = [.. dimensions];
        Vocabulary = vocabulary;
        Size = (int)size;
    }

    /// <summary>The dimensions, the channels last.</summary>
    public IReadOnlyList<int> Dimensions { get; }

    /// <summary>How many different token ids there are; 0 for numbers.</summary>
    public int Vocabulary { get; }

    /// <summary>How many numbers a sample has.</summary>
    [JsonIgnore]
    public int Size { get; }

    /// <summary>The last dimension.</summary>
    [JsonIgnore]
    public int Channels => Dimensions[^1];

    /// <summary>How many positions have these channels each.</summary>
    [JsonIgnore]
    public int Positions => Size / Channels;

    /// <summary>The number of dimensions.</summary>
    [JsonIgnore]
    public int Rank => Dimensions.Count;

    /// <summary>Whether a sample is token ids.</summary>
    [JsonIgnore]
    public bool IsTokens => Vocabulary > 0;

    /// <summary>A plain sample.</summary>
    /// <param name="count">How many features it has.</param>
    public static TensorShape Features(int count) => new([count]);

    /// <summary>A sequence.</summary>
    /// <param name="length">How many positions it has.</param>
    /// <param name="channels">How many numbers each of them has.</param>
    public static TensorShape Sequence(int length, int channels) => new([length, channels]);

    /// <summary>An image, row by row, with the channels of a pixel beside each other.</summary>
    /// <param name="height">Its rows.</param>
    /// <param name="width">Its columns.</param>
    /// <param name="channels">The numbers of a pixel.</param>
    public static TensorShape Image(int height, int width, int channels) => new([height, width, channels]);

    /// <summary>A sequence of token ids, each stored as a number.</summary>
    /// <param name="length">How many there are.</param>
    /// <param name="vocabulary">The number of different ids, which are 0 to vocabulary - 1; at least 1 and at most 2^24, above which numbers are not exact.</param>
    public static TensorShape Tokens(int length, int vocabulary)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabulary, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(vocabulary, 1 << 24);
        return new([length], vocabulary);
    }

    /// <inheritdoc/>
    public bool Equals(TensorShape? other) => other is not null && Vocabulary == other.Vocabulary && Dimensions.SequenceEqual(other.Dimensions);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Rank, Size, Channels, Vocabulary);

    /// <summary>The shape in words: <c>64 features</c>, <c>100×40</c>, <c>28×28×1</c>, <c>50 tokens of 8000</c>.</summary>
    public override string ToString() =>
        IsTokens ? $"{Size} tokens of {Vocabulary}" : Rank == 1 ? $"{Size} {(Size == 1 ? "feature" : "features")}" : string.Join('×', Dimensions);

    /// <summary>The same numbers with other channels.</summary>
    internal TensorShape WithChannels(int channels) => new([.. Dimensions.Take(Rank - 1), channels]);
}
