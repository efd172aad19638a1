using System.Globalization;
using Hillock.Data.Text;

namespace Hillock.Data.Tables;

/// <summary>Opens a delimited text file as a data source.</summary>
internal static class TableFile
{
    /// <summary>So few days may be categories.</summary>
    private const int FewDates = 12;

    /// <summary>Fewer rows are in order by chance.</summary>
    private const int LeastCounted = 20;

    /// <summary>
    /// Reads a table; says in its description what was detected. A table of one column of sentences beside the target is texts; of two columns, the
    /// one that is no sentences is the target unless another is named.
    /// </summary>
    /// <param name="path">The file, for messages; its last part is the data's name.</param>
    /// <param name="utf8">Its content.</param>
    /// <param name="options">Target, task, columns to leave out, header and missing values.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    /// <exception cref="DataException">The file is no table that one can learn from.</exception>
    public static DataSource Open(string path, byte[] utf8, DataOptions options, CancellationToken cancellationToken)
    {
        List<string> warnings = [];
        (Column[] columns, int targetIndex, TablePlaces places) = TableReader.Read(path, utf8, options, warnings, cancellationToken);
        WarnOfDoubtfulSeparators(columns, places, warnings);
        if (options.Prepared is TablePreparation prepared)
        {
            return OpenPrepared(columns, targetIndex, places, prepared, options.WithoutTarget, warnings);
        }

        if (options.Target is null && columns.Length == 2 && IsProse(columns[1]) && !IsProse(columns[0]))
        {
            targetIndex = 0;
        }

        (columns, places) = WithoutMissingTargets(columns, columns[targetIndex], places, warnings);
        Column target = columns[targetIndex];
        TargetValues values = TableTarget.Read(target, options.Task, places);
        if (columns.Where(column => column != target && !column.IsLeftOut).ToArray() is [Column only] && IsProse(only))
        {
            string[] texts = Array.ConvertAll(only.Codes, code => code == Column.Missing ? "" : only.Texts[code]);
            string from = $"target {target.Label}, text {only.Label}";
            return new TextSource(Path.GetFileName(path), texts, options.TextUnit ?? TextUnit.Words, values, from, warnings) { SampleLines = places.Lines };
        }

        Column[] inputs = [.. columns.Where(column => column != target).Select(column => Judge(column, values.Count, path, warnings))];
        if (inputs.All(column => column.IsLeftOut))
        {
            throw new DataException($"{path}: no column is left to learn from{string.Concat(warnings.Select(warning => $"; {warning}"))}");
        }

        return new TableSource(Path.GetFileName(path), inputs, values, Describe(inputs, target, values.Count, values.Classes.Count, places), warnings)
        {
            TargetColumn = new(target.Number, target.Name),
            MissingTokens = options.MissingTokens,
            SampleLines = places.Lines,
        };
    }

    /// <summary>
    /// Tells by the first rows of a table what its columns are. A target that is the same in all of them is none that nothing can be learned of: rows may be in
    /// an order.
    /// </summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="utf8">The first rows.</param>
    /// <param name="options">Target, task, columns to leave out, header and missing values.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    /// <exception cref="DataException">The rows are none of a table that one can learn from.</exception>
    public static TableHead Begin(string path, byte[] utf8, DataOptions options, CancellationToken cancellationToken)
    {
        List<string> warnings = [];
        (Column[] columns, int targetIndex, TablePlaces places) = TableReader.Read(path, utf8, options, warnings, cancellationToken);
        WarnOfDoubtfulSeparators(columns, places, warnings);
        Column target = columns[targetIndex];
        Column[] inputs = [.. columns.Where(column => column != target).Select(column => Judge(column, column.Codes.Length, path, warnings))];
        if (inputs.Where(column => !column.IsLeftOut).ToArray() is [Column only] && IsProse(only))
        {
            throw new DataException($"{path} holds texts, which cannot be streamed: tables of numbers and categories can");
        }

        return inputs.All(column => column.IsLeftOut)
            ? throw new DataException($"{path}: no column is left to learn from{string.Concat(warnings.Select(warning => $"; {warning}"))}")
            : new TableHead(inputs, target, options.Task ?? TableTarget.Detect(target), places, warnings);
    }

    /// <summary>The table that a model is to judge: its columns are the model's, whatever they hold.</summary>
    private static TableSource OpenPrepared(
        Column[] columns, int targetIndex, TablePlaces places, TablePreparation prepared, bool withoutTarget, List<string> warnings)
    {
        if (targetIndex < 0 && !withoutTarget)
        {
            throw new DataException($"{places.File} has no column for the target, {prepared.Target.Label}: there is nothing to judge predictions by");
        }

        if (!withoutTarget)
        {
            (columns, places) = WithoutMissingTargets(columns, columns[targetIndex], places, warnings);
        }

        Column[] inputs = [.. columns.Where((_, index) => index != targetIndex)];
        TargetValues values = withoutTarget
            ? TargetValues.Unknown(places.Lines.Count)
            : TableTarget.ReadKnown(columns[targetIndex], prepared.Classes.Count > 0 ? TaskKind.Classification : TaskKind.Regression, places);
        return new TableSource(Path.GetFileName(places.File), inputs, values, $"{values.Count} {(values.Count == 1 ? "sample" : "samples")}", warnings)
        {
            TargetColumn = prepared.Target,
            MissingTokens = prepared.MissingTokens,
            SampleLines = places.Lines,
        };
    }

    /// <summary>
    /// Says how 1,234 was read where no other number of the file, as 91,5, shows that the comma is a decimal one; and 1.234 where the comma
    /// is.
    /// </summary>
    private static void WarnOfDoubtfulSeparators(Column[] columns, TablePlaces places, List<string> warnings)
    {
        Column[] commas = [.. columns.Where(column => column.HasDecimal(','))];
        char separator = Array.TrueForAll(commas, column => column.MayHaveThousands(',')) ? ',' : '.';
        Column[] doubtful = commas.Length == 0 ? [] : [.. columns.Where(column => column.MayHaveThousands(separator))];
        if (doubtful.Length > 0)
        {
            int row = Array.FindIndex(
                doubtful[0].Codes, code => code != Column.Missing && doubtful[0].Texts[code].Contains(separator, StringComparison.Ordinal));
            int code = doubtful[0].Codes[row];
            string more = doubtful.Length == 1 ? "" : $", and so are those of {doubtful.Length - 1} more columns";
            warnings.Add(
                $"{places.Line(row)}, {doubtful[0].Label}: '{doubtful[0].Texts[code]}' is read as {TableNumber.ToText(doubtful[0].Numbers![code])}{more}; "
                + "leave thousands separators out if this is one");
        }
    }

    private static bool IsProse(Column column) =>
        column.Numbers is null && !column.IsLeftOut
        && LabelledLines.AreProse(Array.ConvertAll(column.Codes, code => code == Column.Missing ? "" : column.Texts[code]));

    private static (Column[] Columns, TablePlaces Places) WithoutMissingTargets(
        Column[] columns, Column target, TablePlaces places, List<string> warnings)
    {
        int[] kept = [.. Enumerable.Range(0, target.Codes.Length).Where(row => target.Codes[row] != Column.Missing)];
        if (kept.Length == 0)
        {
            throw new DataException($"{places.File}: the target, {target.Label}, has no values; name another with --target");
        }

        int dropped = target.Codes.Length - kept.Length;
        if (dropped == 0)
        {
            return (columns, places);
        }

        int first = Array.IndexOf(target.Codes, Column.Missing);
        warnings.Add(TableTarget.MissingWarning(places.Line(first), target.Label, dropped, target.Codes.Length));
        return ([.. columns.Select(column => column.Take(kept))], places with { Lines = Array.ConvertAll(kept, row => places.Lines[row]) });
    }

    private static Column Judge(Column column, int rows, string path, List<string> warnings)
    {
        if (column.IsLeftOut)
        {
            return column;
        }

        int distinct = column.Counts().Count(count => count > 0);
        if (distinct == 0)
        {
            warnings.Add($"{path}: {column.Label} has no values and is left out");
            return column.LeaveOut();
        }

        if (column.Numbers is null && distinct == rows)
        {
            warnings.Add(
                $"{path}: {column.Label} has another text in every row, as an id has, and is left out: nothing can be learned from it "
                + $"(--leave-out {column.Number} leaves it out without this warning)");
            return column.LeaveOut();
        }

        if (column.Numbers is null && distinct > FewDates && Array.TrueForAll(column.Texts, IsDate))
        {
            warnings.Add(
                $"{path}: {column.Label} has dates, {distinct} of them, each taken for a category by which nothing can be told of other days; "
                + $"write what matters of it (the month, the weekday) as numbers, or leave it out with --leave-out {column.Number}");
        }
        else if (column.Numbers is { } numbers && rows >= LeastCounted && CountsRows(column, numbers))
        {
            warnings.Add($"{path}: {column.Label} counts the rows, as an id does, and is learned from; --leave-out {column.Number} leaves it out");
        }
        else if (column.Numbers is null && distinct > CategoricalPreparation.MostCategories)
        {
            warnings.Add(
                $"{path}: {column.Label} has {distinct} categories; "
                + $"the {CategoricalPreparation.MostCategories} most frequent of the training rows are told apart; "
                + $"--leave-out {column.Number} leaves the column out");
        }

        return column;
    }

    private static bool IsDate(string text) =>
        text.AsSpan().IndexOfAnyInRange('0', '9') >= 0 && text.Length >= 8
        && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    /// <summary>Whether each value is the whole number after the one before.</summary>
    private static bool CountsRows(Column column, double[] numbers)
    {
        for (int row = 0; row < column.Codes.Length; row++)
        {
            int code = column.Codes[row];
            bool next = code != Column.Missing && numbers[code] == Math.Floor(numbers[code])
                && (row == 0 || numbers[code] == numbers[column.Codes[row - 1]] + 1);
            if (!next)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What was detected, in one line.</summary>
    public static string Describe(IReadOnlyList<Column> inputs, Column target, long count, int classes, TablePlaces places)
    {
        string by = places.Delimiter switch { ',' => "comma", ';' => "semicolon", '\t' => "tab", _ => $"'{places.Delimiter}'" };
        string decimals = inputs.Append(target).Any(column => !column.IsLeftOut && column.HasDecimal(',')) ? ", decimal commas" : "";
        int leftOut = inputs.Count(column => column.IsLeftOut);
        string others = leftOut == 0 ? "" : $", {leftOut} left out";
        string task = classes > 0 ? $"classification of {classes} classes" : "regression";
        int numeric = inputs.Count(column => !column.IsLeftOut && column.Numbers is not null);
        int categorical = inputs.Count(column => !column.IsLeftOut && column.Numbers is null);
        string kinds = numeric == 0 ? $"{Columns(categorical, "categorical")}"
            : categorical == 0 ? $"{Columns(numeric, "numeric")}"
            : $"{numeric} numeric and {Columns(categorical, "categorical")}";
        string header = places.HasHeader ? "with a header" : "no header";
        return $"{count} samples, {kinds}{others}, target {target.Label}: {task} ({by}-separated, {header}{decimals})";
    }

    private static string Columns(int count, string kind) => $"{count} {kind} column{(count == 1 ? "" : "s")}";
}

/// <summary>What the first rows of a table tell.</summary>
/// <param name="Inputs">The columns but for the target.</param>
/// <param name="Target">The target column.</param>
/// <param name="Task">What is to be learned.</param>
/// <param name="Places">How the table is written.</param>
/// <param name="Warnings">What the user should know.</param>
internal sealed record TableHead(IReadOnlyList<Column> Inputs, Column Target, TaskKind Task, TablePlaces Places, IReadOnlyList<string> Warnings)
{
    /// <summary>What was detected, in one line.</summary>
    public string Describe(long count, int classes) => $"{TableFile.Describe(Inputs, Target, count, classes, Places)}, streamed";
}
