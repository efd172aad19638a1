namespace Hillock.Activations.Kernels;

/// <summary>What a loop computes.</summary>
internal enum Pass
{
    /// <summary>The function.</summary>
    Forward,

    /// <summary>The output gradient times the derivative.</summary>
    Backward,

    /// <summary>The output gradient times the derivative by the first parameter.</summary>
    ByFirst,

    /// <summary>By the second parameter.</summary>
    BySecond,

    /// <summary>By the third parameter.</summary>
    ByThird,

    /// <summary>By the fourth parameter.</summary>
    ByFourth,

    /// <summary>By the fifth parameter.</summary>
    ByFifth,

    /// <summary>By the sixth parameter.</summary>
    BySixth,

    /// <summary>By the seventh parameter.</summary>
    BySeventh,

    /// <summary>By the eighth parameter.</summary>
    ByEighth,

    /// <summary>By the ninth parameter.</summary>
    ByNinth,

    /// <summary>By the tenth parameter.</summary>
    ByTenth,

    /// <summary>By the eleventh parameter.</summary>
    ByEleventh,

    /// <summary>By the twelfth parameter.</summary>
    ByTwelfth,
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
