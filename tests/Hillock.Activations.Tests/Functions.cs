using Hillock.Activations.Catalogue;
using Hillock.Activations.Elementary;

namespace Hillock.Activations.Tests;

/// <summary>All functions that have kernels: the elementary ones and the catalogue.</summary>
internal static class Functions
{
    public static IReadOnlyList<ActivationDefinition> Elementary { get; } =
    [
        new ElementwiseActivation<Exponential>(),
        new ElementwiseActivation<ExponentialMinusOne>(),
        new ElementwiseActivation<Logarithm>(),
        new ElementwiseActivation<LogarithmOnePlus>(),
        new ElementwiseActivation<SoftPlusPrimitive>(),
        new ElementwiseActivation<ErrorFunction>(),
        new ElementwiseActivation<ComplementaryErrorFunction>(),
        new ElementwiseActivation<NormalDistribution>(),
    ];

    public static IReadOnlyList<ActivationDefinition> Elementwise { get; } =
        [.. Elementary, .. ActivationCatalogue.All.Where(d => d.IsElementwise)];

    public static TheoryData<string> ElementwiseNames => new(Elementwise.Select(d => d.Facts.Name).Distinct());

    public static TheoryData<string> CatalogueNames => new(ActivationCatalogue.All.Select(d => d.Facts.Name));

    public static ActivationDefinition Named(string name) =>
        ActivationCatalogue.All.FirstOrDefault(d => d.Facts.Name == name) ?? Elementary.First(d => d.Facts.Name == name);

    public static T[] Defaults<T>(ActivationDefinition definition)
        where T : System.Numerics.INumber<T> =>
        [.. definition.Facts.Parameters.Select(p => T.CreateChecked(p.Default))];
}
