namespace Hillock.Activations.Catalogue;

/// <summary>All functions that Hillock knows, by name.</summary>
public static class ActivationCatalogue
{
    /// <summary>Every definition, in the order of the list.</summary>
    public static IReadOnlyList<ActivationDefinition> All { get; } = [];
}
