using System.Globalization;

namespace Hillock.Data.Tables;

/// <summary>Finds the target column of a table, tells classification from regression, and reads the targets.</summary>
internal static class TableTarget
{
    // A target of at most this many distinct whole numbers is taken for classes.
    private const int MostNumberedClasses = 20;

    /// <summary>
    /// The index of the target column: by name as written, by name in any case, by number from 1 or from the end; the last by
    /// default.
    /// </summary>
    /// <exception cref="DataException">There is no such column, or more than one.</exception>
    public static int Find(string file, Column[] columns, string? target)
    {
        if (target is null)
        {
            return columns.Length - 1;
        }

        foreach (StringComparison comparison in new[] { StringComparison.Ordinal, StringComparison.OrdinalIgnoreCase })
        {
            int first = Array.FindIndex(columns, c => string.Equals(c.Name, target, comparison));
            int last = Array.FindLastIndex(columns, c => string.Equals(c.Name, target, comparison));
            if (first != last)
            {
                throw new DataException($"{file}: columns {first + 1} and {last + 1} are both called '{target}'; give the target's number");
            }

            if (first >= 0)
            {
                return first;
            }
        }

        if (!int.TryParse(target, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
        {
            throw new DataException($"{file}: there is no column '{target}'; {Names(columns)}");
        }

        if (number == 0 || Math.Abs((long)number) > columns.Length)
        {
            throw new DataException(
                $"{file}: there is no column {number}; columns count from 1 to {columns.Length}, or from -1 backwards from the last");
        }

        return number > 0 ? number - 1 : columns.Length + number;
    }

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

    private static string Names(Column[] columns)
    {
        const int Most = 20;
        string[] names = [.. columns.Where(c => c.Name is not null).Select(c => c.Name!)];
        return names.Length == 0
            ? $"the file has no header, so columns go by number, 1 to {columns.Length}"
            : $"the columns are {string.Join(", ", names.Take(Most).Select(OneLine.Value))}{(names.Length > Most ? $" and {names.Length - Most} more" : "")}";
    }

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
            int row = Array.FindIndex(column.Codes, code => !TableNumber.TryParse(column.Texts[code], out _));
            string text = column.Texts[column.Codes[row]];
            throw new DataException(
                $"{places.Line(row)}, {column.Label}: a regression needs numbers, and '{OneLine.Value(text)}' {TableNumber.Complaint(text)}");
        }

        return TargetValues.OfNumbers(Array.ConvertAll(column.Codes, code => (float)numbers[code]));
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
