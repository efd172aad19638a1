using Hillock.Activations.Catalogue;

namespace Hillock.Activations;

public sealed partial class Activation
{
    /// <summary>
    /// The function with every parameter spelled out, such as <c>leaky_relu(alpha=learn(layer, init=0.25))</c> for <c>prelu</c>: the same for all names of
    /// one function, and <see cref="Parse(string)"/> reads it back.
    /// </summary>
    public string Specification => Definition.Specification(Modes);

    /// <summary>
    /// Reads an activation from text: a name of the catalogue or an alias, with parameters in parentheses where the defaults do not serve.
    /// </summary>
    /// <remarks>
    /// A parameter is a number (<c>leaky_relu(alpha=0.1)</c>), learned (<c>learn</c>, <c>learn(layer)</c>, <c>learn(channel)</c>,
    /// <c>learn(layer, init=0.25)</c>) or drawn afresh in training (<c>uniform(0.125, 0.3333)</c>, <c>normal(0, 1)</c>). An alias sets its parameters first,
    /// those in parentheses replace them. Learning starts at <c>init</c> or else at the value that the parameter has without it.
    /// <c>pytorch:</c>, <c>keras:</c>, <c>jax:</c> or <c>onnx:</c> before a name gives what that framework computes by default: <c>keras:leaky_relu</c>
    /// has a slope of 0.2, <c>jax:gelu</c> is <c>gelu_tanh</c>. Capital letters do not matter, unless a framework tells functions apart by them.
    /// </remarks>
    /// <param name="text">The text; it becomes the <see cref="Name"/>.</param>
    /// <exception cref="FormatException">The text is no activation; the message is one line that says what is wrong and what is allowed.</exception>
    public static Activation Parse(string text) => Parse(text, ActivationCatalogue.All);

    /// <summary>
    /// Reads several activations: commas outside parentheses separate, and a parameter may list values:
    /// <c>relu,leaky_relu(alpha=0.01|0.1|0.3)</c> gives four.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <returns>The activations in the order of the text, at least one, no name twice.</returns>
    /// <exception cref="FormatException">The text is no such list; the message is one line that says what is wrong and what is allowed.</exception>
    public static IReadOnlyList<Activation> ParseList(string text) => ParseList(text, ActivationCatalogue.All);

    internal static Activation Parse(string text, IReadOnlyList<ActivationDefinition> catalogue)
    {
        ArgumentNullException.ThrowIfNull(text);
        ActivationReader reader = new(text, catalogue);
        List<Activation> read = reader.ReadItem();
        reader.ExpectEnd();
        return read.Count == 1
            ? read[0]
            : throw new FormatException($"'{ActivationReader.Shorten(text)}' stands for {read.Count} activations, and one is asked for: give each parameter one value");
    }

    internal static IReadOnlyList<Activation> ParseList(string text, IReadOnlyList<ActivationDefinition> catalogue)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new FormatException("the list of activations is empty; give names separated by commas, such as relu,tanh");
        }

        ActivationReader reader = new(text, catalogue);
        List<Activation> all = [];
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        do
        {
            foreach (Activation activation in reader.ReadItem())
            {
                if (!names.Add(activation.Name))
                {
                    throw new FormatException($"activation '{ActivationReader.Shorten(activation.Name)}' is listed twice");
                }

                all.Add(activation);
            }
        }
        while (reader.TryTake(','));

        reader.ExpectEnd();
        return all;
    }
}
