using System.Globalization;
using Hillock.Data.Files;

namespace Hillock.Data.Sound;

/// <summary>
/// Opens the WAV files of a folder or archive. The class is the folder's name, or what stands before the first underscore of the file's
/// (<c>7_jackson_32.wav</c>). Held out for tests are the files of a folder <c>test</c>; else the takes 0 to 4 where all names end in a take's number, as
/// the Free Spoken Digit Dataset publishes; else the last tenth of every class by name.
/// </summary>
internal static class RecordingFiles
{
    private const int TestTakes = 5;
    private const int TrainingPerTest = 9;
    private const int GreatestBands = 256;

    /// <summary>Whether a path names a WAV file.</summary>
    public static bool Is(string path) => path.EndsWith(".wav", StringComparison.OrdinalIgnoreCase);

    /// <summary>Opens the sounds of a tree.</summary>
    /// <param name="tree">The files.</param>
    /// <param name="where">What holds them, for messages.</param>
    /// <param name="name">The data's name.</param>
    /// <param name="bands">The number of mel bands.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    /// <exception cref="DataException">A file is damaged, or the classes cannot be told.</exception>
    public static RecordingSource Open(FileTree tree, string where, string name, int bands, CancellationToken cancellationToken)
    {
        if (bands is < 1 or > GreatestBands)
        {
            throw new DataException($"{where}: {bands} mel bands are asked for, and 1 to {GreatestBands} are possible");
        }

        string[] paths = [.. tree.Paths.Where(Is)];
        if (LabelledFiles.Of(paths, LabelOf) is not var (files, byFolder))
        {
            throw new DataException(
                $"{where}: the class of {paths.First(path => LabelOf(Path.GetFileName(path)) is null)} cannot be told: "
                + "put the files of each class into a folder of its name, or begin the files' names with it and an underscore (7_jackson_32.wav)");
        }

        (bool[] isTest, string heldOut) = HeldOut(files);
        LabelledFile[] training = [.. files.Where((_, i) => !isTest[i])];
        LabelledFile[] test = [.. files.Where((_, i) => isTest[i])];
        TargetValues target = NamedClasses.Training(where, Labels(training));
        string classesBy = byFolder ? "by folder" : "by file name";
        RecordingSource? testPart = test.Length == 0
            ? null
            : new RecordingSource(name, Read(test), bands, NamedClasses.Of(where, Labels(test), target.Classes), classesBy);
        return new RecordingSource(name, Read(training), bands, target, classesBy, testPart, heldOut);

        Recording[] Read(LabelledFile[] part) => Array.ConvertAll(part, file =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return WavFile.Read(tree.Shown(file.Path), tree.Read(file.Path));
        });

        static string[] Labels(LabelledFile[] part) => Array.ConvertAll(part, file => file.Label);
    }

    /// <summary>Opens the sounds of a tree without looking for classes.</summary>
    public static RecordingSource OpenUnlabelled(FileTree tree, string name, int bands, CancellationToken cancellationToken) =>
        RecordingSource.Unlabelled(
            name,
            [
                .. tree.Paths.Where(Is).Select(path =>
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    return (path, WavFile.Read(tree.Shown(path), tree.Read(path)));
                }),
            ],
            bands);

    private static (bool[] IsTest, string Which) HeldOut(LabelledFile[] files)
    {
        if (Array.Exists(files, file => file.IsTest is not null))
        {
            return (Array.ConvertAll(files, file => file.IsTest == true), "the folder test");
        }

        int?[] takes = Array.ConvertAll(files, file => TakeOf(file.Path));
        if (Array.TrueForAll(takes, take => take is not null) && takes.Any(take => take < TestTakes) && takes.Any(take => take >= TestTakes))
        {
            return (Array.ConvertAll(takes, take => take < TestTakes), $"takes 0 to {TestTakes - 1}");
        }

        bool[] last = new bool[files.Length];
        foreach (IGrouping<string, int> ofClass in Enumerable.Range(0, files.Length).GroupBy(i => files[i].Label))
        {
            int[] rows = [.. ofClass];
            foreach (int row in rows.AsSpan(rows.Length - (rows.Length / (TrainingPerTest + 1))))
            {
                last[row] = true;
            }
        }

        return (last, "the last tenth of every class by name");
    }

    private static string? LabelOf(string fileName) => fileName.IndexOf('_', StringComparison.Ordinal) is > 0 and int end ? fileName[..end] : null;

    /// <summary>The number of the take, with which the name ends after a speaker: <c>7_jackson_32.wav</c>.</summary>
    private static int? TakeOf(string path)
    {
        string[] parts = Path.GetFileNameWithoutExtension(path).Split('_');
        return parts.Length == 3 && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out int take) ? take : null;
    }
}
