using Hillock.Activations;
using Hillock.Activations.Catalogue;

namespace Hillock.Laboratory.Trials;

/// <summary>Activations spelled out with every parameter, so that one function has one text whatever name it was given.</summary>
internal static class ActivationSpecification
{
    /// <summary>The text, which <see cref="Activation.Parse(string)"/> reads back to the same function.</summary>
    public static string Of(Activation activation)
    {
        ActivationFacts facts = activation.Definition.Facts;
        return facts.Parameters.Count == 0
            ? facts.Name
            : $"{facts.Name}({string.Join(", ", facts.Parameters.Zip(activation.Modes, (parameter, mode) => $"{parameter.Name}={Of(mode)}"))})";
    }

    /// <summary>The text of one parameter's mode.</summary>
    public static string Of(ParameterMode mode) => mode switch
    {
        ParameterMode.Constant constant => $"{constant.Value:R}",
        ParameterMode.Learned learned => $"learn({(learned.Scope == ParameterScope.Layer ? "layer" : "channel")}, init={learned.Initial:R})",
        ParameterMode.Random random => $"uniform({random.Lower:R}, {random.Upper:R})",
        _ => throw new InvalidOperationException("a parameter is constant, learned or random"),
    };
}
