using Hillock.Laboratory.Diagnosis;
using Hillock.Networks;
using Hillock.Networks.Execution;

namespace Hillock.Laboratory;

/// <summary>Finds in the measures of a network what is wrong with it, why, and what to do.</summary>
public static class NetworkFindings
{
    /// <summary>
    /// What can be wrong, in the order in which findings are told: what can be the cause of others comes before them. What an earlier finding explains is
    /// not told again.
    /// </summary>
    private static readonly Func<Patient, IEnumerable<Finding>>[] Rules =
    [
        WeightRules.NotFinite,
        SignalRules.InputScale,
        SignalRules.Overflow,
        WeightRules.IdenticalUnits,
        WeightRules.Decayed,
        SignalRules.Scale,
        UnitRules.DeadUnits,
        UnitRules.SaturatedUnits,
        GateRules.SaturatedGates,
        UnitRules.StuckUnits,
        GradientRules.Flow,
        SignalRules.LinearLayers,
        WeightRules.AtLimit,
        SignalRules.HiddenByNormalisation,
        GradientRules.Steps,
        SignalRules.ConstantOutput,
        ProgressRules.Undertrained,
        ProgressRules.NothingLearned,
        HeldOutRules.WorseThanGuessing,
        HeldOutRules.Overfitting,
    ];

    /// <summary>Finds what is wrong with a network.</summary>
    /// <param name="network">What the network is.</param>
    /// <param name="now">What a pass over all samples showed (<see cref="NetworkDiagnosis.Measure"/>).</param>
    /// <param name="data">The samples of that pass, by which the loss is judged; null to leave it unjudged.</param>
    /// <param name="history">How it came to be what it is; null where nothing is known of that.</param>
    /// <param name="settings">How it was trained; null where that is not known, or it was not.</param>
    /// <returns>The findings, what is the cause of others first; none where nothing is wrong.</returns>
    public static IReadOnlyList<Finding> Find(
        NetworkDescription network,
        DiagnosisResult now,
        Dataset? data = null,
        TrainingHistory? history = null,
        TrainingSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(now);
        Patient patient = new(network, now, history ?? TrainingHistory.Unknown, settings, data is null ? null : LossOfIgnorance(data));
        foreach (Func<Patient, IEnumerable<Finding>> rule in Rules)
        {
            patient.Findings.AddRange([.. rule(patient)]);
            if (patient.Now.Layers.Count == 0)
            {
                break;
            }
        }

        return patient.Findings;
    }

    /// <summary>The entropy of the classes, or the variance of the targets.</summary>
    internal static double LossOfIgnorance(Dataset data) => TruthSummary.Of(data).LossOfIgnorance;
}
