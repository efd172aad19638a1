namespace Hillock.Data.Tables;

/// <summary>Turns the rows of a file into the inputs of a network and what it is to tell.</summary>
internal sealed class RowInputs
{
    private readonly TablePreparation _preparation;
    private readonly TableCells _cells;
    private readonly int[] _fields;
    private readonly int _target;
    private readonly Dictionary<string, int>?[] _categories;
    private readonly Dictionary<string, int> _classes = new(StringComparer.Ordinal);

    /// <summary>Takes a preparation and where its columns are.</summary>
    /// <param name="preparation">The preparation.</param>
    /// <param name="cells">Reads values.</param>
    /// <param name="fields">The place of each of its columns in the file, from 0; -1 for those that are left out.</param>
    /// <param name="target">The place of the target; -1 where it is not looked at.</param>
    public RowInputs(TablePreparation preparation, TableCells cells, int[] fields, int target)
    {
        _preparation = preparation;
        _cells = cells;
        _fields = fields;
        _target = target;
        _categories = [.. preparation.Columns.Select(column => (column as CategoricalPreparation)?.Categories.Select((name, i) => (name, i)).ToDictionary(p => p.name, p => p.i, StringComparer.Ordinal))];
        for (int c = 0; c < preparation.Classes.Count; c++)
        {
            _classes.Add(preparation.Classes[c], c);
        }
    }

    /// <summary>Writes the inputs of a row.</summary>
    public void Write(TableCursor row, Span<float> inputs)
    {
        for (int c = 0; c < _fields.Length; c++)
        {
            ColumnPreparation column = _preparation.Columns[c];
            Span<float> own = inputs[..column.Features];
            inputs = inputs[column.Features..];
            if (column is NumericPreparation numeric)
            {
                numeric.Write(_cells.Number(row, _fields[c], column.Name), own);
            }
            else if (column is CategoricalPreparation categorical)
            {
                own.Clear();
                int input = _cells.TryText(row, _fields[c], column.Name, out ReadOnlySpan<char> text)
                    ? _categories[c]!.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out int known) ? known : -1
                    : categorical.MarksMissing ? own.Length - 1 : -1;
                if (input >= 0)
                {
                    own[input] = 1f;
                }
            }
        }
    }

    /// <summary>Whether a row's target is missing; not where it is not looked at.</summary>
    public bool LacksTarget(TableCursor row) => _target >= 0 && !(_preparation.Classes.Count > 0
        ? _cells.TryText(row, _target, _preparation.Target.Name, out _)
        : !double.IsNaN(_cells.Number(row, _target, _preparation.Target.Name)));

    /// <summary>The class of a row; 0 where it is not looked at.</summary>
    /// <exception cref="DataException">It is none of those that were trained on.</exception>
    public int Label(TableCursor row)
    {
        if (_target < 0)
        {
            return 0;
        }

        _cells.TryText(row, _target, _preparation.Target.Name, out ReadOnlySpan<char> text);
        if (_classes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out int label))
        {
            return label;
        }

        // The same number may be written in several ways.
        string name = text.ToString();
        if (TableNumber.TryParse(row[_target], _cells.DecimalComma, out double value) && _classes.TryGetValue(TableNumber.ToText(value + 0.0), out label))
        {
            _classes.Add(name, label);
            return label;
        }

        throw new DataException(
            $"{_cells.Place(row, _target, _preparation.Target.Name)}: class '{OneLine.Value(name)}' is not among those trained on: {string.Join(", ", _preparation.Classes)}");
    }

    /// <summary>The scaled target of a row; 0 where it is not looked at.</summary>
    public float Target(TableCursor row) => _target < 0
        ? 0
        : (float)((_cells.Number(row, _target, _preparation.Target.Name) - _preparation.TargetMean) / _preparation.TargetScale);
}
