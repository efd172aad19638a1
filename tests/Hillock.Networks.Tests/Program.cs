using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using Hillock.Activations;
using Hillock.Activations.Random;
using Hillock.Networks.Tests.Execution;

namespace Hillock.Networks.Tests;

/// <summary>Trains small networks and prints the hash of their parameters; run once for each instruction set by <see cref="Training.BitsTests"/>.</summary>
internal static class Program
{
    private static readonly string[] Activations = ["relu", "tanh", "gelu", "prelu", "rrelu", "swish(beta=learn(channel))", "softmax"];

    /// <summary>The environment variable that names a model file, where its outputs are asked for.</summary>
    public const string ModelVariable = "HILLOCK_TEST_MODEL";

    private static void Main() => Console.WriteLine(
        Environment.GetEnvironmentVariable(ModelVariable) is { Length: > 0 } path
            ? Outputs(ModelFile.Load(path).Network)
            : $"{Fingerprint()} {Vector512.IsHardwareAccelerated}");

    /// <summary>The SHA-256 of what a network says of random samples.</summary>
    public static string Outputs(Network network)
    {
        float[] inputs = new float[100 * network.Description.Inputs];
        new RandomStream(RandomKey.FromSeed(6)).FillUniform(inputs, -1, 1);
        float[] outputs = network.Predict(Dataset.Classification(inputs, network.Description.Inputs, new int[100], 2));
        return Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(outputs)));
    }

    /// <summary>The SHA-256 of the parameters of a few trained networks and of two steps with every kind of layer.</summary>
    public static string Fingerprint()
    {
        const int count = 150, features = 21, classes = 5;
        float[] inputs = new float[count * features];
        new RandomStream(RandomKey.FromSeed(9)).FillUniform(inputs, -1, 1);
        Dataset data = Dataset.Classification(inputs, features, [.. Enumerable.Range(0, count).Select(i => i % classes)], classes);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Train(string activation, TrainingOptions options)
        {
            NetworkDescription description = NetworkDescription.Mlp(features, [33, 12], Activation.Parse(activation), classes, Loss.SoftmaxCrossEntropy);
            Network network = Network.Create(description, RandomKey.FromSeed(1));
            Trainer.Train(network, data, null, options, RandomKey.FromSeed(3));
            hash.AppendData(MemoryMarshal.AsBytes(network.Parameters.Span));
        }

        TrainingOptions plain = new() { LearningRate = 0.01, Epochs = 2, BatchSize = 20 };
        foreach (string activation in Activations)
        {
            Train(activation, plain with { Optimizer = activation.Length % 2 == 0 ? OptimizerKind.Sgd : OptimizerKind.Adam });
        }

        TrainingOptions rich = plain with
        {
            Schedule = LearningRateSchedule.Parse("warmup(3)+cosine"),
            ClipNorm = 0.1,
            ClipValue = 0.05,
            LabelSmoothing = 0.1,
            WeightDecay = 0.01,
        };
        Train("relu", rich with { Optimizer = OptimizerKind.RmsProp });
        Train("relu", rich with { Optimizer = OptimizerKind.AdamW, Schedule = new OneCycleSchedule() });
        Train("relu", rich with { Optimizer = OptimizerKind.Sgd, Nesterov = true });

        foreach (string name in LayerNetworks.All)
        {
            Stepper stepper = new(LayerNetworks.Named(name), 3, null, reuse: true);
            stepper.Step(0);
            stepper.Step(1);
            hash.AppendData(MemoryMarshal.AsBytes(stepper.Network.Parameters.Span));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
