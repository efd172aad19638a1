using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Hillock.Networks.Execution;

/// <summary>
/// How many positions of a sequence are real at one place of a network, sample by sample; those behind are padding. Convolutions and poolings shorten a
/// sequence with padding by as much as they would shorten it without: what the real positions hold does not depend on how many there are of the others.
/// </summary>
/// <remarks>
/// What stands at padding is any finite number, and the gradient there is zero: a step that mixes positions looks at the real ones only, or clears the
/// padding before, and clears the gradient that it hands on. Steps that treat every position alike need not know of lengths.
/// </remarks>
internal sealed unsafe class SequenceLengths
{
    private readonly SequenceLengths? _first;
    private readonly SequenceLengths? _second;
    private readonly int _window = 1;
    private readonly int _stride = 1;
    private readonly int _margin;
    private readonly int[] _lengths;

    /// <summary>The lengths at the beginning of a network.</summary>
    /// <param name="maximumRows">The samples of the largest batch.</param>
    public SequenceLengths(int maximumRows) => _lengths = GC.AllocateArray<int>(maximumRows, pinned: true);

    /// <summary>The lengths behind windows that move along a sequence. There is always a first one, however short the sequence.</summary>
    /// <param name="before">The lengths before.</param>
    /// <param name="window">The positions that a window reaches over.</param>
    /// <param name="stride">The distance of two windows.</param>
    /// <param name="margin">The positions by which windows may reach over the ends, both together.</param>
    public SequenceLengths(SequenceLengths before, int window, int stride, int margin)
        : this(before._lengths.Length)
    {
        _first = before;
        _window = window;
        _stride = stride;
        _margin = margin;
    }

    /// <summary>The lengths where two branches meet: a position is real that is so in both.</summary>
    public SequenceLengths(SequenceLengths first, SequenceLengths second)
        : this(first._lengths.Length)
    {
        _first = first;
        _second = second;
    }

    /// <summary>The lengths of the samples of the batch; null where all positions are real.</summary>
    public int* Pointer { get; private set; }

    /// <summary>Takes over the lengths of a batch, after those that these come from.</summary>
    /// <param name="lengths">The lengths at the beginning of the network; null where all positions are real.</param>
    /// <param name="rows">The samples.</param>
    public void Set(int* lengths, int rows)
    {
        Pointer = lengths == null ? null : (int*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_lengths));
        for (int row = 0; row < rows && lengths != null; row++)
        {
            int before = _first is null ? lengths[row] : _first._lengths[row];
            int along = Math.Max(0, before + _margin - _window) / _stride + 1;
            _lengths[row] = _second is null ? along : Math.Min(along, _second._lengths[row]);
        }
    }

    /// <summary>How many of a sample's positions are real.</summary>
    /// <param name="row">The sample.</param>
    /// <param name="positions">The positions that it has.</param>
    public int RealPositions(int row, int positions) => Pointer == null ? positions : Pointer[row];

    /// <summary>How many positions of a batch are real.</summary>
    public static long RealOfBatch(SequenceLengths? lengths, int rows, int positions)
    {
        long count = 0;
        for (int row = 0; row < rows && lengths != null; row++)
        {
            count += lengths.RealPositions(row, positions);
        }

        return lengths is null ? (long)rows * positions : count;
    }

    /// <summary>Finds the real positions that lie beside each other in a stretch of a batch.</summary>
    /// <param name="lengths">The lengths; null where all positions are real.</param>
    /// <param name="positions">The positions of a sample.</param>
    /// <param name="from">The first position of the stretch, counted through all samples; moves behind those that were found.</param>
    /// <param name="end">The position behind the stretch.</param>
    /// <param name="first">The first that was found.</param>
    /// <param name="count">How many were found; at least one.</param>
    /// <returns>Whether any was found.</returns>
    public static bool NextReal(SequenceLengths? lengths, int positions, ref long from, long end, out long first, out int count)
    {
        first = from;
        if (lengths is not { Pointer: not null })
        {
            count = (int)(end - from);
            from = end;
            return count > 0;
        }

        for (; first < end; first = from)
        {
            long row = first / positions;
            from = Math.Min(end, (row + 1) * positions);
            count = (int)(Math.Min(end, row * positions + lengths.Pointer[row]) - first);
            if (count > 0)
            {
                return true;
            }
        }

        count = 0;
        return false;
    }

    /// <summary>Makes the padding of a batch zero.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="rows">The samples.</param>
    /// <param name="positions">The positions of a sample.</param>
    /// <param name="channels">The numbers of a position.</param>
    public void ClearPadding(float* values, int rows, int positions, int channels)
    {
        for (int row = 0; row < rows && Pointer != null; row++)
        {
            int real = Math.Min(positions, Pointer[row]);
            new Span<float>(values + ((nint)row * positions + real) * channels, (positions - real) * channels).Clear();
        }
    }
}
