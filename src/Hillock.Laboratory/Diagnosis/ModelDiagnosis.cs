using Hillock.Data;
using Hillock.Networks;

namespace Hillock.Laboratory;

/// <summary>A diagnosis of a model: what was measured, and what is wrong.</summary>
/// <param name="Measures">What the layers do.</param>
/// <param name="Findings">What is wrong, what is the cause of others first; none where nothing is.</param>
public sealed record ModelDiagnosis(DiagnosisResult Measures, IReadOnlyList<Finding> Findings)
{
    /// <summary>Diagnoses a model on samples.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">The samples with their classes or targets; best those that it was trained on.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="DataException">The samples are not of the kind that was trained on, or have a class that was not.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static ModelDiagnosis Of(TrainedModel model, DataSource data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        Dataset samples = model.Preparation.Apply(data, [.. Enumerable.Range(0, data.Count)]);
        return Of(model, samples, NetworkDiagnosis.Measure(model.Network, samples, cancellationToken));
    }

    /// <summary>Diagnoses a model by samples that are prepared for it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="samples">The samples.</param>
    /// <param name="measures">What a pass over them showed.</param>
    internal static ModelDiagnosis Of(TrainedModel model, Dataset samples, DiagnosisResult measures) =>
        new(measures, NetworkFindings.Find(model.Network.Description, measures, samples, model.History, model.Settings));
}
