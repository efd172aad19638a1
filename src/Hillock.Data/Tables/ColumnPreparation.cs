using System.Text.Json.Serialization;

namespace Hillock.Data.Tables;

/// <summary>The column of a table that is to be told.</summary>
/// <param name="Number">The position in the table, from 1.</param>
/// <param name="Name">The name in the header; null where it has none.</param>
public sealed record TargetColumn(int Number, string? Name)
{
    /// <summary>How the column is called in messages, such as <c>column 3 (age)</c>.</summary>
    [JsonIgnore]
    public string Label => Column.LabelOf(Number, Name);
}

/// <summary>How one column of a table becomes inputs of a network.</summary>
/// <param name="Number">The position in the table, from 1.</param>
/// <param name="Name">The name in the header; null where it has none.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "column")]
[JsonDerivedType(typeof(LeftOutPreparation), "left_out")]
[JsonDerivedType(typeof(NumericPreparation), "numeric")]
[JsonDerivedType(typeof(CategoricalPreparation), "categorical")]
public abstract record ColumnPreparation(int Number, string? Name)
{
    /// <summary>The number of inputs that it becomes.</summary>
    [JsonIgnore]
    public abstract int Features { get; }
}

/// <summary>
/// A column from which nothing can be learned, as it has no values or another text in every row, or that the user leaves out. It has no
/// inputs.
/// </summary>
/// <param name="Number">The position in the table, from 1.</param>
/// <param name="Name">The name in the header; null where it has none.</param>
public sealed record LeftOutPreparation(int Number, string? Name) : ColumnPreparation(Number, Name)
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override int Features => 0;
}

/// <summary>
/// A numeric column: (value - mean) / scale. A missing value becomes 0, which is the mean; where training rows miss values, a second input
/// is 1 for a missing value and else 0.
/// </summary>
/// <param name="Number">The position in the table, from 1.</param>
/// <param name="Name">The name in the header; null where it has none.</param>
/// <param name="Mean">The mean of the training rows that have a value; 0 where none has.</param>
/// <param name="Scale">Their standard deviation; 0 where they are all the same: the input is then 0 whatever the value.</param>
/// <param name="MarksMissing">Whether there is a second input that marks missing values.</param>
public sealed record NumericPreparation(int Number, string? Name, double Mean, double Scale, bool MarksMissing) : ColumnPreparation(Number, Name)
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override int Features => MarksMissing ? 2 : 1;

    /// <summary>A value in standard deviations of the training rows, as far as they reach.</summary>
    internal float Scaled(double value) =>
        Scale > 0 ? (float)Math.Clamp((value - Mean) / Scale, -TablePreparation.MostDeviations, TablePreparation.MostDeviations) : 0f;

    /// <summary>Writes the inputs of a value, NaN where it is missing.</summary>
    internal void Write(double value, Span<float> inputs)
    {
        bool missing = double.IsNaN(value);
        inputs[0] = missing ? 0f : Scaled(value);
        if (MarksMissing)
        {
            inputs[1] = missing ? 1f : 0f;
        }
    }
}

/// <summary>
/// A categorical column: one input for each category that training rows have, 1 for the row's category and else 0; a missing value
/// is a category of its own where training rows miss values. A category that is not among them gives zeros.
/// </summary>
/// <param name="Number">The position in the table, from 1.</param>
/// <param name="Name">The name in the header; null where it has none.</param>
/// <param name="Categories">The categories with an input each, in ordinal order; at most <see cref="MostCategories"/>, the most frequent
/// ones.</param>
/// <param name="MarksMissing">Whether there is a last input that marks missing values.</param>
public sealed record CategoricalPreparation(int Number, string? Name, IReadOnlyList<string> Categories, bool MarksMissing) : ColumnPreparation(Number, Name)
{
    /// <summary>The most categories of a column that have inputs.</summary>
    public const int MostCategories = 256;

    /// <inheritdoc/>
    [JsonIgnore]
    public override int Features => Categories.Count + (MarksMissing ? 1 : 0);
}
