namespace Hillock.Networks.Execution;

/// <summary>
/// Memory that steps of a plan share. Its place is known when all steps are: buffers whose times of use do not overlap may lie in the
/// same place, so a step finds in a buffer only what was written at a time that it declared (<see cref="PlanBuilder.Add"/>).
/// </summary>
internal sealed unsafe class PlanBuffer(long length)
{
    /// <summary>How many floats it has.</summary>
    public long Length { get; } = length;

    /// <summary>The first float; aligned to a cache line. Null until the plan is complete.</summary>
    public float* Pointer { get; set; }

    /// <summary>The times of use, ascending; none for memory that is not the plan's own, such as the samples.</summary>
    public List<int> Uses { get; } = [];

    /// <summary>The memory from a chunk's first float on.</summary>
    public Span<float> Slice(long start, int length) => new(Pointer + start, length);
}
