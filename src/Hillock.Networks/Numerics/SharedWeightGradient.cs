using System.Runtime.CompilerServices;

namespace Hillock.Networks.Numerics;

/// <summary>
/// The gradient of a correlation by its weights, shared by the workers of a team: <c>Weights(p, q, c, f) = Σ Input(n, y, x; p, q, c)·Output(n, y, x, f)</c>,
/// where <c>Output</c> holds the gradient by the outputs. The chain runs over all pixels of all images in their order; each part is some rows of
/// the matrix of weights.
/// </summary>
/// <remarks>
/// The patches are the left side again, now transposed: a tile's rows are neighbouring numbers of a row of the patch, its depth the output pixels,
/// a segment for each line of them.
/// </remarks>
internal readonly unsafe struct SharedWeightGradient<TKernel> : IParallelWork
    where TKernel : struct, ITileKernel
{
    private readonly Correlation _whole;
    private readonly bool _accumulate;
    private readonly WorkerTeam _team;
    private readonly int _partsOfGroup;

    /// <summary>Deals a gradient out and reserves the workers' scratch memory.</summary>
    public SharedWeightGradient(in Correlation whole, bool accumulate, int parts, WorkerTeam team)
    {
        _whole = whole;
        _accumulate = accumulate;
        _team = team;
        _partsOfGroup = Math.Clamp((parts + whole.Groups - 1) / whole.Groups, 1, (whole.WeightRows + TKernel.Rows - 1) / TKernel.Rows);
        team.Reserve(BlockedProduct.MaximumDepth * TKernel.Columns);
    }

    /// <summary>The number of parts.</summary>
    public int Parts => _partsOfGroup * _whole.Groups;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int part, int worker)
    {
        (int group, int range) = Math.DivRem(part, _partsOfGroup);
        int firstRow = (int)((long)_whole.WeightRows * range / _partsOfGroup);
        int endRow = (int)((long)_whole.WeightRows * (range + 1) / _partsOfGroup);
        float* packed = _team.Scratch(worker);
        for (int image = 0; image < _whole.Images; image++)
        {
            DepthBlocks blocks = new(_whole.Lines, _whole.Pixels, BlockedProduct.MaximumDepth);
            for (bool first = image == 0 && !_accumulate; blocks.Next(out DepthBlock block); first = false)
            {
                for (int column = 0; column < _whole.Columns; column += TKernel.Columns)
                {
                    Panel(group, firstRow, endRow, image, block, column, first, packed);
                }
            }
        }
    }

    /// <summary>Adds what some pixels contribute to some columns.</summary>
    private void Panel(int group, int firstRow, int endRow, int image, in DepthBlock block, int column, bool first, float* packed)
    {
        int valid = Math.Min(TKernel.Columns, _whole.Columns - column);
        int width = Tiles.Width<TKernel>(valid);
        Tile tile = new()
        {
            ARow = 1,
            AStep = _whole.InputPixel,
            ASkip = _whole.InputLine - block.Length * _whole.InputPixel,
            B = _whole.Output + image * _whole.OutputImage + block.FirstSegment * _whole.OutputLine + block.Offset * _whole.OutputPixel
                + group * _whole.Columns + column,
            BStep = _whole.OutputPixel,
            BSkip = _whole.OutputLine - block.Length * _whole.OutputPixel,
            Depth = block.Length,
            Segments = block.Segments,
            CRow = _whole.WeightRow,
            StartRow = first ? 0 : _whole.WeightRow,
        };
        if (valid != width || tile.BStep != width)
        {
            for (int segment = 0; segment < block.Segments; segment++)
            {
                Packing.Panel(tile.B + segment * _whole.OutputLine, tile.BStep, 1, block.Length, valid, width, packed + segment * block.Length * width);
            }

            tile.B = packed;
            tile.BStep = width;
            tile.BSkip = 0;
        }

        float* input = _whole.Input + image * _whole.InputImage + block.FirstSegment * _whole.InputLine + block.Offset * _whole.InputPixel
            + group * _whole.Depth;
        float* weights = _whole.Weights + group * _whole.WeightGroup + column;

        // Rows of the matrix whose numbers lie together in the image.
        int bandRows = _whole.HasJoinedTaps ? _whole.TapColumns * _whole.Depth : _whole.Depth;
        for (int row = firstRow; row < endRow;)
        {
            (int band, int within) = Math.DivRem(row, bandRows);
            int rows = Math.Min(bandRows - within, endRow - row);
            nint tap = _whole.HasJoinedTaps
                ? band * _whole.TapRow
                : band / _whole.TapColumns * _whole.TapRow + band % _whole.TapColumns * _whole.TapColumn;
            tile.A = input + tap + within;
            tile.C = weights + row * _whole.WeightRow;
            tile.Start = first ? Tiles.Zeros : tile.C;
            Tiles.Multiply<TKernel>(tile, rows, valid, packedLeft: false);
            row += rows;
        }
    }
}
