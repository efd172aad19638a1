namespace Hillock.Data.Images;

/// <summary>Images and labels in a pair of IDX files.</summary>
internal static class IdxImages
{
    /// <summary>Reads a pair of files.</summary>
    /// <param name="name">The data set's name.</param>
    /// <param name="imagesPath">The file of images.</param>
    /// <param name="labelsPath">The file of labels.</param>
    /// <param name="names">The names of the labels, or null.</param>
    /// <param name="test">Makes the test part once the classes are known; null for none.</param>
    /// <param name="classes">The classes, for a test part; null to take those that occur.</param>
    /// <exception cref="DataException">A file is damaged, or the two do not belong together.</exception>
    public static ImageSource Open(
        string name,
        string imagesPath,
        string labelsPath,
        IReadOnlyList<string>? names = null,
        Func<IReadOnlyList<string>, DataSource?>? test = null,
        IReadOnlyList<string>? classes = null)
    {
        return Open(name, imagesPath, FileContent.Read(imagesPath), labelsPath, names, test, classes);
    }

    /// <summary>Reads a file of images whose labels are beside it.</summary>
    /// <param name="path">The file of images.</param>
    /// <param name="images">Its content.</param>
    /// <exception cref="DataException">A file is damaged, the labels are not found, or the two do not belong together.</exception>
    public static ImageSource OpenFile(string path, byte[] images)
    {
        ReadHeader(path, images);
        return Open(Path.GetFileName(path), path, images, LabelsBeside(path), names: null, test: null, classes: null);
    }

    /// <summary>Reads a file of images without labels.</summary>
    /// <param name="path">The file of images.</param>
    /// <param name="images">Its content.</param>
    /// <exception cref="DataException">The file is damaged.</exception>
    public static ImageSource OpenUnlabelled(string path, byte[] images)
    {
        (int[] extents, int offset) = ReadHeader(path, images);
        PixelBlock pixels = new(images, offset, (images.Length - offset) / extents[0], extents[1..]);
        return new ImageSource(Path.GetFileName(path), pixels, TargetValues.Unknown(extents[0]));
    }

    private static (int[] Extents, int Offset) ReadHeader(string path, byte[] images)
    {
        (int[] extents, int offset) = Idx.Read(path, images, images.Length);
        return extents.Length >= 2
            ? (extents, offset)
            : throw new DataException($"{path} holds labels, not images; name the file of images, and the labels beside it are found");
    }

    private static ImageSource Open(
        string name,
        string imagesPath,
        byte[] images,
        string labelsPath,
        IReadOnlyList<string>? names,
        Func<IReadOnlyList<string>, DataSource?>? test,
        IReadOnlyList<string>? classes)
    {
        (int[] extents, int offset) = ReadHeader(imagesPath, images);
        byte[] labels = FileContent.Read(labelsPath);
        (int[] labelExtents, int labelOffset) = Idx.Read(labelsPath, labels, labels.Length);
        if (labelExtents.Length != 1 || labelExtents[0] != extents[0])
        {
            throw new DataException(
                $"{labelsPath} holds {string.Join('×', labelExtents)} values, and {imagesPath} {extents[0]} images: not one label for each");
        }

        TargetValues target = ImageLabels.Read(labelsPath, labels[labelOffset..], names, classes);
        PixelBlock pixels = new(images, offset, (images.Length - offset) / extents[0], extents[1..]);
        return new ImageSource(name, pixels, target, test?.Invoke(target.Classes));
    }

    /// <summary>The names under which the file of one part may stand, as published and as often renamed, plain or compressed.</summary>
    /// <param name="part">train, t10k or test.</param>
    /// <param name="content">images-idx3 or labels-idx1.</param>
    public static IEnumerable<string> FileNames(string part, string content)
    {
        string[] stems = [$"{part}-{content}-ubyte", $"{part}-{content.Replace('-', '.')}-ubyte"];
        return stems.SelectMany(stem => new[] { stem, stem + ".gz" });
    }

    /// <summary>The file of labels that belongs to a file of images by its name.</summary>
    /// <exception cref="DataException">There is none.</exception>
    public static string LabelsBeside(string imagesPath)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(imagesPath)) ?? ".";
        string file = Path.GetFileName(imagesPath);
        string stem = file.EndsWith(".gz", StringComparison.Ordinal) ? file[..^3] : file;
        string labels = stem.Replace("images", "labels", StringComparison.Ordinal).Replace("idx3", "idx1", StringComparison.Ordinal);
        string[] candidates = labels == stem ? [] : [labels, labels + ".gz"];
        return Array.Find(Array.ConvertAll(candidates, c => Path.Combine(folder, c)), File.Exists)
            ?? throw new DataException(
                candidates.Length > 0
                    ? $"{imagesPath} holds images; their labels were looked for beside it as {string.Join(" and ", candidates)}, and are not there"
                    : $"{imagesPath} holds images; its name should have the word 'images', so that the file of labels beside it is known");
    }
}
