using Hillock.Activations;
using Hillock.Networks.Execution;

namespace Hillock.Networks.Tests.Execution;

public class LossFunctionTests
{
    private static double Sum(Loss loss, int outputs, float[] logits, int[] labels, float[] gradient) =>
        new LossFunction(loss, outputs, labels.Length).Sum(logits, labels, [], gradient);

    [Fact]
    public void Softmax_cross_entropy_neither_overflows_nor_underflows()
    {
        float[] gradient = new float[3];
        Sum(Loss.SoftmaxCrossEntropy, 3, [1000, 1001, 1002], [0], gradient).ShouldBe(2.4076059644443806, 1e-8); // 2 + ln(1 + 1/e + 1/e²)
        gradient[0].ShouldBe(0.0900305732f - 1, 1e-7f);
        Sum(Loss.SoftmaxCrossEntropy, 3, [-3e38f, 0, -3e38f], [1], gradient).ShouldBe(0);
        Sum(Loss.SoftmaxCrossEntropy, 3, [-1000, 0, 0], [0], gradient).ShouldBe(1000 + Math.Log(2), 1e-12);
        gradient.ShouldBe([-1, 0.5f, 0.5f]);
    }

    [Fact]
    public void A_sure_and_right_prediction_keeps_its_small_loss_and_gradient()
    {
        float[] gradient = new float[2];
        double expected = Math.Exp(-30);
        Sum(Loss.SoftmaxCrossEntropy, 2, [30, 0], [0], gradient).ShouldBe(expected, 1e-6 * expected);
        ((double)gradient[0]).ShouldBe(-expected, 1e-6 * expected);
        ((double)gradient[1]).ShouldBe(expected, 1e-6 * expected);

        gradient = new float[1];
        Sum(Loss.BinaryCrossEntropy, 1, [30], [1], gradient).ShouldBe(expected, 1e-6 * expected);
        ((double)gradient[0]).ShouldBe(-expected, 1e-6 * expected);
        Sum(Loss.BinaryCrossEntropy, 1, [-30], [0], gradient).ShouldBe(expected, 1e-6 * expected);
        ((double)gradient[0]).ShouldBe(expected, 1e-6 * expected);
    }

    [Fact]
    public void Binary_cross_entropy_of_a_sure_and_wrong_prediction_is_its_logit()
    {
        float[] gradient = new float[2];
        Sum(Loss.BinaryCrossEntropy, 1, [-5000, 200], [1, 0], gradient).ShouldBe(5200);
        gradient.ShouldBe([-0.5f, 0.5f]);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void What_is_not_finite_shows_in_the_loss(float bad)
    {
        foreach (int place in new[] { 0, 1, 2 })
        {
            float[] logits = [1, 2, 3];
            logits[place] = bad;
            double.IsFinite(Sum(Loss.SoftmaxCrossEntropy, 3, logits, [0], new float[3])).ShouldBeFalse();
        }

        double.IsFinite(Sum(Loss.BinaryCrossEntropy, 1, [bad], [0], new float[1])).ShouldBeFalse();
    }

    // torch 1.13 in double precision: cross_entropy(label_smoothing=0.1).
    [Fact]
    public void Smoothed_labels_are_those_of_torch()
    {
        float[] gradient = new float[12];
        LossFunction loss = new(Loss.SoftmaxCrossEntropy, 4, 3, smoothing: 0.1);
        float[] logits = [1, -2, 0.5f, 3, 0, 0, 0, 0, 30, -30, 2, 1];
        loss.Sum(logits, [2, 1, 0], [], gradient).ShouldBe(7.0010478088001875, 1e-7);
        loss.Sum(logits, [2, 1, 0], [], []).ShouldBe(7.0010478088001875, 1e-7);
        gradient.Select(value => (double)value).ShouldBe(
            [
                0.028517916787246415, -0.006498617624138776, -0.28598192028646285, 0.2639626211233553,
                0.075, -0.225, 0.075, 0.075,
                0.024999999999684774, -0.008333333333333333, -0.008333333333102853, -0.008333333333248545,
            ],
            3e-8);
    }

    [Fact]
    public void The_gradient_is_of_the_mean_and_the_value_the_sum()
    {
        float[] gradient = new float[4];
        double sum = new LossFunction(Loss.MeanSquaredError, 1, 4).Sum([1, 2, 3, 4], [], [0, 2, 5, 4], gradient);
        sum.ShouldBe(5);
        gradient.ShouldBe([0.5f, 0, -1, 0]);
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(15, 2)]
    [InlineData(16, 1)]
    [InlineData(33, 10)]
    [InlineData(40, 37)]
    public void Softmax_cross_entropy_of_many_rows_is_that_of_its_definition(int rows, int outputs)
    {
        System.Random random = new(rows);
        float[] logits = [.. Enumerable.Range(0, rows * outputs).Select(_ => (float)((random.NextDouble() * 12) - 6))];
        int[] labels = [.. Enumerable.Range(0, rows).Select(_ => random.Next(outputs))];
        float[] gradient = new float[logits.Length];
        double sum = new LossFunction(Loss.SoftmaxCrossEntropy, outputs, 64).Sum(logits, labels, [], gradient);
        double expected = 0;
        for (int row = 0; row < rows; row++)
        {
            double[] powers = [.. logits.Skip(row * outputs).Take(outputs).Select(z => Math.Exp(z))];
            double all = powers.Sum();
            expected -= Math.Log(powers[labels[row]] / all);
            for (int j = 0; j < outputs; j++)
            {
                ((double)gradient[(row * outputs) + j]).ShouldBe(((powers[j] / all) - (j == labels[row] ? 1 : 0)) / rows, 1e-7);
            }
        }

        sum.ShouldBe(expected, 1e-5 * rows);
    }
}
