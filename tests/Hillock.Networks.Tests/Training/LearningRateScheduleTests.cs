using System.Globalization;
using Hillock.Activations.Random;

namespace Hillock.Networks.Tests.Training;

public class LearningRateScheduleTests
{
    // torch 1.13: OneCycleLR(total_steps=20, pct_start=0.3) and (7, 0.5), CosineAnnealingLR(8), StepLR(2, 0.1); warm-ups are counted by hand.
    [Theory]
    [InlineData(
        "one_cycle(0.3)", 20,
        new[]
        {
            0.04, 0.1316718427000253, 0.3716718427000253, 0.6683281572999747, 0.9083281572999747, 1, 0.9874640062350873, 0.9504846320134737,
            0.89091617757105, 0.8117456539497631, 0.7169430017913008, 0.6112620219362893, 0.500002, 0.38874197806371075, 0.28306099820869923,
            0.18825834605023697, 0.10908782242895004, 0.049519367986526286, 0.012539993764912554, 4e-06,
        })]
    [InlineData(
        "one_cycle(0.5)", 7,
        new[] { 0.04, 0.3716718427000253, 0.9083281572999747, 0.9504846320134737, 0.6112620219362893, 0.18825834605023697, 4e-06 })]
    [InlineData("one_cycle(0.3)", 1, new[] { 1.0 })]
    [InlineData(
        "cosine", 8,
        new[]
        {
            1, 0.9619397662556434, 0.8535533905932737, 0.6913417161825449, 0.5, 0.30865828381745514, 0.14644660940672627, 0.03806023374435664,
        })]
    [InlineData("step(2, 0.1)", 14, new[] { 1, 1, 1, 1, 0.1, 0.1, 0.1, 0.1, 0.01, 0.01, 0.01, 0.01, 0.001, 0.001 })]
    [InlineData("constant", 3, new[] { 1.0, 1, 1 })]
    [InlineData("warmup(4)", 6, new[] { 0.25, 0.5, 0.75, 1, 1, 1 })]
    [InlineData("warmup(4)+step(1, 0.5)", 8, new[] { 0.25, 0.5, 0.75, 1, 1, 1, 0.5, 0.5 })]
    [InlineData("warmup(2)+cosine", 4, new[] { 0.5, 1, 1, 0.5 })]
    [InlineData("warmup(9)+cosine", 2, new[] { 1 / 9.0, 2 / 9.0 })]
    public void Factors_are_those_of_torch(string text, int steps, double[] expected)
    {
        LearningRateSchedule schedule = LearningRateSchedule.Parse(text);
        double[] factors = [.. Enumerable.Range(0, steps).Select(step => schedule.Factor(step, steps, 2))];
        factors.ShouldBe(expected, 1e-14);
        schedule.Text.ShouldBe(text);
        LearningRateSchedule.Parse(schedule.ToString()).ShouldBe(schedule);
    }

    [Fact]
    public void The_cosine_is_exact_to_a_few_units()
    {
        LearningRateSchedule cosine = new CosineSchedule();
        for (int step = 0; step < 10007; step++)
        {
            cosine.Factor(step, 10007, 1).ShouldBe((1 + Math.Cos(Math.PI * step / 10007)) / 2, 1e-15);
        }
    }

    [Theory]
    [InlineData(" warmup( 500 ) + cosine ", "warmup(500)+cosine")]
    [InlineData("one_cycle", "one_cycle(0.3)")]
    [InlineData("warmup(3)+constant", "warmup(3)")]
    [InlineData("step(30,1e-1)", "step(30, 0.1)")]
    public void Other_spellings_are_read_too(string text, string canonical) => LearningRateSchedule.Parse(text).Text.ShouldBe(canonical);

    [Theory]
    [InlineData("", "not known")]
    [InlineData("cosinus", "not known")]
    [InlineData("cosine(3)", "not known")]
    [InlineData("step(10)", "not known")]
    [InlineData("step(2.5, 0.1)", "not known")]
    [InlineData("step(0, 0.1)", "Epochs is 0")]
    [InlineData("step(10, 0)", "Decay is 0")]
    [InlineData("step(10, x)", "'x' is no number")]
    [InlineData("step(10, 0.1", "')'")]
    [InlineData("one_cycle(1)", "Rise is 1")]
    [InlineData("one_cycle(nan)", "no number")]
    [InlineData("warmup(0)", "Steps is 0")]
    [InlineData("warmup(1e99)", "whole")]
    [InlineData("warmup(1)+warmup(2)", "one warm-up")]
    [InlineData("cosine+warmup(3)", "before another")]
    [InlineData("warmup(3)+", "not known")]
    public void What_is_no_schedule_is_refused_in_one_line(string text, string named)
    {
        string message = Should.Throw<FormatException>(() => LearningRateSchedule.Parse(text)).Message;
        message.ShouldStartWith("schedule '");
        message.ShouldContain(named);
        message.ShouldContain("warmup(steps)");
        message.ShouldNotContain("\n");
    }

    [Fact]
    public void Records_are_checked_where_they_are_made()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new StepSchedule(0)).Message.ShouldBe("Epochs is 0, and must be at least 1");
        Should.Throw<ArgumentOutOfRangeException>(() => new OneCycleSchedule(2));
        Should.Throw<ArgumentNullException>(() => new WarmUpSchedule(1, null!));
    }

    /// <summary>A sample so wrong that its gradient is 1 throughout: the weight, without momentum, shows the sum of the rates.</summary>
    [Fact]
    public void A_training_takes_the_rates_of_its_schedule()
    {
        Network network = Network.Create(
            new NetworkDescription(TensorShape.Features(1), [new DenseLayer(1, Bias: false)], Loss.BinaryCrossEntropy), RandomKey.FromSeed(1));
        network.Weights(0)[0] = -1e6f;
        TrainingOptions options = new()
        {
            Optimizer = OptimizerKind.Sgd,
            Momentum = 0,
            LearningRate = 65536,
            Epochs = 4,
            BatchSize = 1,
            Schedule = LearningRateSchedule.Parse("step(1, 0.5)"),
        };
        List<string> weights = [];
        Trainer.Train(
            network, Dataset.Classification([1], 1, [1], 2), null, options, RandomKey.FromSeed(1),
            new Listener(() => weights.Add((network.Weights(0)[0] + 1e6f).ToString("F0", CultureInfo.InvariantCulture))));
        weights.ShouldBe(["65536", "98304", "114688", "122880"]);
    }

    private sealed class Listener(Action action) : IProgress<EpochResult>
    {
        public void Report(EpochResult value) => action();
    }
}
