using Hillock.Activations.Random;

namespace Hillock.Networks;

/// <summary>What a tensor of a network is for.</summary>
public enum TensorKind
{
    /// <summary>Weights: learned, and subject to weight decay.</summary>
    Weight,

    /// <summary>Biases, scales of normalisations and parameters of activations: learned, without decay.</summary>
    Unregularised,

    /// <summary>Statistics that forward passes of training keep: not learned.</summary>
    State,
}

/// <summary>A named block of a network's numbers: the same for every network of one description.</summary>
public sealed class NetworkTensor
{
    internal NetworkTensor(string name, TensorKind kind, IReadOnlyList<int> dimensions)
    {
        Name = name;
        Kind = kind;
        Dimensions = dimensions;
        Length = dimensions.Aggregate(1L, (product, dimension) => checked(product * dimension));
    }

    /// <summary>The layer's path and the tensor's name in it: <c>0.weight</c>, <c>3.body.1.bias</c>.</summary>
    public string Name { get; }

    /// <summary>What it is for.</summary>
    public TensorKind Kind { get; }

    /// <summary>Its dimensions; the numbers lie row by row, the last dimension running fastest.</summary>
    public IReadOnlyList<int> Dimensions { get; }

    /// <summary>How many numbers it has.</summary>
    public long Length { get; }

    /// <summary>Where it starts among all parameters.</summary>
    internal long Offset { get; set; }

    /// <summary>The least value that a step of training may leave.</summary>
    internal float Minimum { get; init; } = float.NegativeInfinity;

    /// <summary>The greatest value that a step of training may leave.</summary>
    internal float Maximum { get; init; } = float.PositiveInfinity;

    /// <summary>The value at which all numbers start, where <see cref="Initialise"/> is null.</summary>
    internal float Initial { get; init; }

    /// <summary>Draws the numbers at which it starts; null for <see cref="Initial"/>.</summary>
    internal InitialiseAction? Initialise { get; init; }

    /// <summary>Fills a tensor with random numbers.</summary>
    internal delegate void InitialiseAction(Span<float> values, RandomStream random);
}
