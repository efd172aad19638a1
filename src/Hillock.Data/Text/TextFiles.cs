using System.Text;
using System.Text.Unicode;
using Hillock.Data.Files;
using Hillock.Data.Tables;

namespace Hillock.Data.Text;

/// <summary>
/// Opens the texts of a folder or archive: a file for each text in folders of its class (<c>pos/1.txt</c>, also below <c>train</c> and <c>test</c>), or
/// a file for each class with a text in every line (<c>rt-polarity.pos</c> and <c>rt-polarity.neg</c>, <c>pos.txt</c> and <c>neg.txt</c>).
/// </summary>
internal static class TextFiles
{
    private static readonly string[] NoTexts = [".csv", ".tsv", ".data", ".names", ".json", ".md", ".gz", ".bin"];

    /// <summary>Opens the texts of a tree.</summary>
    /// <param name="tree">The files.</param>
    /// <param name="where">What holds them, for messages.</param>
    /// <param name="name">The data's name.</param>
    /// <param name="unit">What a token is.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    /// <returns>The texts; null where the tree has none in one of these orders.</returns>
    /// <exception cref="DataException">A file is no text, or there is only one class.</exception>
    public static TextSource? Open(FileTree tree, string where, string name, TextUnit unit, CancellationToken cancellationToken)
    {
        List<string> warnings = [];
        string[] texts = [.. tree.Paths.Where(path => path.EndsWith(".txt", StringComparison.OrdinalIgnoreCase) && path.Contains('/', StringComparison.Ordinal))];
        if (texts.Length > 0 && LabelledFiles.Of(texts, _ => null) is var (files, _))
        {
            return FromFiles(files, file => [string.Join('\n', Lines(file.Path))], "by folder");
        }

        LabelledFile[] classes = ClassFiles(tree.Paths);
        return classes.Length < 2 ? null : FromFiles(classes, file => [.. Lines(file.Path).Where(line => !string.IsNullOrWhiteSpace(line))], "by file");

        TextSource FromFiles(LabelledFile[] files, Func<LabelledFile, string[]> read, string from)
        {
            (string[] training, string[] labels) = Part(files.Where(file => file.IsTest != true), read);
            (string[] test, string[] testLabels) = Part(files.Where(file => file.IsTest == true), read);
            if (training.Length == 0)
            {
                throw new DataException($"{where}: its files hold no text");
            }

            TargetValues target = NamedClasses.Training(where, labels);
            TextSource? testPart = test.Length == 0
                ? null
                : new TextSource(name, test, unit, NamedClasses.Of(where, testLabels, target.Classes), from, warnings: []);
            return new TextSource(name, training, unit, target, from, warnings, testPart);
        }

        string[] Lines(string path)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return LinesOf(tree.Shown(path), tree.Read(path), warnings);
        }
    }

    /// <summary>Opens the texts of a tree, one in each file, without looking for classes.</summary>
    /// <returns>The texts; null where there are none.</returns>
    public static TextSource? OpenUnlabelled(FileTree tree, string name, TextUnit unit, CancellationToken cancellationToken)
    {
        List<string> warnings = [];
        string[] paths = [.. tree.Paths.Where(path => path.EndsWith(".txt", StringComparison.OrdinalIgnoreCase))];
        string[] texts = Array.ConvertAll(paths, path =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return string.Join('\n', LinesOf(tree.Shown(path), tree.Read(path), warnings));
        });
        return texts.Length == 0 ? null : TextSource.Unlabelled(name, texts, unit, warnings, paths, lines: []);
    }

    /// <summary>Opens a file that has a text in every line, without looking for classes.</summary>
    /// <exception cref="DataException">It has none.</exception>
    public static TextSource OpenLines(string path, byte[] content, TextUnit unit)
    {
        List<string> warnings = [];
        string[] all = LinesOf(path, content, warnings);
        int[] lines = [.. Enumerable.Range(0, all.Length).Where(line => !string.IsNullOrWhiteSpace(all[line]))];
        return lines.Length == 0
            ? throw new DataException($"{path} holds no text")
            : TextSource.Unlabelled(Path.GetFileName(path), Array.ConvertAll(lines, line => all[line]), unit, warnings, files: [], Array.ConvertAll(lines, line => line + 1));
    }

    /// <summary>The lines of a text file, which should be UTF-8.</summary>
    /// <exception cref="DataException">It is no text.</exception>
    public static string[] LinesOf(string file, byte[] content, List<string> warnings)
    {
        string text = TextOf(file, content, warnings);
        return (text.EndsWith('\n') ? text[..^1] : text).Split('\n');
    }

    /// <summary>The text of a file, which should be UTF-8, with <c>\n</c> at the ends of lines.</summary>
    /// <exception cref="DataException">It is no text.</exception>
    public static string TextOf(string file, byte[] content, List<string> warnings)
    {
        byte[] utf8 = TextContent.ToUtf8(content) ?? throw new DataException($"{file} is no text: it has control characters");
        if (!Utf8.IsValid(content))
        {
            warnings.Add($"{file} is not UTF-8, and is read as {(content is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] ? "UTF-16" : "Latin-1")}");
        }

        return Encoding.UTF8.GetString(utf8).TrimStart('\uFEFF').ReplaceLineEndings("\n");
    }

    private static (string[] Texts, string[] Labels) Part(IEnumerable<LabelledFile> files, Func<LabelledFile, string[]> read)
    {
        (string Text, string Label)[] samples = [.. files.SelectMany(file => read(file).Select(text => (text, file.Label)))];
        return (Array.ConvertAll(samples, sample => sample.Text), Array.ConvertAll(samples, sample => sample.Label));
    }

    /// <summary>Files of one folder that are a class each: all of the same name with other endings, or .txt files.</summary>
    private static LabelledFile[] ClassFiles(IReadOnlyList<string> paths)
    {
        string[] endings = [.. paths.Select(path => Path.GetExtension(path).ToLowerInvariant())];
        bool sameFolder = paths.Select(Path.GetDirectoryName).Distinct().Count() == 1;
        bool differ = endings.All(ending => ending.Length > 1 && !NoTexts.Contains(ending)) && endings.Distinct().Count() == endings.Length
            && paths.Select(Path.GetFileNameWithoutExtension).Distinct().Count() == 1;
        return !sameFolder ? []
            : differ ? [.. paths.Select(path => new LabelledFile(path, Path.GetExtension(path)[1..], IsTest: null))]
            : endings.All(ending => ending == ".txt") ? [.. paths.Select(path => new LabelledFile(path, Path.GetFileNameWithoutExtension(path), IsTest: null))]
            : [];
    }
}
