using Hillock.Data;
using Hillock.Laboratory.Statistics;

namespace Hillock.Laboratory.Verdict;

/// <summary>
/// What one scores without learning anything: by always guessing the class that is most frequent in the training part, or the mean of its targets.
/// </summary>
internal static class BaselineScore
{
    /// <summary>The mean over all splits of a plan.</summary>
    public static double Of(ComparisonPlan plan)
    {
        DataSource test = plan.Protocol.Holdout ? plan.Data.TestPart! : plan.Data;
        return Sample.Mean(
            from repeat in Enumerable.Range(1, plan.Protocol.Repeats)
            from fold in Enumerable.Range(1, plan.Protocol.Folds ?? 1)
            let split = plan.Split(repeat, fold)
            select plan.Data.Task == TaskKind.Classification
                ? Accuracy(plan.Data, split.Training, test, split.Test)
                : RSquared(plan.Data, split.Training, test, split.Test));
    }

    private static double Accuracy(DataSource data, int[] training, DataSource test, int[] rows)
    {
        int[] counts = new int[data.Classes.Count];
        foreach (int row in training)
        {
            counts[data.Labels[row]]++;
        }

        int guess = Array.IndexOf(counts, counts.Max());
        int right = 0;
        foreach (int row in rows)
        {
            right += test.Labels[row] == guess ? 1 : 0;
        }

        return (double)right / rows.Length;
    }

    private static double RSquared(DataSource data, int[] training, DataSource test, int[] rows)
    {
        double guess = Sample.Mean(training.Select(row => data.Targets[row]));
        double mean = Sample.Mean(rows.Select(row => test.Targets[row]));
        double errors = 0;
        double spread = 0;
        foreach (int row in rows)
        {
            double target = test.Targets[row];
            errors += (target - guess) * (target - guess);
            spread += (target - mean) * (target - mean);
        }

        // Targets that are all the same are explained fully or not at all.
        return spread > 0 ? 1 - (errors / spread) : 0;
    }
}
