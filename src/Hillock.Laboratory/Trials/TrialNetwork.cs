using Hillock.Activations;
using Hillock.Networks;

namespace Hillock.Laboratory.Trials;

/// <summary>The network of a trial: the protocol's text with a candidate in its places.</summary>
internal static class TrialNetwork
{
    /// <summary>Two activations that every layer takes: a text that comes out alike with both has no place for candidates.</summary>
    public static IReadOnlyList<Activation> Probes { get; } = [Activation.Parse("sigmoid"), Activation.Parse("relu")];

    /// <summary>Describes the network.</summary>
    /// <param name="protocol">The protocol.</param>
    /// <param name="activation">The candidate.</param>
    /// <param name="input">The shape of the samples; it may differ between folds, as the vocabularies of their training parts do.</param>
    /// <exception cref="FormatException">The text is not understood.</exception>
    /// <exception cref="NetworkDescriptionException">The network does not fit the samples, or cannot use the candidate.</exception>
    public static NetworkDescription Describe(Protocol protocol, Activation activation, TensorShape input) =>
        NetworkText.Parse(protocol.Network, input, activation, protocol.Outputs, protocol.Loss);

    /// <summary>The layers with a candidate in its places, as text.</summary>
    /// <param name="protocol">The protocol.</param>
    /// <param name="activation">The candidate.</param>
    public static string Text(Protocol protocol, Activation activation) =>
        string.Join(',', Describe(protocol, activation, protocol.Input).Layers.Select(layer => layer.Text));
}
