using FsCheck;
using FsCheck.Fluent;
using Hillock.Activations.Catalogue;

namespace Hillock.Activations.Tests.Rows;

public class SoftmaxTests
{
    private static readonly ActivationDefinition Softmax = Functions.Named("softmax");

    // e^-2, e^-1 and 1 over their sum, from tables.
    [Theory]
    [InlineData(1, 2, 3)]
    [InlineData(1000, 1001, 1002)]
    [InlineData(-1002, -1001, -1000)]
    public void Three_consecutive_scores_give_the_known_probabilities(float a, float b, float c)
    {
        float[] y = Of([a, b, c]);
        y[0].ShouldBe(0.09003057317038046f);
        y[1].ShouldBe(0.24472847105479764f);
        y[2].ShouldBe(0.6652409557748218f);
    }

    [Fact]
    public void Edge_cases_of_rows()
    {
        Of([]).ShouldBeEmpty();
        Of([float.MaxValue]).ShouldBe([1f]);
        Of([88.5f, 88.5f, 88.5f, 88.5f]).ShouldBe([0.25f, 0.25f, 0.25f, 0.25f]);
        Of([0, float.NegativeInfinity]).ShouldBe([1f, 0f]);
        Of([0, float.PositiveInfinity]).ShouldAllBe(v => float.IsNaN(v));
        Of([0, float.NaN]).ShouldAllBe(v => float.IsNaN(v));
        Of([float.MaxValue, float.MinValue]).ShouldBe([1f, 0f]);
    }

    [Fact]
    public void Rows_are_independent_of_each_other_and_of_their_number()
    {
        float[] x = [.. Enumerable.Range(0, 7 * 301).Select(i => (i * 37 % 101) * 0.11f)];
        float[] all = new float[x.Length];
        Softmax.Forward(x, all, 301, default);
        for (int row = 0; row < 7; row++)
        {
            Of(x[(row * 301)..((row + 1) * 301)]).ShouldBe(all[(row * 301)..((row + 1) * 301)]);
        }
    }

    [Fact]
    public void Probabilities_sum_to_one_whatever_the_scores() => Prop.ForAll(ArbMap.Default.ArbFor<NormalFloat[]>(), scores =>
    {
        float[] x = [.. scores.Select(s => (float)s.Get)];
        float[] y = Of(x);
        return x.Length == 0 || Math.Abs(y.Sum(v => (double)v) - 1) < 1e-6;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_gradient_is_the_central_difference()
    {
        double[] x = [0.3, -1.2, 2.5, 0.1];
        double[] gradient = [1, -0.5, 0.25, 2];
        double[] analytic = new double[4];
        Softmax.Backward(x, gradient, analytic, 4, default);
        for (int i = 0; i < 4; i++)
        {
            double[] above = [.. x];
            double[] below = [.. x];
            above[i] += 1e-5;
            below[i] -= 1e-5;
            Softmax.Forward(above, above, 4, default);
            Softmax.Forward(below, below, 4, default);
            double difference = Enumerable.Range(0, 4).Sum(j => gradient[j] * (above[j] - below[j])) / 2e-5;
            analytic[i].ShouldBe(difference, 1e-9);
        }
    }

    private static float[] Of(float[] row)
    {
        float[] y = new float[row.Length];
        Softmax.Forward(row, y, row.Length, default);
        return y;
    }
}
