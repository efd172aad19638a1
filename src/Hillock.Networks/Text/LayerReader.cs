using Hillock.Activations;
using Hillock.Activations.Catalogue;

namespace Hillock.Networks;

/// <summary>Reads layers from text.</summary>
internal sealed class LayerReader(string text, Activation activation)
{
    /// <summary>What makes a layer of a word and what is written behind it; the list of all words but those that hold branches.</summary>
    private static readonly Dictionary<string, Func<LayerWord, LayerDescription>> Words = new(StringComparer.Ordinal)
    {
        ["dense"] = word => new DenseLayer(word.Count(), Bias: !word.Flag("nobias")),
        ["conv"] = ConvolutionLayer.Read,
        ["pool"] = word => PoolLayer.Read(PoolKind.Max, word),
        ["avgpool"] = word => PoolLayer.Read(PoolKind.Average, word),
        ["globalpool"] = _ => new GlobalPoolLayer(PoolKind.Max),
        ["globalavgpool"] = _ => new GlobalPoolLayer(PoolKind.Average),
        ["batchnorm"] = word => new BatchNormLayer { Momentum = word.Number("momentum", 0.1), Epsilon = word.Number("epsilon", 1e-5) },
        ["layernorm"] = word => new LayerNormLayer { Epsilon = word.Number("epsilon", 1e-5) },
        ["rmsnorm"] = word => new RmsNormLayer { Epsilon = word.Number("epsilon", 1e-5) },
        ["groupnorm"] = word => new GroupNormLayer(word.Count()) { Epsilon = word.Number("epsilon", 1e-5) },
        ["lrn"] = LocalResponseNormLayer.Read,
        ["dropout"] = word => new DropoutLayer(word.Number()),
        ["alphadropout"] = word => new AlphaDropoutLayer(word.Number()),
        ["flatten"] = _ => new FlattenLayer(),
        ["rows"] = _ => new RowsLayer(),
        ["rnn"] = word => RecurrentLayer.Read(new SimpleRecurrentLayer(word.Count()), word),
        ["lstm"] = word => GatedRecurrentLayer.Read(new LstmLayer(word.Count()), word),
        ["gru"] = word => GatedRecurrentLayer.Read(new GruLayer(word.Count()), word),
        ["attention"] = word => new AttentionLayer(word.Count()) { Causal = word.Flag("causal") },
        ["embedding"] = word => new EmbeddingLayer(word.Count()),
        ["penalty"] = word => new ActivityPenaltyLayer { L1 = word.Number("l1", 0), L2 = word.Number("l2", 0) },
    };

    private int _position;

    /// <summary>Reads all layers.</summary>
    /// <exception cref="FormatException">The text is wrong; the message says what and where.</exception>
    public List<LayerDescription> Read()
    {
        List<LayerDescription> layers = ReadBranch();
        return _position == text.Length ? layers : throw Error(_position, $"'{text[_position]}' is not expected");
    }

    /// <summary>Reads layers up to a bar, a closing parenthesis or the end.</summary>
    private List<LayerDescription> ReadBranch()
    {
        List<LayerDescription> layers = [ReadLayer()];
        while (_position < text.Length && text[_position] == ',')
        {
            _position++;
            layers.Add(ReadLayer());
        }

        return layers;
    }

    private LayerDescription ReadLayer()
    {
        while (_position < text.Length && char.IsWhiteSpace(text[_position]))
        {
            _position++;
        }

        int start = _position;
        while (_position < text.Length && (char.IsAsciiLetterOrDigit(text[_position]) || text[_position] == '_'))
        {
            _position++;
        }

        string word = text[start.._position];
        if (word is "residual" or "add" or "concat" && _position < text.Length && text[_position] == '(')
        {
            return ReadBranches(word, start);
        }

        _position = EndOfLayer(start);
        string item = text[start.._position].Trim();
        try
        {
            if (Words.TryGetValue(word, out Func<LayerWord, LayerDescription>? make))
            {
                LayerWord parts = new(item, activation);
                LayerDescription layer = make(parts);
                parts.ExpectNoMore();
                return layer;
            }

            return item.Length == 0
                ? throw new FormatException("a layer is missing")
                : new ActivationLayer(item == "activation" ? activation : Activation.Parse(item));
        }
        catch (FormatException exception) when (!Words.ContainsKey(word) && item.Length > 0)
        {
            if (item == word && Meant(word) is { } meant)
            {
                throw Error(start, $"'{item}' is no layer and no activation; did you mean '{meant}'?");
            }

            throw Error(start, $"'{item}' is no layer ({string.Join(", ", Words.Keys)}, residual, add, concat) and no activation: {exception.Message}");
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw Error(start, exception is ArgumentException ? $"{item}: {WithoutParameter(exception.Message)}" : exception.Message);
        }
    }

    /// <summary>What may stand where a word does that is misspelt; null where nothing is near.</summary>
    private static string? Meant(string word) => word == "mlp" ? "mlp:64" : NearestName.Find(
        word,
        [
            "activation", .. Words.Keys, "residual", "add", "concat", .. NetworkPreset.All.Select(preset => preset.Name),
            .. ActivationCatalogue.All.SelectMany(definition => definition.Facts.Aliases.Select(alias => alias.Name).Prepend(definition.Facts.Name)),
        ]);

    private LayerDescription ReadBranches(string word, int start)
    {
        List<IReadOnlyList<LayerDescription>> branches = [];
        do
        {
            _position++;
            bool empty = _position < text.Length && text[_position] is '|' or ')';
            branches.Add(empty ? [] : ReadBranch());
        }
        while (_position < text.Length && text[_position] == '|');
        if (_position == text.Length || text[_position] != ')')
        {
            throw Error(_position, $"'{word}(' at {start + 1} is not closed");
        }

        _position++;
        if (word != "residual")
        {
            return new ParallelLayer(branches, word == "add" ? BranchJoin.Add : BranchJoin.Concatenate);
        }

        return branches.Count <= 2
            ? new ResidualLayer(branches[0], branches.ElementAtOrDefault(1))
            : throw Error(start, $"residual has a body and at most one shortcut, and {branches.Count} branches were given");
    }

    /// <summary>Where a layer's text ends: at a comma, bar or closing parenthesis outside of its own parentheses.</summary>
    private int EndOfLayer(int start)
    {
        int depth = 0;
        for (int i = start; i < text.Length; i++)
        {
            depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (depth < 0 || (depth == 0 && text[i] is ',' or '|'))
            {
                return i;
            }
        }

        return text.Length;
    }

    private FormatException Error(int position, string what) => new($"network '{text}', at {position + 1}: {what}");

    private static string WithoutParameter(string message)
    {
        int end = message.IndexOf(" (Parameter", StringComparison.Ordinal);
        return (end < 0 ? message : message[..end]).ReplaceLineEndings(" ");
    }
}
