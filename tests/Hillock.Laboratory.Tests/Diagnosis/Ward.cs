using Hillock.Activations;
using Hillock.Activations.Random;
using Hillock.Networks;

namespace Hillock.Laboratory.Tests.Diagnosis;

/// <summary>Networks, sick on purpose and healthy ones, by name, each with the code of the finding that must come first; null for none at all.</summary>
internal static class Ward
{
    private const int Features = 20;
    private const int Classes = 4;

    /// <summary>What a diagnosis is given.</summary>
    internal sealed record Bed(Network Network, Dataset Data, TrainingHistory? History = null, TrainingSettings? Settings = null);

    private static readonly Dictionary<string, (string? Code, Func<Bed> Make)> Beds = new()
    {
        // Parameters.
        ["zero initialisation, relu"] = (FindingCodes.IdenticalUnits, () => Fresh("mlp:32,16", "relu", n => Weights(n).ForEach(w => n.Values(w).Clear()))),
        ["zero initialisation, tanh, trained"] = (FindingCodes.IdenticalUnits, () => Trained(Fresh("mlp:16,16", "tanh", n => Weights(n).ForEach(w => n.Values(w).Clear())), 0.05)),
        ["all weights 0.1"] = (FindingCodes.IdenticalUnits, () => Fresh("mlp:32,16", "gelu", n => Weights(n).ForEach(w => n.Values(w).Fill(0.1f)))),
        ["one weight is NaN"] = (FindingCodes.NotFiniteParameters, () => Fresh("mlp:32,16", "relu", n => n.Weights(1)[5] = float.NaN)),
        ["a running variance is infinite"] = (FindingCodes.NotFiniteParameters, () => Fresh("dense:8,batchnorm,activation", "relu", n => n.Values(n.Tensors.First(t => t.Name == "1.running_variance"))[3] = float.PositiveInfinity)),
        ["weights whose products overflow"] = (FindingCodes.Overflow, () => Fresh("mlp:32,16", "relu", n => Weights(n).ForEach(w => Scale(n.Values(w), 1e20f)))),
        ["swish beta at its limit"] = (FindingCodes.ParameterAtBound, () => Fresh("mlp:16", "swish(beta=learn(channel))", n => n.ActivationParameter(0, 0)[..4].Fill(Limit("swish")))),

        // Inputs.
        ["inputs times 1000"] = (FindingCodes.InputScale, () => Fresh("mlp:32,16", "relu", scale: 1000)),
        ["inputs times 1000, trained, sigmoid"] = (FindingCodes.InputScale, () => Trained(Fresh("mlp:32,16", "sigmoid", scale: 1000), 0.1)),
        ["inputs divided by 1000"] = (FindingCodes.InputScale, () => Fresh("mlp:32,16", "tanh", scale: 1e-3f)),

        // Signals.
        ["standard deviation 0.01 in 30 layers, relu"] = (FindingCodes.VanishingSignal, () => Fresh(Deep(30), "relu", n => Draw(n, 0.01))),
        ["standard deviation 0.01 in 30 layers, tanh"] = (FindingCodes.VanishingSignal, () => Fresh(Deep(30), "tanh", n => Draw(n, 0.01))),
        ["standard deviation 1 in 10 layers"] = (FindingCodes.ExplodingSignal, () => Fresh(Deep(10), "relu", n => Draw(n, 1))),
        ["standard deviation 0.00001 before a batch normalisation"] = (FindingCodes.HiddenByNormalisation, () => Trained(Fresh("dense:16,batchnorm,activation,dense:16,activation", "relu", n => Scale(n.Weights(0), 1e-4f)), 1e-7)),
        ["last layer zero"] = (FindingCodes.ConstantOutput, () => Fresh("mlp:32,16", "relu", n => n.Weights(2).Clear())),

        // Units.
        ["biases of -10, relu"] = (FindingCodes.DeadUnits, () => Fresh("mlp:32,16", "relu", n => n.Biases(0).Fill(-10))),
        ["biases of -10, gelu"] = (FindingCodes.DeadUnits, () => Fresh("mlp:32,16", "gelu", n => n.Biases(0).Fill(-10))),
        ["biases of -20, elu"] = (FindingCodes.DeadUnits, () => Fresh("mlp:32,16", "elu", n => n.Biases(1).Fill(-20))),
        ["biases of -10 in half of the filters"] = (FindingCodes.DeadUnits, () => Fresh("conv:8x3,activation,pool:2,dense:16,activation", "relu", n => n.Biases(0)[..4].Fill(-20), image: true)),
        ["learning rate too high, relu"] = (FindingCodes.DeadUnits, () => Trained(Fresh("mlp:64,64", "relu"), 3)),
        ["biases of -10, leaky_relu"] = (FindingCodes.StuckUnits, () => Fresh("mlp:32,16", "leaky_relu(alpha=0.01)", n => n.Biases(0).Fill(-10))),
        ["biases of -10, prelu"] = (FindingCodes.StuckUnits, () => Fresh("mlp:32,16", "prelu", n => n.Biases(1).Fill(-10))),
        ["biases of 12, sigmoid"] = (FindingCodes.SaturatedUnits, () => Fresh("mlp:32,16", "sigmoid", n => n.Biases(0).Fill(12))),
        ["biases of -12, sigmoid"] = (FindingCodes.SaturatedUnits, () => Fresh("mlp:32,16", "sigmoid", n => n.Biases(1).Fill(-12))),
        ["standard deviation 3, tanh"] = (FindingCodes.SaturatedUnits, () => Fresh("mlp:32,32", "tanh", n => Draw(n, 3))),

        ["biases of 12 in half of the units, tanh"] = (FindingCodes.SaturatedUnits, () => Fresh("mlp:32,16", "tanh", n => n.Biases(0)[..16].Fill(12))),

        // Gates of recurrent layers: of lstm the biases of input, forget and output gate, of gru those of candidate, reset and update gate come first.
        ["input gates closed, lstm"] = (FindingCodes.SaturatedUnits, () => Fresh("rows,lstm:16", "tanh", n => RecurrentBias(n).Slice(0, 16).Fill(-12), image: true)),
        ["forget gates closed, lstm"] = (FindingCodes.SaturatedUnits, () => Fresh("rows,lstm:16", "tanh", n => RecurrentBias(n).Slice(16, 16).Fill(-12), image: true)),
        ["update gates open, gru"] = (FindingCodes.SaturatedUnits, () => Fresh("rows,gru:16", "tanh", n => RecurrentBias(n).Slice(32, 16).Fill(12), image: true)),
        ["standard deviation 5, rnn"] = (FindingCodes.SaturatedUnits, () => Fresh("rows,rnn:16,dense:8,activation", "tanh", n => Draw(n, 5), image: true)),
        ["second direction saturated, gru"] = (FindingCodes.SaturatedUnits, () => Fresh("rows,gru:8/bidirectional", "tanh", n => n.Values(n.Tensors.First(t => t.Name.EndsWith("reverse_bias", StringComparison.Ordinal))).Fill(-12), image: true)),

        // Gradients.
        ["ten sigmoid layers"] = (FindingCodes.VanishingGradient, () => Fresh(Deep(10), "sigmoid")),
        ["ten sigmoid layers, trained"] = (FindingCodes.VanishingGradient, () => Trained(Fresh(Deep(10), "sigmoid"), 0.1)),

        ["ten sigmoid layers, trained by Adam"] = (FindingCodes.VanishingGradient, () => Trained(Fresh(Deep(10), "sigmoid"), 0.003, OptimizerKind.Adam)),

        // Linear layers.
        ["learned alpha run to 1"] = (FindingCodes.LinearLayer, () => Fresh("mlp:32,16", "leaky_relu(alpha=learn(channel))", n => n.ActivationParameter(1, 0).Fill(0.99f))),
        ["biases of 12, relu"] = (FindingCodes.LinearLayer, () => Fresh("mlp:32", "relu", n => n.Biases(0).Fill(12))),
        ["no activation"] = (FindingCodes.LinearNetwork, () => Fresh("mlp:32,16", "identity")),

        // Steps.
        ["learning rate too low"] = (FindingCodes.SlowLearning, () => Trained(Fresh("mlp:32,16", "relu"), 1e-7)),
        ["learning rate ten times too low"] = (FindingCodes.Undertrained, () => Trained(Fresh("mlp:32,16", "relu"), 0.002)),
        ["one epoch at a low learning rate"] = (FindingCodes.Undertrained, () => Trained(Fresh("mlp:32,16", "tanh"), 0.01, epochs: 1)),
        ["two epochs of sigmoids"] = (FindingCodes.Undertrained, () => Trained(Fresh("mlp:32,32", "sigmoid"), 0.001, OptimizerKind.Adam, epochs: 2)),
        ["learning rate too low for Adam"] = (FindingCodes.Undertrained, () => Trained(Fresh("conv:8x3,activation,pool:2,dense:16,activation", "relu", image: true), 3e-5, OptimizerKind.Adam)),
        ["weight decay of 1, relu"] = (FindingCodes.DecayedWeights, () => Trained(Fresh("mlp:32,16", "relu"), 0.1, decay: 1)),
        ["weight decay of 1, tanh"] = (FindingCodes.DecayedWeights, () => Trained(Fresh("mlp:32,16", "tanh"), 0.1, decay: 1)),
        ["learning rate too high, leaky_relu"] = (FindingCodes.LargeUpdates, () => Trained(Fresh("mlp:16", "leaky_relu(alpha=0.5)"), 2.2)),
        ["labels without any relation"] = (FindingCodes.NothingLearned, () => Trained(Fresh("linear", "relu", noise: true), 0.04)),

        // Healthy ones.
        ["fresh relu network of ten layers"] = (null, () => Fresh(Deep(10), "relu")),
        ["fresh selu network of thirty layers"] = (null, () => Fresh(Deep(30), "selu")),
        ["trained relu network"] = (null, () => Trained(Fresh("mlp:64,32", "relu"), 0.05)),
        ["trained tanh network"] = (null, () => Trained(Fresh("mlp:64,32", "tanh"), 0.05)),
        ["trained sigmoid network"] = (null, () => Trained(Fresh("mlp:64", "sigmoid"), 0.3)),
        ["trained gelu network"] = (null, () => Trained(Fresh("mlp:64,32,16", "gelu"), 0.05)),
        ["trained prelu network"] = (null, () => Trained(Fresh("mlp:64,32", "prelu"), 0.05)),
        ["three sigmoid layers, trained by Adam"] = (null, () => Trained(Fresh("mlp:32,32,32", "sigmoid"), 0.01, OptimizerKind.Adam)),
        ["ten sigmoid layers with normalisation, trained by Adam"] = (null, () => Trained(
            Fresh(string.Join(',', Enumerable.Repeat("dense:32,batchnorm,activation", 10)), "sigmoid"), 0.003, OptimizerKind.Adam)),
        ["ten tanh layers, trained by Adam"] = (null, () => Trained(Fresh(Deep(10), "tanh"), 0.001, OptimizerKind.Adam)),
        ["trained network with normalisation"] = (null, () => Trained(Fresh("dense:32,batchnorm,activation,dense:32,layernorm,activation", "relu"), 0.05)),
        ["trained convolutions"] = (null, () => Trained(Fresh("conv:8x3,activation,pool:2,conv:16x3,activation,dense:16,activation", "relu", image: true), 0.05)),
        ["no activation, but a pooling that keeps the greatest"] = (null, () => Fresh("conv:8x3,activation,pool:2,dense:16,activation", "identity", image: true)),
        ["trained softmax layer"] = (null, () => Trained(Fresh("dense:16,softmax", "relu"), 1.5)),
        ["forget gates held open, lstm"] = (null, () => Fresh("rows,lstm:16", "tanh", n => RecurrentBias(n).Slice(16, 16).Fill(12), image: true)),
        ["trained gru"] = (null, () => Trained(Fresh("rows,gru:16/bidirectional", "tanh", image: true), 0.3)),
        ["trained recurrent network"] = (null, () => Trained(Fresh("rows,lstm:16", "tanh", image: true), 0.3)),
        ["trained linear model"] = (null, () => Trained(Fresh("linear", "relu"), 0.05)),
    };

    /// <summary>The names.</summary>
    public static IEnumerable<string> Names => Beds.Keys;

    /// <summary>The code that must come first; null for no finding.</summary>
    public static string? CodeOf(string name) => Beds[name].Code;

    /// <summary>What is known of a network.</summary>
    public static Bed Open(string name) => Beds[name].Make();

    /// <summary>The findings of a network.</summary>
    public static IReadOnlyList<Finding> Diagnose(Bed bed) => NetworkFindings.Find(
        bed.Network.Description, NetworkDiagnosis.Measure(bed.Network, bed.Data), bed.Data, bed.History, bed.Settings);

    private static string Deep(int layers) => "mlp:" + string.Join(',', Enumerable.Repeat(64, layers));

    private static List<NetworkTensor> Weights(Network network) => [.. network.Tensors.Where(tensor => tensor.Kind == TensorKind.Weight)];

    private static Span<float> RecurrentBias(Network network) => network.Values(network.Tensors.First(tensor => tensor.Name == "1.bias"));

    private static void Draw(Network network, double deviation)
    {
        RandomStream random = new(RandomKey.FromSeed(7));
        foreach (NetworkTensor tensor in Weights(network))
        {
            random.FillNormal(network.Values(tensor), 0, deviation);
        }
    }

    private static void Scale(Span<float> values, float factor)
    {
        foreach (ref float value in values)
        {
            value *= factor;
        }
    }

    private static float Limit(string activation) => (float)Activation.Parse(activation).Definition.Facts.Parameters[0].Maximum;

    private static Bed Fresh(string text, string activation, Action<Network>? change = null, float scale = 1, bool image = false, bool noise = false)
    {
        Dataset data = Samples(scale, image, noise);
        NetworkDescription description = NetworkText.Parse(text, data.Shape, Activation.Parse(activation), Classes, Loss.SoftmaxCrossEntropy);
        Network network = Network.Create(description, RandomKey.FromSeed(1));
        change?.Invoke(network);
        return new Bed(network, data);
    }

    private static Bed Trained(Bed bed, double rate, OptimizerKind optimizer = OptimizerKind.Sgd, int epochs = 8, double decay = 0, double momentum = 0)
    {
        DiagnosisSummary start = DiagnosisSummary.Of(NetworkDiagnosis.Measure(bed.Network, bed.Data));
        TrainingProbe probe = new(5);
        TrainingOptions options = new() { Optimizer = optimizer, Momentum = momentum, WeightDecay = decay, LearningRate = rate, Epochs = epochs, BatchSize = 32 };
        TrainingResult result = Trainer.Train(bed.Network, bed.Data, null, options, RandomKey.FromSeed(2), probe);
        return bed with { History = TrainingHistory.Of(probe, result) with { Start = start }, Settings = TrainingSettings.Of(options) };
    }

    /// <summary>Samples of four classes: which quarter the first two inputs point to, with some noise beside.</summary>
    private static Dataset Samples(float scale, bool image, bool noise)
    {
        const int count = 600;
        TensorShape shape = image ? TensorShape.Image(6, 6, 1) : TensorShape.Features(Features);
        RandomStream random = new(RandomKey.FromSeed(3));
        float[] inputs = new float[count * shape.Size];
        random.FillNormal(inputs, 0, 1);
        int[] labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            float x = inputs[i * shape.Size] + inputs[i * shape.Size + 2];
            float y = inputs[i * shape.Size + 1] - inputs[i * shape.Size + 3];
            labels[i] = noise ? random.NextInt32(Classes) : (x > 0 ? 1 : 0) + (y > 0 ? 2 : 0);
        }

        Scale(inputs, scale);
        return Dataset.Classification(inputs, shape, labels, Classes);
    }
}
