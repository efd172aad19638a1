using Hillock.Activations;
using Hillock.Networks;

namespace Hillock.Laboratory;

/// <summary>How a model is trained.</summary>
public sealed record ModelTrainingOptions
{
    /// <summary>The network as <see cref="NetworkText"/> reads it; null for one that suits the data.</summary>
    public string? Network { get; init; }

    /// <summary>
    /// The activation of the hidden layers, which stands where the network's text says <c>activation</c>; null for relu. A network whose text names all of its
    /// own takes none.
    /// </summary>
    public Activation? Activation { get; init; }

    /// <summary>The passes over the training samples, at least 1.</summary>
    public int Epochs { get; init; } = 20;

    /// <summary>The samples of a step, at least 1; null for a size chosen by the number of samples.</summary>
    public int? BatchSize { get; init; }

    /// <summary>The optimiser.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>The learning rate, above 0; null for 0.001, of SGD 0.01.</summary>
    public double? LearningRate { get; init; }

    /// <summary>How many epochs without a lower loss of the test samples end the training, whose best epoch then counts; null for never.</summary>
    public int? Patience { get; init; }

    /// <summary>How the learning rate goes on from its first value.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Constant;

    /// <summary>The decay of the weights in a step, as a share of them for AdamW and as a gradient for the others; biases and activation parameters do not decay.</summary>
    public double WeightDecay { get; init; }

    /// <summary>The momentum of SGD, from 0 to below 1; the other optimisers do not look at it.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Whether SGD takes its gradient where the momentum leads (Nesterov 1983); with SGD only.</summary>
    public bool Nesterov { get; init; }

    /// <summary>The bound of each gradient, above 0; null for none.</summary>
    public double? ClipValue { get; init; }

    /// <summary>The bound of the Euclidean length of all gradients, above 0; null for none.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>The share of a target that is spread over all classes, from 0 to below 1; for three classes and more.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>How images are changed at random at each step; null for not at all, and for other samples.</summary>
    public ImageAugmentation? Augmentation { get; init; }

    /// <summary>A folder for a checkpoint of every epoch, from which the same training goes on; null for none.</summary>
    public string? CheckpointFolder { get; init; }

    /// <summary>
    /// Whether the inside of the network is looked at in every epoch, for pictures and event files; else only as far as it costs next to nothing. Has no influence on
    /// the model.
    /// </summary>
    public bool LooksInsideEveryEpoch { get; init; }

    /// <summary>
    /// The share of the samples that is held out to judge by, from 0 (none) to 0.9. Data with a test part of their own are judged by that instead,
    /// unless this is 0.
    /// </summary>
    public double TestShare { get; init; } = 0.2;

    /// <summary>Where all random numbers come from.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads that share a step, at least 1. Has no influence on the result.</summary>
    public int Threads { get; init; } = 1;
}
