using System.Runtime.CompilerServices;

namespace Hillock.Networks.Numerics;

/// <summary>
/// The depth of a product that comes in segments, cut into blocks that are not deeper than a maximum: several whole segments, or a piece of one.
/// </summary>
internal struct DepthBlocks
{
    private readonly int _segments;
    private readonly int _length;
    private readonly int _wholeSegments;
    private readonly int _piece;
    private int _segment;
    private int _offset;

    public DepthBlocks(int segments, int length, int maximum)
    {
        _segments = segments;
        _length = length;
        _wholeSegments = Even(segments, Math.Max(1, maximum / length));
        _piece = length <= maximum ? length : Even(length, maximum);
        if (_piece < length)
        {
            _wholeSegments = 1;
        }
    }

    /// <summary>The next block, if there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Next(out DepthBlock block)
    {
        if (_segment >= _segments)
        {
            block = default;
            return false;
        }

        block = new DepthBlock(_segment, Math.Min(_wholeSegments, _segments - _segment), _offset, Math.Min(_piece, _length - _offset));
        _offset += _piece;
        if (_offset >= _length)
        {
            _offset = 0;
            _segment += _wholeSegments;
        }

        return true;
    }

    /// <summary>The size of equal parts that are not larger than a maximum.</summary>
    public static int Even(int size, int maximum)
    {
        int parts = Math.Max(1, (size + maximum - 1) / maximum);
        return (size + parts - 1) / parts;
    }
}

/// <summary>Some segments of a depth, or a piece of one.</summary>
internal readonly record struct DepthBlock(int FirstSegment, int Segments, int Offset, int Length);
