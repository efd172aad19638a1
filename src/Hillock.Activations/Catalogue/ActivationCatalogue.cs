using Hillock.Activations.Formulas;

namespace Hillock.Activations.Catalogue;

/// <summary>All functions that Hillock knows, by name.</summary>
public static class ActivationCatalogue
{
    /// <summary>Every definition, in the order of the list.</summary>
    public static IReadOnlyList<ActivationDefinition> All { get; } =
    [
        new ElementwiseActivation<Identity>(),
        new ElementwiseActivation<Sigmoid>(),
        new ElementwiseActivation<Tanh>(),
        new ElementwiseActivation<Relu>(),
        new ElementwiseActivation<LeakyRelu>(),
        new ElementwiseActivation<Elu>(),
        new ElementwiseActivation<Selu>(),
        new ElementwiseActivation<Gelu>(),
        new ElementwiseActivation<GeluTanh>(),
        new ElementwiseActivation<Swish>(),
        new ElementwiseActivation<Mish>(),
        new ElementwiseActivation<Softplus>(),
        new RowActivation<Softmax>(),
    ];
}
