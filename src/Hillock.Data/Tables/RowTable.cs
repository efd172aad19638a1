namespace Hillock.Data.Tables;

/// <summary>Makes a table of numbers that a program holds.</summary>
internal static class RowTable
{
    private const string Name = "rows";

    public static DataSource Create(IReadOnlyList<string> columns, IReadOnlyList<double[]> rows, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        SameCount(rows, classes.Count, nameof(classes));
        for (int row = 0; row < classes.Count; row++)
        {
            if (string.IsNullOrEmpty(classes[row]))
            {
                throw new ArgumentException($"row {row} has no class", nameof(classes));
            }
        }

        string[] names = [.. classes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        int[] labels = [.. classes.Select(name => Array.BinarySearch(names, name, StringComparer.Ordinal))];
        return Create(columns, rows, TargetValues.OfClasses(names, labels), $"classification of {names.Length} classes");
    }

    public static DataSource Create(IReadOnlyList<string> columns, IReadOnlyList<double[]> rows, IReadOnlyList<double> targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        SameCount(rows, targets.Count, nameof(targets));
        for (int row = 0; row < targets.Count; row++)
        {
            if (!double.IsFinite(targets[row]))
            {
                throw new ArgumentException($"the target of row {row} is {targets[row]}; targets are finite numbers", nameof(targets));
            }
        }

        return Create(columns, rows, TargetValues.OfNumbers([.. targets]), "regression");
    }

    public static DataSource Create(IReadOnlyList<string> columns, IReadOnlyList<double[]> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Create(columns, rows, TargetValues.Unknown(rows.Count), "no targets");
    }

    private static TableSource Create(IReadOnlyList<string> columns, IReadOnlyList<double[]> rows, TargetValues target, string task)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentOutOfRangeException.ThrowIfZero(columns.Count, nameof(columns));
        ArgumentOutOfRangeException.ThrowIfZero(rows.Count, nameof(rows));
        Column[] inputs = [.. columns.Select((name, c) => Column.OfNumbers(c + 1, name, new double[rows.Count]))];
        for (int row = 0; row < rows.Count; row++)
        {
            double[] values = rows[row] ?? throw new ArgumentException($"row {row} is null", nameof(rows));
            if (values.Length != columns.Count)
            {
                throw new ArgumentException($"row {row} has {values.Length} values, and there are {columns.Count} columns", nameof(rows));
            }

            for (int c = 0; c < values.Length; c++)
            {
                if (double.IsInfinity(values[c]))
                {
                    throw new ArgumentException($"row {row}, {inputs[c].Label}: the value is {values[c]}; values are finite numbers, or NaN where they are missing", nameof(rows));
                }

                inputs[c].Numbers![row] = values[c];
                inputs[c].Texts[row] = TableNumber.ToText(values[c]);
                inputs[c].Codes[row] = double.IsNaN(values[c]) ? Column.Missing : row;
            }
        }

        string description = $"{rows.Count} rows of {columns.Count} numbers, {task}";
        return new TableSource(Name, inputs, target, description, warnings: []) { TargetColumn = new(columns.Count + 1, null) };
    }

    private static void SameCount(IReadOnlyList<double[]> rows, int count, string parameter)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count != count)
        {
            throw new ArgumentException($"there are {count} {parameter} for {rows.Count} rows", parameter);
        }
    }
}
