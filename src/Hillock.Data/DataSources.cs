using Hillock.Activations.Catalogue;
using Hillock.Data.Files;
using Hillock.Data.Images;
using Hillock.Data.Known;
using Hillock.Data.Sound;
using Hillock.Data.Synthetic;
using Hillock.Data.Tables;
using Hillock.Data.Text;

namespace Hillock.Data;

/// <summary>Opens data by name or path, or takes them from memory.</summary>
public static class DataSources
{
    private const int UsualMelBands = 40;

    /// <summary>The data sets that can be opened by name: the built-in synthetic ones and the known ones.</summary>
    public static IReadOnlyList<DataSetName> Names { get; } =
        [.. SyntheticSets.Names, .. KnownDataSet.All.Select(set => new DataSetName(set.Name, set.Description))];

    /// <summary>
    /// Opens a known data set by its name, else the file or folder at a path: a delimited table, texts with labels, IDX images or CIFAR-10 binary
    /// records, compressed by gzip or not, told by their content; folders and zip archives also of sounds (WAV) or texts. A known name wins over a file of the same name; write <c>./mnist</c> for the file.
    /// With <see cref="TaskKind.NextCharacter"/> it is any text file.
    /// Known sets are looked for in <see cref="DataOptions.DataDirectory"/>, the folder that the environment variable HILLOCK_DATA names
    /// and the cache, in this order (in <c>FOLDER/NAME</c>, then in the folder itself), and downloaded into the cache last.
    /// </summary>
    /// <param name="nameOrPath">The name or path.</param>
    /// <param name="options">How to find and read it; null for the defaults.</param>
    /// <param name="progress">Is told of downloads.</param>
    /// <param name="cancellationToken">Ends reading and downloads; nothing is left behind.</param>
    /// <returns>The data, read whole.</returns>
    /// <exception cref="DataException">It cannot be found, read or used; the message is one line for the user.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static DataSource Open(
        string nameOrPath,
        DataOptions? options = null,
        IProgress<DownloadProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new DataOptions();
        DataSource source = Open(nameOrPath, options, DataPlaces.Of(options, Environment.GetEnvironmentVariable), progress, cancellationToken);
        return options.MelBands is not null && source is not RecordingSource ? throw new DataException($"{nameOrPath} has no sounds: there are no mel bands to choose")
            : options.TextUnit is not null && source is not TextSource ? throw new DataException($"{nameOrPath} has no texts: there are no tokens to choose")
            : source;
    }

    /// <summary>The files that a known data set is read from, wherever there are some; none of other data.</summary>
    /// <param name="nameOrPath">The name or path.</param>
    /// <param name="options">How to find it; null for the defaults.</param>
    public static IReadOnlyList<string> FilesOfKnownSet(string nameOrPath, DataOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(nameOrPath);
        return KnownDataSet.All.FirstOrDefault(set => set.Name.Equals(nameOrPath, StringComparison.OrdinalIgnoreCase)) is { } known
            ? [.. DataPlaces.Of(options ?? new DataOptions(), Environment.GetEnvironmentVariable).Files(known)]
            : [];
    }

    /// <summary>Takes samples of named classes from memory; later changes of the arrays do not matter.</summary>
    /// <param name="columns">The names of the inputs.</param>
    /// <param name="rows">The samples: a number for each column, NaN where it is missing.</param>
    /// <param name="classes">The class of each sample.</param>
    /// <exception cref="ArgumentException">Nothing is given, lengths differ, a value is infinite or a class is empty.</exception>
    public static DataSource FromRows(IReadOnlyList<string> columns, IReadOnlyList<double[]> rows, IReadOnlyList<string> classes) => RowTable.Create(columns, rows, classes);

    /// <summary>Takes samples and the numbers to tell of them from memory.</summary>
    /// <param name="columns">The names of the inputs.</param>
    /// <param name="rows">The samples: a number for each column, NaN where it is missing.</param>
    /// <param name="targets">The number to tell of each sample.</param>
    /// <exception cref="ArgumentException">Nothing is given, lengths differ, or a number is infinite or, as a target, missing.</exception>
    public static DataSource FromRows(IReadOnlyList<string> columns, IReadOnlyList<double[]> rows, IReadOnlyList<double> targets) => RowTable.Create(columns, rows, targets);

    /// <summary>Takes samples of which nothing is known from memory, for a model to judge.</summary>
    /// <param name="columns">The names of the inputs, as the model was trained on.</param>
    /// <param name="rows">The samples: a number for each column, NaN where it is missing.</param>
    /// <exception cref="ArgumentException">Nothing is given, lengths differ, or a number is infinite.</exception>
    public static DataSource FromRows(IReadOnlyList<string> columns, IReadOnlyList<double[]> rows) => RowTable.Create(columns, rows);

    /// <summary>Reads a text file, which should be UTF-8; UTF-16 is known by its byte order mark, and anything else is taken for Latin-1.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The text, with <c>\n</c> at the ends of lines.</returns>
    /// <exception cref="DataException">It cannot be read, or is no text.</exception>
    public static string ReadText(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return File.Exists(path) ? TextFiles.TextOf(path, FileContent.Read(path), []) : throw new DataException($"there is no file '{path}'");
    }

    internal static DataSource Open(
        string nameOrPath, DataOptions options, DataPlaces places, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);
        cancellationToken.ThrowIfCancellationRequested();
        if (options.Context is not null && !IsNextCharacter(options))
        {
            throw new DataException($"{nameOrPath}: a context can be chosen where the next characters of a text are learned");
        }

        if (SyntheticSets.Names.FirstOrDefault(set => IsCalled(set.Name)) is DataSetName synthetic)
        {
            RefuseTableOptions(synthetic.Name, options);
            return SyntheticSets.Open(synthetic.Name, options);
        }

        if (options.Samples is not null)
        {
            throw new DataException($"{nameOrPath}: the number of samples can be chosen for synthetic sets only");
        }

        if (KnownDataSet.All.FirstOrDefault(set => IsCalled(set.Name)) is KnownDataSet known)
        {
            RefuseTableOptions(known.Name, options);
            return places.Open(known, progress, cancellationToken);
        }

        if (Directory.Exists(nameOrPath))
        {
            RefuseTableOptions(nameOrPath, options);
            string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(nameOrPath)));
            if (ImageFolder.Open(nameOrPath, name, names: null) is DataSource images)
            {
                return images;
            }

            using FileTree folder = FileTree.OfFolder(nameOrPath);
            return OpenTree(folder, nameOrPath, name, options, cancellationToken)
                ?? throw new DataException(
                    $"{nameOrPath} is a folder, and has no train-images-idx3-ubyte or data_batch_1.bin, no WAV files, no folders of texts and no texts with a file "
                    + "for each class; name a file of it");
        }

        return File.Exists(nameOrPath)
            ? OpenFile(nameOrPath, options, cancellationToken)
            : throw new DataException($"there is no file or folder '{nameOrPath}', and no data set of that name; {Advice(nameOrPath)}");

        bool IsCalled(string name) => string.Equals(name, nameOrPath, StringComparison.OrdinalIgnoreCase);
    }

    private static string Advice(string name)
    {
        string[] known = [.. Names.Select(set => set.Name)];
        string? nearest = NearestName.Find(name, known);
        return nearest is null ? $"known by name are {string.Join(", ", known)}" : $"did you mean '{nearest}'?";
    }

    private static DataSource? OpenTree(FileTree tree, string where, string name, DataOptions options, CancellationToken cancellationToken) =>
        options is { WithoutTarget: true, Prepared: RecordingPreparation sounds } && tree.Paths.Any(RecordingFiles.Is)
            ? RecordingFiles.OpenUnlabelled(tree, name, sounds.Means.Count, cancellationToken)
        : options is { WithoutTarget: true, Prepared: TextPreparation texts } ? TextFiles.OpenUnlabelled(tree, name, texts.Unit, cancellationToken)
        : tree.Paths.Any(RecordingFiles.Is)
            ? RecordingFiles.Open(tree, where, name, options.MelBands ?? UsualMelBands, cancellationToken)
            : TextFiles.Open(tree, where, name, options.TextUnit ?? TextUnit.Words, cancellationToken);

    private static DataSource OpenFile(string path, DataOptions options, CancellationToken cancellationToken)
    {
        byte[] content = FileContent.Read(path);
        string name = Path.GetFileName(path);
        if (IsNextCharacter(options))
        {
            RefuseTableOptions(path, options with { Task = null, Prepared = null });
            return NextCharacterSource.Open(path, content, options.Prepared is NextCharacterPreparation prepared ? prepared.Context : options.Context);
        }

        string stem = name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name;
        bool isBinaryByName = stem.EndsWith(".bin", StringComparison.OrdinalIgnoreCase);
        if (Idx.Is(content))
        {
            RefuseTableOptions(path, options);
            return options is { WithoutTarget: true, Prepared: ImagePreparation } ? IdxImages.OpenUnlabelled(path, content) : IdxImages.OpenFile(path, content);
        }

        if (FileTree.IsZip(content))
        {
            RefuseTableOptions(path, options);
            using FileTree archive = FileTree.OfZip(path, content);
            return OpenTree(archive, path, name, options, cancellationToken)
                ?? throw new DataException($"{path} is an archive, and has no WAV files, no folders of texts and no texts with a file for each class");
        }

        if (options is { WithoutTarget: true, Prepared: RecordingPreparation sounds } && RecordingFiles.Is(name))
        {
            return RecordingSource.Unlabelled(name, [(name, WavFile.Read(path, content))], sounds.Means.Count);
        }

        if (options is { WithoutTarget: true, Prepared: TextPreparation texts } && stem.EndsWith(".txt", StringComparison.OrdinalIgnoreCase))
        {
            return TextFiles.OpenLines(path, content, texts.Unit);
        }

        byte[]? text = isBinaryByName ? null : TextContent.ToUtf8(content);
        if (text is not null)
        {
            return (HasTableOptions(options) ? null : LabelledLines.Open(path, text, options.TextUnit ?? TextUnit.Words)) ?? TableFile.Open(path, text, options, cancellationToken);
        }

        if (isBinaryByName || CifarImages.Is(content))
        {
            RefuseTableOptions(path, options);
            return CifarImages.Open(name, [(path, content)]);
        }

        string start = Convert.ToHexString(content.AsSpan(0, Math.Min(4, content.Length)));
        throw new DataException($"{path} is neither text nor a zip archive nor IDX images nor CIFAR-10 records: it begins with the bytes {start}");
    }

    private static bool IsNextCharacter(DataOptions options) => options.Task == TaskKind.NextCharacter || options.Prepared is NextCharacterPreparation;

    private static bool HasTableOptions(DataOptions options) => TableOption(options) is not null || options.Task == TaskKind.Regression;

    private static string? TableOption(DataOptions options) =>
        options.Target is not null ? "target column"
        : options.LeaveOut.Count > 0 ? "columns"
        : options.Header is not null ? "header"
        : options.MissingTokens.Count > 0 ? "missing values"
        : null;

    /// <summary>Refuses options that are for tables only.</summary>
    /// <exception cref="DataException">There is one.</exception>
    internal static void RefuseTableOptions(string name, DataOptions options)
    {
        if (TableOption(options) is string option)
        {
            throw new DataException($"{name} is no table: it has no {option} to choose");
        }

        if (IsNextCharacter(options))
        {
            throw new DataException($"{name} is no text file: next characters can be learned from one only");
        }

        if (options.Task == TaskKind.Regression)
        {
            throw new DataException($"{name} has classes: it is no regression");
        }
    }
}
