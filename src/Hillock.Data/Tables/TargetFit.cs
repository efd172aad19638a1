namespace Hillock.Data.Tables;

/// <summary>Reads what is to be told of the rows of a stream: classes by their names, or numbers.</summary>
/// <param name="file">The file's name, for messages.</param>
/// <param name="column">The target column as the first rows show it.</param>
/// <param name="task">What is to be learned.</param>
/// <param name="isDetected">Whether the task was told by the first rows, and not by the user.</param>
internal sealed class TargetFit(string file, Column column, TaskKind task, bool isDetected)
{
    private const int MostClasses = 10_000;

    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private readonly HashSet<double> _numbers = [];
    private RunningMoments _moments;

    private int Field => column.Number - 1;

    /// <summary>Reads the target of a row.</summary>
    /// <param name="cells">Reads values.</param>
    /// <param name="row">The row.</param>
    /// <param name="learns">Whether the scale of a regression is to be learned from it; classes are known of all rows.</param>
    /// <returns>Whether there is one: not where it is missing.</returns>
    public bool Add(TableCells cells, TableCursor row, bool learns)
    {
        if (task == TaskKind.Regression)
        {
            double value = cells.Number(row, Field, column.Name);
            if (learns && !double.IsNaN(value))
            {
                _moments.Add(value);
            }

            return !double.IsNaN(value);
        }

        return column.Numbers is null ? AddText(cells, row) : AddNumber(cells, row);
    }

    /// <summary>The classes in their order: by value for numbers, ordinal for texts; none for a regression.</summary>
    /// <exception cref="DataException">There is nothing to learn.</exception>
    public IReadOnlyList<string> Classes()
    {
        if (task == TaskKind.Regression)
        {
            return _moments.Deviation > 0 ? [] : throw NothingToLearn();
        }

        string[] classes = [.. column.Numbers is null ? _texts.Order(StringComparer.Ordinal) : _numbers.Order().Select(TableNumber.ToText)];
        return classes.Length > 1 ? classes : throw NothingToLearn();
    }

    /// <summary>Mean and scale of the targets of a regression; 0 and 1 for a classification.</summary>
    public (double Mean, double Scale) Scale() => task == TaskKind.Regression ? (_moments.Mean, _moments.Deviation) : (0, 1);

    private bool AddText(TableCells cells, TableCursor row)
    {
        if (!cells.TryText(row, Field, column.Name, out ReadOnlySpan<char> text))
        {
            return false;
        }

        if (_texts.GetAlternateLookup<ReadOnlySpan<char>>().Add(text) && _texts.Count > MostClasses)
        {
            throw new DataException($"{cells.Place(row, Field, column.Name)}: the target has more than {MostClasses} different texts: are these classes? name the target with --target");
        }

        return true;
    }

    private bool AddNumber(TableCells cells, TableCursor row)
    {
        double value = cells.Number(row, Field, column.Name) + 0.0;
        if (double.IsNaN(value))
        {
            return false;
        }

        if (_numbers.Add(value))
        {
            if (isDetected && (_numbers.Count > TableTarget.MostNumberedClasses || value != Math.Floor(value)))
            {
                throw new DataException(
                    $"{cells.Place(row, Field, column.Name)}: the target looked like a few whole numbers, classes, and here is {TableNumber.ToText(value)}: "
                    + "say --task regression, or --task classification");
            }

            if (_numbers.Count > MostClasses)
            {
                throw new DataException($"{cells.Place(row, Field, column.Name)}: the target has more than {MostClasses} different numbers: say --task regression");
            }
        }

        return true;
    }

    private DataException NothingToLearn() => new($"{file}: the target, {column.Label}, is the same in every row: there is nothing to learn");
}
