using System.Text;
using Hillock.Activations;
using Hillock.Activations.Random;

namespace Hillock.Networks.Tests.Training;

public sealed class CheckpointTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hillock-checkpoint-");

    private string Place => Path.Combine(_folder.FullName, Checkpoint.FileName);

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(OptimizerKind.Adam, false, "constant", null)]
    [InlineData(OptimizerKind.AdamW, false, "one_cycle(0.3)", null)]
    [InlineData(OptimizerKind.RmsProp, false, "warmup(20)+cosine", 2)]
    [InlineData(OptimizerKind.Sgd, true, "step(2, 0.5)", 2)]
    public void A_training_that_was_interrupted_comes_to_the_same_bits(OptimizerKind optimizer, bool nesterov, string schedule, int? patience)
    {
        TrainingOptions options = new()
        {
            Optimizer = optimizer,
            Nesterov = nesterov,
            Schedule = LearningRateSchedule.Parse(schedule),
            Patience = patience,
            Epochs = 6,
            BatchSize = 16,
            LearningRate = 0.02,
            WeightDecay = 0.01,
            ClipNorm = 0.5,
            LabelSmoothing = 0.1,
        };
        Network whole = Create();
        TrainingResult expected = Train(whole, options);
        options = options with { CheckpointFolder = _folder.FullName, Threads = 2 };
        Interrupt(options, epoch: 3);
        Network resumed = Create(seed: 99);
        List<int> run = [];
        TrainingResult result = Train(resumed, options, new Listener(run.Add));
        resumed.Parameters.Span.SequenceEqual(whole.Parameters.Span).ShouldBeTrue();
        result.Epochs.ShouldBe(expected.Epochs);
        result.BestEpoch.ShouldBe(expected.BestEpoch);
        run.ShouldBe(Enumerable.Range(4, expected.Epochs.Count - 3));
        _folder.GetFiles().Select(file => file.Name).ShouldBe([Checkpoint.FileName]);

        // What is finished is not run again.
        resumed = Create(seed: 98);
        Train(resumed, options, new Listener(_ => throw new InvalidOperationException())).Epochs.ShouldBe(expected.Epochs);
        resumed.Parameters.Span.SequenceEqual(whole.Parameters.Span).ShouldBeTrue();
    }

    [Fact]
    public void A_training_may_be_prolonged_where_no_rate_depends_on_its_length()
    {
        TrainingOptions options = new() { Epochs = 5, CheckpointFolder = _folder.FullName };
        Train(Create(), options with { Epochs = 2 });
        Network network = Create();
        Train(network, options).Epochs.Count.ShouldBe(5);
        Network whole = Create();
        Train(whole, options with { CheckpointFolder = null });
        network.Parameters.Span.SequenceEqual(whole.Parameters.Span).ShouldBeTrue();
        Refused(() => Train(Create(), options with { Epochs = 3 }), "5 epochs behind it, and the training is to have at most 3");
    }

    /// <summary>What is known of the way that a network went is the same, however often it was interrupted.</summary>
    [Fact]
    public void What_a_probe_saw_goes_with_the_checkpoint()
    {
        TrainingOptions options = new() { Epochs = 200, BatchSize = 16, LearningRate = 0.02 };
        TrainingProbe Look(TrainingOptions options)
        {
            TrainingProbe probe = new();
            Trainer.Train(Create(), Data(120, 1), null, options, RandomKey.FromSeed(5), probe);
            return probe;
        }

        DiagnosisSummary[] expected = [.. Look(options).Summaries];
        expected.Length.ShouldBeGreaterThan(3);
        foreach (int epochs in new[] { 1, 13, 60, 130, 200, 200 })
        {
            DiagnosisSummary[] seen = [.. Look(options with { Epochs = epochs, CheckpointFolder = _folder.FullName }).Summaries];
            DiagnosisSummary[] until = Array.FindAll(expected, summary => summary.Epoch <= epochs);
            seen.Select(summary => (summary.Epoch, summary.Loss)).ShouldBe(until.Select(summary => (summary.Epoch, summary.Loss)));
            seen.SelectMany(summary => summary.Layers).ShouldBe(until.SelectMany(summary => summary.Layers));
        }
    }

    [Fact]
    public void Another_training_is_refused_in_one_line()
    {
        TrainingOptions options = new() { Epochs = 1, Schedule = new CosineSchedule(), CheckpointFolder = _folder.FullName };
        Train(Create(), options);
        byte[] before = File.ReadAllBytes(Place);
        Refused(() => Train(Create(), options with { LearningRate = 0.25 }), "its learning rate is 0.001, and now it is 0.25");
        Refused(() => Train(Create(), options with { Epochs = 2 }), "its epochs is 1, and now it is 2");
        Refused(() => Train(Create(), options with { Optimizer = OptimizerKind.AdamW }), "its optimizer is Adam");
        Refused(() => Train(Create(), options with { Schedule = LearningRateSchedule.Constant }), "its schedule is cosine");
        Refused(() => Train(Create(), options with { Patience = 3 }), "its patience is none, and now it is 3");
        Refused(() => Train(Create("tanh"), options), "its network is another");
        Refused(() => Trainer.Train(Create(), Data(99, 1), Data(80, 2), options, RandomKey.FromSeed(5)), "its training data is another");
        Refused(() => Trainer.Train(Create(), Data(120, 1), null, options, RandomKey.FromSeed(5)), "its validation data is");
        Refused(() => Trainer.Train(Create(), Data(120, 1), Data(80, 2), options, RandomKey.FromSeed(6)), "its random key is 0000000000000005");
        File.ReadAllBytes(Place).ShouldBe(before);
        Should.Throw<ModelFileException>(() => ModelFile.Load(Place)).Message.ShouldContain("hillock.checkpoint/2");
        Train(Create(), options with { Threads = 3 }).Epochs.Count.ShouldBe(1);
    }

    [Fact]
    public void A_damaged_checkpoint_is_refused_in_one_line()
    {
        TrainingOptions options = new() { Epochs = 2, CheckpointFolder = _folder.FullName };
        Interrupt(options, epoch: 1);
        byte[] good = File.ReadAllBytes(Place);
        File.WriteAllBytes(Place, good[..^1]);
        Refused(() => Train(Create(), options), "cut off");
        File.WriteAllBytes(Place, [.. good[..^1], (byte)(good[^1] ^ 1)]);
        Refused(() => Train(Create(), options), "damaged: it is not what was written");
        Damage("\\\"bestEpoch\\\":1", "\\\"bestEpoch\\\":7", "does not say how far");
        Damage("\\\"epoch\\\":1", "\\\"epoch\\\":3", "does not say how far");
        Damage("\\\"bestEpoch\\\":1", "\\\"bestEpoch\\\":x", "'state' is not valid");
        Damage("first.0.weight", "third.0.weight", "'first.0.weight' of shape [5, 12] is missing");
        ModelFile.Save(Place, Create());
        Refused(() => Train(Create(), options), "not a checkpoint of Hillock");
        File.WriteAllBytes(Place, Encoding.Latin1.GetBytes(
            Encoding.Latin1.GetString(good).Replace("hillock.checkpoint/2", "hillock.checkpoint/1", StringComparison.Ordinal).Replace("crc32c", "crc_no", StringComparison.Ordinal)));
        Train(Create(), options).Epochs.Count.ShouldBe(2);

        void Damage(string from, string to, string named)
        {
            string text = Encoding.Latin1.GetString(good);
            text.ShouldContain(from);
            text = text.Replace(from, to, StringComparison.Ordinal);
            File.WriteAllBytes(Place, Encoding.Latin1.GetBytes(text));
            Refused(() => Train(Create(), options), "damaged: it is not what was written");

            // What cannot be so is found in files without a checksum too.
            text = text.Replace("hillock.checkpoint/2", "hillock.checkpoint/1", StringComparison.Ordinal).Replace("crc32c", "crc_no", StringComparison.Ordinal);
            File.WriteAllBytes(Place, Encoding.Latin1.GetBytes(text));
            Refused(() => Train(Create(), options), named);
        }
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_written_stops_the_training_and_leaves_the_last_one()
    {
        TrainingOptions options = new() { Epochs = 4, CheckpointFolder = _folder.FullName };

        // A folder in the place of the file that is written beside the checkpoint.
        string beside = $"{Place}.{Environment.ProcessId}.partial";
        byte[] last = [];
        Should.Throw<IOException>(() => Train(Create(), options, new Listener(epoch =>
        {
            if (epoch == 2)
            {
                last = File.ReadAllBytes(Place);
                Directory.CreateDirectory(beside);
            }
        }))).Message.ShouldStartWith($"cannot write {Place}: ");
        File.ReadAllBytes(Place).ShouldBe(last);
        Directory.Delete(beside);
        Network resumed = Create();
        List<int> run = [];
        Train(resumed, options, new Listener(run.Add));
        run.ShouldBe([3, 4]);

        File.WriteAllText(beside, "");
        Should.Throw<IOException>(() => Train(Create(), options with { CheckpointFolder = beside })).Message.ShouldContain("it is a file");
        File.Delete(beside);
    }

    [Fact]
    public void A_full_disk_stops_the_training_and_leaves_the_last_checkpoint()
    {
        if (!File.Exists("/dev/full"))
        {
            return;
        }

        TrainingOptions options = new() { Epochs = 4, CheckpointFolder = _folder.FullName };
        byte[] last = [];
        IOException failure = Should.Throw<IOException>(() => Train(Create(), options, new Listener(epoch =>
        {
            if (epoch == 2)
            {
                last = File.ReadAllBytes(Place);
                File.CreateSymbolicLink($"{Place}.{Environment.ProcessId}.partial", "/dev/full");
            }
        })));
        failure.Message.ShouldBe($"cannot write {Place}: No space left on device");
        File.ReadAllBytes(Place).ShouldBe(last);
        _folder.GetFiles().Select(file => file.Name).ShouldBe([Checkpoint.FileName]);
        Network resumed = Create(seed: 99);
        List<int> run = [];
        Train(resumed, options, new Listener(run.Add));
        run.ShouldBe([3, 4]);
        Network whole = Create();
        Train(whole, options with { CheckpointFolder = null });
        resumed.Parameters.Span.SequenceEqual(whole.Parameters.Span).ShouldBeTrue();
    }

    [Fact]
    public void Smoothing_is_for_the_softmax_alone()
    {
        Network network = Network.Create(NetworkDescription.Mlp(1, [], Activation.Parse("relu"), 1, Loss.MeanSquaredError), RandomKey.FromSeed(1));
        Should.Throw<ArgumentException>(() => Trainer.Train(
            network, Dataset.Regression([1], 1, [1]), null, new TrainingOptions { LabelSmoothing = 0.1 }, RandomKey.FromSeed(1))).Message.ShouldContain("SoftmaxCrossEntropy");
    }

    private static void Interrupt(TrainingOptions options, int epoch)
    {
        using CancellationTokenSource source = new();
        Should.Throw<OperationCanceledException>(() => Trainer.Train(
            Create(), Data(120, 1), Data(80, 2), options, RandomKey.FromSeed(5), new Listener(number =>
            {
                if (number == epoch)
                {
                    source.Cancel();
                }
            }),
            source.Token));
    }

    private static TrainingResult Train(Network network, TrainingOptions options, IProgress<EpochResult>? progress = null) =>
        Trainer.Train(network, Data(120, 1), Data(80, 2), options, RandomKey.FromSeed(5), progress);

    /// <summary>A network with all that keeps something between steps: statistics, and draws of dropout and of an activation.</summary>
    private static Network Create(string activation = "rrelu", ulong seed = 1) => Network.Create(
        new NetworkDescription(
            TensorShape.Features(5),
            [
                new DenseLayer(12), new BatchNormLayer(), new ActivationLayer(Activation.Parse(activation)), new DropoutLayer(0.3), new DenseLayer(8),
                new ActivationLayer(Activation.Parse("swish(beta=learn(channel))")), new DenseLayer(3),
            ],
            Loss.SoftmaxCrossEntropy),
        RandomKey.FromSeed(seed));

    private static Dataset Data(int count, ulong seed)
    {
        RandomStream random = new(RandomKey.FromSeed(seed));
        float[] inputs = new float[count * 5];
        random.FillUniform(inputs, -1, 1);
        return Dataset.Classification(inputs, 5, [.. Enumerable.Range(0, count).Select(i => inputs[i * 5] > 0.3f ? 0 : inputs[(i * 5) + 1] > 0 ? 1 : 2)], 3);
    }

    private void Refused(Action action, string named)
    {
        string message = Should.Throw<ModelFileException>(action).Message;
        message.ShouldStartWith(Place + ": ");
        message.ShouldContain(named);
        message.ShouldNotContain("\n");
    }

    private sealed class Listener(Action<int> action) : IProgress<EpochResult>
    {
        public void Report(EpochResult value) => action(value.Epoch);
    }
}
