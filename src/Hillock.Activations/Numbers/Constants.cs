namespace Hillock.Activations.Numbers;

/// <summary>Mathematical constants, rounded once to double.</summary>
internal static class Constants
{
    /// <summary>2/√π.</summary>
    public const double TwoOverSqrtPi = 1.1283791670955126;

    /// <summary>1/√(2π).</summary>
    public const double InverseSqrtTwoPi = 0.3989422804014327;

    /// <summary>√½.</summary>
    public const double SqrtHalf = 0.7071067811865476;

    /// <summary>√2.</summary>
    public const double SqrtTwo = 1.4142135623730951;

    /// <summary>√(2/π).</summary>
    public const double SqrtTwoOverPi = 0.7978845608028654;

    /// <summary>ln 2.</summary>
    public const double Ln2 = 0.6931471805599453;
}
