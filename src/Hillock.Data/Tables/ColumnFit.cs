using System.Runtime.InteropServices;

namespace Hillock.Data.Tables;

/// <summary>Learns the preparation of a column from the rows of a stream, one after the other.</summary>
/// <param name="column">The column as the first rows show it.</param>
internal sealed class ColumnFit(Column column)
{
    /// <summary>Of a column with more different texts those are told apart that come first: the most frequent ones are among them.</summary>
    private const int MostTexts = 1 << 16;

    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private RunningMoments _moments;
    private bool _misses;

    /// <summary>Reads the value of a row, and makes sure that it can be used.</summary>
    /// <param name="cells">Reads values.</param>
    /// <param name="row">The row.</param>
    /// <param name="learns">Whether to learn from it.</param>
    public void Add(TableCells cells, TableCursor row, bool learns)
    {
        if (column.IsLeftOut)
        {
            return;
        }

        int field = column.Number - 1;
        if (column.Numbers is not null)
        {
            double value = cells.Number(row, field, column.Name);
            if (learns && !double.IsNaN(value))
            {
                _moments.Add(value);
            }

            _misses |= learns && double.IsNaN(value);
            return;
        }

        bool present = cells.TryText(row, field, column.Name, out ReadOnlySpan<char> text);
        _misses |= learns && !present;
        if (learns && present)
        {
            Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> counts = _counts.GetAlternateLookup<ReadOnlySpan<char>>();
            if (_counts.Count < MostTexts || counts.ContainsKey(text))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, text, out _)++;
            }
        }
    }

    /// <summary>What was learned.</summary>
    public ColumnPreparation Fitted() =>
        column.IsLeftOut ? new LeftOutPreparation(column.Number, column.Name)
        : column.Numbers is not null ? new NumericPreparation(column.Number, column.Name, _moments.Mean, _moments.Deviation, _misses)
        : new CategoricalPreparation(
            column.Number,
            column.Name,
            [
                .. _counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
                    .Take(CategoricalPreparation.MostCategories).Select(pair => pair.Key).Order(StringComparer.Ordinal),
            ],
            _misses);
}
