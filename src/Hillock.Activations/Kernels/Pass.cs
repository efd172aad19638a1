namespace Hillock.Activations.Kernels;

/// <summary>What a loop computes.</summary>
internal enum Pass
{
    /// <summary>The function.</summary>
    Forward,

    /// <summary>The output gradient times the derivative.</summary>
    Backward,

    /// <summary>The output gradient times the derivative by the first parameter; those by the others follow, <c>ByFirst + index</c>.</summary>
    ByFirst,
}

/// <summary>The width of the registers that a loop uses; the results do not depend on it.</summary>
internal enum RegisterWidth
{
    /// <summary>No registers: one element at a time.</summary>
    Scalar = 0,

    /// <summary>128 bits.</summary>
    Bits128 = 128,

    /// <summary>256 bits.</summary>
    Bits256 = 256,

    /// <summary>512 bits.</summary>
    Bits512 = 512,
}
