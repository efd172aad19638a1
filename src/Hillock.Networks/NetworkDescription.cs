using Hillock.Activations;
using Hillock.Activations.Catalogue;

namespace Hillock.Networks;

/// <summary>A layer whose units each see every unit of the layer before: y = f(x·W + b).</summary>
/// <param name="Units">The number of units; at least 1.</param>
/// <param name="Activation">The function f.</param>
public sealed record DenseLayer(int Units, Activation Activation)
{
    /// <summary>The number of units.</summary>
    public int Units { get; init; } = Units >= 1
        ? Units
        : throw new ArgumentOutOfRangeException(nameof(Units), Units, $"a layer of {Units} units is not possible: at least 1 is needed");

    /// <summary>The function f.</summary>
    public Activation Activation { get; init; } = Activation ?? throw new ArgumentNullException(nameof(Activation));

    /// <summary>The number of values that the activation learns in this layer.</summary>
    internal int LearnedValues => Activation.Modes.OfType<ParameterMode.Learned>().Sum(LearnedValuesOf);

    internal int LearnedValuesOf(ParameterMode.Learned mode) => mode.Scope == ParameterScope.Channel ? Units : 1;
}

/// <summary>
/// The shape of a multilayer perceptron: dense layers with an activation each, and a last dense layer without one, whose outputs the loss
/// reads. Immutable; holds no weights.
/// </summary>
public sealed record NetworkDescription
{
    private const string Prefix = "mlp:";

    /// <summary>Describes a network.</summary>
    /// <param name="inputs">The number of inputs; at least 1.</param>
    /// <param name="hidden">The hidden layers, the first sees the inputs; none for a linear model.</param>
    /// <param name="outputs">The number of outputs: the classes for <see cref="Loss.SoftmaxCrossEntropy"/> (at least 2), else 1.</param>
    /// <param name="loss">What training minimises.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public NetworkDescription(int inputs, IReadOnlyList<DenseLayer> hidden, int outputs, Loss loss)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentNullException.ThrowIfNull(hidden);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        if (loss == Loss.SoftmaxCrossEntropy ? outputs < 2 : outputs != 1)
        {
            string needed = loss == Loss.SoftmaxCrossEntropy ? "at least 2" : "exactly 1";
            throw new ArgumentOutOfRangeException(nameof(outputs), outputs, $"{loss} needs {needed} outputs, and {outputs} were asked for");
        }

        Inputs = inputs;
        Hidden = [.. hidden];
        Outputs = outputs;
        Loss = loss;
    }

    /// <summary>The number of inputs.</summary>
    public int Inputs { get; }

    /// <summary>The hidden layers in the order of the data flow.</summary>
    public IReadOnlyList<DenseLayer> Hidden { get; }

    /// <summary>The number of outputs.</summary>
    public int Outputs { get; }

    /// <summary>What training minimises.</summary>
    public Loss Loss { get; }

    /// <summary>The number of weights, biases and learned activation parameters.</summary>
    public long ParameterCount
    {
        get
        {
            long count = 0;
            long from = Inputs;
            foreach (DenseLayer layer in Hidden)
            {
                count += (from + 1) * layer.Units + layer.LearnedValues;
                from = layer.Units;
            }

            return count + (from + 1) * Outputs;
        }
    }

    /// <summary>The hidden layers as text that <see cref="ParseMlp"/> reads: <c>mlp:128,64</c>, or <c>linear</c>.</summary>
    public string Text => Hidden.Count == 0 ? "linear" : Prefix + string.Join(',', Hidden.Select(layer => layer.Units));

    /// <summary>Describes a network whose hidden layers all have the same activation.</summary>
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="hiddenUnits">The units of each hidden layer.</param>
    /// <param name="activation">The activation of all hidden layers.</param>
    /// <param name="outputs">The number of outputs.</param>
    /// <param name="loss">What training minimises.</param>
    public static NetworkDescription Mlp(int inputs, IReadOnlyList<int> hiddenUnits, Activation activation, int outputs, Loss loss)
    {
        ArgumentNullException.ThrowIfNull(hiddenUnits);
        return new NetworkDescription(inputs, [.. hiddenUnits.Select(units => new DenseLayer(units, activation))], outputs, loss);
    }

    /// <summary>Reads the units of the hidden layers: <c>mlp:128,64</c>; <c>linear</c> and <c>mlp:</c> stand for none.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">The text is none of these; the message is one line that says what is allowed.</exception>
    public static IReadOnlyList<int> ParseMlp(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text is "linear" or Prefix)
        {
            return [];
        }

        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            throw new FormatException($"network '{text}' is not understood: write mlp:128,64 (the units of each hidden layer) or linear");
        }

        string[] parts = text[Prefix.Length..].Split(',');
        int[] units = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i].Trim(), System.Globalization.NumberStyles.None, null, out units[i]) || units[i] is < 1 or > MaximumUnits)
            {
                throw new FormatException($"network '{text}': '{parts[i].Trim()}' is not a number of units from 1 to {MaximumUnits}");
            }
        }

        return units;
    }

    private const int MaximumUnits = 65536;
}
