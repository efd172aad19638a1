namespace Hillock.Data.Tables;

/// <summary>How one column of a table becomes inputs of a network.</summary>
/// <param name="Label">How the column is called, such as <c>column 3 (age)</c>.</param>
public abstract record ColumnPreparation(string Label)
{
    /// <summary>The number of inputs that it becomes.</summary>
    public abstract int Features { get; }
}

/// <summary>
/// A column from which nothing can be learned, as it has no values or another text in every row, or that the user leaves out. It has no
/// inputs.
/// </summary>
/// <param name="Label">How the column is called.</param>
public sealed record LeftOutPreparation(string Label) : ColumnPreparation(Label)
{
    /// <inheritdoc/>
    public override int Features => 0;
}

/// <summary>
/// A numeric column: (value - mean) / scale. A missing value becomes 0, which is the mean; where training rows miss values, a second input
/// is 1 for a missing value and else 0.
/// </summary>
/// <param name="Label">How the column is called.</param>
/// <param name="Mean">The mean of the training rows that have a value; 0 where none has.</param>
/// <param name="Scale">Their standard deviation; 0 where they are all the same: the input is then 0 whatever the value.</param>
/// <param name="MarksMissing">Whether there is a second input that marks missing values.</param>
public sealed record NumericPreparation(string Label, double Mean, double Scale, bool MarksMissing) : ColumnPreparation(Label)
{
    /// <inheritdoc/>
    public override int Features => MarksMissing ? 2 : 1;
}

/// <summary>
/// A categorical column: one input for each category that training rows have, 1 for the row's category and else 0; a missing value
/// is a category of its own where training rows miss values. A category that is not among them gives zeros.
/// </summary>
/// <param name="Label">How the column is called.</param>
/// <param name="Categories">The categories with an input each, in ordinal order; at most <see cref="MostCategories"/>, the most frequent
/// ones.</param>
/// <param name="MarksMissing">Whether there is a last input that marks missing values.</param>
public sealed record CategoricalPreparation(string Label, IReadOnlyList<string> Categories, bool MarksMissing) : ColumnPreparation(Label)
{
    /// <summary>The most categories of a column that have inputs.</summary>
    public const int MostCategories = 256;

    /// <inheritdoc/>
    public override int Features => Categories.Count + (MarksMissing ? 1 : 0);
}
