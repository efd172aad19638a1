using Hillock.Data;
using Hillock.Networks;

namespace Hillock.Laboratory.Trials;

/// <summary>Decides what the options leave to the data.</summary>
internal static class ProtocolDecision
{
    /// <summary>Raised whenever the same specification would come out otherwise, so that no ledger mixes the two.</summary>
    public const string Version = "hillock.compare/3";

    /// <summary>The significance below which a candidate counts as worse than the best.</summary>
    public const double Significance = 0.05;

    /// <summary>The confidence of intervals.</summary>
    public const double Confidence = 0.95;

    /// <summary>The whole protocol.</summary>
    public static Protocol Decide(DataSource data, ComparisonOptions options)
    {
        bool classification = data.Task == TaskKind.Classification;
        int trainingSamples = options.Holdout ? data.Count : data.Count - (data.Count + options.Folds - 1) / options.Folds;
        Preparation preparation = data.Fit([.. Enumerable.Range(0, data.Count)]);
        TensorShape shape = preparation.Shape;
        (int outputs, Loss loss) = TrainedModel.OutputsFor(preparation);
        (string network, string rule) = options.Network is { } given ? (given.Trim(), "") : Sizing.Network(shape, outputs, trainingSamples);
        bool search = options.LearningRate is null;
        IReadOnlyList<double> rates = search ? LearningRateGrid.Rates(options.Optimizer) : [];
        int searchEpochs = search ? LearningRateGrid.Epochs(options.Epochs) : 0;
        return new()
        {
            Folds = options.Holdout ? null : options.Folds,
            Repeats = options.Repeats,
            Holdout = options.Holdout,
            Epochs = options.Epochs,
            BatchSize = options.BatchSize ?? Sizing.BatchSize(trainingSamples),
            Network = network,
            Input = shape,
            Outputs = outputs,
            Loss = loss,
            Optimizer = options.Optimizer,
            LearningRate = options.LearningRate,
            SearchRates = rates,
            SearchEpochs = searchEpochs,
            Seed = options.Seed,
            Metric = classification ? "accuracy" : "r2",
            SecondaryMetric = classification ? "log_loss" : "rmse",
            Sizing = string.Join("; ", SizingRules(options, rule)),
            Search = search
                ? $"each trial tries {string.Join(", ", rates)} for {searchEpochs} {(searchEpochs == 1 ? "epoch" : "epochs")} each on four fifths of its training part "
                    + "(of 12,500 of its samples where there are more), takes the smallest rate whose loss on the last fifth, a mean over the last third of the epochs, is within 5 % of the least, "
                    + "and trains anew on the whole training part"
                : $"every trial trains at {options.LearningRate}",
            Test = TestRule(options, classification),
            Rule = "the highest mean wins, unless candidates of a cheaper cost class do about as well, that is, are not significantly worse (p above 0.05) and within one standard error "
                + $"of the best's mean, in {(classification ? "accuracy and log-loss" : "R² and RMSE")} alike: then the cheapest of them, among equally cheap ones one without learned "
                + "or random parameters, and among those the one with the highest mean; a candidate that took over a quarter more time in an epoch than the best, and more in every "
                + "trial, is not taken for cheaper; with two trials nothing can be told apart, and the highest mean wins",
        };
    }

    private static IEnumerable<string> SizingRules(ComparisonOptions options, string networkRule)
    {
        if (networkRule.Length > 0)
        {
            yield return networkRule;
        }

        if (options.BatchSize is null)
        {
            yield return Sizing.BatchRule;
        }
    }

    private static string TestRule(ComparisonOptions options, bool classification) => options switch
    {
        { Holdout: false } =>
            "intervals and p-values against the best by the corrected resampled t-test (Nadeau & Bengio 2003) over the test parts, p-values after Holm's correction",
        { Repeats: > 1 } =>
            "intervals and p-values against the best by Student's t-test over the repeats, which speaks about this one test part; p-values after Holm's correction",
        _ when classification =>
            "Wilson's interval of a proportion; p-values against the best by McNemar's exact test on the test samples, after Holm's correction",
        _ => "no interval; p-values against the best by Student's t-test of the paired squared errors of the test samples, after Holm's correction",
    };
}
