namespace Hillock.Data.Tables;

/// <summary>Tells classification from regression, and reads the targets of a table.</summary>
internal static class TableTarget
{
    /// <summary>A target of at most this many distinct whole numbers is taken for classes.</summary>
    public const int MostNumberedClasses = 20;

    /// <summary>The targets of a column without missing values.</summary>
    /// <param name="column">The target column.</param>
    /// <param name="task">What the user wants it taken for; null to tell by the values.</param>
    /// <param name="places">The lines of the rows.</param>
    /// <exception cref="DataException">The column does not suit the task, or is the same everywhere.</exception>
    public static TargetValues Read(Column column, TaskKind? task, TablePlaces places)
    {
        int[] counts = column.Counts();
        int[] used = [.. Enumerable.Range(0, counts.Length).Where(code => counts[code] > 0)];
        string label = $"{places.File}: the target, {column.Label},";
        if (used.Length < 2 || (column.Numbers is double[] numbers && used.All(code => numbers[code] == numbers[used[0]])))
        {
            throw new DataException($"{label} has the value '{OneLine.Value(column.Texts[column.Codes[0]])}' in every row: there is nothing to learn");
        }

        TargetValues target = (task ?? Detect(column, used)) == TaskKind.Regression ? Numbers(column, places) : Classes(column, used);
        if (target.Task == TaskKind.Classification && target.Classes.Count == target.Count)
        {
            string advice = column.Numbers is null ? "" : "say --task regression, or ";
            throw new DataException($"{label} has a class of its own in every row; {advice}name the target with --target");
        }

        return target;
    }

    /// <summary>The targets of a column without missing values, for a model that was trained before: they may be few and all the same.</summary>
    public static TargetValues ReadKnown(Column column, TaskKind task, TablePlaces places)
    {
        int[] counts = column.Counts();
        return task == TaskKind.Regression ? Numbers(column, places) : Classes(column, [.. Enumerable.Range(0, counts.Length).Where(code => counts[code] > 0)]);
    }

    /// <summary>Tells the task by the first values.</summary>
    public static TaskKind Detect(Column column)
    {
        int[] counts = column.Counts();
        return Detect(column, [.. Enumerable.Range(0, counts.Length).Where(code => counts[code] > 0)]);
    }

    /// <summary>Says that rows are left out whose target is missing.</summary>
    /// <param name="place">The first of them.</param>
    /// <param name="target">The target column.</param>
    /// <param name="missing">How many they are; at least 1.</param>
    /// <param name="rows">How many rows there are.</param>
    public static string MissingWarning(string place, string target, long missing, long rows) => missing == 1
        ? $"{place}: the target, {target}, is missing here; the row is left out"
        : $"{place}: the target, {target}, is missing here and in {missing - 1} more of {rows} rows; they are left out";

    private static TaskKind Detect(Column column, int[] used)
    {
        if (column.Numbers is not double[] numbers)
        {
            return TaskKind.Classification;
        }

        double[] values = [.. used.Select(code => numbers[code]).Distinct()];
        bool numbered = values.Length <= MostNumberedClasses && values.All(value => value == Math.Floor(value));
        return numbered ? TaskKind.Classification : TaskKind.Regression;
    }

    private static TargetValues Numbers(Column column, TablePlaces places)
    {
        if (column.Numbers is not double[] numbers)
        {
            int row = Array.FindIndex(column.Codes, code => !TableNumber.TryParse(column.Texts[code], places.AllowsDecimalComma, out _));
            string text = column.Texts[column.Codes[row]];
            throw new DataException(
                $"{places.Line(row)}, {column.Label}: a regression needs numbers, and '{OneLine.Value(text)}' {TableNumber.Complaint(text)}");
        }

        return TargetValues.OfNumbers(Array.ConvertAll(column.Codes, code => numbers[code]));
    }

    private static TargetValues Classes(Column column, int[] used)
    {
        // Different texts may be the same number (1 and 1.0), so numbered classes go by value.
        int[] classOf = new int[column.Texts.Length];
        string[] classes;
        if (column.Numbers is double[] numbers)
        {
            double[] values = [.. used.Select(code => numbers[code] + 0.0).Distinct().Order()];
            classes = Array.ConvertAll(values, TableNumber.ToText);
            Array.ForEach(used, code => classOf[code] = Array.BinarySearch(values, numbers[code]));
        }
        else
        {
            classes = Array.ConvertAll(used, code => column.Texts[code]);
            Array.ForEach(used, code => classOf[code] = Array.IndexOf(used, code));
        }

        return TargetValues.OfClasses(classes, Array.ConvertAll(column.Codes, code => classOf[code]));
    }
}
