using Hillock.Laboratory.Trials;
using Hillock.Networks;

namespace Hillock.Laboratory.Tests.Trials;

public class SizingTests
{
    // By hand: 64 + 10 = 74 asks for 128; 64·128 + 128·64 + 64·10 = 17,024 weights are below 20·3058 = 61,160.
    // 784 + 10 asks for 256, the most. 8 + 1 asks for the least, 32. 4 + 3 with 120 samples: 128 + 1024 + 96 are below 2400.
    // 256 + 10 with 1600 samples: 256,128 has 99,584 and 128,64 has 41,600 weights, above 32,000; 64,32 has 18,752.
    // With 8 samples nothing is below 160, and 16 is the least.
    [Theory]
    [InlineData(64, 10, 3058, 128, 64)]
    [InlineData(784, 10, 60000, 256, 128)]
    [InlineData(8, 1, 3341, 32, 32)]
    [InlineData(4, 3, 120, 32, 32)]
    [InlineData(256, 10, 1600, 64, 32)]
    [InlineData(1000, 100, 8, 16, 16)]
    [InlineData(1_000_000, 10, 10, 16, 16)]
    public void The_network_follows_the_stated_rule(int inputs, int outputs, int samples, int first, int second) =>
        Sizing.HiddenUnits(inputs, outputs, samples).ShouldBe([first, second]);

    [Theory]
    [InlineData(1, 16)]
    [InlineData(1279, 16)]
    [InlineData(1280, 32)]
    [InlineData(3058, 64)]
    [InlineData(5120, 128)]
    [InlineData(60000, 128)]
    public void The_batch_follows_the_stated_rule(int samples, int batch) => Sizing.BatchSize(samples).ShouldBe(batch);

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(5, 3, 1)]
    [InlineData(7, 4, 2)]
    [InlineData(20, 10, 4)]
    public void The_search_gets_half_of_the_epochs_and_is_judged_by_the_last_third_of_them(int epochs, int searched, int judged)
    {
        LearningRateGrid.Epochs(epochs).ShouldBe(searched);
        LearningRateGrid.JudgedEpochs(searched).ShouldBe(judged);
    }

    [Theory]
    [InlineData(OptimizerKind.Adam)]
    [InlineData(OptimizerKind.AdamW)]
    [InlineData(OptimizerKind.Sgd)]
    public void The_rates_ascend(OptimizerKind optimizer) => LearningRateGrid.Rates(optimizer).ShouldBeInOrder(SortDirection.Ascending);

    [Fact]
    public void The_search_takes_the_smallest_rate_within_a_twentieth_of_the_least_loss_and_nothing_that_diverged()
    {
        TrialRunner.Best([new(0.001, 0.27), new(0.01, 0.26), new(0.1, 0.25), new(1, null)]).ShouldBe(0.01);
        TrialRunner.Best([new(0.001, 0.25), new(0.01, 0.25)]).ShouldBe(0.001);
        TrialRunner.Best([new(0.001, 0), new(0.01, 0.25)]).ShouldBe(0.001);
        TrialRunner.Best([new(0.001, 0.25), new(0.01, 0)]).ShouldBe(0.01);
        TrialRunner.Best([new(0.1, null), new(0.01, null)]).ShouldBeNull();
        TrialRunner.Best([]).ShouldBeNull();
    }
}
