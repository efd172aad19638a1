using System.Globalization;
using System.Runtime.InteropServices;

namespace Hillock.Data.Text;

/// <summary>A text cut into windows that follow each other; at every character of a window the one behind it is to be told.</summary>
internal sealed class NextCharacterSource : DataSource
{
    private const int DefaultContext = 128;
    private const int GreatestContext = 1 << 16;
    private const int TestParts = 10;

    private readonly int[] _characters;
    private readonly int _context;
    private readonly Lazy<string> _fingerprint;

    private NextCharacterSource(string name, int[] characters, int context, IReadOnlyList<string> warnings, NextCharacterSource? testPart)
        : base(name, TargetValues.NextCharacters((characters.Length - 1) / context), testPart, warnings)
    {
        _characters = characters;
        _context = context;
        _fingerprint = new(Hash);
        string test = testPart is null ? "" : $", and {Number(testPart._characters.Length)} for tests (the last tenth)";
        Description = $"{Number(characters.Length)} characters, {characters.Distinct().Count()} different, in windows of {Number(context)}, next character{test}";
    }

    /// <summary>The characters of a window.</summary>
    public override int Features => _context;

    public override string Description { get; }

    internal override string Kind => $"a text in windows of {_context} characters";

    public override string Fingerprint => _fingerprint.Value;

    /// <summary>Opens a text file. Its last tenth is the test part, unless that is shorter than a window.</summary>
    /// <param name="path">The file, for messages; its last part is the data's name.</param>
    /// <param name="content">What it holds.</param>
    /// <param name="context">The characters of a window; null for the usual number.</param>
    /// <exception cref="DataException">It is no text, or shorter than a window and a character.</exception>
    public static NextCharacterSource Open(string path, byte[] content, int? context)
    {
        int length = context ?? DefaultContext;
        if (length is < 1 or > GreatestContext)
        {
            throw new DataException($"{path}: a context of {length} characters is asked for, and 1 to {GreatestContext} are possible");
        }

        List<string> warnings = [];
        int[] characters = [.. TextFiles.TextOf(path, content, warnings).EnumerateRunes().Select(rune => rune.Value)];
        if (characters.Length <= length)
        {
            throw new DataException($"{path} has {Number(characters.Length)} characters, and a context of {length} needs at least {length + 1}: choose a shorter one");
        }

        string name = Path.GetFileName(path);
        int training = (int)((long)characters.Length * (TestParts - 1) / TestParts);
        return training <= length || characters.Length - training <= length
            ? new NextCharacterSource(name, characters, length, warnings, testPart: null)
            : new NextCharacterSource(
                name, characters[..training], length, warnings, new NextCharacterSource(name, characters[training..], length, [], testPart: null));
    }

    /// <summary>The characters of a window (Unicode scalar values), and the one behind it.</summary>
    public ReadOnlySpan<int> Window(int row) => _characters.AsSpan(row * _context, _context + 1);

    private protected override Preparation FitChecked(ReadOnlySpan<int> trainingRows)
    {
        Dictionary<int, int> counts = [];
        foreach (int row in trainingRows)
        {
            foreach (int character in Window(row)[1..])
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, character, out _)++;
            }
        }

        IEnumerable<int> known = counts.Where(count => count.Value >= TextPreparation.LeastCount).Select(count => count.Key).Order();
        return new NextCharacterPreparation([.. known.Select(char.ConvertFromUtf32)], _context);
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private string Hash()
    {
        using ContentHash hash = new("hillock.next-characters/1");
        hash.Add(_context);
        hash.Add(MemoryMarshal.AsBytes<int>(_characters));
        hash.Add(TestPart?.Fingerprint ?? "no test part");
        return hash.Finish();
    }
}
