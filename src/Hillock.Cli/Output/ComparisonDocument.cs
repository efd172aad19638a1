using Hillock.Data;
using Hillock.Laboratory;

namespace Hillock.Cli.Output;

/// <summary>The JSON document of <c>hillock compare</c>. What does not exist is null, a value that is not finite too.</summary>
internal sealed record ComparisonDocument(
    string Schema,
    DataEntry Data,
    ProtocolEntry Protocol,
    string Metric,
    IReadOnlyList<CandidateEntry> Candidates,
    string? Recommended,
    string Reason,
    double? Baseline,
    IReadOnlyList<RemarkEntry> Remarks,
    IReadOnlyList<string> Warnings,
    double? Seconds)
{
    /// <summary>The document of a result.</summary>
    public static ComparisonDocument Of(ComparisonResult result)
    {
        DataSummary data = result.Data;
        Protocol protocol = result.Protocol;
        bool classification = data.Task == TaskKind.Classification;
        return new ComparisonDocument(
            "hillock.compare/1",
            new DataEntry(
                data.Name,
                data.Samples,
                data.Features,
                classification ? data.Classes.Count : null,
                classification ? "classification" : "regression",
                classification ? data.Classes : null,
                data.TestSamples,
                data.Description,
                data.Fingerprint),
            new ProtocolEntry(
                protocol.Folds,
                protocol.Repeats,
                protocol.Epochs,
                protocol.BatchSize,
                protocol.Network,
                protocol.Optimizer.ToString().ToLowerInvariant(),
                protocol.Seed,
                protocol.Holdout,
                Finite(protocol.LearningRate),
                protocol.SearchRates,
                protocol.SearchEpochs,
                protocol.Input.Size,
                protocol.Outputs,
                protocol.Parameters),
            protocol.Metric,
            [.. result.Candidates.Select(c => Candidate(c, classification))],
            result.Recommended,
            result.Reason,
            Finite(result.Baseline),
            [.. result.Remarks.Select(r => new RemarkEntry(r.Activation, r.Text))],
            result.Warnings,
            Finite(result.Seconds));
    }

    private static double? Finite(double? value) => value is { } v && double.IsFinite(v) ? v : null;

    private static CandidateEntry Candidate(CandidateResult candidate, bool classification)
    {
        double? secondary = Finite(candidate.SecondaryMean);
        return new CandidateEntry(
            candidate.Name,
            candidate.Status == CandidateStatus.Ok ? "ok" : "diverged",
            Finite(candidate.Mean),
            Finite(candidate.StandardDeviation),
            Finite(candidate.Low),
            Finite(candidate.High),
            [.. candidate.Trials.Select(t => Finite(t.Score))],
            Finite(candidate.PValue),
            Finite(candidate.LearningRate),
            [.. candidate.Trials.Select(t => Finite(t.LearningRate))],
            Finite(candidate.SecondsPerEpoch),
            Finite(candidate.Dead),
            Finite(candidate.Saturated),
            Finite(candidate.Sparsity),
            Finite(candidate.GradientRatio),
            candidate.Parameters.ToDictionary(p => p.Name, Parameter),
            classification ? secondary : null,
            classification ? null : secondary,
            candidate.Specification,
            Words.Cost(candidate.Cost),
            Finite(candidate.UncorrectedPValue),
            [.. candidate.Layers.Select(Layer)],
            [.. candidate.Findings.Select(CandidateFindingEntry.Of)],
            classification ? Finite(candidate.SecondaryPValue) : null,
            classification ? null : Finite(candidate.SecondaryPValue));
    }

    private static LayerEntry Layer(LayerSummary layer) =>
        new(layer.Layer, layer.Units, Finite(layer.Dead), Finite(layer.Saturated), Finite(layer.Sparsity), Finite(layer.GradientNorm));

    private static ParameterResult Parameter(ParameterSummary parameter) => new(
        parameter.Text,
        Finite(parameter.Value),
        [.. parameter.Learned.Select(l => new LearnedEntry(l.Layer, Finite(l.Mean), Finite(l.StandardDeviation), Finite(l.Minimum), Finite(l.Maximum)))]);
}

/// <summary>What was learned from.</summary>
internal sealed record DataEntry(
    string Name,
    int Samples,
    int Features,
    int? Classes,
    string Task,
    IReadOnlyList<string>? ClassNames,
    int? TestSamples,
    string Description,
    string Fingerprint);

/// <summary>How candidates were compared.</summary>
internal sealed record ProtocolEntry(
    int? Folds,
    int Repeats,
    int Epochs,
    int Batch,
    string Network,
    string Optimizer,
    ulong Seed,
    bool Holdout,
    double? LearningRate,
    IReadOnlyList<double> SearchRates,
    int SearchEpochs,
    int Inputs,
    int Outputs,
    long Parameters);

/// <summary>What was found about one candidate. Lists over trials run by repeat, then by fold.</summary>
internal sealed record CandidateEntry(
    string Activation,
    string Status,
    double? Mean,
    double? Std,
    double? Low,
    double? High,
    IReadOnlyList<double?> Folds,
    double? PValue,
    double? LearningRate,
    IReadOnlyList<double?> LearningRates,
    double? SecondsPerEpoch,
    double? Dead,
    double? Saturated,
    double? Sparsity,
    double? GradientRatio,
    IReadOnlyDictionary<string, ParameterResult> Parameters,
    double? LogLoss,
    double? Rmse,
    string Specification,
    string Cost,
    double? UncorrectedPValue,
    IReadOnlyList<LayerEntry> Layers,
    IReadOnlyList<CandidateFindingEntry> Findings,
    double? LogLossPValue,
    double? RmsePValue);

/// <summary>What is wrong in so many of a candidate's trials.</summary>
internal sealed record CandidateFindingEntry(
    string Code, int? Layer, double? Value, double Threshold, string Text, string Cause, string Advice, int Trials)
    : FindingEntry(Code, Layer, Value, Threshold, Text, Cause, Advice)
{
    /// <summary>The entry of a finding.</summary>
    public static CandidateFindingEntry Of(CandidateFinding found)
    {
        FindingEntry entry = Of(found.Finding);
        return new(entry.Code, entry.Layer, entry.Value, entry.Threshold, entry.Text, entry.Cause, entry.Advice, found.Trials);
    }
}

/// <summary>A parameter as it was asked for, its value before anything is learned, and what each layer learned.</summary>
internal sealed record ParameterResult(string Mode, double? Value, IReadOnlyList<LearnedEntry> Learned);

/// <summary>What one layer learned, over all trials and channels.</summary>
internal sealed record LearnedEntry(int Layer, double? Mean, double? Std, double? Minimum, double? Maximum);

/// <summary>One hidden layer.</summary>
internal sealed record LayerEntry(int Layer, int Units, double? Dead, double? Saturated, double? Sparsity, double? GradientNorm);

/// <summary>A sentence about the verdict: about that on a candidate, or about the whole where that is null.</summary>
internal sealed record RemarkEntry(string? Activation, string Text);
