using Hillock.Activations.Catalogue;
using Hillock.Activations.Verification;

namespace Hillock.Activations.Tests;

/// <summary>All functions that have kernels: the elementary ones and the catalogue.</summary>
internal static class Functions
{
    public static IReadOnlyList<ActivationDefinition> Elementwise => AccuracyVerifier.Functions;

    public static TheoryData<string> ElementwiseNames => new(Elementwise.Select(d => d.Facts.Name));

    public static TheoryData<string> CatalogueNames => new(ActivationCatalogue.All.Select(d => d.Facts.Name));

    /// <summary>The functions of rows.</summary>
    public static IEnumerable<ActivationDefinition> OfRows => ActivationCatalogue.All.Where(d => !d.IsElementwise);

    public static TheoryData<string> RowNames => new(OfRows.Select(d => d.Facts.Name));

    public static ActivationDefinition Named(string name) =>
        Elementwise.Concat(ActivationCatalogue.All).First(d => d.Facts.Name == name);

    public static T[] Defaults<T>(ActivationDefinition definition)
        where T : System.Numerics.INumber<T> =>
        [.. definition.Facts.Parameters.Select(p => T.CreateChecked(p.Default))];
}
