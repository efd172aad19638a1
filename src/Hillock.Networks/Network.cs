using Hillock.Activations.Catalogue;
using Hillock.Activations.Random;
using Hillock.Networks.Execution;
using Hillock.Networks.Numerics;

namespace Hillock.Networks;

/// <summary>Values that an activation learned.</summary>
/// <param name="Layer">The hidden layer, counted from 0.</param>
/// <param name="ActivationName">The activation as the user named it.</param>
/// <param name="Name">The parameter's name in the formula, such as <c>alpha</c>.</param>
/// <param name="Scope">What shares one value.</param>
/// <param name="Values">The values at the time of asking: one, or one for each unit.</param>
public sealed record LearnedParameter(int Layer, string ActivationName, string Name, ParameterScope Scope, IReadOnlyList<float> Values);

/// <summary>A multilayer perceptron with its weights. Prediction may be asked of it by several threads at once; training changes it.</summary>
public sealed class Network
{
    private Network(NetworkDescription description, ParameterLayout layout)
    {
        Description = description;
        Layout = layout;
        Parameters = new AlignedBuffer(layout.Length);
    }

    /// <summary>The network's shape.</summary>
    public NetworkDescription Description { get; }

    /// <summary>The number of layers with weights: the hidden layers and the last.</summary>
    public int LayerCount => Layout.Layers.Length;

    /// <summary>Where the parameters lie.</summary>
    internal ParameterLayout Layout { get; }

    /// <summary>All parameters.</summary>
    internal AlignedBuffer Parameters { get; }

    /// <summary>The learned parameters of the activations, as they are now: by layer, in the order of the formula.</summary>
    public IReadOnlyList<LearnedParameter> LearnedParameters
    {
        get
        {
            List<LearnedParameter> learned = [];
            for (int i = 0; i < Description.Hidden.Count; i++)
            {
                Activations.Activation activation = Description.Hidden[i].Activation;
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
    /// Makes a network with random weights, matched to the activation that reads them (<see cref="ActivationFacts.Initialisation"/>; the
    /// last layer's follow Glorot), biases of zero, and learned activation parameters at their initial values.
    /// </summary>
    /// <param name="description">The network's shape.</param>
    /// <param name="key">Determines the weights; layer i draws from <c>key.Derive("weights").Derive(i)</c>.</param>
    /// <exception cref="OverflowException">The network has more parameters than an array can hold.</exception>
    public static Network Create(NetworkDescription description, RandomKey key)
    {
        ArgumentNullException.ThrowIfNull(description);
        Network network = new(description, new ParameterLayout(description));
        RandomKey weights = key.Derive("weights");
        for (int i = 0; i < network.LayerCount; i++)
        {
            LayerLayout layer = network.Layout.Layers[i];
            WeightInitialisation.Fill(network.Weights(i), layer, new RandomStream(weights.Derive(i)));
            for (int p = 0; p < layer.Learned.Length; p++)
            {
                if (layer.Activation!.Modes[p] is ParameterMode.Learned mode)
                {
                    network.ActivationParameter(i, p).Fill((float)mode.Initial);
                }
            }
        }

        return network;
    }

    /// <summary>The weights of a layer: rows of inputs, columns of units; the weight from input i to unit j is at i·units + j.</summary>
    /// <param name="layer">The layer, counted from 0; the last is <see cref="LayerCount"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public Span<float> Weights(int layer)
    {
        LayerLayout layout = LayoutOf(layer);
        return Parameters.Span.Slice(layout.Weights, layout.Inputs * layout.Units);
    }

    /// <summary>The biases of a layer, one for each unit.</summary>
    /// <param name="layer">The layer, counted from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public Span<float> Biases(int layer)
    {
        LayerLayout layout = LayoutOf(layer);
        return Parameters.Span.Slice(layout.Biases, layout.Units);
    }

    /// <summary>The values of a learned parameter of a hidden layer's activation: one, or one for each unit.</summary>
    /// <param name="layer">The hidden layer, counted from 0.</param>
    /// <param name="parameter">The parameter's index in the formula.</param>
    /// <exception cref="ArgumentException">There is no such layer, or the activation does not learn this parameter.</exception>
    public Span<float> ActivationParameter(int layer, int parameter)
    {
        LayerLayout layout = LayoutOf(layer);
        if ((uint)parameter >= (uint)layout.Learned.Length || layout.Learned[parameter] < 0)
        {
            throw new ArgumentException($"layer {layer} learns no activation parameter {parameter}", nameof(parameter));
        }

        return Parameters.Span.Slice(layout.Learned[parameter], layout.LearnedCount(parameter));
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
        scan.Run(data, (first, outputs) => outputs.CopyTo(predictions.AsSpan(first * Description.Outputs)), cancellationToken);
        LossFunction.Link(Description.Loss)?.Forward(predictions, predictions, Description.Outputs, default);
        return predictions;
    }

    /// <summary>A copy with weights of its own.</summary>
    public Network Clone()
    {
        Network copy = new(Description, Layout);
        copy.CopyParametersFrom(this);
        return copy;
    }

    /// <summary>Takes over the parameters of a network of the same description.</summary>
    internal void CopyParametersFrom(Network other) => other.Parameters.Span.CopyTo(Parameters.Span);

    private LayerLayout LayoutOf(int layer)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(layer);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(layer, LayerCount);
        return Layout.Layers[layer];
    }
}
