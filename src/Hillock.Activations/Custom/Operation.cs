namespace Hillock.Activations.Custom;

/// <summary>What a node of a formula does.</summary>
internal enum Operation
{
    /// <summary>A number.</summary>
    Number,

    /// <summary>The variable x.</summary>
    Variable,

    /// <summary>A parameter.</summary>
    Parameter,

    /// <summary>A whole power; written out as products before anything is computed.</summary>
    Power,

    /// <summary>a + b.</summary>
    Add,

    /// <summary>a - b.</summary>
    Subtract,

    /// <summary>a·b.</summary>
    Multiply,

    /// <summary>a/b.</summary>
    Divide,

    /// <summary>The greater.</summary>
    Max,

    /// <summary>The lesser.</summary>
    Min,

    /// <summary>b where a &gt; 0, else c.</summary>
    IfPositive,

    /// <summary>-a.</summary>
    Negate,

    /// <summary>|a|.</summary>
    Abs,

    /// <summary>√a.</summary>
    Sqrt,

    /// <summary>The nearest whole number.</summary>
    Round,

    /// <summary>Sine.</summary>
    Sin,

    /// <summary>Cosine.</summary>
    Cos,

    /// <summary>e^a.</summary>
    Exp,

    /// <summary>e^a - 1.</summary>
    ExpM1,

    /// <summary>ln a.</summary>
    Log,

    /// <summary>ln(1 + a).</summary>
    Log1P,

    /// <summary>Hyperbolic tangent.</summary>
    Tanh,

    /// <summary>The logistic function.</summary>
    Sigmoid,

    /// <summary>ln(1 + e^a).</summary>
    SoftPlus,

    /// <summary>The error function.</summary>
    Erf,

    /// <summary>Its complement.</summary>
    Erfc,

    /// <summary>The normal distribution function.</summary>
    NormalCdf,

    /// <summary>tanh(ln(1 + e^a)).</summary>
    TanhSoftPlus,
}
