using Hillock.Activations.Catalogue;

namespace Hillock.Activations.Custom;

/// <summary>The parameters of a call by their index.</summary>
/// <typeparam name="TScalar">float or double.</typeparam>
/// <param name="arguments">The parameters.</param>
/// <param name="count">How many there are.</param>
internal readonly ref struct FormulaArguments<TScalar>(ActivationArguments<TScalar> arguments, int count)
    where TScalar : unmanaged
{
    private readonly ActivationArguments<TScalar> _arguments = arguments;

    /// <summary>How many there are.</summary>
    public int Count { get; } = count;

    /// <summary>The values of a parameter.</summary>
    public ReadOnlySpan<TScalar> this[int parameter] => _arguments[parameter];

    /// <summary>Whether a parameter has a value for each element.</summary>
    public bool PerElement(int parameter) => this[parameter].Length > 1;
}
