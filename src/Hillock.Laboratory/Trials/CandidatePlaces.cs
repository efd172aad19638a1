using Hillock.Activations;
using Hillock.Networks;

namespace Hillock.Laboratory.Trials;

/// <summary>Whether it matters to a network which activation it is asked for with.</summary>
internal static class CandidatePlaces
{
    /// <summary>Two activations that every layer takes: a text that comes out alike with both has no place for others.</summary>
    private static readonly Activation[] _probes = [Activation.Parse("sigmoid"), Activation.Parse("relu")];

    /// <summary>Whether a network differs by its activation.</summary>
    /// <param name="describe">Describes the network with an activation.</param>
    public static bool Exist(Func<Activation, NetworkDescription> describe) =>
        _probes.Select(probe => string.Join(',', describe(probe).Layers.Select(layer => layer.Text))).Distinct().Count() > 1;
}
