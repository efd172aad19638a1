using Hillock.Activations;
using Hillock.Activations.Random;

namespace Hillock.Networks.Tests.Training;

public sealed class StreamedTrainingTests : IDisposable
{
    private const int Features = 6;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hillock-stream-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(true, 100, 7)]
    [InlineData(true, 1000, long.MaxValue)]
    [InlineData(false, 91, 1)]
    public void What_fits_into_one_window_is_learned_to_the_bits_of_a_data_set(bool classes, int window, long blockSize)
    {
        Dataset data = Samples(97, classes, 1);
        Dataset held = Samples(41, classes, 2);
        TrainingOptions options = new() { Epochs = 4, BatchSize = 10, LearningRate = 0.01, Patience = 3 };
        (Network expected, TrainingResult result) = Train(data, held, options);
        (Network actual, TrainingResult streamed) = Train(new StreamOf(data, blockSize) { Window = window }, new StreamOf(held, blockSize) { Window = window }, options);
        actual.Parameters.Span.ToArray().ShouldBe(expected.Parameters.Span.ToArray());
        streamed.Epochs.ShouldBe(result.Epochs);
        streamed.BestEpoch.ShouldBe(result.BestEpoch);
    }

    [Fact]
    public void Images_are_changed_as_those_of_a_data_set()
    {
        Dataset flat = Samples(30, classes: true, 1);
        Dataset data = Dataset.Classification([.. flat.Inputs], TensorShape.Image(2, 3, 1), [.. flat.Labels], 3);
        TrainingOptions options = new() { Epochs = 3, BatchSize = 8, Augmentation = new ImageAugmentation { Shift = 1, Flip = true } };
        Train(new StreamOf(data, 4), null, options).Network.Parameters.Span.ToArray().ShouldBe(Train(data, null, options).Network.Parameters.Span.ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Threads_have_no_influence_on_the_bits(bool classes)
    {
        Dataset data = Samples(203, classes, 1);
        TrainingOptions options = new() { Epochs = 3, BatchSize = 16, LearningRate = 0.01 };
        float[][] weights =
        [
            .. new[] { 1, 2, 5 }.Select(threads =>
                Train(new StreamOf(data, 8) { Window = 40 }, new StreamOf(data, 8) { Window = 50 }, options with { Threads = threads }).Network.Parameters.Span.ToArray()),
        ];
        weights[1].ShouldBe(weights[0]);
        weights[2].ShouldBe(weights[0]);
    }

    [Fact]
    public void Each_epoch_reads_every_sample_once_and_the_blocks_in_another_order()
    {
        StreamOf stream = new(Samples(203, classes: true, 1), 8) { Window = 40 };
        Train(stream, null, new TrainingOptions { Epochs = 3, BatchSize = 16 });
        int[][] epochs = [.. stream.Rows.Chunk(203)];
        epochs.Length.ShouldBe(3);
        foreach (int[] epoch in epochs)
        {
            epoch.Order().ShouldBe(Enumerable.Range(0, 203));
            epoch.Chunk(8).Count(block => block[0] % 8 == 0).ShouldBeGreaterThan(3, "blocks are read from beginning to end");
        }

        epochs[0].ShouldNotBe(epochs[1]);
        epochs[1].ShouldNotBe(epochs[2]);
    }

    [Fact]
    public void What_can_be_read_from_the_beginning_only_is_read_so()
    {
        StreamOf stream = new(Samples(100, classes: true, 1), long.MaxValue) { Window = 20 };
        Train(stream, null, new TrainingOptions { Epochs = 2, BatchSize = 16 });
        stream.Rows.ShouldBe([.. Enumerable.Range(0, 100), .. Enumerable.Range(0, 100)]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Samples_are_judged_window_by_window_as_a_whole(bool classes)
    {
        Dataset data = Samples(203, classes, 1);
        Network network = Network.Create(Describe(data.Shape, classes), RandomKey.FromSeed(5));
        Evaluation whole = Evaluator.Evaluate(network, data);
        Evaluation pieces = Evaluator.Evaluate(network, new StreamOf(data, 8) { Window = 37 });
        pieces.Count.ShouldBe(203);
        pieces.Loss.ShouldBe(whole.Loss, 1e-12);
        pieces.Accuracy.ShouldBe(whole.Accuracy);
        (pieces.R2 ?? 0).ShouldBe(whole.R2 ?? 0, 1e-12);
        pieces.Correct.ShouldBeEmpty();
    }

    [Fact]
    public void An_interrupted_training_goes_on_to_the_same_bits()
    {
        Dataset data = Samples(203, classes: true, 1);
        StreamOf Stream(int window = 40) => new(data, 8) { Window = window };
        TrainingOptions options = new() { Epochs = 5, BatchSize = 16, CheckpointFolder = _folder.FullName };
        (Network expected, TrainingResult whole) = Train(Stream(), Stream(), options with { CheckpointFolder = null });
        Train(Stream(), Stream(), options with { Epochs = 2 });
        (Network actual, TrainingResult resumed) = Train(Stream(), Stream(), options);
        actual.Parameters.Span.ToArray().ShouldBe(expected.Parameters.Span.ToArray());
        resumed.Epochs.ShouldBe(whole.Epochs);
        Should.Throw<ModelFileException>(() => Train(Stream(60), Stream(), options)).Message.ShouldContain("its training da");
    }

    [Fact]
    public void A_failure_of_reading_is_thrown_by_the_training_when_what_came_before_is_learned()
    {
        Dataset data = Samples(200, classes: true, 1);
        StreamOf stream = new(data, long.MaxValue) { Window = 40, Before = first => first >= 100 ? throw new FormatException("samples.csv, line 102: 'x' is not a number") : 0 };
        Network network = Network.Create(Describe(data.Shape, classes: true), RandomKey.FromSeed(5));
        float[] start = network.Parameters.Span.ToArray();
        Should.Throw<FormatException>(() => Trainer.Train(network, stream, null, new TrainingOptions { Epochs = 2, BatchSize = 10 }, RandomKey.FromSeed(6)))
            .Message.ShouldBe("samples.csv, line 102: 'x' is not a number");
        network.Parameters.Span.ToArray().ShouldNotBe(start);
    }

    [Fact]
    public void A_stream_that_waits_is_given_up_when_the_training_is_cancelled()
    {
        using CancellationTokenSource cancellation = new();
        StreamOf stream = new(Samples(200, classes: true, 1), long.MaxValue) { Window = 40 };
        stream.Waits = first =>
        {
            if (first >= 80)
            {
                cancellation.Cancel();
                return true;
            }

            return false;
        };
        Network network = Network.Create(Describe(TensorShape.Features(Features), classes: true), RandomKey.FromSeed(5));
        Should.Throw<OperationCanceledException>(
            () => Trainer.Train(network, stream, null, new TrainingOptions { BatchSize = 10 }, RandomKey.FromSeed(6), cancellationToken: cancellation.Token))
            .CancellationToken.ShouldBe(cancellation.Token);
    }

    [Fact]
    public void What_is_no_sample_is_refused()
    {
        Dataset data = Samples(20, classes: true, 1);
        TrainingOptions options = new() { Epochs = 1, BatchSize = 8 };
        Should.Throw<ArgumentException>(() => Train(new StreamOf(Samples(0, classes: true, 1), 8), null, options)).Message.ShouldContain("at least one sample is needed");
        Should.Throw<ArgumentException>(() => Train(new StreamOf(Samples(20, classes: false, 1), 8), null, options, classes: true)).Message.ShouldContain("are a regression");
        StreamOf twice = new(data, 8);
        Should.Throw<ArgumentException>(() => Train(twice, twice, options)).Message.ShouldContain("a stream of their own");
        Should.Throw<InvalidDataException>(() => Train(new StreamOf(data, 8) { WrongLabelAt = 11 }, null, options)).Message.ShouldBe(
            "label 3 of sample 11 of the stream is not one of 0 to 2");
        Should.Throw<ArgumentOutOfRangeException>(() => new StreamOf(data, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => new StreamOf(data, 8) { Window = 0 });
    }

    [Fact]
    public void Windows_and_counts_beyond_those_of_arrays_are_refused_before_anything_is_read()
    {
        Network network = Network.Create(NetworkDescription.Mlp(1000, [], Activation.Parse("relu"), 3, Loss.SoftmaxCrossEntropy), RandomKey.FromSeed(1));
        TrainingOptions options = new() { Epochs = 1, BatchSize = 100 };
        Wide wide = new(3_000_000, 1000) { Window = int.MaxValue };
        Should.Throw<ArgumentException>(() => Trainer.Train(network, wide, null, options, RandomKey.FromSeed(2))).Message.ShouldContain(
            $"a window of 3000000 samples (whole batches of 100) is too large: at most {Array.MaxLength / 1000} samples");
        Wide many = new(1L << 31, 1000);
        Should.Throw<ArgumentException>(() => Evaluator.Evaluate(network, many)).Message.ShouldContain("at most 2147483647 samples can be judged at once, and there are 2147483648");
        Should.Throw<ArgumentException>(() => Trainer.Train(network, wide, many, options, RandomKey.FromSeed(2))).Message.ShouldContain("can be judged at once");
        (wide.Samples + many.Samples).ShouldBe(0);
    }

    [Fact]
    public void What_is_larger_than_memory_may_be_takes_two_windows()
    {
        // 1.2 GB of inputs, of which two windows are 4.8 MB.
        Wide stream = new(300_000, 1000) { Window = 600 };
        NetworkDescription description = NetworkDescription.Mlp(1000, [], Activation.Parse("relu"), 3, Loss.SoftmaxCrossEntropy);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        Trainer.Train(Network.Create(description, RandomKey.FromSeed(1)), stream, null, new TrainingOptions { Epochs = 1, BatchSize = 100 }, RandomKey.FromSeed(2));
        stream.Samples.ShouldBe(300_000);
        (stream.MostMemory - before).ShouldBeLessThan(60_000_000);
    }

    private static (Network Network, TrainingResult Result) Train(Dataset data, Dataset? held, TrainingOptions options)
    {
        Network network = Network.Create(Describe(data.Shape, data.Classes > 0), RandomKey.FromSeed(5));
        return (network, Trainer.Train(network, data, held, options, RandomKey.FromSeed(6)));
    }

    private static (Network Network, TrainingResult Result) Train(StreamedDataset data, StreamedDataset? held, TrainingOptions options, bool? classes = null)
    {
        Network network = Network.Create(Describe(data.Shape, classes ?? data.Classes > 0), RandomKey.FromSeed(5));
        return (network, Trainer.Train(network, data, held, options, RandomKey.FromSeed(6)));
    }

    private static NetworkDescription Describe(TensorShape shape, bool classes) =>
        NetworkText.Parse("mlp:8", shape, Activation.Parse("rrelu"), classes ? 3 : 1, classes ? Loss.SoftmaxCrossEntropy : Loss.MeanSquaredError);

    private static Dataset Samples(int count, bool classes, ulong seed)
    {
        RandomStream random = new(RandomKey.FromSeed(seed));
        float[] inputs = new float[count * Features];
        random.FillUniform(inputs, -1, 1);
        return classes
            ? Dataset.Classification(inputs, Features, [.. Enumerable.Range(0, count).Select(_ => random.NextInt32(3))], 3)
            : Dataset.Regression(inputs, Features, [.. Enumerable.Range(0, count).Select(i => inputs[i * Features] + 3)]);
    }

    /// <summary>So many rows of zeros, whose reading looks at the memory in use.</summary>
    private sealed class Wide(long count, int features) : StreamedDataset(count, TensorShape.Features(features), 3, 100)
    {
        public long MostMemory { get; private set; }

        public long Samples { get; private set; }

        public override void Read(long first, Span<float> inputs, Span<int> labels, Span<float> targets, CancellationToken cancellationToken)
        {
            inputs.Clear();
            labels.Clear();
            Samples += labels.Length;
            MostMemory = Math.Max(MostMemory, GC.GetTotalMemory(forceFullCollection: false));
        }
    }
}
