namespace Hillock.Data.Tables;

/// <summary>A table: numeric and categorical columns, and the target column taken out.</summary>
internal sealed class TableSource : DataSource
{
    private readonly Lazy<string> _fingerprint;

    public TableSource(
        string name,
        IReadOnlyList<Column> columns,
        TargetValues target,
        string description,
        IReadOnlyList<string> warnings,
        DataSource? testPart = null)
        : base(name, target, testPart, warnings)
    {
        Columns = columns;
        Description = description;
        _fingerprint = new(Hash);
    }

    /// <summary>The input columns, those that are left out among them: other files have the same columns, and there they may look useful.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>Which column of the file was the target.</summary>
    public required TargetColumn TargetColumn { get; init; }

    /// <summary>The texts that mean a missing value besides the usual ones.</summary>
    public IReadOnlyList<string> MissingTokens { get; init; } = [];

    public override int Features => Columns.Count(column => !column.IsLeftOut);

    public override string Description { get; }

    public override string Fingerprint => _fingerprint.Value;

    internal override string Kind => $"a table with {InputColumns(Columns.Count)}";

    /// <summary>How many columns, in words.</summary>
    public static string InputColumns(int count) => $"{count} input {(count == 1 ? "column" : "columns")}";

    private protected override Preparation FitChecked(ReadOnlySpan<int> trainingRows)
    {
        List<ColumnPreparation> columns = [];
        foreach (Column column in Columns)
        {
            columns.Add(
                column.IsLeftOut ? new LeftOutPreparation(column.Number, column.Name)
                : column.Numbers is null ? FitCategorical(column, trainingRows)
                : FitNumeric(column, column.Numbers, trainingRows));
        }

        (double targetMean, double targetScale) = FitTarget(trainingRows);
        return new TablePreparation(columns, TargetColumn, Classes, targetMean, targetScale, MissingTokens);
    }

    private static NumericPreparation FitNumeric(Column column, double[] numbers, ReadOnlySpan<int> rows)
    {
        double[] present = new double[rows.Length];
        int count = 0;
        foreach (int row in rows)
        {
            if (column.Codes[row] != Column.Missing)
            {
                present[count++] = numbers[column.Codes[row]];
            }
        }

        (double mean, double deviation) = Statistics.Of(present.AsSpan(0, count));
        return new NumericPreparation(column.Number, column.Name, mean, deviation, MarksMissing: count < rows.Length);
    }

    private static CategoricalPreparation FitCategorical(Column column, ReadOnlySpan<int> rows)
    {
        int[] codes = new int[rows.Length];
        for (int i = 0; i < codes.Length; i++)
        {
            codes[i] = column.Codes[rows[i]];
        }

        // Codes stand in ordinal order, and the sort by frequency is stable: ties go to the ordinal first.
        int[] counts = Column.Counts(codes, column.Texts.Length);
        IEnumerable<int> seen = Enumerable.Range(0, counts.Length).Where(code => counts[code] > 0)
            .OrderByDescending(code => counts[code]).Take(CategoricalPreparation.MostCategories).Order();
        return new CategoricalPreparation(column.Number, column.Name, [.. seen.Select(code => column.Texts[code])], codes.Contains(Column.Missing));
    }

    private string Hash()
    {
        using ContentHash hash = new("hillock.table/2");
        hash.Add(Count);
        foreach (Column column in Columns)
        {
            if (column.IsLeftOut)
            {
                hash.Add("left out");
                continue;
            }

            hash.Add(column.Numbers is null ? "categorical" : "numeric");
            foreach (int code in column.Codes)
            {
                // A missing value is told from any text or number by coming without either.
                hash.Add(code == Column.Missing ? 0 : 1);
                if (code == Column.Missing)
                {
                    continue;
                }

                if (column.Numbers is double[] numbers)
                {
                    hash.Add(numbers[code]);
                }
                else
                {
                    hash.Add(column.Texts[code]);
                }
            }
        }

        hash.Add(Target);
        hash.Add(TestPart?.Fingerprint ?? "no test part");
        return hash.Finish();
    }
}
