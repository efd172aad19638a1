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
        new ElementwiseActivation<InverseLeakyRelu>(),
        new ElementwiseActivation<NoisyRelu>(),
        new ElementwiseActivation<Elu>(),
        new ElementwiseActivation<Selu>(),
        new ElementwiseActivation<Gelu>(),
        new ElementwiseActivation<GeluTanh>(),
        new ElementwiseActivation<Swish>(),
        new ElementwiseActivation<Mish>(),
        new ElementwiseActivation<Softplus>(),
        new ElementwiseActivation<Relu6>(),
        new ElementwiseActivation<Celu>(),
        new ElementwiseActivation<SquaredRelu>(),
        new ElementwiseActivation<StarRelu>(),
        new ElementwiseActivation<SmeLu>(),
        new ElementwiseActivation<ThresholdedRelu>(),
        new ElementwiseActivation<Threshold>(),
        new ElementwiseActivation<HardSigmoid>(),
        new ElementwiseActivation<HardTanh>(),
        new ElementwiseActivation<HardSwish>(),
        new ElementwiseActivation<HardShrink>(),
        new ElementwiseActivation<SoftShrink>(),
        new ElementwiseActivation<TanhShrink>(),
        new ElementwiseActivation<SoftSign>(),
        new ElementwiseActivation<Elliott>(),
        new ElementwiseActivation<LogSigmoid>(),
        new ElementwiseActivation<SquarePlus>(),
        new ElementwiseActivation<ScaledTanh>(),
        new ElementwiseActivation<Lisht>(),
        new ElementwiseActivation<BentIdentity>(),
        new ElementwiseActivation<SoftRootSign>(),
        new ElementwiseActivation<Pdelu>(),
        new ElementwiseActivation<Gaussian>(),
        new ElementwiseActivation<ErrorFunction>(),
        new ElementwiseActivation<Exponential>(),
        new ElementwiseActivation<Square>(),
        new ElementwiseActivation<Absolute>(),
        new ElementwiseActivation<Affine>(),
        new RowActivation<Softmax>(),
    ];
}
