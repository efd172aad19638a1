namespace Hillock.Activations.Numbers;

/// <summary>Bit patterns that move integers in and out of the bits of doubles, and what takes floats apart.</summary>
internal static class LaneConstants
{
    /// <summary>1.5·2^52: a double of this size has a unit in the last place of 1, so adding it rounds to an integer, found in its low bits.</summary>
    public const double Shift = 6755399441055744.0;

    /// <summary>The bits of <see cref="Shift"/>.</summary>
    public const long ShiftBits = 0x4338_0000_0000_0000;

    /// <summary>The bits of √½.</summary>
    public const long SqrtHalfBits = 0x3FE6_A09E_667F_3BCD;

    /// <summary>2^-126, the least float that is not subnormal.</summary>
    public const float LeastNormal = 1.17549435e-38f;

    /// <summary>2^24, by which every subnormal float becomes a normal one.</summary>
    public const float IntoNormals = 16777216;

    /// <summary>The exponent of <see cref="IntoNormals"/>.</summary>
    public const float IntoNormalsExponent = 24;

    /// <summary>The bits of a float's fraction.</summary>
    public const int FractionBits = 0x007F_FFFF;
}
