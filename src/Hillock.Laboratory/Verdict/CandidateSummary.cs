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
        int tested = trials.Sum(trial => trial.TestSamples) / protocol.Repeats;
        (double Low, double High)? interval = Interval(protocol, scores, tested);
        return new()
        {
            Activation = activation,
            Specification = activation.Specification,
            Status = diverged ? CandidateStatus.Diverged : CandidateStatus.Ok,
            Trials = trials,
            Mean = MeanOf(scores),
            StandardDeviation = Sample.StandardDeviation(scores),
            StandardError = StandardError(protocol, scores, tested),
            Low = interval?.Low,
            High = interval?.High,
            SecondaryMean = MeanOf(secondary),
            SecondaryStandardDeviation = Sample.StandardDeviation(secondary),
            SecondaryStandardError = secondary.Length > 1 ? ResampledTTest.StandardError(secondary, Ranking.TestToTraining(protocol)) : null,
            PValue = null,
            UncorrectedPValue = null,
            SecondaryPValue = null,
            LearningRate = Sample.LowerMedian(trials.Select(trial => trial.LearningRate).OfType<double>()),
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

    /// <summary>Scores that are all the same have no spread to tell their interval from: then an accuracy's is that of a proportion of the samples tested.</summary>
    private static (double Low, double High)? Interval(Protocol protocol, double[] scores, int tested)
    {
        if (scores.Length > 0 && Array.TrueForAll(scores, score => score == scores[0]))
        {
            return protocol.Metric == "accuracy" ? WilsonInterval.Of(scores[0], tested, ProtocolDecision.Confidence) : null;
        }

        (double Low, double High)? interval = ResampledTTest.Interval(scores, Ranking.TestToTraining(protocol), ProtocolDecision.Confidence);
        double least = protocol.Metric == "accuracy" ? 0 : double.NegativeInfinity;

        // An accuracy lies between 0 and 1, an R² below 1, whatever the t-distribution thinks of it.
        return interval is null ? null : (Math.Max(least, interval.Value.Low), Math.Min(1, interval.Value.High));
    }

    /// <summary>Few scores can agree by chance, but the share of right answers among so many samples is never known better than a proportion is.</summary>
    private static double? StandardError(Protocol protocol, double[] scores, int tested)
    {
        double? resampled = scores.Length > 1 ? ResampledTTest.StandardError(scores, Ranking.TestToTraining(protocol)) : null;
        return protocol.Metric == "accuracy" && scores.Length > 0 ? Math.Max(resampled ?? 0, WilsonInterval.StandardError(Sample.Mean(scores), tested)) : resampled;
    }

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
