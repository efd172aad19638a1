namespace Hillock.Data.Tables;

/// <summary>Where the rows of a table stand in its file and what parts their values, for messages.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Lines">The line of each row, from 1.</param>
/// <param name="HasHeader">Whether a header stands before the first row.</param>
/// <param name="Delimiter">What parts the values of a row.</param>
/// <param name="Columns">The values of a row.</param>
internal sealed record TablePlaces(string File, IReadOnlyList<int> Lines, bool HasHeader, char Delimiter, int Columns)
{
    public string Line(int row) => $"{File}, line {Lines[row]}";

    /// <summary>Whether numbers may have a decimal comma: not where it parts values.</summary>
    public bool AllowsDecimalComma => Delimiter != ',';
}
