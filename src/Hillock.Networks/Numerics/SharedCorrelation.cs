using System.Runtime.CompilerServices;

namespace Hillock.Networks.Numerics;

/// <summary>A correlation shared by the workers of a team: each part is some lines of one group.</summary>
internal unsafe struct SharedCorrelation<TKernel, TEpilogue> : IParallelWork
    where TKernel : struct, ITileKernel
    where TEpilogue : struct, IEpilogue
{
    /// <summary>Pixels of a part: enough to use a panel of weights often, few enough for the second-level cache.</summary>
    private const int PartPixels = 1024;

    private readonly Correlation _whole;
    private readonly TEpilogue _epilogue;
    private readonly int _lines;
    private readonly int _partLines;
    private readonly int _partsOfGroup;

    /// <summary>Deals a correlation out.</summary>
    public SharedCorrelation(in Correlation whole, in TEpilogue epilogue, int workers)
    {
        _whole = whole;
        _epilogue = epilogue;
        _lines = whole.Images * whole.Lines;
        int even = (_lines + workers - 1) / workers;
        _partLines = Math.Max(1, Math.Min(even, PartPixels / whole.Pixels));
        _partsOfGroup = (_lines + _partLines - 1) / _partLines;
    }

    /// <summary>The number of parts.</summary>
    public readonly int Parts => _partsOfGroup * _whole.Groups;

    /// <inheritdoc/>
    public readonly void Run(int part, int worker)
    {
        int group = part / _partsOfGroup;
        int firstLine = part % _partsOfGroup * _partLines;
        int endLine = Math.Min(_lines, firstLine + _partLines);
        int first = 0;
        if (_whole.WeightRows == 0)
        {
            WithoutTaps(group, firstLine, endLine);
        }
        else if (_whole.HasJoinedTaps)
        {
            Segments(group, firstLine, endLine, 0, _whole.TapRows, _whole.TapRow, _whole.TapColumns * _whole.Depth, ref first);
        }
        else
        {
            for (int row = 0; row < _whole.TapRows; row++)
            {
                Segments(group, firstLine, endLine, row * _whole.TapRow, _whole.TapColumns, _whole.TapColumn, _whole.Depth, ref first);
            }
        }

        Finish(group, firstLine, endLine);
    }

    /// <summary>Adds what some taps contribute.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Segments(int group, int firstLine, int endLine, nint offset, int segments, nint distance, int length, ref int firstWeight)
    {
        DepthBlocks blocks = new(segments, length, BlockedProduct.MaximumDepth);
        while (blocks.Next(out DepthBlock block))
        {
            float* input = _whole.Input + group * _whole.Depth + offset + block.FirstSegment * distance + block.Offset;
            for (int column = 0; column < _whole.Columns; column += TKernel.Columns)
            {
                int valid = Math.Min(TKernel.Columns, _whole.Columns - column);
                Tile tile = new()
                {
                    ARow = _whole.InputPixel,
                    AStep = 1,
                    ASkip = distance - block.Length,
                    BStep = _whole.Packed != null ? Tiles.Width<TKernel>(valid) : _whole.WeightRow,
                    Depth = block.Length,
                    Segments = block.Segments,
                    CRow = _whole.OutputPixel,
                };
                float* panel = _whole.Packed != null
                    ? _whole.Packed + PackedWeights<TKernel>.Offset(_whole, group, column)
                    : _whole.Weights + group * _whole.WeightGroup + column;
                tile.B = panel + firstWeight * tile.BStep;
                int outputColumn = group * _whole.Columns + column;
                for (int line = firstLine; line < endLine; line++)
                {
                    (int image, int y) = Math.DivRem(line, _whole.Lines);
                    tile.A = input + image * _whole.InputImage + y * _whole.InputLine;
                    tile.C = _whole.Output + image * _whole.OutputImage + y * _whole.OutputLine + outputColumn;
                    tile.Start = firstWeight > 0 ? tile.C : _whole.Start == null ? Tiles.Zeros : _whole.Start + outputColumn;
                    tile.StartRow = firstWeight > 0 ? tile.CRow : 0;
                    Tiles.Multiply<TKernel>(tile, _whole.Pixels, valid, packedLeft: false);
                }
            }

            firstWeight += block.Segments * block.Length;
        }
    }

    /// <summary>Pixels that no tap reaches have the gradient 0.</summary>
    private readonly void WithoutTaps(int group, int firstLine, int endLine)
    {
        for (int line = firstLine; line < endLine; line++)
        {
            (int image, int y) = Math.DivRem(line, _whole.Lines);
            float* pixel = _whole.Output + image * _whole.OutputImage + y * _whole.OutputLine + group * _whole.Columns;
            for (int x = 0; x < _whole.Pixels; x++)
            {
                new Span<float>(pixel + x * _whole.OutputPixel, _whole.Columns).Clear();
            }
        }
    }

    /// <summary>Gives the epilogue the lines, all at once where they lie together.</summary>
    private readonly void Finish(int group, int firstLine, int endLine)
    {
        int column = group * _whole.Columns;
        bool together = _whole.OutputLine == _whole.Pixels * _whole.OutputPixel
            && (_whole.OutputImage == _whole.Lines * _whole.OutputLine || firstLine / _whole.Lines == (endLine - 1) / _whole.Lines);
        int step = together ? endLine - firstLine : 1;
        for (int line = firstLine; line < endLine; line += step)
        {
            (int image, int y) = Math.DivRem(line, _whole.Lines);
            float* block = _whole.Output + image * _whole.OutputImage + y * _whole.OutputLine + column;
            _epilogue.Apply(block, step * _whole.Pixels, _whole.Columns, _whole.OutputPixel, line * _whole.Pixels, column);
        }
    }
}
