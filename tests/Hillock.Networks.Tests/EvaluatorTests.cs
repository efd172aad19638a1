using Hillock.Activations;
using Hillock.Activations.Random;

namespace Hillock.Networks.Tests;

public class EvaluatorTests
{
    [Fact]
    public void A_classification_is_judged_by_log_loss_and_accuracy()
    {
        Network network = Identity(3, Loss.SoftmaxCrossEntropy);
        Evaluation evaluation = Evaluator.Evaluate(network, Dataset.Classification([0, 1, 0, 2, 0, 0, 5, 5, 0], 3, [1, 1, 0], 3));
        evaluation.Count.ShouldBe(3);
        evaluation.Correct.ShouldBe([true, false, true]); // of equal outputs the first one counts
        evaluation.Accuracy.ShouldBe(2.0 / 3);
        double expected = (Math.Log(Math.E + 2) - 1 + Math.Log(Math.Exp(2) + 2) + Math.Log(2 + Math.Exp(-5))) / 3;
        evaluation.Loss.ShouldBe(expected, 1e-6);
        evaluation.R2.ShouldBeNull();
        evaluation.Rmse.ShouldBeNull();
    }

    [Fact]
    public void A_binary_classification_is_judged_by_the_sign_of_its_output()
    {
        Network network = Identity(1, Loss.BinaryCrossEntropy);
        Evaluation evaluation = Evaluator.Evaluate(network, Dataset.Classification([3, -3, 0, 0.5f], 1, [1, 1, 0, 0], 2));
        evaluation.Correct.ShouldBe([true, false, true, false]);
        double expected = (Math.Log(1 + Math.Exp(-3)) + Math.Log(1 + Math.Exp(3)) + Math.Log(2) + Math.Log(1 + Math.Exp(0.5))) / 4;
        evaluation.Loss.ShouldBe(expected, 1e-6);
    }

    [Fact]
    public void A_regression_is_judged_by_R2_and_RMSE()
    {
        Network network = Identity(1, Loss.MeanSquaredError);
        Evaluation evaluation = Evaluator.Evaluate(network, Dataset.Regression([2.5f, 0, 2, 8], 1, [3, -0.5f, 2, 7]));
        evaluation.Loss.ShouldBe(0.375, 1e-12);
        evaluation.Rmse!.Value.ShouldBe(Math.Sqrt(0.375), 1e-12);
        evaluation.R2!.Value.ShouldBe(0.9486081370449679, 1e-12); // the example of scikit-learn's r2_score
        evaluation.Accuracy.ShouldBeNull();
        evaluation.Correct.ShouldBeEmpty();
    }

    [Fact]
    public void Targets_that_are_all_equal_give_one_or_zero()
    {
        Network network = Identity(1, Loss.MeanSquaredError);
        Evaluator.Evaluate(network, Dataset.Regression([4, 4], 1, [4, 4])).R2.ShouldBe(1);
        Evaluator.Evaluate(network, Dataset.Regression([4, 5], 1, [4, 4])).R2.ShouldBe(0);
    }

    [Fact]
    public void NaN_is_never_right()
    {
        Network network = Identity(2, Loss.SoftmaxCrossEntropy);
        Evaluation evaluation = Evaluator.Evaluate(network, Dataset.Classification([float.NaN, 0, 0, float.NaN], 2, [0, 0], 2));
        evaluation.Correct.ShouldBe([false, false]);
        evaluation.Loss.ShouldBe(double.NaN);
        Evaluator.Evaluate(Identity(1, Loss.BinaryCrossEntropy), Dataset.Classification([float.NaN], 1, [0], 2)).Correct.ShouldBe([false]);
    }

    [Fact]
    public void Samples_that_the_loss_cannot_read_are_refused()
    {
        Network network = Identity(3, Loss.SoftmaxCrossEntropy);
        Should.Throw<ArgumentException>(() => Evaluator.Evaluate(network, Dataset.Classification([1, 2, 3], 3, [0], 2))).Message.ShouldContain("3 classes");
        Should.Throw<ArgumentException>(() => Evaluator.Evaluate(network, Dataset.Regression([1, 2, 3], 3, [0]))).Message.ShouldContain("a regression");
        Should.Throw<ArgumentException>(() => Evaluator.Evaluate(network, Dataset.Classification([1], 1, [0], 3))).Message.ShouldContain("3 inputs");
        Should.Throw<ArgumentException>(() => Evaluator.Evaluate(network, Dataset.Classification([], 3, [], 3))).Message.ShouldContain("at least one");
        using CancellationTokenSource source = new();
        source.Cancel();
        Should.Throw<OperationCanceledException>(() => Evaluator.Evaluate(network, Dataset.Classification([1, 2, 3], 3, [0], 3), source.Token));
    }

    [Theory]
    [InlineData(7f)]
    [InlineData(-1f)]
    [InlineData(0.5f)]
    [InlineData(float.NaN)]
    public void Tokens_outside_of_the_vocabulary_are_refused(float token)
    {
        NetworkDescription description = NetworkText.Parse(
            "embedding:4,globalavgpool", TensorShape.Tokens(2, 7), Activation.Parse("relu"), 2, Loss.SoftmaxCrossEntropy);
        Network network = Network.Create(description, RandomKey.FromSeed(1));
        Evaluator.Evaluate(network, Dataset.Classification([0, 1, 6, 5], TensorShape.Tokens(2, 7), [0, 1], 2)).Count.ShouldBe(2);
        Should.Throw<ArgumentException>(() => Evaluator.Evaluate(network, Dataset.Classification([0, 1, token, 5], TensorShape.Tokens(2, 7), [0, 1], 2)))
            .Message.ShouldContain($"token {token} of sample 1 is not one of 0 to 6");
    }

    /// <summary>A linear network whose outputs are its inputs.</summary>
    private static Network Identity(int size, Loss loss)
    {
        Network network = Network.Create(NetworkDescription.Mlp(size, [], Activation.Parse("relu"), size, loss), RandomKey.FromSeed(0));
        network.Weights(0).Clear();
        for (int i = 0; i < size; i++)
        {
            network.Weights(0)[i * size + i] = 1;
        }

        return network;
    }
}
