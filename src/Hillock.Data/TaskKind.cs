namespace Hillock.Data;

/// <summary>What is to be learned from a data set.</summary>
public enum TaskKind
{
    /// <summary>One of several classes is to be told.</summary>
    Classification,

    /// <summary>A number is to be told.</summary>
    Regression,

    /// <summary>The character that follows in a text is to be told, at every place of it.</summary>
    NextCharacter,
}
