using Hillock.Networks;

namespace Hillock.Cli.Benchmarks;

/// <summary>A network and a batch whose steps are timed.</summary>
/// <param name="Name">The name by which it is asked for.</param>
/// <param name="Network">The network as <see cref="NetworkText"/> reads it; ten classes are told apart.</param>
/// <param name="Input">The shape of a sample.</param>
/// <param name="Batch">The samples of a step.</param>
internal sealed record TrainingWorkload(string Name, string Network, TensorShape Input, int Batch)
{
    /// <summary>The classes of every workload.</summary>
    public const int Classes = 10;

    /// <summary>All workloads.</summary>
    public static IReadOnlyList<TrainingWorkload> All { get; } =
    [
        new("mlp-small", "mlp:32", TensorShape.Features(64), Batch: 32),
        new("mlp-mnist", "mlp:256,128", TensorShape.Features(784), Batch: 128),
        new("cnn-cifar", "cnn", TensorShape.Image(32, 32, 3), Batch: 128),
        new("lstm-rows", "lstm", TensorShape.Sequence(28, 28), Batch: 128),
    ];
}
