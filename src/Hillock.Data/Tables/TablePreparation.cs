using System.Text.Json.Serialization;
using Hillock.Networks;

namespace Hillock.Data.Tables;

/// <summary>The preparation of a table, column by column.</summary>
public sealed class TablePreparation : Preparation
{
    /// <summary>
    /// No value lies more standard deviations from the mean than this: an outlier that training never saw must not become so large that a network's sums
    /// overflow. The values that training did see lie within the square root of their number.
    /// </summary>
    public const double MostDeviations = 1e4;

    [JsonConstructor]
    internal TablePreparation(
        IReadOnlyList<ColumnPreparation> columns,
        TargetColumn target,
        IReadOnlyList<string> classes,
        double targetMean,
        double targetScale,
        IReadOnlyList<string>? missingTokens = null)
        : base(classes, targetMean, targetScale)
    {
        Columns = columns;
        Target = target;
        MissingTokens = missingTokens ?? [];
        Shape = TensorShape.Features(columns.Sum(c => c.Features));
    }

    /// <summary>The preparation of each input column, in the table's order; their inputs stand one after the other.</summary>
    public IReadOnlyList<ColumnPreparation> Columns { get; }

    /// <summary>The column that is to be told.</summary>
    public TargetColumn Target { get; }

    /// <summary>
    /// The texts that mean a missing value besides the usual ones (<see cref="DataOptions.MissingTokens"/>), here and in any table that is prepared so; a
    /// model's file of before they were kept has none.
    /// </summary>
    public IReadOnlyList<string> MissingTokens { get; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override TensorShape Shape { get; }

    private protected override void Fill(DataSource source, ReadOnlySpan<int> rows, Span<float> inputs)
    {
        if (source is not TableSource table || table.Columns.Count != Columns.Count)
        {
            throw Mismatch(source, $"a table with {TableSource.InputColumns(Columns.Count)}");
        }

        int feature = 0;
        for (int c = 0; c < Columns.Count; c++)
        {
            Column column = table.Columns[c];
            Span<float> first = inputs[feature..];
            switch (Columns[c])
            {
                case NumericPreparation numeric:
                    FillNumeric(table, column, numeric, rows, first);
                    break;
                case CategoricalPreparation categorical:
                    FillCategorical(column, categorical, rows, first);
                    break;
            }

            feature += Columns[c].Features;
        }
    }

    private void FillNumeric(TableSource table, Column column, NumericPreparation numeric, ReadOnlySpan<int> rows, Span<float> inputs)
    {
        double[]? values = column.Texts.Length == 0 ? [] : column.Numbers;
        if (values is not double[] numbers)
        {
            throw new DataException($"{table.Name}: {column.Label} has text, and numbers were trained on");
        }

        float[] scaled = Array.ConvertAll(numbers, numeric.Scaled);
        for (int i = 0; i < rows.Length; i++)
        {
            int code = column.Codes[rows[i]];
            inputs[i * Features] = code == Column.Missing ? 0f : scaled[code];
            if (numeric.MarksMissing)
            {
                inputs[i * Features + 1] = code == Column.Missing ? 1f : 0f;
            }
        }
    }

    private void FillCategorical(Column column, CategoricalPreparation categorical, ReadOnlySpan<int> rows, Span<float> inputs)
    {
        // Categories are known by their text, so that another file with the same columns may list them in another order.
        const int None = -1;
        Dictionary<string, int> inputOf = new(StringComparer.Ordinal);
        for (int i = 0; i < categorical.Categories.Count; i++)
        {
            inputOf.Add(categorical.Categories[i], i);
        }

        int[] inputOfCode = Array.ConvertAll(column.Texts, text => inputOf.GetValueOrDefault(text, None));
        int missing = categorical.MarksMissing ? categorical.Categories.Count : None;
        for (int i = 0; i < rows.Length; i++)
        {
            Span<float> row = inputs.Slice(i * Features, categorical.Features);
            row.Clear();
            int code = column.Codes[rows[i]];
            int input = code == Column.Missing ? missing : inputOfCode[code];
            if (input != None)
            {
                row[input] = 1f;
            }
        }
    }
}
