using Hillock.Cli.Output;

namespace Hillock.Cli.Tests.Output;

public class TrialTableTests
{
    [Fact]
    public void ThereIsALineForEveryTrial()
    {
        string[] lines = TrialTable.Text(SampleResults.Folds(5, 2)).TrimEnd('\n').Split('\n');
        lines.Length.ShouldBe(1 + (7 * 10));
        lines[0].ShouldStartWith("activation,specification,repeat,fold,status,training_samples,test_samples,accuracy,log_loss,learning_rate,");
        int columns = lines[0].Split(',').Length;
        lines.ShouldAllBe(l => l.Split(',', StringSplitOptions.None).Length == columns);
    }

    [Fact]
    public void WhatDoesNotExistIsEmptyAndNeverNaN()
    {
        string text = TrialTable.Text(SampleResults.AllDiverged());
        text.ShouldNotContain("NaN");
        text.Split('\n')[1].ShouldStartWith("relu,relu,1,1,diverged,1600,400,,,,3,,");
    }

    [Fact]
    public void ANameWithACommaIsQuoted() =>
        TrialTable.Text(SampleResults.Folds(2, 1, "leaky_relu(alpha=uniform(0.1, 0.3))", "relu")).ShouldContain("\n\"leaky_relu(alpha=uniform(0.1, 0.3))\",");
}
