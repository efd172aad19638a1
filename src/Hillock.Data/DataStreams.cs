using Hillock.Data.Images;
using Hillock.Data.Tables;

namespace Hillock.Data;

/// <summary>Opens files that need not fit into memory. Tables (CSV, TSV), IDX images and CIFAR-10 records can be streamed, as they are and not compressed.</summary>
public static class DataStreams
{
    private const int BytesThatTell = 1 << 16;
    private const string Kinds = "tables (CSV, TSV), IDX images and CIFAR-10 records can be streamed";

    /// <summary>Whether a path is that of a file which cannot be read whole, as it has more than 2 GiB, and can be streamed.</summary>
    /// <param name="path">The path; that of a folder or nothing is no such file.</param>
    public static bool IsNeeded(string path) =>
        File.Exists(path) && new FileInfo(path).Length > Array.MaxLength && KindOf(path, FileHead.Read(path, BytesThatTell)) is Kind.Table or Kind.Idx or Kind.Cifar;

    /// <summary>
    /// Opens a table, a file of IDX images with the labels beside it, a file of CIFAR-10 records, or a folder with such images. The files are read once at once, to
    /// learn the preparation from the part that is learned from, and must not change as long as the stream is in use.
    /// </summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="data">How to read it; null for the defaults.</param>
    /// <param name="options">How to stream it; null for the defaults.</param>
    /// <param name="progress">Is told of the share that has been read for the first time; null for nobody.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    /// <exception cref="DataException">It cannot be found, read, used or streamed; the message is one line for the user.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static StreamedData Open(
        string path, DataOptions? data = null, StreamOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        data ??= new DataOptions();
        options ??= new StreamOptions();
        if (options.HeldOutShare is not (>= 0 and <= 0.9))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.HeldOutShare, FormattableString.Invariant($"the share that is held out is {options.HeldOutShare}, and must be from 0 to 0.9"));
        }

        if (options.Window < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Window, $"the window is of {options.Window} samples, and must be of at least 1");
        }

        if (data.Task == TaskKind.NextCharacter || data.Context is not null || data.TextUnit is not null || data.MelBands is not null || data.Samples is not null)
        {
            throw new DataException($"{path}: texts, sounds and built-in sets cannot be streamed, and it was asked for one of these: {Kinds}");
        }

        if (data.Prepared is not null && (data.Prepared is not TablePreparation || Directory.Exists(path) || Images(path)))
        {
            throw new DataException($"{path} cannot be streamed for the model: tables can, for a model that was trained on one");
        }

        if (DataSources.Names.Any(set => set.Name.Equals(path, StringComparison.OrdinalIgnoreCase)))
        {
            throw new DataException($"{path} is a set that is known by name and fits into memory, and is not streamed; write ./{path} for a file or folder of that name");
        }

        if (Directory.Exists(path))
        {
            DataSources.RefuseTableOptions(path, data);
            string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
            return ImageFolder.OpenStream(path, name, options, progress, cancellationToken) ?? throw new DataException($"{path} cannot be streamed: {Kinds}");
        }

        Kind kind = File.Exists(path)
            ? KindOf(path, FileHead.Read(path, BytesThatTell))
            : throw new DataException($"there is no file or folder '{path}' to stream");
        if (kind is Kind.Idx or Kind.Cifar)
        {
            DataSources.RefuseTableOptions(path, data);
            Func<ImageRecords> records = kind == Kind.Idx ? () => ImageRecords.OfIdx(path) : () => ImageRecords.OfCifar([path]);
            return ImageStream.Open(Path.GetFileName(path), path, records, test: null, options, progress, cancellationToken);
        }

        Refuse(path, kind);
        return data.Prepared is TablePreparation prepared
            ? TableStreams.OpenPrepared(path, prepared, data, progress, cancellationToken)
            : TableStreams.Open(path, data, options, progress, cancellationToken);
    }

    private static bool Images(string path) => File.Exists(path) && KindOf(path, FileHead.Read(path, BytesThatTell)) is Kind.Idx or Kind.Cifar;

    private static void Refuse(string path, Kind kind)
    {
        if (kind == Kind.Compressed)
        {
            throw new DataException($"{path} is compressed and cannot be streamed: unpack it; {Kinds}");
        }

        if (kind == Kind.Utf16)
        {
            throw new DataException($"{path} is UTF-16 and cannot be streamed: write it as UTF-8; {Kinds}");
        }

        if (kind == Kind.Other)
        {
            throw new DataException($"{path} cannot be streamed: {Kinds}");
        }
    }

    private static Kind KindOf(string path, byte[] head) =>
        Idx.Is(head) ? Kind.Idx
        : head is [0x1F, 0x8B, ..] ? Kind.Compressed
        : head is [(byte)'P', (byte)'K', 3 or 5, ..] ? Kind.Other
        : head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] ? Kind.Utf16
        : path.EndsWith(".bin", StringComparison.OrdinalIgnoreCase) ? Kind.Cifar
        : TextContent.IsText(head) ? Kind.Table
        : Kind.Other;

    private enum Kind
    {
        Other,
        Compressed,
        Utf16,
        Table,
        Idx,
        Cifar,
    }
}
