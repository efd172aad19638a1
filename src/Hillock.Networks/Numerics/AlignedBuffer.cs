namespace Hillock.Networks.Numerics;

/// <summary>
/// Floats that stay where they are and start on a cache line, so that pointers to them hold and registers never straddle two lines.
/// The pointer is good for as long as the buffer is reachable: keep its owner alive around the last use.
/// </summary>
internal sealed unsafe class AlignedBuffer
{
    private const int LineFloats = 16;

    /// <summary>The most floats of a buffer.</summary>
    public const int MaximumLength = 0x7FFFFFC7 - LineFloats;

    private readonly float[] _array;
    private readonly int _offset;

    /// <summary>Makes a buffer of zeros.</summary>
    public AlignedBuffer(int length)
    {
        Length = length;
        _array = GC.AllocateArray<float>(length + LineFloats, pinned: true);
        fixed (float* start = _array)
        {
            nuint excess = (nuint)start / sizeof(float) % LineFloats;
            _offset = excess == 0 ? 0 : LineFloats - (int)excess;
            Pointer = start + _offset;
        }
    }

    /// <summary>The number of floats.</summary>
    public int Length { get; }

    /// <summary>The first float.</summary>
    public float* Pointer { get; }

    /// <summary>All floats.</summary>
    public Span<float> Span => _array.AsSpan(_offset, Length);

    /// <summary>The length rounded up to whole cache lines.</summary>
    public static int WholeLines(int length) => checked((int)WholeLines((long)length));

    /// <summary>The length rounded up to whole cache lines.</summary>
    public static long WholeLines(long length) => checked((length + LineFloats - 1) / LineFloats * LineFloats);
}
