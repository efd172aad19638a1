namespace Hillock.Laboratory.Tests.Models;

public sealed class ConfusionMatrixTests
{
    /// <summary>Counted by hand: of three classes one is never predicted, and one has no samples.</summary>
    [Fact]
    public void Precision_and_recall_are_shares_of_columns_and_rows()
    {
        ConfusionMatrix confusion = new(["a", "b", "c"], new[,] { { 6, 2, 0 }, { 1, 3, 0 }, { 0, 0, 0 } });
        confusion.Samples(0).ShouldBe(8);
        confusion.Predicted(0).ShouldBe(7);
        confusion.Precision(0).ShouldBe(6.0 / 7);
        confusion.Recall(0).ShouldBe(0.75);
        confusion.Precision(1).ShouldBe(0.6);
        confusion.Recall(1).ShouldBe(0.75);
        confusion.Precision(2).ShouldBeNull();
        confusion.Recall(2).ShouldBeNull();
        confusion[0, 1].ShouldBe(2);
    }

    [Fact]
    public void Counts_have_to_be_as_many_as_classes() =>
        Should.Throw<ArgumentException>(() => new ConfusionMatrix(["a", "b"], new int[2, 3])).Message.ShouldContain("2 classes need as many rows and columns, and 2 × 3 were given");
}
