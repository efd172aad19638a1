using Hillock.Activations;
using Hillock.Activations.Catalogue;

namespace Hillock.Networks.Execution;

/// <summary>A layer in its place in a network: its input's shape is known, and so are its output's shape and its tensors.</summary>
internal sealed class LayerNode
{
    private readonly Activation? _following;
    private readonly List<NetworkTensor> _tensors = [];
    private readonly List<LayerNode[]> _branches = [];

    private LayerNode(LayerDescription description, string path, string position, TensorShape input, Activation? following)
    {
        Description = description;
        Path = path;
        Position = position;
        Input = input;
        _following = following;
        try
        {
            Output = description.Declare(this);
        }
        catch (Exception exception) when (exception is OverflowException or ArgumentOutOfRangeException or ArgumentException { ParamName: not null })
        {
            throw Error("makes more numbers than an array can hold");
        }
    }

    /// <summary>The layer.</summary>
    public LayerDescription Description { get; }

    /// <summary>Where it stands, counted from 0: <c>2</c>, <c>3.body.0</c>. Names of tensors begin with it.</summary>
    public string Path { get; }

    /// <summary>The same for people, counted from 1.</summary>
    public string Position { get; }

    /// <summary>Its number among all layers in the order of the data flow, from which it derives its random draws.</summary>
    public int Number { get; private set; }

    /// <summary>The shape of what it reads.</summary>
    public TensorShape Input { get; }

    /// <summary>The shape of what it gives.</summary>
    public TensorShape Output { get; }

    /// <summary>Its tensors in the order of their declaration.</summary>
    public IReadOnlyList<NetworkTensor> Tensors => _tensors;

    /// <summary>The layers inside it, branch by branch.</summary>
    public IReadOnlyList<LayerNode[]> Branches => _branches;

    /// <summary>Puts layers behind each other.</summary>
    /// <param name="layers">The layers.</param>
    /// <param name="prefix">What their paths begin with.</param>
    /// <param name="positionPrefix">What their positions begin with.</param>
    /// <param name="input">The shape that the first reads.</param>
    /// <param name="following">The activation behind the last, if any.</param>
    public static LayerNode[] Resolve(
        IReadOnlyList<LayerDescription> layers, string prefix, string positionPrefix, TensorShape input, Activation? following)
    {
        LayerNode[] nodes = new LayerNode[layers.Count];
        for (int i = 0; i < nodes.Length; i++)
        {
            LayerDescription layer = layers[i] ?? throw new NetworkDescriptionException($"layer {positionPrefix}{i + 1} is null");
            nodes[i] = new LayerNode(layer, $"{prefix}{i}", $"{positionPrefix}{i + 1}", input, Following(layers, i + 1, following));
            input = nodes[i].Output;
        }

        return nodes;
    }

    /// <summary>Numbers nodes in the order of <see cref="All"/>.</summary>
    public static void SetNumbers(IEnumerable<LayerNode> nodes)
    {
        int number = 0;
        foreach (LayerNode node in All(nodes))
        {
            node.Number = number++;
        }
    }

    /// <summary>All nodes in the order of the data flow, each before those inside it.</summary>
    public static IEnumerable<LayerNode> All(IEnumerable<LayerNode> nodes) =>
        nodes.SelectMany(node => All(node.Branches.SelectMany(branch => branch)).Prepend(node));

    /// <summary>Declares weights whose initialisation is matched to the activation that reads what they give.</summary>
    /// <param name="name">Their name in the layer.</param>
    /// <param name="dimensions">Their dimensions.</param>
    /// <param name="fanIn">How many inputs a unit sums.</param>
    /// <param name="fanOut">To how many units an input goes.</param>
    /// <param name="activation">The activation that reads them, where the layer has its own; null for the one that follows.</param>
    public NetworkTensor Weight(string name, IReadOnlyList<int> dimensions, int fanIn, int fanOut, Activation? activation = null)
    {
        Activation? reader = activation ?? _following;
        return Random(name, TensorKind.Weight, dimensions, (values, random) => WeightInitialisation.Fill(values, fanIn, fanOut, reader, random));
    }

    /// <summary>Declares a tensor that starts with random numbers.</summary>
    public NetworkTensor Random(string name, TensorKind kind, IReadOnlyList<int> dimensions, NetworkTensor.InitialiseAction initialise) =>
        Add(new NetworkTensor($"{Path}.{name}", kind, dimensions) { Initialise = initialise });

    /// <summary>Declares a tensor that starts with one value everywhere.</summary>
    public NetworkTensor Constant(string name, TensorKind kind, IReadOnlyList<int> dimensions, float initial = 0) =>
        Add(new NetworkTensor($"{Path}.{name}", kind, dimensions) { Initial = initial });

    /// <summary>Declares what an activation learns over a number of channels, which it must keep.</summary>
    /// <param name="activation">The activation.</param>
    /// <param name="channels">The channels of what it gives.</param>
    /// <param name="prefix">What the names begin with, for a layer with several activations.</param>
    /// <param name="mayChangeChannels">Whether the layer can do with an activation that gives more or fewer channels than it reads.</param>
    public void ActivationParameters(Activation activation, int channels, string prefix = "", bool mayChangeChannels = false)
    {
        if (!activation.Definition.KeepsLength && !mayChangeChannels)
        {
            throw Error($"needs activations that keep the number of channels, and {activation.Name} does not");
        }

        for (int p = 0; p < activation.Modes.Count; p++)
        {
            if (activation.Modes[p] is ParameterMode.Learned mode)
            {
                ParameterDeclaration declaration = activation.Definition.Facts.Parameters[p];
                int count = mode.Scope == ParameterScope.Channel ? channels : 1;
                Add(new NetworkTensor($"{Path}.{prefix}{declaration.Name}", TensorKind.Unregularised, [count])
                {
                    Initial = (float)mode.Initial,
                    Minimum = (float)declaration.Minimum,
                    Maximum = (float)declaration.Maximum,
                });
            }
        }
    }

    /// <summary>Finds the tensors that <see cref="ActivationParameters"/> declared, in the same order.</summary>
    /// <param name="activation">The activation.</param>
    /// <param name="first">The index of the first of them among <see cref="Tensors"/>.</param>
    public NetworkTensor?[] ActivationTensors(Activation activation, int first = 0)
    {
        NetworkTensor?[] learned = new NetworkTensor?[activation.Modes.Count];
        for (int p = 0; p < learned.Length; p++)
        {
            learned[p] = activation.Modes[p] is ParameterMode.Learned ? _tensors[first++] : null;
        }

        return learned;
    }

    /// <summary>Puts a branch of layers into this layer.</summary>
    /// <returns>The shape that the branch gives.</returns>
    public TensorShape Branch(string name, IReadOnlyList<LayerDescription> layers)
    {
        LayerNode[] nodes = Resolve(layers, $"{Path}.{name}.", $"{Position}.{name}.", Input, _following);
        _branches.Add(nodes);
        return nodes.Length == 0 ? Input : nodes[^1].Output;
    }

    /// <summary>Says that the layer gives what it reads, which must be numbers.</summary>
    public TensorShape NeedsNumbers() => Input.IsTokens ? throw Error($"cannot read token ids ({Input}): put an embedding before it") : Input;

    /// <summary>The complaint that the layer cannot be where it is.</summary>
    /// <param name="what">What is wrong: what is needed and what was given.</param>
    public NetworkDescriptionException Error(string what) => new($"layer {Position} ({Description.Text}) {what}");

    private NetworkTensor Add(NetworkTensor tensor)
    {
        _tensors.Add(tensor);
        return tensor;
    }

    private static Activation? Following(IReadOnlyList<LayerDescription> layers, int first, Activation? following)
    {
        for (int i = first; i < layers.Count; i++)
        {
            if (layers[i] is ActivationLayer activation)
            {
                return activation.Activation;
            }

            if (!layers[i].PassesSignals)
            {
                return null;
            }
        }

        return following;
    }
}
