using System.Globalization;
using Hillock.Activations;
using Hillock.Activations.Random;

namespace Hillock.Networks.Tests.Training;

public class TrainerTests
{
    [Theory]
    [InlineData("tanh", OptimizerKind.Sgd)]
    [InlineData("rrelu", OptimizerKind.Adam)]
    [InlineData("swish(beta=learn(channel))", OptimizerKind.AdamW)]
    public void The_same_arguments_give_the_same_bits(string activation, OptimizerKind optimizer)
    {
        TrainingOptions options = new() { Optimizer = optimizer, LearningRate = 0.01, Epochs = 3, BatchSize = 16 };
        (Network first, TrainingResult firstResult) = TrainCircles(activation, options, 1);
        (Network second, TrainingResult secondResult) = TrainCircles(activation, options, 1);
        second.Parameters.Span.ToArray().ShouldBe(first.Parameters.Span.ToArray());
        secondResult.Epochs.ShouldBe(firstResult.Epochs);
        (Network other, _) = TrainCircles(activation, options, 2);
        other.Parameters.Span.ToArray().ShouldNotBe(first.Parameters.Span.ToArray());
    }

    [Theory]
    [InlineData("swish(beta=learn(channel, init=1))", "x * sigmoid(b * x), b = learn(channel, init=1)")]
    [InlineData("elu(alpha=learn(layer, init=0.5))", "x > 0 ? x : a * expm1(x), a = learn(layer, init=0.5)")]
    [InlineData("rrelu", "max(0, x) + a * min(0, x), a = uniform(0.125, 0.333333333333333)")]
    public void A_formula_with_a_learned_or_random_parameter_trains_as_its_built_in_twin(string builtIn, string formula)
    {
        TrainingOptions options = new() { LearningRate = 0.01, Epochs = 20, BatchSize = 16 };
        (Network expected, _) = TrainCircles(builtIn, options, 1);
        (Network actual, TrainingResult result) = TrainCircles(formula, options, 1);
        result.Diverged.ShouldBeFalse();
        actual.Parameters.Span.ToArray().ShouldBe(expected.Parameters.Span.ToArray(), 1e-3);
        if (formula.Contains("learn", StringComparison.Ordinal))
        {
            actual.ActivationParameter(0, 0).ToArray().ShouldNotBe(Network.Create(actual.Description, RandomKey.FromSeed(1)).ActivationParameter(0, 0).ToArray());
        }

        Evaluator.Evaluate(actual, Circles(300, 77)).Accuracy!.Value.ShouldBeGreaterThan(0.8);
    }

    [Theory]
    [InlineData(OptimizerKind.Sgd, 0.05)]
    [InlineData(OptimizerKind.Adam, 0.01)]
    [InlineData(OptimizerKind.AdamW, 0.01)]
    [InlineData(OptimizerKind.RmsProp, 0.003)]
    public void Every_optimiser_learns_what_no_linear_model_can(OptimizerKind optimizer, double learningRate)
    {
        TrainingOptions options = new() { Optimizer = optimizer, LearningRate = learningRate, Epochs = 60, BatchSize = 16 };
        (Network network, TrainingResult result) = TrainCircles("tanh", options, 1);
        Evaluator.Evaluate(network, Circles(300, 77)).Accuracy!.Value.ShouldBeGreaterThan(0.95);
        result.Epochs.Count.ShouldBe(60);
        result.Diverged.ShouldBeFalse();
        result.Epochs[^1].TrainingLoss.ShouldBeLessThan(result.Epochs[0].TrainingLoss / 3);
        (Network linear, _) = TrainCircles("identity", options, 1);
        Evaluator.Evaluate(linear, Circles(300, 77)).Accuracy!.Value.ShouldBeLessThan(0.75);
    }

    [Fact]
    public void A_linear_regression_finds_the_least_squares_solution()
    {
        float[] inputs = new float[200 * 3];
        new RandomStream(RandomKey.FromSeed(5)).FillUniform(inputs, -1, 1);
        float[] targets = [.. Enumerable.Range(0, 200).Select(i => 2 * inputs[i * 3] - 3 * inputs[i * 3 + 1] + 0.5f * inputs[i * 3 + 2] + 4)];
        Network network = Network.Create(NetworkDescription.Mlp(3, [], Activation.Parse("relu"), 1, Loss.MeanSquaredError), RandomKey.FromSeed(1));
        TrainingOptions options = new() { Optimizer = OptimizerKind.Sgd, LearningRate = 0.02, Epochs = 100, BatchSize = 20 };
        Trainer.Train(network, Dataset.Regression(inputs, 3, targets), null, options, RandomKey.FromSeed(2));
        network.Weights(0)[0].ShouldBe(2, 1e-4f);
        network.Weights(0)[1].ShouldBe(-3, 1e-4f);
        network.Weights(0)[2].ShouldBe(0.5f, 1e-4f);
        network.Biases(0)[0].ShouldBe(4, 1e-4f);
    }

    [Fact]
    public void Every_position_of_sequences_is_learned()
    {
        Dataset data = Echoes(200, 1);
        NetworkDescription description = NetworkText.Parse(
            "gru:16", data.Shape, Activation.Parse("tanh"), data.Classes, Loss.SoftmaxCrossEntropy, everyPosition: true);
        Network network = Network.Create(description, RandomKey.FromSeed(1));
        TrainingOptions options = new() { LearningRate = 0.02, Epochs = 20, BatchSize = 16 };
        TrainingResult result = Trainer.Train(network, data, data, options, RandomKey.FromSeed(2));
        Dataset other = Echoes(50, 9);
        Evaluation evaluation = Evaluator.Evaluate(network, other);
        evaluation.Accuracy!.Value.ShouldBeGreaterThan(0.97);
        (evaluation.Count, evaluation.Correct.Count).ShouldBe((50 * 10, 50 * 10));
        evaluation.Loss.ShouldBeLessThan(0.2);

        // The mean over positions by hand, from the probabilities; and what is reported of epochs is on the same scale.
        float[] probabilities = network.Predict(other);
        double loss = -Enumerable.Range(0, 500).Average(i => Math.Log(probabilities[(i * 4) + other.Labels[i]]));
        evaluation.Loss.ShouldBe(loss, 1e-5);
        result.Epochs[0].TrainingLoss.ShouldBeInRange(0.5, 2);
        result.Epochs[^1].TrainingLoss.ShouldBe(result.Epochs[^1].ValidationLoss!.Value, 0.05);
        data.Subset([3, 3]).Labels.ToArray().ShouldBe([.. data.Labels.Slice(30, 10), .. data.Labels.Slice(30, 10)]);
        Should.Throw<ArgumentException>(() => Evaluator.Evaluate(network, Dataset.Classification(new float[20], data.Shape, [0, 1], 4)))
            .Message.ShouldStartWith("the network judges 10 positions of a sample, and the samples have 1 label each");
        Should.Throw<ArgumentException>(() => Dataset.Sequences(new float[20], data.Shape, new int[19], 10, 4)).Message.ShouldStartWith("19 labels are not 10 for each sample");
    }

    /// <summary>Random tokens; the class of a position is the token before the one it reads, 0 at the first.</summary>
    private static Dataset Echoes(int count, ulong seed)
    {
        const int Length = 10;
        RandomStream random = new(RandomKey.FromSeed(seed));
        float[] tokens = [.. Enumerable.Range(0, count * Length).Select(_ => (float)random.NextInt32(4))];
        int[] labels = [.. Enumerable.Range(0, count * Length).Select(i => i % Length == 0 ? 0 : (int)tokens[i - 1])];
        return Dataset.Sequences(tokens, TensorShape.Tokens(Length, 4), labels, Length, 4);
    }

    [Fact]
    public void A_binary_classification_learns_too()
    {
        Dataset data = Circles(400, 1);
        Network network = Network.Create(NetworkDescription.Mlp(2, [16], Activation.Parse("relu"), 1, Loss.BinaryCrossEntropy), RandomKey.FromSeed(1));
        TrainingOptions options = new() { LearningRate = 0.01, Epochs = 60, BatchSize = 16 };
        Trainer.Train(network, data, null, options, RandomKey.FromSeed(1));
        Evaluator.Evaluate(network, Circles(300, 77)).Accuracy!.Value.ShouldBeGreaterThan(0.95);
    }

    [Fact]
    public void One_step_of_gradient_descent_on_all_samples_is_one_step_down_the_mean_gradient()
    {
        // w = 0: the gradient of the mean of (w·x - t)² is -2·mean(x·t), for a batch larger than the data too.
        Network network = Network.Create(NetworkDescription.Mlp(1, [], Activation.Parse("relu"), 1, Loss.MeanSquaredError), RandomKey.FromSeed(1));
        network.Weights(0)[0] = 0;
        TrainingOptions options = new() { Optimizer = OptimizerKind.Sgd, LearningRate = 0.5, Epochs = 1, BatchSize = 1000 };
        TrainingResult result = Trainer.Train(network, Dataset.Regression([1, 2, 3], 1, [1, 0, 5]), null, options, RandomKey.FromSeed(1));
        network.Weights(0)[0].ShouldBe(16f / 3, 1e-6f);
        network.Biases(0)[0].ShouldBe(2, 1e-6f);
        result.Epochs[0].TrainingLoss.ShouldBe(26.0 / 3, 1e-12);
    }

    [Fact]
    public void Early_stopping_restores_the_best_weights()
    {
        // Few samples with random labels: the validation loss must get worse at some point.
        RandomStream random = new(RandomKey.FromSeed(8));
        Dataset Noise(int count)
        {
            float[] inputs = new float[count * 10];
            random.FillUniform(inputs, -1, 1);
            return Dataset.Classification(inputs, 10, [.. Enumerable.Range(0, count).Select(i => inputs[i * 10] > 0 ? random.NextInt32(2) : 0)], 2);
        }

        Dataset training = Noise(60);
        Dataset validation = Noise(60);
        Network network = Network.Create(NetworkDescription.Mlp(10, [64], Activation.Parse("relu"), 2, Loss.SoftmaxCrossEntropy), RandomKey.FromSeed(1));
        TrainingOptions options = new() { LearningRate = 0.01, Epochs = 500, BatchSize = 10, Patience = 5 };
        TrainingResult result = Trainer.Train(network, training, validation, options, RandomKey.FromSeed(2));
        result.Diverged.ShouldBeFalse();
        result.BestEpoch.ShouldBe(result.Epochs.MinBy(epoch => epoch.ValidationLoss)!.Epoch);
        result.Epochs.Count.ShouldBe(result.BestEpoch + 5);
        Evaluation evaluation = Evaluator.Evaluate(network, validation);
        evaluation.Loss.ShouldBe(result.Epochs[result.BestEpoch - 1].ValidationLoss!.Value);
        evaluation.Accuracy.ShouldBe(result.Epochs[result.BestEpoch - 1].ValidationScore);

        // Without patience it goes on to the end and keeps the last weights.
        network = Network.Create(network.Description, RandomKey.FromSeed(1));
        result = Trainer.Train(network, training, validation, options with { Patience = null, Epochs = 50 }, RandomKey.FromSeed(2));
        result.Epochs.Count.ShouldBe(50);
        Evaluator.Evaluate(network, validation).Loss.ShouldBe(result.Epochs[^1].ValidationLoss!.Value);
    }

    [Fact]
    public void A_training_that_diverges_stops_and_says_so()
    {
        Dataset data = Dataset.Regression([1, 2, 3, 4], 1, [2, 4, 6, 8]);
        Network network = Network.Create(NetworkDescription.Mlp(1, [8], Activation.Parse("relu"), 1, Loss.MeanSquaredError), RandomKey.FromSeed(1));
        TrainingOptions options = new() { Optimizer = OptimizerKind.Sgd, LearningRate = 1000, Epochs = 50, BatchSize = 2 };
        TrainingResult result = Trainer.Train(network, data, null, options, RandomKey.FromSeed(1));
        result.Diverged.ShouldBeTrue();
        result.Epochs.Count.ShouldBeLessThan(50);
        result.Epochs.ShouldAllBe(epoch => double.IsFinite(epoch.TrainingLoss));

        // With early stopping the best weights so far are finite.
        network = Network.Create(network.Description, RandomKey.FromSeed(1));
        Trainer.Train(network, data, data, options with { Patience = 3 }, RandomKey.FromSeed(1)).Diverged.ShouldBeTrue();
        network.Parameters.Span.ToArray().ShouldAllBe(x => float.IsFinite(x));
    }

    [Fact]
    public void NaN_in_the_samples_is_a_divergence()
    {
        Network network = Network.Create(NetworkDescription.Mlp(1, [], Activation.Parse("relu"), 1, Loss.MeanSquaredError), RandomKey.FromSeed(1));
        TrainingResult result = Trainer.Train(network, Dataset.Regression([1, float.NaN], 1, [1, 2]), null, new TrainingOptions(), RandomKey.FromSeed(1));
        result.Diverged.ShouldBeTrue();
        result.Epochs.ShouldBeEmpty();
        result.BestEpoch.ShouldBe(0);
    }

    [Fact]
    public void Learned_parameters_move_and_stay_in_their_range()
    {
        // The target falls where the unit's input is negative: only a negative alpha could fit it, and the declared minimum holds it.
        Activation activation = Activation.Parse("elu(alpha=learn)");
        double minimum = activation.Definition.Facts.Parameters[0].Minimum;
        float[] inputs = [.. Enumerable.Range(-20, 41).Select(i => i / 10f)];
        Dataset data = Dataset.Regression(inputs, 1, [.. inputs.Select(Math.Abs)]);
        Network network = Network.Create(NetworkDescription.Mlp(1, [1], activation, 1, Loss.MeanSquaredError), RandomKey.FromSeed(4));
        network.Weights(0)[0] = 1;
        network.Weights(1)[0] = 1;
        TrainingOptions options = new() { LearningRate = 0.02, Epochs = 200, BatchSize = 8 };
        List<float> seen = [];
        Trainer.Train(network, data, null, options, RandomKey.FromSeed(1), new Listener(_ => seen.Add(network.ActivationParameter(0, 0)[0])));
        seen.Distinct().Count().ShouldBeGreaterThan(10);
        seen.ShouldAllBe(alpha => alpha >= minimum);
    }

    [Fact]
    public void Steps_allocate_nothing()
    {
        foreach (string activation in new[] { "relu", "rrelu", "leaky_relu(alpha=learn(channel))", "prelu", "gelu" })
        {
            Dataset data = Circles(1000, 3);
            Network network = Network.Create(NetworkDescription.Mlp(2, [33, 10], Activation.Parse(activation), 2, Loss.SoftmaxCrossEntropy), RandomKey.FromSeed(1));
            List<long> allocated = new(10);
            TrainingOptions options = new() { Epochs = 10, BatchSize = 8 };
            Trainer.Train(network, data, null, options, RandomKey.FromSeed(1), new Listener(_ => allocated.Add(GC.GetAllocatedBytesForCurrentThread())));

            // An epoch of 125 steps allocates its result and its random stream; a single array or enumerator in a step would take thousands of bytes.
            (allocated[^1] - allocated[^2]).ShouldBeLessThan(400, activation);
        }
    }

    [Theory]
    [InlineData(OptimizerKind.Sgd)]
    [InlineData(OptimizerKind.Adam)]
    [InlineData(OptimizerKind.AdamW)]
    [InlineData(OptimizerKind.RmsProp)]
    public void Steps_with_everything_allocate_nothing(OptimizerKind optimizer)
    {
        TrainingOptions options = new()
        {
            Optimizer = optimizer,
            Nesterov = optimizer == OptimizerKind.Sgd,
            Schedule = LearningRateSchedule.Parse("warmup(50)+one_cycle(0.3)"),
            ClipNorm = 0.1,
            ClipValue = 0.1,
            LabelSmoothing = 0.1,
            WeightDecay = 0.01,
            Epochs = 10,
            BatchSize = 8,
        };
        Dataset data = Circles(1000, 3);
        Network network = Network.Create(NetworkDescription.Mlp(2, [33, 10], Activation.Parse("tanh"), 2, Loss.SoftmaxCrossEntropy), RandomKey.FromSeed(1));
        List<long> allocated = new(10);
        Trainer.Train(network, data, null, options, RandomKey.FromSeed(1), new Listener(_ => allocated.Add(GC.GetAllocatedBytesForCurrentThread())));
        (allocated[^1] - allocated[^2]).ShouldBeLessThan(400);
    }

    [Fact]
    public void Progress_is_told_of_every_epoch_and_cancellation_stops_between_steps()
    {
        Dataset data = Circles(100, 3);
        Network network = Network.Create(NetworkDescription.Mlp(2, [4], Activation.Parse("relu"), 2, Loss.SoftmaxCrossEntropy), RandomKey.FromSeed(1));
        using CancellationTokenSource source = new();
        List<int> epochs = [];
        Listener listener = new(result =>
        {
            epochs.Add(result.Epoch);
            if (result.Epoch == 3)
            {
                source.Cancel();
            }
        });
        Should.Throw<OperationCanceledException>(() => Trainer.Train(network, data, data, new TrainingOptions(), RandomKey.FromSeed(1), listener, source.Token));
        epochs.ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void Bad_options_are_refused_by_name()
    {
        Dataset data = Circles(10, 3);
        Network network = Network.Create(NetworkDescription.Mlp(2, [4], Activation.Parse("relu"), 2, Loss.SoftmaxCrossEntropy), RandomKey.FromSeed(1));
        TrainingOptions good = new();
        (TrainingOptions Options, string Name)[] bad =
        [
            (good with { LearningRate = 0 }, "LearningRate"), (good with { LearningRate = -1 }, "LearningRate"),
            (good with { LearningRate = double.NaN }, "LearningRate"), (good with { Momentum = 1 }, "Momentum"), (good with { WeightDecay = -1 }, "WeightDecay"),
            (good with { Epochs = 0 }, "Epochs"), (good with { BatchSize = 0 }, "BatchSize"), (good with { Patience = 0 }, "Patience"),
            (good with { Optimizer = (OptimizerKind)9 }, "Optimizer"), (good with { Nesterov = true }, "Nesterov"), (good with { Schedule = null! }, "Schedule"),
            (good with { ClipNorm = 0 }, "ClipNorm"), (good with { ClipNorm = double.NaN }, "ClipNorm"), (good with { ClipValue = -1 }, "ClipValue"),
            (good with { LabelSmoothing = 1 }, "LabelSmoothing"), (good with { LabelSmoothing = -0.1 }, "LabelSmoothing"),
        ];
        foreach ((TrainingOptions options, string name) in bad)
        {
            Should.Throw<ArgumentOutOfRangeException>(() => Trainer.Train(network, data, data, options, RandomKey.FromSeed(1))).Message.ShouldStartWith(name);
        }

        Should.Throw<ArgumentException>(() => Trainer.Train(network, data, null, good with { Patience = 1 }, RandomKey.FromSeed(1))).Message.ShouldContain("validation");
        Should.Throw<ArgumentException>(() => Trainer.Train(network, Dataset.Regression([1, 2], 2, [1]), null, good, RandomKey.FromSeed(1)));
        Should.Throw<ArgumentException>(() => Trainer.Train(network, data, Dataset.Classification([1], 1, [0], 2), good, RandomKey.FromSeed(1)));
    }

    /// <summary>Batches and optimisers that are so large that threads share them.</summary>
    [Theory]
    [InlineData(OptimizerKind.Sgd)]
    [InlineData(OptimizerKind.Adam)]
    [InlineData(OptimizerKind.RmsProp)]
    public void Threads_that_share_samples_and_updates_change_no_bit(OptimizerKind optimizer)
    {
        RandomStream random = new(RandomKey.FromSeed(7));
        TensorShape shape = TensorShape.Image(20, 20, 3);
        float[] inputs = new float[40 * shape.Size];
        random.FillNormal(inputs, 0, 1);
        Dataset data = Dataset.Classification(inputs, shape, [.. Enumerable.Range(0, 40).Select(i => i % 3)], 3);
        TrainingOptions options = new() { Optimizer = optimizer, WeightDecay = 0.01, Epochs = 2, BatchSize = 33, Augmentation = new() { Shift = 2, Flip = true } };
        float[] expected = Trained(1);
        Trained(2).ShouldBe(expected);
        Trained(5).ShouldBe(expected);

        float[] Trained(int threads)
        {
            Network network = Network.Create(NetworkText.Parse("flatten,dense:40,tanh", shape, Activation.Parse("tanh"), 3, Loss.SoftmaxCrossEntropy), RandomKey.FromSeed(1));
            Trainer.Train(network, data, null, options with { Threads = threads }, RandomKey.FromSeed(2));
            return network.Parameters.Span.ToArray();
        }
    }

    [DataFact("optdigits/optdigits.tra")]
    public void Real_digits_are_learned()
    {
        (float[] inputs, int[] labels) = OptDigits();
        int[] order = [.. Enumerable.Range(0, labels.Length)];
        new RandomStream(RandomKey.FromSeed(1)).Shuffle(order);
        Dataset all = Dataset.Classification(inputs, 64, labels, 10);
        Dataset training = all.Subset(order.AsSpan(0, 3058));
        Dataset heldOut = all.Subset(order.AsSpan(3058));
        Network network = Network.Create(NetworkDescription.Mlp(64, [64, 32], Activation.Parse("relu"), 10, Loss.SoftmaxCrossEntropy), RandomKey.FromSeed(1));
        Trainer.Train(network, training, null, new TrainingOptions { Epochs = 30, BatchSize = 32 }, RandomKey.FromSeed(1));
        Evaluator.Evaluate(network, heldOut).Accuracy!.Value.ShouldBeGreaterThanOrEqualTo(0.97);
    }

    private static (float[] Inputs, int[] Labels) OptDigits()
    {
        List<float> inputs = [];
        List<int> labels = [];
        foreach (string line in File.ReadLines(SharedData.Find("optdigits/optdigits.tra")!))
        {
            float[] values = [.. line.Split([',', '\t', ' '], StringSplitOptions.RemoveEmptyEntries).Select(x => float.Parse(x, CultureInfo.InvariantCulture))];
            inputs.AddRange(values[..64].Select(x => (x - 8) / 8));
            labels.Add((int)values[64]);
        }

        return ([.. inputs], [.. labels]);
    }

    /// <summary>Points in a square, those in the circle of half its area being of class 1.</summary>
    private static Dataset Circles(int count, ulong seed)
    {
        float[] inputs = new float[count * 2];
        new RandomStream(RandomKey.FromSeed(seed)).FillUniform(inputs, -1, 1);
        int[] labels = [.. Enumerable.Range(0, count).Select(i => inputs[i * 2] * inputs[i * 2] + inputs[i * 2 + 1] * inputs[i * 2 + 1] < 2 / Math.PI ? 1 : 0)];
        return Dataset.Classification(inputs, 2, labels, 2);
    }

    private static (Network Network, TrainingResult Result) TrainCircles(string activation, TrainingOptions options, ulong seed)
    {
        NetworkDescription description = NetworkDescription.Mlp(2, [16, 8], Activation.Parse(activation), 2, Loss.SoftmaxCrossEntropy);
        Network network = Network.Create(description, RandomKey.FromSeed(9));
        return (network, Trainer.Train(network, Circles(403, 1), null, options, RandomKey.FromSeed(seed)));
    }

    private sealed class Listener(Action<EpochResult> action) : IProgress<EpochResult>
    {
        public void Report(EpochResult value) => action(value);
    }
}
