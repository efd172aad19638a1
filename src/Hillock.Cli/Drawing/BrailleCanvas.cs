namespace Hillock.Cli.Drawing;

/// <summary>A raster of dots printed as text: two by four dots in each Braille character, or one dot in each ASCII character.</summary>
internal sealed class BrailleCanvas
{
    /// <summary>The bit of each dot in a Braille character, by row and column (Unicode 15, chapter 21.1).</summary>
    private static readonly byte[] DotBits = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80];

    private readonly int columns;
    private readonly int rows;
    private readonly bool unicode;
    private readonly byte[] cells;

    /// <summary>Makes an empty canvas.</summary>
    /// <param name="columns">Characters in a row.</param>
    /// <param name="rows">Rows of characters.</param>
    /// <param name="unicode">Whether Braille characters can be shown.</param>
    public BrailleCanvas(int columns, int rows, bool unicode)
    {
        this.columns = columns;
        this.rows = rows;
        this.unicode = unicode;
        cells = new byte[columns * rows];
    }

    /// <summary>Dots in a row.</summary>
    public int Width => unicode ? columns * 2 : columns;

    /// <summary>Rows of dots.</summary>
    public int Height => unicode ? rows * 4 : rows;

    /// <summary>Sets a dot; one outside the canvas is ignored.</summary>
    public void Set(int x, int y)
    {
        if (x < 0 || y < 0 || x >= Width || y >= Height)
        {
            return;
        }

        if (unicode)
        {
            cells[(y / 4 * columns) + (x / 2)] |= DotBits[(y % 4 * 2) + (x % 2)];
        }
        else
        {
            cells[(y * columns) + x] = 1;
        }
    }

    /// <summary>The rows of text, top first.</summary>
    /// <param name="background">What stands where no dot is set, by column and row.</param>
    public IEnumerable<string> Rows(Func<int, int, char> background)
    {
        char[] line = new char[columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                byte cell = cells[(row * columns) + column];
                line[column] = cell == 0 ? background(column, row) : unicode ? (char)(0x2800 + cell) : '*';
            }

            yield return new string(line);
        }
    }
}
