using Hillock.Activations.Random;
using Hillock.Data;
using Hillock.Networks;

namespace Hillock.Laboratory.Trials;

/// <summary>The prepared samples of one fold, shared by the trials of all candidates. Each part is prepared when it is first asked for.</summary>
internal sealed class FoldData
{
    private const int ValidationFolds = 5;
    private const int MostSearchSamples = 12_500;

    private readonly Lazy<(Dataset Training, Dataset Test, double TargetScale)> _outer;
    private readonly Lazy<(Dataset Training, Dataset Validation)> _inner;

    /// <summary>Plans the samples of one fold.</summary>
    public FoldData(ComparisonPlan plan, int repeat, int fold)
    {
        Key = plan.FoldKey(repeat, fold);
        Lazy<Split> split = new(() => plan.Split(repeat, fold));
        _outer = new(() =>
        {
            DataSource testSource = plan.Protocol.Holdout ? plan.Data.TestPart! : plan.Data;
            Preparation preparation = plan.Data.Fit(split.Value.Training);
            return (preparation.Apply(plan.Data, split.Value.Training), preparation.Apply(testSource, split.Value.Test), preparation.TargetScale);
        });
        _inner = new(() =>
        {
            Split inner = InnerSplit(plan.Data, split.Value.Training, Key.Derive("validation"));
            Preparation preparation = plan.Data.Fit(inner.Training);
            return (preparation.Apply(plan.Data, inner.Training), preparation.Apply(plan.Data, inner.Test));
        });
    }

    /// <summary>Where everything drawn in the fold comes from.</summary>
    public RandomKey Key { get; }

    /// <summary>The training part, which the preparation was fitted on.</summary>
    public Dataset Training => _outer.Value.Training;

    /// <summary>The test part.</summary>
    public Dataset Test => _outer.Value.Test;

    /// <summary>What one unit of a prepared target is in the target's own units; 1 for a classification.</summary>
    public double TargetScale => _outer.Value.TargetScale;

    /// <summary>The part of the training part that the search trains on, with a preparation of its own.</summary>
    public Dataset SearchTraining => _inner.Value.Training;

    /// <summary>The rest of the training part, by which the search chooses.</summary>
    public Dataset SearchValidation => _inner.Value.Validation;

    /// <summary>
    /// A fifth of the rows, classes evenly, to choose by, and the others to train on; of many rows as many fifths of a part of them. Of a single row,
    /// the row itself.
    /// </summary>
    private static Split InnerSplit(DataSource data, int[] rows, RandomKey key)
    {
        if (rows.Length < 2)
        {
            return new(rows, rows);
        }

        ReadOnlySpan<int> strata = ComparisonPlan.Strata(data);
        int[] classes = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            classes[i] = strata[rows[i]];
        }

        int parts = (rows.Length + MostSearchSamples - 1) / MostSearchSamples;
        int[] foldOf = Folds.Assign(classes, Math.Min(ValidationFolds * parts, rows.Length), key);
        int[] RowsOf(Func<int, bool> chosen) => [.. Enumerable.Range(0, rows.Length).Where(i => chosen(foldOf[i])).Select(i => rows[i])];
        return new(RowsOf(fold => fold is > 0 and < ValidationFolds), RowsOf(fold => fold == 0));
    }
}
