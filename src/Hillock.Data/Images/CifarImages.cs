namespace Hillock.Data.Images;

/// <summary>
/// The binary records of CIFAR-10: a label, then 32×32 pixels of red, green and blue, one colour after the other. Networks want the colours of a
/// pixel beside each other, and so they stand once read.
/// </summary>
internal static class CifarImages
{
    private const int Size = 32;
    private const int Plane = Size * Size;
    private const int Colours = 3;
    private const int Classes = 10;

    /// <summary>The bytes of an image and its label.</summary>
    public const int Record = 1 + (Colours * Plane);

    /// <summary>Height, width and colours.</summary>
    public static IReadOnlyList<int> Extents { get; } = [Size, Size, Colours];

    /// <summary>The labels that there are.</summary>
    public static int Labels => Classes;

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

        int count = files.Sum(file => file.Content.Length / Record);
        byte[] labels = new byte[count];
        byte[] pixels = new byte[count * Colours * Plane];
        int image = 0;
        foreach ((_, byte[] content) in files)
        {
            for (int start = 0; start < content.Length; start += Record, image++)
            {
                labels[image] = content[start];
                Interleave(content.AsSpan(start + 1, Colours * Plane), pixels.AsSpan(image * Colours * Plane, Colours * Plane));
            }
        }

        TargetValues target = ImageLabels.Read(files[0].File, labels, names, classes);
        return new ImageSource(name, new PixelBlock(pixels, 0, Colours * Plane, Extents), target, test?.Invoke(target.Classes));
    }

    /// <summary>Where each number of an image, the colours of a pixel beside each other, stands in a record behind the label.</summary>
    public static int[] PlacesOfPixels() => [.. Enumerable.Range(0, Colours * Plane).Select(p => (p % Colours * Plane) + (p / Colours))];

    private static void Interleave(ReadOnlySpan<byte> planes, Span<byte> pixels)
    {
        for (int pixel = 0; pixel < Plane; pixel++)
        {
            for (int colour = 0; colour < Colours; colour++)
            {
                pixels[(pixel * Colours) + colour] = planes[(colour * Plane) + pixel];
            }
        }
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
