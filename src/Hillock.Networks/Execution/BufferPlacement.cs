namespace Hillock.Networks.Execution;

/// <summary>Gives buffers their places in one piece of memory.</summary>
internal static class BufferPlacement
{
    /// <summary>What a buffer needs.</summary>
    /// <param name="Length">Its length.</param>
    /// <param name="First">The first time at which it is used.</param>
    /// <param name="Last">The last time at which it is used.</param>
    public readonly record struct Need(long Length, int First, int Last);

    /// <summary>Places buffers from the largest to the smallest, each at the lowest offset at which it meets no other of its time.</summary>
    /// <param name="needs">The buffers.</param>
    /// <param name="reuse">Whether buffers may share a place; else they lie one after the other.</param>
    /// <returns>The offset of each, and the length of the whole.</returns>
    public static (long[] Offsets, long Length) Place(Need[] needs, bool reuse)
    {
        long[] offsets = new long[needs.Length];
        long length = 0;
        List<int> placed = new(needs.Length);
        foreach (int i in Enumerable.Range(0, needs.Length).OrderByDescending(i => needs[i].Length))
        {
            long offset = reuse ? LowestOffset(needs, offsets, placed, needs[i]) : length;
            offsets[i] = offset;
            length = Math.Max(length, offset + needs[i].Length);
            placed.Add(i);
        }

        return (offsets, length);
    }

    private static long LowestOffset(Need[] needs, long[] offsets, List<int> placed, Need need)
    {
        long offset = 0;
        foreach (int other in placed.Where(j => needs[j].First <= need.Last && need.First <= needs[j].Last).OrderBy(j => offsets[j]))
        {
            if (offsets[other] >= offset + need.Length)
            {
                break;
            }

            offset = Math.Max(offset, offsets[other] + needs[other].Length);
        }

        return offset;
    }
}
