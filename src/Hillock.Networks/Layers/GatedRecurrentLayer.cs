using Hillock.Activations;

namespace Hillock.Networks;

/// <summary>A recurrent layer whose gates have an activation of their own.</summary>
/// <param name="Units">The units of the state; at least 1.</param>
public abstract record GatedRecurrentLayer(int Units) : RecurrentLayer(Units)
{
    private static readonly Activation DefaultGateActivation = Activation.Parse("sigmoid");

    /// <summary>The activation of the gates; sigmoid where nothing else is said.</summary>
    public Activation GateActivation { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = DefaultGateActivation;

    private protected override string GateText => Option("gate", GateActivation, DefaultGateActivation);

    /// <summary>Reads the options of a layer with gates, such as <c>gru:64/gate=hard_sigmoid</c>.</summary>
    internal static RecurrentLayer Read(GatedRecurrentLayer layer, LayerWord word) =>
        RecurrentLayer.Read(layer with { GateActivation = word.Option("gate", DefaultGateActivation) }, word);

    private protected override Activation MatchedActivation => GateActivation;
}
