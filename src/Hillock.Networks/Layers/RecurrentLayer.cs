using System.Text.Json.Serialization;
using Hillock.Activations;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Random;
using Hillock.Networks.Execution;

namespace Hillock.Networks;

/// <summary>
/// A layer that reads sequences of length × channels position by position and carries a state along. It gives the state behind the last position, or with
/// <see cref="Sequence"/> those behind all positions. Layers behind each other are stacked: all but the last give sequences.
/// </summary>
/// <remarks>
/// <para>
/// Where a plan is given the lengths of its samples, positions from a sample's length on are padding: the state is carried through them unchanged,
/// so that the last state is that behind the last real position, read in either direction, and padding has no influence on what is learned. With
/// <see cref="Sequence"/>, what comes out at padding is the state carried so far.
/// </para>
/// <para>
/// Tensors: <c>weight</c> [channels, columns], <c>recurrent_weight</c> [units, columns] and <c>bias</c>, whose columns hold the gates one after
/// the other; those of the second direction begin with <c>reverse_</c>. The weights of both kinds start matched to the activation of the gates (the plain
/// recurrent layer has only its one).
/// </para>
/// </remarks>
/// <param name="Units">The units of the state; at least 1.</param>
public abstract record RecurrentLayer(int Units) : LayerDescription
{
    private static readonly Activation DefaultActivation = Activation.Parse("tanh");

    /// <summary>The units of the state, for each direction.</summary>
    public int Units { get; init; } = AtLeast(1, Units, nameof(Units));

    /// <summary>The activation of what goes into the state; tanh where nothing else is said.</summary>
    public Activation Activation { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = DefaultActivation;

    /// <summary>Whether the states behind all positions come out, length × units, rather than the last.</summary>
    public bool Sequence { get; init; }

    /// <summary>Whether a second set of units reads from the end to the beginning; its states stand beside those of the first.</summary>
    public bool Bidirectional { get; init; }

    /// <summary>Whether positions are read from the end to the beginning. States come out where they belong, so the last is that at the first position.</summary>
    public bool Reverse { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Text =>
        $"{Word}:{Units}{Option("activation", Activation, DefaultActivation)}{GateText}"
        + $"{(Sequence ? "/sequence" : "")}{(Bidirectional ? "/bidirectional" : "")}{(Reverse ? "/reverse" : "")}";

    /// <summary>The layer's word in the notation of network texts.</summary>
    private protected abstract string Word { get; }

    /// <summary>The options of the notation that only some recurrent layers have.</summary>
    private protected virtual string GateText => "";

    /// <summary>The columns of the weights, in units: one for each gate.</summary>
    private protected abstract int GateCount { get; }

    /// <summary>The columns of the bias, in units.</summary>
    private protected virtual int BiasCount => GateCount;

    /// <summary>The gate whose bias starts at 1; null for none.</summary>
    private protected virtual int? OpenGate => null;

    /// <summary>The activations in the order of their tensors: what the names of these begin with, and over how many gates the activation runs.</summary>
    private protected virtual IEnumerable<(Activation Activation, string Prefix, int Gates)> Activations => [(Activation, "", 1)];

    /// <summary>The activation to which weights are matched.</summary>
    private protected virtual Activation MatchedActivation => Activation;

    internal override bool IsCausal => Sequence && !Bidirectional && !Reverse;

    internal override TensorShape Declare(LayerNode node)
    {
        if (node.NeedsNumbers().Rank != 2)
        {
            throw node.Error($"needs sequences of length × channels, and its input is {node.Input}{(node.Input.Rank == 3 ? ": put rows before it" : "")}");
        }

        if (Bidirectional && Reverse)
        {
            throw node.Error("reads in both directions, and is to read in reverse");
        }

        foreach (Activation activation in Activations.Select(use => use.Activation))
        {
            if (!activation.Definition.IsElementwise || activation.Modes.Any(mode => mode is ParameterMode.Random or ParameterMode.Normal))
            {
                throw node.Error(
                    $"needs activations of single numbers whose parameters are constant or learned, and {activation.Specification} is not one");
            }
        }

        DeclareDirection(node, "");
        if (Bidirectional)
        {
            DeclareDirection(node, "reverse_");
        }

        int channels = Bidirectional ? 2 * Units : Units;
        return Sequence ? node.Input.WithChannels(channels) : TensorShape.Features(channels);
    }

    internal override PlanValue Build(PlanBuilder plan, LayerNode node, PlanValue input)
    {
        PlanValue output = plan.Value(node.Output, needsGradient: true, mayBeOverwritten: true);
        RecurrentStep step = new(Directions(plan, node, input, output));
        plan.Add(step, output, [input.Data, output.Data], [input.Data, input.Gradient, output.Gradient]);
        step.DeclareUses(plan);
        return output;
    }

    /// <summary>Reads the options of a recurrent layer, such as <c>lstm:128/activation=elu/sequence</c>.</summary>
    internal static RecurrentLayer Read(RecurrentLayer layer, LayerWord word) => layer with
    {
        Activation = word.Option("activation", DefaultActivation),
        Sequence = word.Flag("sequence"),
        Bidirectional = word.Flag("bidirectional"),
        Reverse = word.Flag("reverse"),
    };

    /// <summary>Writes an activation as an option, unless it is the usual one; a formula that divides stands in parentheses.</summary>
    private protected static string Option(string name, Activation activation, Activation usual)
    {
        string text = activation.Specification;
        return text == usual.Specification ? "" : text.Contains('/', StringComparison.Ordinal) ? $"/{name}=({text})" : $"/{name}={text}";
    }

    /// <summary>Makes what computes the states of one direction.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="steps">The positions of a sequence.</param>
    /// <param name="activations">The layer's activations, bound.</param>
    private protected abstract RecurrentCell Cell(PlanBuilder plan, int steps, CellActivation[] activations);

    /// <summary>Makes the directions; each has its own tensors and activations.</summary>
    private RecurrentDirection[] Directions(PlanBuilder plan, LayerNode node, PlanValue input, PlanValue output)
    {
        RecurrentDirection[] directions = new RecurrentDirection[Bidirectional ? 2 : 1];
        int tensors = node.Tensors.Count / directions.Length;
        for (int i = 0; i < directions.Length; i++)
        {
            int first = i * tensors;
            int next = first + 3;
            List<CellActivation> activations = [];
            foreach ((Activation activation, _, int gates) in Activations)
            {
                NetworkTensor?[] learned = node.ActivationTensors(activation, next);
                next += learned.Count(tensor => tensor != null);
                activations.Add(new CellActivation(plan, activation, learned, gates * Units));
            }

            RecurrentCell cell = Cell(plan, node.Input.Positions, [.. activations]);
            directions[i] = new RecurrentDirection(plan, cell, [.. activations], input, output)
            {
                Weight = node.Tensors[first],
                RecurrentWeight = node.Tensors[first + 1],
                Bias = node.Tensors[first + 2],
                Reverse = Reverse || i > 0,
                Sequence = Sequence,
                FirstChannel = i * Units,
                AddsInputGradient = i > 0,
            };
        }

        return directions;
    }

    private void DeclareDirection(LayerNode node, string prefix)
    {
        int columns = checked(GateCount * Units);
        DeclareWeights(node, $"{prefix}weight", node.Input.Channels, columns);
        DeclareWeights(node, $"{prefix}recurrent_weight", Units, columns);
        int units = Units;
        int? open = OpenGate;
        node.Random($"{prefix}bias", TensorKind.Unregularised, [checked(BiasCount * Units)], (values, _) =>
        {
            values.Clear();
            if (open is int gate)
            {
                values.Slice(gate * units, units).Fill(1);
            }
        });
        foreach ((Activation activation, string name, int gates) in Activations)
        {
            node.ActivationParameters(activation, gates * Units, prefix + name);
        }
    }

    private void DeclareWeights(LayerNode node, string name, int inputs, int columns)
    {
        Activation reader = MatchedActivation;
        int units = Units;
        node.Random(name, TensorKind.Weight, [inputs, columns], (values, random) => WeightInitialisation.Fill(values, inputs, units, reader, random));
    }
}
