namespace Hillock.Data.Images;

/// <summary>Finds the image files of a data set in a folder: IDX pairs as MNIST has them, or the batches of CIFAR-10.</summary>
internal static class ImageFolder
{
    private const string CifarSubfolder = "cifar-10-batches-bin";
    private const int CifarBatches = 5;

    /// <summary>Opens the images of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The data set's name.</param>
    /// <param name="names">The names of the labels, or null.</param>
    /// <returns>The training images with the test images as their test part where there are some; null where the folder has no training
    /// images.</returns>
    /// <exception cref="DataException">The files are damaged or do not belong together.</exception>
    public static DataSource? Open(string folder, string name, IReadOnlyList<string>? names) =>
        OpenIdx(folder, name, names) ?? OpenCifar(folder, name, names);

    /// <summary>Opens the images of a folder as a stream, the test images held out where there are some; null where it has no training images.</summary>
    /// <exception cref="DataException">The files are damaged, compressed or do not belong together.</exception>
    public static StreamedData? OpenStream(string folder, string name, StreamOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        if (Images(["train"]) is { } images)
        {
            string? tests = Images(["t10k", "test"]);
            return Open(() => ImageRecords.OfIdx(images), tests is null ? null : () => ImageRecords.OfIdx(tests));
        }

        (string[] training, string? test) = CifarFiles(folder);
        return training.Length == 0 ? null : Open(() => ImageRecords.OfCifar(training), test is null ? null : () => ImageRecords.OfCifar([test]));

        string? Images(string[] parts) => Find(folder, parts.SelectMany(part => IdxImages.FileNames(part, "images-idx3")));

        StreamedData Open(Func<ImageRecords> records, Func<ImageRecords>? testRecords) =>
            ImageStream.Open(name, folder, records, testRecords, options, progress, cancellationToken);
    }

    /// <summary>The files of a folder that <see cref="Open"/> reads, each with those that it would read in its stead.</summary>
    public static IEnumerable<string> Files(string folder) =>
        (from part in (string[])["train", "t10k", "test"] from content in (string[])["images-idx3", "labels-idx1"] from file in IdxImages.FileNames(part, content) select Path.Combine(folder, file))
        .Concat(
            from place in (string[])[Path.Combine(folder, CifarSubfolder), folder]
            from batch in Enumerable.Range(1, CifarBatches).Select(i => $"data_batch_{i}.bin").Append("test_batch.bin")
            from file in (string[])[batch, batch + ".gz"]
            select Path.Combine(place, file))
        .Where(File.Exists);

    /// <summary>The file that a folder has under one of some names, or null.</summary>
    public static string? Find(string folder, IEnumerable<string> fileNames) =>
        fileNames.Select(file => Path.Combine(folder, file)).FirstOrDefault(File.Exists);

    private static ImageSource? OpenIdx(string folder, string name, IReadOnlyList<string>? names)
    {
        return Part(["train"], test: classes => Part(["t10k", "test"], test: null, classes), classes: null);

        ImageSource? Part(string[] parts, Func<IReadOnlyList<string>, DataSource?>? test, IReadOnlyList<string>? classes)
        {
            string? images = Find(folder, parts.SelectMany(part => IdxImages.FileNames(part, "images-idx3")));
            return images is null ? null : IdxImages.Open(name, images, IdxImages.LabelsBeside(images), names, test, classes);
        }
    }

    private static ImageSource? OpenCifar(string folder, string name, IReadOnlyList<string>? names)
    {
        (string[] training, string? test) = CifarFiles(folder);
        return training.Length == 0
            ? null
            : CifarImages.Open(name, Read(training), names, TestPart);

        ImageSource? TestPart(IReadOnlyList<string> classes) =>
            test is null ? null : CifarImages.Open(name, Read([test]), names, test: null, classes);

        static (string File, byte[] Content)[] Read(string[] files) => Array.ConvertAll(files, file => (file, FileContent.Read(file)));
    }

    private static (string[] Training, string? Test) CifarFiles(string folder)
    {
        string place = Path.Combine(folder, CifarSubfolder) is string subfolder && Directory.Exists(subfolder) ? subfolder : folder;
        return ([.. Enumerable.Range(1, CifarBatches).Select(i => Batch($"data_batch_{i}.bin")).OfType<string>()], Batch("test_batch.bin"));

        string? Batch(string file) => Find(place, [file, file + ".gz"]);
    }
}
