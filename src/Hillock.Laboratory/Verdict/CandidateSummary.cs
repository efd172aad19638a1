using Hillock.Activations;
using Hillock.Activations.Catalogue;
using Hillock.Laboratory.Statistics;
using Hillock.Laboratory.Trials;

namespace Hillock.Laboratory.Verdict;

/// <summary>Sums up the trials of one candidate.</summary>
internal static class CandidateSummary
{
    /// <summary>The candidate without its p-values, which need the others.</summary>
    public static CandidateResult Of(Protocol protocol, Activation activation, IReadOnlyList<TrialResult> trials)
    {
        bool diverged = trials.Any(trial => trial.Diverged);
        double[] scores = diverged ? [] : [.. trials.Select(trial => trial.Score!.Value)];
        double[] secondary = diverged ? [] : [.. trials.Select(trial => trial.SecondaryScore!.Value)];
        (double Low, double High)? interval = Interval(protocol, scores, trials[0].TestSamples);
        return new()
        {
            Activation = activation,
            Specification = activation.Specification,
            Status = diverged ? CandidateStatus.Diverged : CandidateStatus.Ok,
            Trials = trials,
            Mean = MeanOf(scores),
            StandardDeviation = Sample.StandardDeviation(scores),
            StandardError = StandardError(protocol, scores, trials[0].TestSamples),
            Low = interval?.Low,
            High = interval?.High,
            SecondaryMean = MeanOf(secondary),
            SecondaryStandardDeviation = Sample.StandardDeviation(secondary),
            PValue = null,
            UncorrectedPValue = null,
            LearningRate = Sample.Median(trials.Select(trial => trial.LearningRate).OfType<double>()),
            SecondsPerEpoch = Sample.Median(trials.Where(trial => trial.Epochs.Count > 0).Select(trial => trial.SecondsPerEpoch)),
            Dead = MeanOf(trials, trial => trial.Dead),
            Saturated = MeanOf(trials, trial => trial.Saturated),
            Sparsity = MeanOf(trials, trial => trial.Sparsity),
            GradientRatio = diverged ? null : Sample.Median(trials.Select(trial => trial.GradientRatio).OfType<double>()),
            Layers = diverged ? [] : Layers(trials),
            Findings = Findings(trials),
            Parameters = [.. activation.Modes.Select((mode, i) => Parameter(activation.Definition.Facts.Parameters[i].Name, mode, diverged ? [] : trials))],
        };
    }

    private static (double Low, double High)? Interval(Protocol protocol, double[] scores, int testSamples)
    {
        if (scores.Length == 1)
        {
            return protocol.Metric == "accuracy" ? WilsonInterval.Of(scores[0], testSamples, ProtocolDecision.Confidence) : null;
        }

        (double Low, double High)? interval = ResampledTTest.Interval(scores, Ranking.TestToTraining(protocol), ProtocolDecision.Confidence);
        double least = protocol.Metric == "accuracy" ? 0 : double.NegativeInfinity;

        // An accuracy lies between 0 and 1, an R² below 1, whatever the t-distribution thinks of it.
        return interval is null ? null : (Math.Max(least, interval.Value.Low), Math.Min(1, interval.Value.High));
    }

    private static double? StandardError(Protocol protocol, double[] scores, int testSamples) =>
        scores.Length > 1 ? ResampledTTest.StandardError(scores, Ranking.TestToTraining(protocol))
        : scores.Length == 1 && protocol.Metric == "accuracy" ? Math.Sqrt(scores[0] * (1 - scores[0]) / testSamples)
        : null;

    /// <summary>A network has at most one finding of a code.</summary>
    private static IReadOnlyList<CandidateFinding> Findings(IReadOnlyList<TrialResult> trials) =>
    [
        .. from finding in trials.SelectMany(trial => trial.Findings)
           group finding by finding.Code into same
           let ordered = same.OrderBy(finding => finding.Value).ToArray()
           orderby ordered.Length descending
           select new CandidateFinding(ordered[ordered.Length / 2], ordered.Length),
    ];

    private static IReadOnlyList<LayerSummary> Layers(IReadOnlyList<TrialResult> trials) =>
    [
        .. trials[0].Layers.Select((layer, i) => new LayerSummary
        {
            Layer = i + 1,
            Units = layer.Units,
            Dead = MeanOf(trials, trial => trial.Layers[i].Dead),
            Saturated = MeanOf(trials, trial => trial.Layers[i].Saturated),
            Sparsity = Sample.Mean(trials.Select(trial => trial.Layers[i].Sparsity)),
            GradientNorm = Sample.Mean(trials.Select(trial => trial.Layers[i].GradientNorm)),
        }),
    ];

    private static ParameterSummary Parameter(string name, ParameterMode mode, IReadOnlyList<TrialResult> trials) => new()
    {
        Name = name,
        Mode = mode,
        Text = mode.Text,
        Value = mode.EvaluationValue,
        Learned = mode is ParameterMode.Learned && trials.Count > 0
            ? [.. Enumerable.Range(0, trials[0].Layers.Count)
                .Select(i => (Layer: i, Values: trials.SelectMany(trial => ValuesOf(trial.Layers[i], name)).ToArray()))
                .Where(learned => learned.Values.Length > 0)
                .Select(learned => Learned(learned.Layer, learned.Values))]
            : [],
    };

    private static LearnedSummary Learned(int layer, double[] values) =>
        new(layer + 1, Sample.Mean(values), Sample.StandardDeviation(values) ?? 0, values.Min(), values.Max());

    private static IEnumerable<double> ValuesOf(TrialLayer layer, string name) =>
        layer.Learned.Where(learned => learned.Name == name).SelectMany(learned => learned.Values).Select(value => (double)value);

    private static double? MeanOf(double[] values) => values.Length == 0 ? null : Sample.Mean(values);

    /// <summary>The mean over all trials; null where one has no value.</summary>
    private static double? MeanOf(IReadOnlyList<TrialResult> trials, Func<TrialResult, double?> value)
    {
        double[] values = [.. trials.Select(value).OfType<double>()];
        return values.Length == trials.Count ? Sample.Mean(values) : null;
    }
}
