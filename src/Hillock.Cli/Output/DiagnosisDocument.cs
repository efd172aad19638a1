using Hillock.Laboratory;
using Hillock.Networks;

namespace Hillock.Cli.Output;

/// <summary>The JSON document of <c>hillock diagnose</c>.</summary>
internal sealed record DiagnosisDocument(
    string Schema,
    string Model,
    string Data,
    int Samples,
    TrainingEntry? Training,
    double? Loss,
    MomentsEntry? Inputs,
    IReadOnlyList<DiagnosedLayerEntry> Layers,
    IReadOnlyList<FindingEntry> Findings,
    IReadOnlyList<RemedyEntry>? Remedies,
    double Seconds);

/// <summary>How the model was trained; <c>complete</c> is false where its file does not say all of it and the defaults stand here.</summary>
internal sealed record TrainingEntry(
    string Optimizer,
    double LearningRate,
    int BatchSize,
    int Epochs,
    string Schedule,
    double Momentum,
    bool Nesterov,
    double WeightDecay,
    double? ClipNorm,
    double? ClipValue,
    double LabelSmoothing,
    int Shift,
    bool Flip,
    bool Complete)
{
    /// <summary>The entry of settings.</summary>
    public static TrainingEntry Of(TrainingSettings settings) => new(
        settings.Optimizer.ToString().ToLowerInvariant(),
        settings.LearningRate,
        settings.BatchSize,
        settings.Epochs,
        settings.Schedule.Text,
        settings.Momentum,
        settings.Nesterov,
        settings.WeightDecay,
        settings.ClipNorm,
        settings.ClipValue,
        settings.LabelSmoothing,
        settings.Augmentation?.Shift ?? 0,
        settings.Augmentation?.Flip ?? false,
        settings.IsComplete);
}

/// <summary>Mean and standard deviation of a signal, over all units and samples and, the third, over the samples in a unit.</summary>
internal sealed record MomentsEntry(double Mean, double Deviation, double UnitDeviation)
{
    /// <summary>The entry of moments.</summary>
    public static MomentsEntry Of(SignalMoments moments) => new(moments.Mean, Math.Sqrt(moments.Variance), Math.Sqrt(moments.UnitVariance));
}

/// <summary>One layer; what does not exist is null.</summary>
internal sealed record DiagnosedLayerEntry(
    int Layer,
    string Text,
    string? Activation,
    string? Normalisation,
    int Units,
    double? Dead,
    double? Saturated,
    double? Stuck,
    double? Linear,
    double Zeros,
    MomentsEntry Sums,
    MomentsEntry Input,
    MomentsEntry Output,
    long NotFinite,
    double? GradientNorm,
    double? SampleGradientNorm,
    double? WeightNorm,
    double? WeightGradientNorm,
    double? UpdateRatio,
    double? LearningSpeed,
    double? Identical,
    IReadOnlyList<LearnedValuesEntry> Learned,
    IReadOnlyList<GateEntry> Gates,
    IReadOnlyList<BinEntry> Histogram)
{
    /// <summary>The entry of a layer.</summary>
    public static DiagnosedLayerEntry Of(LayerDiagnosis layer) => new(
        layer.Layer,
        layer.Text,
        layer.ActivationName,
        layer.Normalisation,
        layer.Units,
        layer.Dead,
        layer.Saturated,
        layer.Stuck,
        layer.Linear,
        layer.Sparsity,
        MomentsEntry.Of(layer.Sums),
        MomentsEntry.Of(layer.Input),
        MomentsEntry.Of(layer.Output),
        layer.NotFinite,
        Finite(layer.GradientNorm),
        Finite(layer.SampleGradientNorm),
        Finite(layer.WeightNorm),
        Finite(layer.WeightGradientNorm),
        Finite(layer.UpdateRatio),
        Finite(layer.LearningSpeed),
        layer.Identical,
        [.. layer.LearnedParameters.Select(learned => new LearnedValuesEntry(learned.Name, learned.Values))],
        [.. layer.Gates.Select(GateEntry.Of)],
        [
            .. from bin in Enumerable.Range(0, LogHistogram.Bins)
               where layer.Histogram.Counts[bin] > 0
               select new BinEntry(LogHistogram.Edge(bin), LogHistogram.Edge(bin + 1), layer.Histogram.Counts[bin]),
        ]);

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}

/// <summary>The values that a layer learned for a parameter of its activation.</summary>
internal sealed record LearnedValuesEntry(string Name, IReadOnlyList<float> Values);

/// <summary>A gate of a recurrent layer.</summary>
internal sealed record GateEntry(string Gate, bool SecondDirection, string Activation, double Dead, double Saturated, double Stuck, MomentsEntry Input, MomentsEntry Output)
{
    /// <summary>The entry of a gate.</summary>
    public static GateEntry Of(GateDiagnosis gate) => new(
        gate.Name, gate.SecondDirection, gate.Activation.Name, gate.Dead, gate.Saturated, gate.Stuck, MomentsEntry.Of(gate.Input), MomentsEntry.Of(gate.Output));
}

/// <summary>A bin of the histogram of a layer's outputs that is not empty.</summary>
internal sealed record BinEntry(double From, double To, long Count);

/// <summary>A finding.</summary>
internal record FindingEntry(string Code, int? Layer, double? Value, double Threshold, string Text, string Cause, string Advice)
{
    /// <summary>The entry of a finding.</summary>
    public static FindingEntry Of(Finding finding) => new(
        finding.Code, finding.Layer, double.IsFinite(finding.Value) ? finding.Value : null, finding.Threshold, finding.Text, finding.Cause, finding.Advice);
}

/// <summary>A remedy that was tried; loss and score are null where the training diverged.</summary>
internal sealed record RemedyEntry(string Text, double? Loss, double? Score, string Verdict, IReadOnlyList<string> Findings);
