using Hillock.Activations;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Random;
using Hillock.Networks.Execution;
using Hillock.Networks.Numerics;

namespace Hillock.Networks;

/// <summary>Values that an activation learned.</summary>
/// <param name="Layer">The activation layer, counted from 0.</param>
/// <param name="ActivationName">The activation as the user named it.</param>
/// <param name="Name">The parameter's name in the formula, such as <c>alpha</c>.</param>
/// <param name="Scope">What shares one value.</param>
/// <param name="Values">The values at the time of asking: one, or one for each unit.</param>
public sealed record LearnedParameter(int Layer, string ActivationName, string Name, ParameterScope Scope, IReadOnlyList<float> Values);

/// <summary>A network with its weights. Prediction may be asked of it by several threads at once; training changes it.</summary>
public sealed class Network
{
    private readonly LayerNode[] _weighted;
    private readonly LayerNode[] _activations;

    private Network(NetworkDescription description)
    {
        Description = description;
        Parameters = new AlignedBuffer(description.Layout.TotalLength);
        LayerNode[] all = [.. LayerNode.All(description.Nodes)];
        _weighted = [.. all.Where(node => node.Tensors.Any(tensor => tensor.Kind == TensorKind.Weight))];
        _activations = [.. all.Where(node => node.Description is ActivationLayer)];
    }

    /// <summary>What the network is.</summary>
    public NetworkDescription Description { get; }

    /// <summary>The number of layers with weights.</summary>
    public int LayerCount => _weighted.Length;

    /// <summary>All that the network keeps, learned or not, by name: in the order of the data flow.</summary>
    public IReadOnlyList<NetworkTensor> Tensors => Description.Layout.Tensors;

    /// <summary>Where the parameters lie.</summary>
    internal ParameterLayout Layout => Description.Layout;

    /// <summary>All parameters.</summary>
    internal AlignedBuffer Parameters { get; }

    /// <summary>The learned parameters of the activation layers, as they are now: by layer, in the order of the formula.</summary>
    public IReadOnlyList<LearnedParameter> LearnedParameters
    {
        get
        {
            List<LearnedParameter> learned = [];
            for (int i = 0; i < _activations.Length; i++)
            {
                Activation activation = ((ActivationLayer)_activations[i].Description).Activation;
                for (int p = 0; p < activation.Modes.Count; p++)
                {
                    if (activation.Modes[p] is ParameterMode.Learned mode)
                    {
                        string name = activation.Definition.Facts.Parameters[p].Name;
                        learned.Add(new LearnedParameter(i, activation.Name, name, mode.Scope, ActivationParameter(i, p).ToArray()));
                    }
                }
            }

            return learned;
        }
    }

    /// <summary>
    /// Makes a network with random weights, matched to the activation that reads them (<see cref="ActivationFacts.Initialisation"/>; those that none
    /// reads, as the last layer's, follow Glorot), biases of zero, and learned activation parameters at their initial values.
    /// </summary>
    /// <param name="description">What the network is.</param>
    /// <param name="key">Determines the weights; the i-th tensor of random numbers draws from <c>key.Derive("weights").Derive(i)</c>.</param>
    /// <exception cref="OverflowException">The network has more parameters than an array can hold.</exception>
    public static Network Create(NetworkDescription description, RandomKey key)
    {
        ArgumentNullException.ThrowIfNull(description);
        Network network = new(description);
        RandomKey weights = key.Derive("weights");
        int drawn = 0;
        foreach (NetworkTensor tensor in network.Tensors)
        {
            if (tensor.Initialise is { } initialise)
            {
                initialise(network.Values(tensor), new RandomStream(weights.Derive(drawn++)));
            }
            else
            {
                network.Values(tensor).Fill(tensor.Initial);
            }
        }

        return network;
    }

    /// <summary>Makes a network whose numbers are all 0, to be filled.</summary>
    /// <param name="description">What the network is.</param>
    /// <exception cref="OverflowException">The network has more parameters than an array can hold.</exception>
    internal static Network CreateEmpty(NetworkDescription description) => new(description);

    /// <summary>The numbers of a tensor as they are now; writing to them changes the network.</summary>
    /// <param name="tensor">One of <see cref="Tensors"/>.</param>
    public Span<float> Values(NetworkTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return Parameters.Span.Slice((int)tensor.Offset, (int)tensor.Length);
    }

    /// <summary>
    /// The weights of a layer; of a dense layer rows of inputs, columns of units: the weight from input i to unit j is at i·units + j.
    /// </summary>
    /// <param name="layer">The layer among those that have weights, counted from 0; the last is <see cref="LayerCount"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public Span<float> Weights(int layer) => Values(Weighted(layer).Tensors.First(tensor => tensor.Kind == TensorKind.Weight));

    /// <summary>The biases of a layer, one for each unit; empty where it has none.</summary>
    /// <param name="layer">The layer among those that have weights, counted from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public Span<float> Biases(int layer) =>
        Weighted(layer).Tensors.FirstOrDefault(tensor => tensor.Name.EndsWith(".bias", StringComparison.Ordinal)) is { } bias ? Values(bias) : default;

    /// <summary>The values of a learned parameter of an activation layer: one, or one for each channel.</summary>
    /// <param name="layer">The activation layer, counted from 0.</param>
    /// <param name="parameter">The parameter's index in the formula.</param>
    /// <exception cref="ArgumentException">There is no such layer, or the activation does not learn this parameter.</exception>
    public Span<float> ActivationParameter(int layer, int parameter)
    {
        NetworkTensor? tensor = (uint)layer < (uint)_activations.Length && _activations[layer] is { Description: ActivationLayer { Activation: { } activation } } node
            ? node.ActivationTensors(activation).ElementAtOrDefault(parameter)
            : null;
        return tensor is null ? throw new ArgumentException($"layer {layer} learns no activation parameter {parameter}", nameof(parameter)) : Values(tensor);
    }

    /// <summary>Computes what the network says of each sample.</summary>
    /// <param name="data">Samples with as many features as the network has inputs; labels and targets are not looked at.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Rows of <see cref="NetworkDescription.Outputs"/> numbers: the probability of each class, of class 1, or the value.</returns>
    /// <exception cref="ArgumentException">The number of features is not that of the network's inputs.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public float[] Predict(Dataset data, CancellationToken cancellationToken = default)
    {
        DatasetChecks.Inputs(Description, data, nameof(data));
        float[] predictions = new float[checked(data.Count * Description.Outputs)];
        ForwardScan scan = new(this, data.Count);
        scan.Run(data, data.Count, (first, outputs) => outputs.CopyTo(predictions.AsSpan(first * Description.Outputs)), cancellationToken);
        LossFunction.Link(Description.Loss)?.Forward(predictions, predictions, Description.Output.Channels, default);
        return predictions;
    }

    /// <summary>A copy with weights of its own.</summary>
    public Network Clone()
    {
        Network copy = new(Description);
        copy.CopyParametersFrom(this);
        return copy;
    }

    /// <summary>Takes over the parameters of a network of the same description.</summary>
    internal void CopyParametersFrom(Network other) => other.Parameters.Span.CopyTo(Parameters.Span);

    private LayerNode Weighted(int layer)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(layer);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(layer, LayerCount);
        return _weighted[layer];
    }
}
