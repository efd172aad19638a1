using Hillock.Activations.Catalogue;
using Hillock.Activations.Random;

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
    private Network(NetworkDescription description) => Description = description;

    /// <summary>The network's shape.</summary>
    public NetworkDescription Description { get; }

    /// <summary>The number of layers with weights: the hidden layers and the last.</summary>
    public int LayerCount => Description.Hidden.Count + 1;

    /// <summary>The learned parameters of the activations, as they are now.</summary>
    public IReadOnlyList<LearnedParameter> LearnedParameters => throw new NotImplementedException();

    /// <summary>
    /// Makes a network with random weights, matched to the activation that reads them (<see cref="ActivationFacts.Initialisation"/>; the
    /// last layer's follow Glorot), biases of zero, and learned activation parameters at their initial values.
    /// </summary>
    /// <param name="description">The network's shape.</param>
    /// <param name="key">Determines the weights; layer i draws from <c>key.Derive("weights").Derive(i)</c>.</param>
    public static Network Create(NetworkDescription description, RandomKey key)
    {
        _ = key;
        return new Network(description);
    }

    /// <summary>The weights of a layer: rows of inputs, columns of units; the weight from input i to unit j is at i·units + j.</summary>
    /// <param name="layer">The layer, counted from 0; the last is <see cref="LayerCount"/> - 1.</param>
    public Span<float> Weights(int layer) => throw new NotImplementedException();

    /// <summary>The biases of a layer, one for each unit.</summary>
    /// <param name="layer">The layer, counted from 0.</param>
    public Span<float> Biases(int layer) => throw new NotImplementedException();

    /// <summary>Computes what the network says of each sample.</summary>
    /// <param name="data">Samples with as many features as the network has inputs; labels and targets are not looked at.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Rows of <see cref="NetworkDescription.Outputs"/> numbers: the probability of each class, of class 1, or the value.</returns>
    public float[] Predict(Dataset data, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>A copy with weights of its own.</summary>
    public Network Clone() => throw new NotImplementedException();
}
