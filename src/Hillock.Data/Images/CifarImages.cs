namespace Hillock.Data.Images;

/// <summary>The binary records of CIFAR-10: a label, then 32×32 pixels of red, green and blue, one colour after the other.</summary>
internal static class CifarImages
{
    private const int Record = 1 + (3 * 32 * 32);
    private const int Classes = 10;

    /// <summary>Whether a content can be CIFAR-10 records.</summary>
    public static bool Is(byte[] content) => content.Length > 0 && content.Length % Record == 0 && WrongLabel(content) < 0;

    /// <summary>Makes images of files' contents.</summary>
    /// <param name="name">The data set's name.</param>
    /// <param name="files">The files' names and contents, in their order.</param>
    /// <param name="names">The names of the labels, or null.</param>
    /// <param name="test">Makes the test part once the classes are known; null for none.</param>
    /// <param name="classes">The classes, for a test part; null to take those that occur.</param>
    /// <exception cref="DataException">A content is not whole records, or a label is out of range.</exception>
    public static ImageSource Open(
        string name,
        IReadOnlyList<(string File, byte[] Content)> files,
        IReadOnlyList<string>? names = null,
        Func<IReadOnlyList<string>, DataSource?>? test = null,
        IReadOnlyList<string>? classes = null)
    {
        foreach ((string file, byte[] content) in files)
        {
            Check(file, content);
        }

        byte[] all = Concatenate(files);
        byte[] labels = new byte[all.Length / Record];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = all[i * Record];
        }

        TargetValues target = ImageLabels.Read(files[0].File, labels, names, classes);
        return new ImageSource(name, new PixelBlock(all, 1, Record, [3, 32, 32]), target, test?.Invoke(target.Classes));
    }

    private static byte[] Concatenate(IReadOnlyList<(string File, byte[] Content)> files)
    {
        byte[] all = new byte[files.Sum(f => f.Content.Length)];
        int used = 0;
        foreach ((_, byte[] content) in files)
        {
            content.CopyTo(all, used);
            used += content.Length;
        }

        return all;
    }

    private static void Check(string file, byte[] content)
    {
        if (content.Length == 0 || content.Length % Record != 0)
        {
            throw new DataException(
                $"{file} is truncated or no CIFAR-10 file: {content.Length} bytes are not a whole number of records of {Record} bytes");
        }

        int wrong = WrongLabel(content);
        if (wrong >= 0)
        {
            throw new DataException(
                $"{file} is no CIFAR-10 file: record {wrong + 1} has the label {content[wrong * Record]}, and 0 to {Classes - 1} are allowed");
        }
    }

    private static int WrongLabel(byte[] content)
    {
        for (int i = 0; i < content.Length / Record; i++)
        {
            if (content[i * Record] >= Classes)
            {
                return i;
            }
        }

        return -1;
    }
}
