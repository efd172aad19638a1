namespace Hillock.Data;

/// <summary>What is to be learned from a data set.</summary>
public enum TaskKind
{
    /// <summary>One of several classes is to be told.</summary>
    Classification,

    /// <summary>A number is to be told.</summary>
    Regression,
}
