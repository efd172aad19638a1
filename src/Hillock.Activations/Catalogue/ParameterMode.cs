namespace Hillock.Activations.Catalogue;

/// <summary>What shares one value of a learned parameter.</summary>
public enum ParameterScope
{
    /// <summary>One value for a whole layer.</summary>
    Layer,

    /// <summary>One value for each unit or channel.</summary>
    Channel,
}

/// <summary>Where a parameter's value comes from.</summary>
public abstract record ParameterMode
{
    private ParameterMode()
    {
    }

    /// <summary>The same value always.</summary>
    /// <param name="Value">The value.</param>
    public sealed record Constant(double Value) : ParameterMode;

    /// <summary>Learned with the weights.</summary>
    /// <param name="Scope">What shares one value.</param>
    /// <param name="Initial">The value at which learning starts.</param>
    public sealed record Learned(ParameterScope Scope, double Initial) : ParameterMode;

    /// <summary>Drawn afresh for every element in training from the uniform distribution; its mean in evaluation.</summary>
    /// <param name="Lower">The least value drawn.</param>
    /// <param name="Upper">The bound that draws stay below.</param>
    public sealed record Random(double Lower, double Upper) : ParameterMode;

    /// <summary>Drawn afresh for every element in training from the normal distribution; its mean in evaluation.</summary>
    /// <param name="Mean">The mean.</param>
    /// <param name="Deviation">The standard deviation.</param>
    public sealed record Normal(double Mean, double Deviation) : ParameterMode;

    /// <summary>The mode in the notation of <see cref="Activation.Parse(string)"/>, every default spelled out: <c>learn(layer, init=0.25)</c>.</summary>
    public string Text => this switch
    {
        Constant constant => FormattableString.Invariant($"{constant.Value:R}"),
        Learned learned => FormattableString.Invariant($"learn({(learned.Scope == ParameterScope.Layer ? "layer" : "channel")}, init={learned.Initial:R})"),
        Random random => FormattableString.Invariant($"uniform({random.Lower:R}, {random.Upper:R})"),
        Normal normal => FormattableString.Invariant($"normal({normal.Mean:R}, {normal.Deviation:R})"),
        _ => throw new InvalidOperationException("a parameter is constant, learned or random"),
    };

    /// <inheritdoc cref="Text"/>
    public sealed override string ToString() => Text;

    /// <summary>The value in evaluation before anything is learned: the constant, the initial value or the mean.</summary>
    public double EvaluationValue => this switch
    {
        Constant constant => constant.Value,
        Learned learned => learned.Initial,
        Random random => 0.5 * (random.Lower + random.Upper),
        Normal normal => normal.Mean,
        _ => throw new InvalidOperationException("a parameter is constant, learned or random"),
    };
}
