using Hillock.Activations;
using Hillock.Data;
using Hillock.Networks;

namespace Hillock.Laboratory.Tests;

/// <summary>Comparisons in every preset, on every kind of data.</summary>
public sealed class NetworksOfComparisonsTests : IDisposable
{
    private static readonly ComparisonOptions Quick = new()
    {
        Activations = Activation.ParseList("relu,tanh"),
        Folds = 2,
        Epochs = 1,
        LearningRate = 0.01,
        Threads = 2,
        BatchSize = 16,
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("linear")]
    [InlineData("mlp:8,4")]
    [InlineData("lenet")]
    [InlineData("cnn")]
    [InlineData("vgg-small")]
    [InlineData("resnet-small")]
    [InlineData("rnn")]
    [InlineData("lstm")]
    [InlineData("gru")]
    [InlineData("conv:3x3,activation,globalavgpool")]
    public void Images_are_compared_in_every_preset(string network)
    {
        DataSource digits = DataSources.Open("digits", new DataOptions { Samples = 40 });
        string candidates = network == "linear" ? "identity" : "relu,tanh";
        Check(Comparison.Run(digits, Quick with { Network = network, Activations = Activation.ParseList(candidates) }), network);
    }

    [Theory]
    [InlineData(null, "embedding:32,globalavgpool,dense:32,activation")]
    [InlineData("lstm:6/activation=activation", "lstm:6/activation=activation")]
    [InlineData("embedding:4,conv:5x3,activation,globalpool", "embedding:4,conv:5x3,activation,globalpool")]
    [InlineData("mlp:4", "mlp:4")]
    public void Texts_have_a_vocabulary_in_each_fold(string? network, string expected)
    {
        string file = System.IO.Path.Combine(_folder.Path, "texts.tsv");
        string[] good = ["good", "fine", "lovely", "bright"];
        string[] bad = ["bad", "poor", "dull", "dark"];
        File.WriteAllLines(file, Enumerable.Range(0, 48).Select(i =>
            $"{(i % 2 == 0 ? "yes" : "no")}\tthis one is {(i % 2 == 0 ? good : bad)[i / 2 % 4]} and {(i % 2 == 0 ? good : bad)[i / 3 % 4]} number{i}"));
        ComparisonResult result = Comparison.Run(DataSources.Open(file), Quick with { Network = network, Epochs = 12 });
        Check(result, expected);
        result.Candidates[0].Mean!.Value.ShouldBeGreaterThan(0.9);
    }

    [Fact]
    public void A_table_may_have_any_network_of_plain_samples() =>
        Check(Comparison.Run(_folder.Clouds(), Quick with { Network = "dense:8,batchnorm,activation,dropout:0.1,dense:6,tanh" }), "dense:8,batchnorm,activation,dropout:0.1,dense:6,tanh");

    [Fact]
    public void Parameters_learned_in_some_layers_only_are_summed_up()
    {
        ComparisonResult result = Comparison.Run(
            _folder.Clouds(), Quick with { Network = "dense:8,relu,dense:6,activation", Activations = Activation.ParseList("prelu,tanh") });
        result.Candidates.Single(candidate => candidate.Name == "prelu").Parameters.ShouldHaveSingleItem().Learned.ShouldHaveSingleItem().Layer.ShouldBe(2);
    }

    [Fact]
    public void A_network_without_a_place_for_candidates_is_refused() =>
        Should.Throw<FormatException>(() => ComparisonPlan.Create(_folder.Clouds(), Quick with { Network = "dense:8,relu" })).Message
            .ShouldBe("the network dense:8,relu has no place for the candidates: write the word activation where they go");

    [Fact]
    public void What_does_not_fit_names_the_layer()
    {
        Should.Throw<NetworkDescriptionException>(() => ComparisonPlan.Create(_folder.Clouds(), Quick with { Network = "lenet" })).Message
            .ShouldBe("layer 1 (conv:6x5) needs images of height × width × channels or sequences of length × channels, and its input is 2 features");
        Should.Throw<FormatException>(() => ComparisonPlan.Create(_folder.Clouds(), Quick with { Network = "lenett" })).Message.ShouldContain("lenett");
    }

    [Fact]
    public void Candidates_that_the_network_cannot_use_are_an_error_unless_they_are_to_be_left_out()
    {
        DataSource digits = DataSources.Open("digits", new DataOptions { Samples = 40 });
        ComparisonOptions options = Quick with { Network = "lstm", Activations = Activation.ParseList("rrelu,tanh") };
        string message = Should.Throw<NetworkDescriptionException>(() => ComparisonPlan.Create(digits, options)).Message;
        message.ShouldContain("needs activations of single numbers whose parameters are constant or learned");
        ComparisonPlan plan = ComparisonPlan.Create(digits, options with { LeavesOutUnfit = true });
        plan.Options.Activations.Select(activation => activation.Name).ShouldBe(["tanh"]);
        plan.Warnings.ShouldBe([$"rrelu is left out: {message}"]);
        Should.Throw<NetworkDescriptionException>(() => ComparisonPlan.Create(digits, options with { Network = "conv:3x99/padding=0", LeavesOutUnfit = true }));
    }

    private static void Check(ComparisonResult result, string network)
    {
        result.Protocol.Network.ShouldBe(network);
        result.Protocol.Parameters.ShouldBeGreaterThan(0);
        result.Candidates.ShouldAllBe(candidate => candidate.Status == CandidateStatus.Ok && candidate.Trials.Count == 2);
    }
}
