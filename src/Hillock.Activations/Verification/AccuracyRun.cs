namespace Hillock.Activations.Verification;

/// <summary>The type of number whose kernels are verified.</summary>
public enum NumberType
{
    /// <summary>float, IEEE 754's binary32.</summary>
    Binary32,

    /// <summary>double, IEEE 754's binary64.</summary>
    Binary64,
}

/// <summary>What a verification runs over.</summary>
public sealed record AccuracyRun
{
    /// <summary>Whose kernels are verified.</summary>
    public NumberType Type { get; init; }

    /// <summary>Whether to run all 2^32 floats instead of a sample; there is no such run of doubles.</summary>
    public bool Exhaustive { get; init; }

    /// <summary>About how many numbers a sample has, at least 1; 0 for a million floats or 131,072 doubles.</summary>
    public int Samples { get; init; }

    /// <summary>How many threads share the work, at least 1. The result does not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The number of samples asked for, or the usual one.</summary>
    internal int SampleCount => Samples > 0 ? Samples : Type == NumberType.Binary32 ? 1 << 20 : 1 << 17;
}
