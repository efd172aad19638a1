namespace Hillock.Data.Text;

/// <summary>Texts of any lengths with a class or a number each.</summary>
internal sealed class TextSource : DataSource
{
    private readonly string[] _texts;
    private readonly TextUnit _unit;
    private readonly Lazy<TokenizedTexts> _tokens;
    private readonly Lazy<string> _description;
    private readonly Lazy<string> _fingerprint;

    /// <summary>Makes a source.</summary>
    /// <param name="name">The data's name.</param>
    /// <param name="texts">The texts; at least one.</param>
    /// <param name="unit">What a token is in a preparation for them.</param>
    /// <param name="target">What is to be learned.</param>
    /// <param name="targetFrom">Where that was found, in words.</param>
    /// <param name="warnings">What the user should know.</param>
    /// <param name="testPart">The texts held out, or null.</param>
    public TextSource(
        string name,
        string[] texts,
        TextUnit unit,
        TargetValues target,
        string targetFrom,
        IReadOnlyList<string> warnings,
        DataSource? testPart = null)
        : base(name, target, testPart, warnings)
    {
        _texts = texts;
        _unit = unit;
        _tokens = new(() => TokenizedTexts.Of(_texts, _unit));
        _description = new(() => Describe(targetFrom));
        _fingerprint = new(Hash);
    }

    /// <summary>The tokens of the longest text.</summary>
    public override int Features => Math.Max(1, _tokens.Value.Codes.Max(text => text.Length));

    public override string Description => _description.Value;

    internal override string Kind => "texts";

    public override string Fingerprint => _fingerprint.Value;

    /// <summary>The texts in tokens of some kind.</summary>
    public TokenizedTexts Tokenized(TextUnit unit) => unit == _unit ? _tokens.Value : TokenizedTexts.Of(_texts, unit);

    private protected override Preparation FitChecked(ReadOnlySpan<int> trainingRows)
    {
        TokenizedTexts tokens = _tokens.Value;
        int[] counts = new int[tokens.Different.Length];
        int[] lengths = new int[trainingRows.Length];
        for (int i = 0; i < trainingRows.Length; i++)
        {
            int[] text = tokens.Codes[trainingRows[i]];
            lengths[i] = text.Length;
            foreach (int code in text)
            {
                counts[code]++;
            }
        }

        // The tokens stand in ordinal order, and the sort by frequency is stable: ties go to the ordinal first.
        IEnumerable<int> known = Enumerable.Range(0, counts.Length).Where(code => counts[code] >= TextPreparation.LeastCount)
            .OrderByDescending(code => counts[code]).Take(TextPreparation.MostTokens);
        (double targetMean, double targetScale) = FitTarget(trainingRows);
        return new TextPreparation(
            _unit,
            [.. known.Select(code => tokens.Different[code])],
            Math.Min(TextPreparation.MostLength, UsualLength.Of(lengths)),
            Classes,
            targetMean,
            targetScale);
    }

    /// <summary>Texts of which nobody says what they are.</summary>
    /// <param name="name">The data's name.</param>
    /// <param name="texts">The texts; at least one.</param>
    /// <param name="unit">What a token is in the preparation for them.</param>
    /// <param name="warnings">What the user should know.</param>
    /// <param name="files">The file of each text; empty where they have none of their own.</param>
    /// <param name="lines">The line of each text in their one file; empty where they have files of their own.</param>
    public static TextSource Unlabelled(
        string name, string[] texts, TextUnit unit, IReadOnlyList<string> warnings, IReadOnlyList<string> files, IReadOnlyList<int> lines) =>
        new(name, texts, unit, TargetValues.Unknown(texts.Length), targetFrom: "unknown", warnings) { SampleNames = files, SampleLines = lines };

    private string Describe(string targetFrom)
    {
        TokenizedTexts tokens = _tokens.Value;
        string task = Task == TaskKind.Classification ? $"classification of {Classes.Count} classes" : "regression";
        string test = TestPart is null ? "" : $", and {TestPart.Count} test texts";
        string unit = _unit == TextUnit.Words ? "words and signs" : "characters";
        return $"{Count} texts of {tokens.Codes.Min(text => text.Length)} to {Features} {unit}, {tokens.Different.Length} different, "
            + $"{task} ({targetFrom}){test}";
    }

    private string Hash()
    {
        using ContentHash hash = new("hillock.texts/1");
        hash.Add(Count);
        hash.Add($"{_unit}");
        foreach (string text in _texts)
        {
            hash.Add(text);
        }

        hash.Add(Target);
        hash.Add(TestPart?.Fingerprint ?? "no test part");
        return hash.Finish();
    }
}
