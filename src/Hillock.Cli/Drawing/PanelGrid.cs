namespace Hillock.Cli.Drawing;

/// <summary>Places small charts of one size in rows.</summary>
internal sealed class PanelGrid
{
    private const double MarginLeft = 38;
    private const double MarginTop = 26;
    private const double MarginRight = 16;
    private const double MarginBottom = 26;
    private const double PageWidth = 1000;

    private readonly int columns;
    private readonly double cellWidth;
    private readonly double cellHeight;

    /// <summary>Makes a grid as wide as a page.</summary>
    /// <param name="count">How many panels.</param>
    /// <param name="leastWidth">The least width of a panel with its margins.</param>
    /// <param name="panelHeight">The height of a panel between its axes.</param>
    public PanelGrid(int count, double leastWidth, double panelHeight)
    {
        int fitting = (int)(PageWidth / (leastWidth + MarginLeft + MarginRight));
        columns = Math.Max(1, Math.Min(fitting, count));

        // A few panels do not grow beyond a readable size.
        cellWidth = PageWidth / Math.Max(columns, Math.Min(fitting, 3));
        cellHeight = panelHeight + MarginTop + MarginBottom;
        Width = PageWidth;
        Height = cellHeight * ((count + columns - 1) / columns);
    }

    /// <summary>The width of all.</summary>
    public double Width { get; }

    /// <summary>The height of all.</summary>
    public double Height { get; }

    /// <summary>The area of one panel between its axes.</summary>
    public Frame Panel(int index) => new(
        (index % columns * cellWidth) + MarginLeft,
        (index / columns * cellHeight) + MarginTop,
        cellWidth - MarginLeft - MarginRight,
        cellHeight - MarginTop - MarginBottom);
}
