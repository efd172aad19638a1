using FsCheck;
using FsCheck.Fluent;
using Hillock.Activations.Random;
using Hillock.Laboratory.Trials;

namespace Hillock.Laboratory.Tests.Trials;

public class FoldsTests
{
    /// <summary>Labels of up to seven classes, a number of folds and a seed.</summary>
    private static readonly Arbitrary<(int[] Labels, int Folds, ulong Seed)> Cases = (
        from count in Gen.Choose(1, 200)
        from classes in Gen.Choose(1, 7)
        from labels in Gen.Choose(0, classes - 1).ArrayOf(count)
        from folds in Gen.Choose(2, 12)
        from seed in Gen.Choose(0, int.MaxValue)
        select (labels, folds, (ulong)seed)).ToArbitrary();

    [Fact]
    public void Every_row_is_tested_on_exactly_once_and_trained_on_otherwise() => Prop.ForAll(Cases, given =>
    {
        int[] foldOf = Folds.Assign(given.Labels, given.Folds, RandomKey.FromSeed(given.Seed));
        List<int> tested = [];
        for (int fold = 0; fold < given.Folds; fold++)
        {
            Split split = Folds.Split(foldOf, fold);
            tested.AddRange(split.Test);
            if (!split.Training.Concat(split.Test).Order().SequenceEqual(Enumerable.Range(0, given.Labels.Length)))
            {
                return false;
            }
        }

        return tested.Order().SequenceEqual(Enumerable.Range(0, given.Labels.Length));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Counts_differ_by_at_most_one_between_folds_for_all_rows_and_for_each_class() => Prop.ForAll(Cases, given =>
    {
        int[] foldOf = Folds.Assign(given.Labels, given.Folds, RandomKey.FromSeed(given.Seed));
        bool Even(Func<int, bool> counted)
        {
            int[] counts = new int[given.Folds];
            for (int row = 0; row < foldOf.Length; row++)
            {
                counts[foldOf[row]] += counted(row) ? 1 : 0;
            }

            return counts.Max() - counts.Min() <= 1;
        }

        return Even(_ => true) && given.Labels.Distinct().All(label => Even(row => given.Labels[row] == label));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_key_decides() => Prop.ForAll(Cases, given =>
        Folds.Assign(given.Labels, given.Folds, RandomKey.FromSeed(given.Seed))
            .SequenceEqual(Folds.Assign(given.Labels, given.Folds, RandomKey.FromSeed(given.Seed)))).QuickCheckThrowOnFailure();

    [Fact]
    public void Another_key_shuffles_otherwise()
    {
        int[] labels = new int[100];
        Folds.Assign(labels, 5, RandomKey.FromSeed(1)).ShouldNotBe(Folds.Assign(labels, 5, RandomKey.FromSeed(2)));
    }

    [Fact]
    public void Rows_are_shuffled_within_their_class()
    {
        // Were they dealt out in their order, row i would be in fold i mod 5.
        int[] foldOf = Folds.Assign(new int[1000], 5, RandomKey.FromSeed(7));
        Enumerable.Range(0, 1000).Count(row => foldOf[row] == row % 5).ShouldBeInRange(150, 250);
    }
}
