namespace Hillock.Networks.Numerics;

/// <summary>Work in parts that may be done in any order and at the same time. A struct, so that handing it out allocates nothing.</summary>
internal interface IParallelWork
{
    /// <summary>Does one part.</summary>
    /// <param name="part">The part, counted from 0.</param>
    /// <param name="worker">Which worker does it, from 0: for memory that each has for itself.</param>
    void Run(int part, int worker);
}
