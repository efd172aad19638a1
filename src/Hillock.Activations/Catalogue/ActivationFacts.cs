namespace Hillock.Activations.Catalogue;

/// <summary>
/// How much an element costs, forward and backward. The classes of the catalogue are set by the times in docs/performance.md, of 128 K floats on one machine, and
/// fixed: what is decided by them does not change from run to run. The bounds lie in gaps between these times.
/// </summary>
public enum CostClass
{
    /// <summary>Nothing is computed.</summary>
    Free,

    /// <summary>Comparisons, sums and products: no exponential, and at most 0.65 ns.</summary>
    Arithmetic,

    /// <summary>One exponential, or what takes about as long: at most 1.2 ns.</summary>
    OneTranscendental,

    /// <summary>What takes as long as several exponentials: more than 1.2 ns.</summary>
    SeveralTranscendentals,
}

/// <summary>The weight initialisation that keeps signals alive through layers with an activation.</summary>
public enum Initialisation
{
    /// <summary>Uniform in ±√(6/(inputs + outputs)): Glorot &amp; Bengio 2010, for functions close to linear at 0.</summary>
    Glorot,

    /// <summary>N(0, 2/inputs), for leaky units N(0, 2/((1 + α²)·inputs)): He et al. 2015, for rectifiers.</summary>
    He,

    /// <summary>N(0, 1/inputs): LeCun et al. 1998, asked for by self-normalising units.</summary>
    LeCun,
}

/// <summary>On which side a function's slope tends to zero.</summary>
[Flags]
public enum Saturation
{
    /// <summary>On neither side.</summary>
    None = 0,

    /// <summary>Towards minus infinity.</summary>
    Left = 1,

    /// <summary>Towards plus infinity.</summary>
    Right = 2,

    /// <summary>On both sides.</summary>
    Both = Left | Right,
}

/// <summary>Where a function is defined: beyond, its value and its derivative are NaN.</summary>
/// <param name="Text">The set in interval notation.</param>
/// <param name="Least">The least argument at which it has a value or a limit, its parameters at their defaults.</param>
/// <param name="Greatest">The greatest such argument.</param>
public sealed record Domain(string Text, double Least, double Greatest)
{
    /// <summary>Every number, and limits at ±∞.</summary>
    public static Domain Everywhere { get; } = new("(-∞, ∞)", double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Every number, but no limits: what oscillates for ever.</summary>
    public static Domain Finite { get; } = new("(-∞, ∞), without limits at ±∞", double.MinValue, double.MaxValue);

    /// <summary>Whether the function is defined at an argument.</summary>
    public bool Contains(double x) => x >= Least && x <= Greatest;
}

/// <summary>One parameter of a formula.</summary>
/// <param name="Name">The name by which it is given, such as <c>alpha</c>.</param>
/// <param name="Default">Its value where none is given.</param>
/// <param name="Minimum">The least value allowed.</param>
/// <param name="Maximum">The greatest value allowed.</param>
/// <param name="Meaning">What it does, in a few words.</param>
public sealed record ParameterDeclaration(string Name, double Default, double Minimum, double Maximum, string Meaning)
{
    /// <summary>Where its value comes from where none is given: the constant <see cref="Default"/>, unless the function is random or learned by nature.</summary>
    public ParameterMode Mode { get; init; } = new ParameterMode.Constant(Default);

    /// <summary>Whether it is a whole number that shapes the outputs: always a constant, never learned or drawn.</summary>
    public bool IsCount { get; init; }

    /// <summary>
    /// The name of the parameter that this one may not exceed where both are given as constants, as a lower bound may not exceed the upper one; null where there is none. (Where they are
    /// learned, they may come to cross.)
    /// </summary>
    public string? AtMost { get; init; }

    /// <summary>The range as a message says it.</summary>
    internal string Bounds => FormattableString.Invariant($"from {Minimum:R} to {Maximum:R}");
}

/// <summary>How the parameters of a function are made such that it comes near another one.</summary>
/// <param name="Name">The name by which it is asked for, such as <c>init</c> in <c>pau(init=relu)</c>.</param>
/// <param name="To">Gives the parameters for an element-wise activation.</param>
public sealed record ParameterFit(string Name, Func<Activation, IReadOnlyList<double>> To);

/// <summary>Another name under which a formula goes, with the parameters that make it so.</summary>
/// <param name="Name">The other name, such as <c>prelu</c>.</param>
/// <param name="Arguments">The parameters in the notation of <c>Activation.Parse</c>, such as <c>alpha=learn(layer, init=0.25)</c>; empty for a plain synonym.</param>
/// <param name="Paper">Where it was published.</param>
/// <param name="Summary">What it is, in one sentence.</param>
public sealed record ActivationAlias(string Name, string Arguments, string Paper, string Summary);

/// <summary>What a framework calls the function, and how it differs.</summary>
/// <param name="Framework">PyTorch, Keras, JAX or ONNX.</param>
/// <param name="Name">The name there.</param>
/// <param name="Difference">How it differs from ours; empty where it does not.</param>
/// <param name="Preset">
/// The parameters that make ours what the framework gives by default, in the notation of <c>Activation.Parse</c>; empty where our defaults are the
/// same, null where the framework has no defaults or gives another function.
/// </param>
public sealed record PeerName(string Framework, string Name, string Difference = "", string? Preset = "");

/// <summary>Everything that a formula's file says about its function besides the formula itself.</summary>
public sealed record ActivationFacts
{
    /// <summary>The name by which it is asked for: lower case, words joined by underscores.</summary>
    public required string Name { get; init; }

    /// <summary>The name as one writes it in prose.</summary>
    public required string Title { get; init; }

    /// <summary>What it is, in one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>Where it was published.</summary>
    public string Paper { get; init; } = "";

    /// <summary>Where it is defined: everywhere, unless said otherwise.</summary>
    public Domain Domain { get; init; } = Domain.Everywhere;

    /// <summary>The set of its values, in interval notation.</summary>
    public required string Range { get; init; }

    /// <summary>Whether it never decreases (for parameters in their usual range).</summary>
    public required bool Monotone { get; init; }

    /// <summary>Whether its derivative is continuous.</summary>
    public required bool Smooth { get; init; }

    /// <summary>Whether its values are centred on zero.</summary>
    public required bool ZeroCentred { get; init; }

    /// <summary>Where its slope tends to zero.</summary>
    public required Saturation Saturation { get; init; }

    /// <summary>The initialisation that suits it.</summary>
    public required Initialisation Initialisation { get; init; }

    /// <summary>What one evaluation costs.</summary>
    public required CostClass Cost { get; init; }

    /// <summary>The value given to the derivative at a kink, and why; empty where there is none.</summary>
    public string Kink { get; init; } = "";

    /// <summary>Its parameters in the order of the formula; at most twelve.</summary>
    public IReadOnlyList<ParameterDeclaration> Parameters { get; init; } = [];

    /// <summary>How its parameters are fitted to another activation; null where they are not.</summary>
    public ParameterFit? Fit { get; init; }

    /// <summary>Other names of the same formula.</summary>
    public IReadOnlyList<ActivationAlias> Aliases { get; init; } = [];

    /// <summary>What the frameworks call it.</summary>
    public IReadOnlyList<PeerName> Peers { get; init; } = [];

    /// <summary>What it is good at.</summary>
    public IReadOnlyList<string> Strengths { get; init; } = [];

    /// <summary>What it is bad at.</summary>
    public IReadOnlyList<string> Weaknesses { get; init; } = [];

    /// <summary>When to choose it.</summary>
    public string WhenToUse { get; init; } = "";

    /// <summary>What is wrong with the constants among the parameters taken together; null where nothing is.</summary>
    internal string? Conflict(IReadOnlyList<ParameterMode> modes)
    {
        for (int lesser = 0; lesser < Parameters.Count; lesser++)
        {
            int greater = Parameters.ToList().FindIndex(p => p.Name == Parameters[lesser].AtMost);
            if (greater >= 0 && modes[lesser] is ParameterMode.Constant { Value: double low } && modes[greater] is ParameterMode.Constant { Value: double high } && low > high)
            {
                return FormattableString.Invariant($"{Name}'s {Parameters[lesser].Name} must be at most its {Parameters[greater].Name}, and {low:R} is above {high:R}");
            }
        }

        return null;
    }
}
