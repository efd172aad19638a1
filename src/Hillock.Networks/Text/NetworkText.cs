using Hillock.Activations;
using Hillock.Networks.Execution;

namespace Hillock.Networks;

/// <summary>
/// Networks as text: the name of a preset (<see cref="NetworkPreset.All"/>), <c>mlp:128,64</c>, or layers separated by commas, such as
/// <c>conv:32x5,relu,pool:2,dense:10</c>.
/// </summary>
/// <remarks>
/// A layer is a word, a value behind a colon where it has one, and options behind slashes: <c>conv:32x5/stride=2/nobias</c> has 32 filters that see
/// 5 × 5 pixels. Everything else is an activation as <see cref="Activation.Parse(string)"/> reads it; the word <c>activation</c> stands for the one that
/// the network is asked for with. <c>residual(...)</c>, <c>add(...|...)</c> and <c>concat(...|...)</c> hold branches of layers. Convolutions keep the size of
/// their input unless a padding is given; sequences are convolved along their length. Token ids go through <c>embedding:64</c> where the text does not begin with
/// an embedding, what is not flat is flattened before <c>dense</c>, images are read row by row by recurrent layers, and
/// the last layer, with as many units as there are outputs, is put behind where the text does not end with it.
/// </remarks>
public static class NetworkText
{
    private const int EmbeddingUnits = 64;

    /// <summary>Reads a network.</summary>
    /// <param name="text">The text.</param>
    /// <param name="input">The shape of a sample.</param>
    /// <param name="activation">What <c>activation</c> stands for, and what the hidden layers of presets have.</param>
    /// <param name="outputs">The outputs that the loss needs: the classes for <see cref="Loss.SoftmaxCrossEntropy"/>, else 1.</param>
    /// <param name="loss">What training minimises.</param>
    /// <param name="everyPosition">
    /// Whether every position of a sequence has outputs, computed from it and from those before it. Then recurrent layers give the states of all
    /// positions without being told so, <c>dense</c> reads each position by itself, and layers that would see those behind are refused.
    /// </param>
    /// <exception cref="FormatException">The text is no network; the message is one line that says what is wrong, and where.</exception>
    /// <exception cref="NetworkDescriptionException">A layer cannot read what the one before it gives.</exception>
    public static NetworkDescription Parse(string text, TensorShape input, Activation activation, int outputs, Loss loss, bool everyPosition = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(activation);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        string name = text.Trim();
        List<LayerDescription> layers = [];
        void Append(LayerDescription layer)
        {
            if (input.IsTokens && layers.Count == 0 && layer is not EmbeddingLayer)
            {
                layers.Add(new EmbeddingLayer(EmbeddingUnits));
            }

            TensorShape shape = ShapeBehind(layers, input);
            if (layer is DenseLayer && shape.Rank > 1 && !everyPosition)
            {
                layers.Add(new FlattenLayer());
            }
            else if (layer is RecurrentLayer && shape.Rank == 3)
            {
                layers.Add(new RowsLayer());
            }

            layers.Add(everyPosition && layer is RecurrentLayer recurrent ? recurrent with { Sequence = true } : layer);
            if (everyPosition && !layers[^1].IsCausal)
            {
                throw new FormatException(
                    $"network '{name}': {layer.Text} joins positions or sees those behind, and every position is to be judged by itself and those before it");
            }
        }

        foreach (LayerDescription layer in ReadLayers(name, activation))
        {
            Append(layer);
        }

        bool ends = layers.Count > 0 && layers[^1] is DenseLayer && !IsPreset(name);
        if (!ends)
        {
            Append(new DenseLayer(outputs));
        }
        else if (layers[^1] is DenseLayer last && last.Units != outputs)
        {
            throw new FormatException($"network '{name}' ends with {last.Text}, and {outputs} {(outputs == 1 ? "output is" : "outputs are")} needed: end with dense:{outputs} or leave it out");
        }

        return new NetworkDescription(input, layers, loss);
    }

    /// <summary>Writes a network so that <see cref="Parse"/> reads it back: as <c>mlp:...</c> or <c>linear</c> where it is one, else layer by layer.</summary>
    /// <param name="description">The network.</param>
    public static string Write(NetworkDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        LayerDescription[] hidden = [.. description.Layers.SkipLast(1)];
        bool perceptron = description.Layers.Count % 2 == 1
            && description.Layers[^1] is DenseLayer { Bias: true }
            && hidden.Where((_, i) => i % 2 == 0).All(layer => layer is DenseLayer { Bias: true })
            && hidden.Where((_, i) => i % 2 == 1).All(layer => layer is ActivationLayer)
            && hidden.OfType<ActivationLayer>().Select(layer => layer.Activation.Specification).Distinct().Count() <= 1;
        return perceptron
            ? NetworkDescription.MlpText([.. hidden.OfType<DenseLayer>().Select(layer => layer.Units)])
            : string.Join(',', description.Layers.Where(layer => layer is not FlattenLayer).Select(layer => layer.Text));
    }

    private static bool IsPreset(string text) =>
        text.StartsWith("mlp:", StringComparison.Ordinal) || NetworkPreset.All.Any(preset => preset.Name == text);

    private static IEnumerable<LayerDescription> ReadLayers(string text, Activation activation)
    {
        if (text.StartsWith("mlp:", StringComparison.Ordinal))
        {
            return NetworkDescription.ParseMlp(text).SelectMany<int, LayerDescription>(units => [new DenseLayer(units), new ActivationLayer(activation)]);
        }

        string layers = NetworkPreset.All.FirstOrDefault(preset => preset.Name == text)?.Layers ?? text;
        return layers.Length == 0 && text.Length > 0 ? [] : new LayerReader(layers, activation).Read();
    }

    private static TensorShape ShapeBehind(List<LayerDescription> layers, TensorShape input) =>
        LayerNode.Resolve(layers, "", "", input, following: null) is { Length: > 0 } nodes ? nodes[^1].Output : input;
}
