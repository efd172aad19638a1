using Hillock.Data.Text;

namespace Hillock.Data;

/// <summary>How data are to be found and read. The defaults detect everything.</summary>
public sealed record DataOptions
{
    /// <summary>
    /// The target column of a table: its name in the header (as written, else whatever the case), else its number, counted from 1,
    /// or from the end if negative (-1 is the last); null for the last column.
    /// </summary>
    public string? Target { get; init; }

    /// <summary>
    /// The columns of a table that are not to be learned from, such as ids: names or numbers as for <see cref="Target"/>, which cannot be
    /// among them. What they hold does not matter, not even whether it can be read.
    /// </summary>
    public IReadOnlyList<string> LeaveOut { get; init; } = [];

    /// <summary>Classification or regression, or the next characters of a text file; null to tell by the target.</summary>
    public TaskKind? Task { get; init; }

    /// <summary>Whether the first line of a table is a header; null to tell by the content.</summary>
    public bool? Header { get; init; }

    /// <summary>Texts that mean a missing value, besides <c>?</c>, nothing, NA and NaN (any case). Compared as written.</summary>
    public IReadOnlyList<string> MissingTokens { get; init; } = [];

    /// <summary>
    /// How the samples are going to be prepared, by a model that was trained before; null for data to learn from. A table then needs the columns that the
    /// model was trained on, in their order, and may have as few rows and classes as it likes; <see cref="Target"/>, <see cref="LeaveOut"/> and
    /// <see cref="Task"/> are the model's.
    /// </summary>
    public Preparation? Prepared { get; init; }

    /// <summary>
    /// Whether what is to be told is not needed: with <see cref="Prepared"/>, the target column of a table may be absent or empty, and the samples of images,
    /// sounds and texts need no classes; sounds and texts may be any files, and a text file is a text in every line.
    /// </summary>
    public bool WithoutTarget { get; init; }

    /// <summary>Where known data sets are looked for first; null for nowhere.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>
    /// The address that replaces the public one of a download: <c>MIRROR/mnist/train-images-idx3-ubyte.gz</c>. Null for the environment
    /// variable HILLOCK_MIRROR, else the public addresses. What comes from it is checked like any download.
    /// </summary>
    public string? Mirror { get; init; }

    /// <summary>Where downloads are kept; null for the user's cache folder.</summary>
    public string? CacheDirectory { get; init; }

    /// <summary>What a token of a text is; null for words. For texts only.</summary>
    public TextUnit? TextUnit { get; init; }

    /// <summary>
    /// For <see cref="TaskKind.NextCharacter"/> the characters that a network reads at a time, 1 to 65,536: a text is cut into windows of as many; null for 128.
    /// </summary>
    public int? Context { get; init; }

    /// <summary>The mel bands into which sounds are parted, 1 to 256; null for 40. For sounds only.</summary>
    public int? MelBands { get; init; }

    /// <summary>The seed of a synthetic set.</summary>
    public ulong Seed { get; init; }

    /// <summary>The number of samples of a synthetic set, at least 2 a class; null for its own default.</summary>
    public int? Samples { get; init; }
}
