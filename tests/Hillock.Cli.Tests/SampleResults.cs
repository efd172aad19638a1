using Hillock.Activations;
using Hillock.Activations.Catalogue;
using Hillock.Data;
using Hillock.Laboratory;
using Hillock.Networks;

namespace Hillock.Cli.Tests;

/// <summary>Results made by hand, with everything that a real one can have, so that what is written of them can be judged.</summary>
internal static class SampleResults
{
    /// <summary>Five folds, a clear loser with vanishing gradients, a learned parameter, a row function and a diverged candidate.</summary>
    public static ComparisonResult Folds(int folds = 5, int repeats = 1, params string[] names)
    {
        string[] all = names.Length > 0 ? names : ["mish", "relu", "prelu", "tanh", "softmax", "sigmoid", "leaky_relu(alpha=9)"];
        CandidateResult[] candidates = [.. all.Select((name, i) => Candidate(name, 0.972 - 0.004 * i * i, folds, repeats, i, name.Contains('9')))];
        return Result(candidates, Protocol(folds, repeats, holdout: false));
    }

    /// <summary>One test part: no standard deviation.</summary>
    public static ComparisonResult Holdout()
    {
        CandidateResult[] candidates = [.. new[] { "relu", "tanh" }.Select((name, i) => Candidate(name, 0.98 - 0.01 * i, 1, 1, i, diverged: false))];
        return Result(candidates, Protocol(1, 1, holdout: true));
    }

    /// <summary>Nothing could be trained.</summary>
    public static ComparisonResult AllDiverged() => Result([Candidate("relu", 0, 3, 1, 0, diverged: true)], Protocol(3, 1, holdout: false)) with
    {
        Recommended = null,
        Baseline = 0.1,
        Reason = "every candidate diverged",
    };

    /// <summary>A regression whose name and reason hold characters that mean something in HTML, CSV and JSON.</summary>
    public static ComparisonResult Awkward()
    {
        ComparisonResult plain = Folds();
        return plain with
        {
            Data = plain.Data with { Name = "a<b>\"&'\u0001,é.csv", Task = TaskKind.Regression, Classes = [] },
            Protocol = plain.Protocol with { Metric = "r2", SecondaryMetric = "rmse", Loss = Loss.MeanSquaredError, Outputs = 1 },
            Candidates = [.. plain.Candidates.Select((c, i) => i == 0 ? c with { SecondsPerEpoch = double.NaN, GradientRatio = double.PositiveInfinity } : c)],
            Warnings = ["class '<script>' has 2 samples"],
        };
    }

    private static Protocol Protocol(int folds, int repeats, bool holdout) => new()
    {
        Folds = holdout ? null : folds,
        Repeats = repeats,
        Holdout = holdout,
        Epochs = 20,
        BatchSize = 32,
        Network = "mlp:128,64",
        Input = TensorShape.Image(16, 16, 1),
        Parameters = 41_802,
        Outputs = 10,
        Loss = Loss.SoftmaxCrossEntropy,
        Optimizer = OptimizerKind.Adam,
        LearningRate = null,
        SearchRates = [0.0003, 0.001, 0.003, 0.01, 0.03],
        SearchEpochs = 4,
        Seed = 1,
        Metric = "accuracy",
        SecondaryMetric = "log_loss",
        Sizing = "Two hidden layers, as wide as the data allow.",
        Search = "Each trial trains briefly at five rates and takes the best.",
        Test = "Corrected resampled t-test with Holm's correction.",
        Rule = "The best, or any that is not significantly worse and cheaper.",
    };

    private static ComparisonResult Result(CandidateResult[] candidates, Protocol protocol) => new()
    {
        Data = new DataSummary
        {
            Name = "digits",
            Description = "2000 images of 16×16 pixels: classification of 10 classes",
            Samples = 2000,
            TestSamples = protocol.Holdout ? 500 : null,
            Features = 256,
            Classes = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
            Task = TaskKind.Classification,
            Fingerprint = new string('a', 64),
        },
        Protocol = protocol,
        Candidates = candidates,
        Recommended = candidates.Length > 1 ? candidates[1].Name : candidates[0].Name,
        Baseline = 0.1,
        Reason = "mish has the highest mean accuracy, 0.9720; relu is not significantly worse (p = 0.41) and cheaper: comparisons instead of an exponential.",
        Remarks =
        [
            new Remark("sigmoid", "every trial chose the largest learning rate tried, 0.03: --lr may find a better one above it"),
            new Remark(null, "five of seven candidates are not significantly worse than the best"),
        ],
        Warnings = [],
        ResumedTrials = 0,
        Seconds = 33.4,
    };

    private static CandidateResult Candidate(string name, double mean, int folds, int repeats, int index, bool diverged)
    {
        Activation activation = Activation.Parse(name);
        TrialResult[] trials = [.. Enumerable.Range(0, folds * repeats).Select(i => Trial(name, mean, i / folds + 1, i % folds + 1, index, diverged))];
        double?[] scores = [.. trials.Select(t => t.Score)];
        bool single = trials.Length == 1;
        double deviation = 0.004 + 0.0007 * index;
        return new CandidateResult
        {
            Activation = activation,
            Specification = name,
            Status = diverged ? CandidateStatus.Diverged : CandidateStatus.Ok,
            Trials = trials,
            Mean = diverged ? null : scores.Average(),
            StandardDeviation = diverged || single ? null : deviation,
            StandardError = diverged || single ? null : deviation / 2,
            Low = diverged ? null : scores.Average() - 2 * deviation,
            High = diverged ? null : scores.Average() + 2 * deviation,
            SecondaryMean = diverged ? null : 0.1 + 0.02 * index,
            SecondaryStandardDeviation = diverged || single ? null : 0.01,
            SecondaryStandardError = diverged || single ? null : 0.005,
            SecondaryPValue = diverged || single || index == 0 ? null : 0.5,
            PValue = diverged || index == 0 ? null : Math.Min(1, 0.8 / (index * index * index)),
            UncorrectedPValue = diverged || index == 0 ? null : 0.2 / (index * index * index),
            LearningRate = diverged ? null : 0.003,
            SecondsPerEpoch = diverged ? null : 0.0123,
            Dead = diverged || name == "softmax" ? null : index * 0.01,
            Saturated = diverged || name == "softmax" ? null : 0.1 * index,
            Sparsity = diverged ? null : name == "relu" ? 0.55 : 0,
            GradientRatio = diverged ? null : Math.Pow(3, index),
            Layers = diverged ? [] : [Layer(name, 1, index), Layer(name, 2, index)],
            Findings = name == "sigmoid" ? [Vanishing(trials.Length)] : [],
            Parameters =
            [
                .. activation.Definition.Facts.Parameters.Zip(activation.Modes, (p, mode) => new ParameterSummary
                {
                    Name = p.Name,
                    Mode = mode,
                    Text = mode is ParameterMode.Learned ? "learn(layer, init=0.25)" : $"{mode.EvaluationValue:R}",
                    Value = mode.EvaluationValue,
                    Learned = mode is ParameterMode.Learned ? [new(1, 0.21, 0.02, 0.18, 0.25), new(2, 0.33, 0.03, 0.28, 0.38)] : [],
                }),
            ],
        };
    }

    private static CandidateFinding Vanishing(int trials) => new(
        new Finding
        {
            Code = FindingCodes.VanishingGradient,
            Layer = 1,
            Value = 1 / 1400.0,
            Threshold = 1 / 1000.0,
            Text = "layer 1 (dense:128, sigmoid): the gradient is 1400 times smaller than the last hidden layer's",
            Cause = "the slope of sigmoid is at most 0.25 <and every layer multiplies gradients by it>",
            Advice = "use relu",
        },
        Math.Max(1, trials - 1));

    private static LayerSummary Layer(string name, int layer, int index) => new()
    {
        Layer = layer,
        Units = 128 / layer,
        Dead = name == "softmax" ? null : 0.01 * index * layer,
        Saturated = name == "softmax" ? null : Math.Min(1, 0.08 * index * layer),
        Sparsity = name == "relu" ? 0.5 + 0.05 * layer : 0,
        GradientNorm = 0.02 * Math.Pow(3, (layer - 2) * index),
    };

    private static TrialResult Trial(string name, double mean, int repeat, int fold, int index, bool diverged)
    {
        double score = mean + 0.006 * Math.Sin(5.0 * fold + repeat + 0.4 * index);
        EpochRecord[] epochs =
        [
            .. Enumerable.Range(1, diverged ? 3 : 20).Select(e => diverged
                ? new EpochRecord(e == 3 ? null : Math.Pow(10, e), null, null)
                : new EpochRecord(2.3 * Math.Exp(-e * (0.35 - 0.03 * index)), 0.1 + Math.Exp(-e * 0.3), score - 0.9 * Math.Exp(-e * (0.6 - 0.07 * index)))),
        ];
        return new TrialResult
        {
            Id = $"{name}-{repeat}-{fold}",
            Activation = name,
            Repeat = repeat,
            Fold = fold,
            TrainingSamples = 1600,
            TestSamples = 400,
            Diverged = diverged,
            LearningRate = diverged ? null : 0.003,
            Search = [],
            Score = diverged ? null : score,
            SecondaryScore = diverged ? null : 0.1 + 0.02 * index,
            Epochs = epochs,
            TrainingSeconds = 0.25,
            Seconds = 0.4,
            Dead = diverged ? null : 0.01 * index,
            Saturated = diverged ? null : 0.1 * index,
            Sparsity = diverged ? null : 0,
            GradientRatio = diverged ? null : Math.Pow(3, index),
            Layers = [],
            SampleOutcomes = null,
        };
    }
}
