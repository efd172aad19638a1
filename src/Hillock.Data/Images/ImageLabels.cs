namespace Hillock.Data.Images;

/// <summary>Turns the label bytes of image files into classes.</summary>
internal static class ImageLabels
{
    /// <summary>The classes of images and the class of each.</summary>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="labels">A byte for each image.</param>
    /// <param name="names">The names of the labels 0, 1, 2...; null where they are known by number only.</param>
    /// <param name="classes">The classes of the training images, where these images are the test part; null for the ones that occur, by
    /// number.</param>
    /// <exception cref="DataException">There are fewer than two classes, or a test image has a label that no training image
    /// has.</exception>
    public static TargetValues Read(string file, byte[] labels, IReadOnlyList<string>? names, IReadOnlyList<string>? classes)
    {
        byte[] present = [.. labels.Distinct().Order()];
        if (classes is null && present.Length < 2)
        {
            throw new DataException($"{file}: every image has the label {present[0]}: there is nothing to learn");
        }

        string[] all = [.. classes ?? present.Select(label => NameOf(label, names))];
        int[] classOf = new int[byte.MaxValue + 1];
        foreach (byte label in present)
        {
            classOf[label] = Array.IndexOf(all, NameOf(label, names));
            if (classOf[label] < 0)
            {
                throw new DataException($"{file}: label {Array.IndexOf(labels, label) + 1} is {label}, which no training image has");
            }
        }

        return TargetValues.OfClasses(all, Array.ConvertAll(labels, label => classOf[label]));
    }

    private static string NameOf(byte label, IReadOnlyList<string>? names) =>
        names is not null && label < names.Count ? names[label] : $"{label}";
}
