using System.Text.Json.Serialization;
using Hillock.Activations;
using Hillock.Networks.Execution;

namespace Hillock.Networks;

/// <summary>
/// What a network is: the shape of its samples, its layers in the order of the data flow, and the loss that reads what the last one gives.
/// Immutable; holds no weights. Every layer's shape is inferred here, so that a network which cannot be is refused before anything runs.
/// </summary>
public sealed record NetworkDescription
{
    private const string Prefix = "mlp:";
    private const int MaximumUnits = 65536;

    /// <summary>Describes a network.</summary>
    /// <param name="input">The shape of a sample.</param>
    /// <param name="layers">The layers; the last gives the outputs (logits).</param>
    /// <param name="loss">What training minimises: <see cref="Loss.SoftmaxCrossEntropy"/> needs at least 2 output channels, the others 1.</param>
    /// <exception cref="ArgumentException">A layer does not fit its input, or the outputs do not fit the loss; one line says which and why.</exception>
    [JsonConstructor]
    public NetworkDescription(TensorShape input, IReadOnlyList<LayerDescription> layers, Loss loss)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(layers);
        Input = input;
        Layers = [.. layers];
        Loss = loss;
        Nodes = LayerNode.Resolve(Layers, "", "", input, following: null);
        LayerNode.SetNumbers(Nodes);
        Output = Nodes.Length == 0 ? input : Nodes[^1].Output;
        Layout = new ParameterLayout(Nodes);
        if (Output.IsTokens)
        {
            throw new ArgumentException("a network whose outputs are token ids has nothing to learn: begin with an embedding", nameof(layers));
        }

        if (loss == Loss.SoftmaxCrossEntropy ? Output.Channels < 2 : Output.Channels != 1)
        {
            string needed = loss == Loss.SoftmaxCrossEntropy ? "at least 2" : "exactly 1";
            throw new ArgumentOutOfRangeException(
                nameof(layers), Output.Channels, $"{loss} needs {needed} outputs, and the network gives {Output.Channels}");
        }
    }

    /// <summary>The shape of a sample.</summary>
    public TensorShape Input { get; }

    /// <summary>The layers in the order of the data flow.</summary>
    public IReadOnlyList<LayerDescription> Layers { get; }

    /// <summary>What training minimises.</summary>
    public Loss Loss { get; }

    /// <summary>The shape of what the last layer gives for a sample.</summary>
    [JsonIgnore]
    public TensorShape Output { get; }

    /// <summary>The number of inputs of a sample.</summary>
    [JsonIgnore]
    public int Inputs => Input.Size;

    /// <summary>The number of outputs of a sample.</summary>
    [JsonIgnore]
    public int Outputs => Output.Size;

    /// <summary>The number of weights, biases and learned activation parameters.</summary>
    [JsonIgnore]
    public long ParameterCount => Layout.Tensors.Where(tensor => tensor.Kind != TensorKind.State).Sum(tensor => tensor.Length);

    /// <summary>The layers in their places.</summary>
    internal LayerNode[] Nodes { get; }

    /// <summary>Where the parameters lie.</summary>
    internal ParameterLayout Layout { get; }

    /// <summary>How many samples at a time are evaluated: 256, fewer of samples that become large on their way.</summary>
    internal int BlockRows => (int)Math.Clamp((1 << 24) / Nodes.Select(node => (long)node.Output.Size).Append(Inputs).Max(), 1, 256);

    /// <summary>Whether the other describes the same network: the same input, layers and loss.</summary>
    /// <param name="other">Another description.</param>
    public bool Equals(NetworkDescription? other) =>
        other is not null && Loss == other.Loss && Input == other.Input && Layers.SequenceEqual(other.Layers);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Loss, Input, Layers.Count);

    /// <summary>Describes a multilayer perceptron whose hidden layers all have the same activation.</summary>
    /// <param name="inputs">The number of inputs; at least 1.</param>
    /// <param name="hiddenUnits">The units of each hidden layer; none for a linear model.</param>
    /// <param name="activation">The activation of all hidden layers.</param>
    /// <param name="outputs">The number of outputs: the classes for <see cref="Loss.SoftmaxCrossEntropy"/> (at least 2), else 1.</param>
    /// <param name="loss">What training minimises.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public static NetworkDescription Mlp(int inputs, IReadOnlyList<int> hiddenUnits, Activation activation, int outputs, Loss loss)
    {
        ArgumentNullException.ThrowIfNull(hiddenUnits);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        IEnumerable<LayerDescription> hidden = hiddenUnits.SelectMany<int, LayerDescription>(
            units => [new DenseLayer(units), new ActivationLayer(activation)]);
        return new NetworkDescription(TensorShape.Features(inputs), [.. hidden, new DenseLayer(outputs)], loss);
    }

    /// <summary>The units of hidden layers as text that <see cref="ParseMlp"/> reads: <c>mlp:128,64</c>, or <c>linear</c> for none.</summary>
    /// <param name="hiddenUnits">The units of each hidden layer.</param>
    public static string MlpText(IReadOnlyCollection<int> hiddenUnits)
    {
        ArgumentNullException.ThrowIfNull(hiddenUnits);
        return hiddenUnits.Count == 0 ? "linear" : Prefix + string.Join(',', hiddenUnits);
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
}
