using Hillock.Activations;
using Hillock.Activations.Random;

namespace Hillock.Networks.Tests.Execution;

/// <summary>Counts what the whole process allocates, so nothing else may run.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public class AllocationTests
{
    public static TheoryData<string> Names => LayerNetworks.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Steps_with_every_kind_of_layer_allocate_nothing(string name) => Check(LayerNetworks.Named(name), 33);

    [Theory]
    [InlineData("mlp:64,32", "prelu")]
    [InlineData("linear", "relu")]
    [InlineData("lenet", "tanh")]
    [InlineData("cnn", "rrelu")]
    [InlineData("vgg-small", "relu")]
    [InlineData("resnet-small", "swish(beta=learn(channel))")]
    [InlineData("rnn", "tanh")]
    [InlineData("lstm", "tanh")]
    [InlineData("gru", "prelu")]
    public void Steps_of_presets_allocate_nothing(string preset, string activation) =>
        Check(NetworkText.Parse(preset, TensorShape.Image(32, 32, 3), Activation.Parse(activation), 10, Loss.SoftmaxCrossEntropy), 2);

    [Fact]
    public void Steps_with_padding_allocate_nothing() => Check(
        NetworkText.Parse(
            "conv:8x3,batchnorm,relu,pool:2,lstm:4/sequence,groupnorm:2,flatten,dense:5,tanh", TensorShape.Sequence(12, 3), Activation.Parse("relu"), 3, Loss.SoftmaxCrossEntropy),
        33,
        [.. Enumerable.Range(0, 33).Select(i => 1 + (i % 12))]);

    [Fact]
    public void Steps_on_a_stream_and_its_reading_allocate_nothing()
    {
        Ticking stream = new() { Window = 64 };
        NetworkDescription description = NetworkDescription.Mlp(20, [16], Activation.Parse("mish"), 3, Loss.SoftmaxCrossEntropy);
        Trainer.Train(Network.Create(description, RandomKey.FromSeed(1)), stream, null, new TrainingOptions { Epochs = 3, BatchSize = 16, Threads = 2 }, RandomKey.FromSeed(2));
        stream.LeastAllocated.ShouldBe(0);
    }

    /// <summary>Looks at what has been allocated whenever windows are read: by then those before the last two are learned from.</summary>
    private sealed class Ticking() : StreamedDataset(20_000, TensorShape.Features(20), 3, 32)
    {
        private const int ReadsBetween = 16;

        private long _before;
        private int _reads;

        public long LeastAllocated { get; private set; } = long.MaxValue;

        public override void Read(long first, Span<float> inputs, Span<int> labels, Span<float> targets, CancellationToken cancellationToken)
        {
            inputs.Fill(first % 7);
            labels.Fill((int)(first % 3));
            if (++_reads % ReadsBetween == 0)
            {
                long now = GC.GetTotalAllocatedBytes(precise: true);
                LeastAllocated = Math.Min(LeastAllocated, now - _before);
                _before = now;
            }
        }
    }

    private static void Check(NetworkDescription description, int rows, int[]? lengths = null)
    {
        using WorkerTeam team = new(2);
        Stepper stepper = new(description, rows, team, reuse: true, lengths);
        for (int i = 0; i < 5; i++)
        {
            stepper.Step(i);
        }

        // The runtime allocates something of its own while it compiles anew what is called often, and now and then by its timers, which long counts
        // on a busy machine always meet: the least of many short counts is what steps allocate.
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 150 && least > 0; attempt++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int i = 0; i < 3; i++)
            {
                stepper.Step(i);
            }

            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        least.ShouldBe(0);
    }
}
