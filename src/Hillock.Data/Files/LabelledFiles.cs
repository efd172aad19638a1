namespace Hillock.Data.Files;

/// <summary>A file that is a sample.</summary>
/// <param name="Path">Its path in the tree.</param>
/// <param name="Label">Its class.</param>
/// <param name="IsTest">Whether it belongs to the test part; null where the folders do not say.</param>
internal sealed record LabelledFile(string Path, string Label, bool? IsTest);

/// <summary>
/// Tells the classes of files by the folders in which they lie: <c>yes/1.wav</c>, also below <c>train</c> and <c>test</c>; files of one folder by
/// their names.
/// </summary>
internal static class LabelledFiles
{
    /// <summary>The files with their classes, in the given order.</summary>
    /// <param name="paths">Paths with slashes; at least one.</param>
    /// <param name="labelOfName">The class that the name of a file says, for files that lie in no folders of their classes; null where it says
    /// none.</param>
    /// <returns>The files, and whether folders named the classes; null where neither folders nor names do.</returns>
    public static (LabelledFile[] Files, bool ByFolder)? Of(IReadOnlyList<string> paths, Func<string, string?> labelOfName)
    {
        string[][] parts = WithoutCommonFolders([.. paths.Select(path => path.Split('/'))]);
        bool?[] isTest = Array.ConvertAll(parts, part => part.Length > 1 ? PartOf(part[0]) : null);
        bool hasParts = isTest.Contains(true) && isTest.Contains(false) && !isTest.Contains(null);
        if (hasParts)
        {
            parts = Array.ConvertAll(parts, part => part[1..]);
        }

        bool byFolder = Array.TrueForAll(parts, part => part.Length > 1);
        string?[] labels = Array.ConvertAll(parts, part => byFolder ? part[^2] : labelOfName(part[^1]));
        return labels.Contains(null)
            ? null
            : ([.. paths.Select((path, i) => new LabelledFile(path, labels[i]!, hasParts ? isTest[i] : null))], byFolder);
    }

    private static string[][] WithoutCommonFolders(string[][] parts)
    {
        int common = 0;
        while (Array.TrueForAll(parts, part => part.Length > common + 1 && part[common] == parts[0][common]))
        {
            common++;
        }

        return Array.ConvertAll(parts, part => part[common..]);
    }

    private static bool? PartOf(string folder) => folder.ToUpperInvariant() switch
    {
        "TRAIN" or "TRAINING" => false,
        "TEST" or "TESTING" => true,
        _ => null,
    };
}
