using Hillock.Networks.Numerics;

namespace Hillock.Networks.Execution;

/// <summary>Gives buffers their places in one piece of memory.</summary>
internal static class BufferPlacement
{
    /// <summary>What a buffer needs.</summary>
    /// <param name="Length">Its length.</param>
    /// <param name="First">The first time at which it is used.</param>
    /// <param name="Last">The last time at which it is used.</param>
    public readonly record struct Need(long Length, int First, int Last);

    /// <summary>
    /// Places buffers one after the other, each at the lowest offset at which it meets no other of its time. No order is the best for every network, so several
    /// are tried: the largest first, those that are needed to the last first, and those that take most room for the longest time first.
    /// </summary>
    /// <param name="needs">The buffers.</param>
    /// <param name="taken">What has its place already.</param>
    /// <param name="reuse">Whether buffers may share a place; else they lie one after the other.</param>
    /// <returns>The offset of each, and the length of the whole.</returns>
    public static (long[] Offsets, long Length) Place(Need[] needs, (long Offset, Need Need)[] taken, bool reuse)
    {
        Func<Need, long>[] keys = [need => need.Length, need => need.Last, need => need.Length * (need.Last - need.First + 1)];
        return keys
            .Select(key => Place(needs, taken, reuse, Enumerable.Range(0, needs.Length).OrderByDescending(i => key(needs[i])).ThenByDescending(i => needs[i].Length)))
            .MinBy(placement => placement.Length);
    }

    private static (long[] Offsets, long Length) Place(Need[] needs, (long Offset, Need Need)[] taken, bool reuse, IEnumerable<int> order)
    {
        long[] offsets = new long[needs.Length];
        long length = taken.Length == 0 ? 0 : taken.Max(place => place.Offset + place.Need.Length);
        List<(long Offset, Need Need)> placed = [.. taken.Where(place => place.Need.Length > 0)];
        foreach (int i in order)
        {
            long offset = reuse ? LowestOffset(placed, needs[i]) : length;
            offsets[i] = offset;
            length = Math.Max(length, offset + needs[i].Length);
            placed.Add((offset, needs[i]));
        }

        return (offsets, length);
    }

    private static long LowestOffset(List<(long Offset, Need Need)> placed, Need need)
    {
        long offset = 0;
        foreach ((long start, Need other) in placed.Where(p => p.Need.First <= need.Last && need.First <= p.Need.Last).OrderBy(p => p.Offset))
        {
            if (start >= offset + need.Length)
            {
                break;
            }

            offset = Math.Max(offset, AlignedBuffer.WholeLines(start + other.Length));
        }

        return offset;
    }
}
