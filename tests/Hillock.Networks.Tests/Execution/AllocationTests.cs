using Hillock.Activations;

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
