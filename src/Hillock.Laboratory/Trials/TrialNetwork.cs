using Hillock.Activations;
using Hillock.Networks;

namespace Hillock.Laboratory.Trials;

/// <summary>The network of a trial: the protocol's text with a candidate in its places.</summary>
internal static class TrialNetwork
{
    /// <summary>Describes the network.</summary>
    /// <param name="protocol">The protocol.</param>
    /// <param name="activation">The candidate.</param>
    /// <param name="input">The shape of the samples; it may differ between folds, as the vocabularies of their training parts do.</param>
    /// <exception cref="FormatException">The text is not understood.</exception>
    /// <exception cref="NetworkDescriptionException">The network does not fit the samples, or cannot use the candidate.</exception>
    public static NetworkDescription Describe(Protocol protocol, Activation activation, TensorShape input) =>
        NetworkText.Parse(protocol.Network, input, activation, protocol.Outputs, protocol.Loss);
}
