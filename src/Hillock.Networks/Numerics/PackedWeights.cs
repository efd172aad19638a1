namespace Hillock.Networks.Numerics;

/// <summary>Copies the weights of a correlation into panels of a tile's width: group by group, panel by panel, each with the rows of all taps.</summary>
internal readonly unsafe struct PackedWeights<TKernel>(in Correlation correlation, float* packed) : IParallelWork
    where TKernel : struct, ITileKernel
{
    private readonly Correlation _correlation = correlation;
    private readonly float* _packed = packed;

    /// <summary>The number of parts: panels.</summary>
    public int Parts => _correlation.Groups * Panels(_correlation.Columns);

    /// <summary>The floats that the packed weights of a correlation take.</summary>
    public static int Length(in Correlation correlation) =>
        checked(correlation.Groups * Panels(correlation.Columns) * correlation.WeightRows * TKernel.Columns);

    /// <summary>Where a panel of a group starts.</summary>
    public static int Offset(in Correlation correlation, int group, int column) =>
        (group * Panels(correlation.Columns) + column / TKernel.Columns) * correlation.WeightRows * TKernel.Columns;

    /// <inheritdoc/>
    public void Run(int part, int worker)
    {
        (int group, int panel) = Math.DivRem(part, Panels(_correlation.Columns));
        int column = panel * TKernel.Columns;
        int valid = Math.Min(TKernel.Columns, _correlation.Columns - column);
        int width = Tiles.Width<TKernel>(valid);
        float* source = _correlation.Weights + group * _correlation.WeightGroup + column * _correlation.WeightColumn;
        float* destination = _packed + Offset(_correlation, group, column);
        for (int row = 0; row < _correlation.TapRows; row++)
        {
            for (int tap = 0; tap < _correlation.TapColumns; tap++)
            {
                float* matrix = source + row * _correlation.WeightTapRow + tap * _correlation.WeightTapColumn;
                Packing.Panel(matrix, _correlation.WeightRow, _correlation.WeightColumn, _correlation.Depth, valid, width, destination);
                destination += _correlation.Depth * width;
            }
        }
    }

    private static int Panels(int columns) => (columns + TKernel.Columns - 1) / TKernel.Columns;
}
