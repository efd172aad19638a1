using Hillock.Activations;
using Hillock.Activations.Random;

namespace Hillock.Networks.Tests.Training;

public class TrainingMemoryTests
{
    /// <summary>
    /// What benchmarks/training_torch.py counts for PyTorch 1.13: parameters, momentum, samples, and the most that its allocator holds during a step. In a
    /// plan, likewise, all buffers that are needed at a time have their places.
    /// </summary>
    [Theory]
    [InlineData("mlp:32", new[] { 64 }, 32, "relu", 41_472)]
    [InlineData("mlp:32", new[] { 64 }, 32, "tanh", 41_472)]
    [InlineData("mlp:32", new[] { 64 }, 32, "mish", 42_624)]
    [InlineData("mlp:256,128", new[] { 784 }, 128, "relu", 3_355_264)]
    [InlineData("mlp:256,128", new[] { 784 }, 128, "tanh", 3_355_264)]
    [InlineData("mlp:256,128", new[] { 784 }, 128, "mish", 3_355_264)]
    [InlineData("cnn", new[] { 32, 32, 3 }, 128, "relu", 53_642_752)]
    [InlineData("cnn", new[] { 32, 32, 3 }, 128, "tanh", 53_642_752)]
    [InlineData("cnn", new[] { 32, 32, 3 }, 128, "mish", 68_539_520)]
    [InlineData("lstm", new[] { 28, 28 }, 128, "tanh", 23_612_496)]
    public void Training_needs_at_most_the_memory_that_PyTorch_needs(string network, int[] shape, int batch, string activation, long most)
    {
        TensorShape input = new(shape);
        NetworkDescription description = NetworkText.Parse(network, input, Activation.Parse(activation), 10, Loss.SoftmaxCrossEntropy);
        Dataset samples = Dataset.Classification(new float[batch * input.Size], input, new int[batch], 10);
        TrainingOptions options = new() { Optimizer = OptimizerKind.Sgd, Momentum = 0.9, BatchSize = batch };
        using WorkerTeam team = new(1);
        RandomKey key = RandomKey.FromSeed(1);
        TrainingLoop loop = new(Network.Create(description, key), samples, options, key, team);
        int labels = batch * sizeof(int);
        (loop.MemoryBytes + labels).ShouldBeLessThanOrEqualTo(most);
    }
}
