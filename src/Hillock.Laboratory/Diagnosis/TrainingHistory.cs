using Hillock.Networks;

namespace Hillock.Laboratory;

/// <summary>What is known of the way by which a network came to be what it is.</summary>
public sealed record TrainingHistory
{
    /// <summary>Of which nothing is known.</summary>
    public static TrainingHistory Unknown { get; } = new();

    /// <summary>What the network did with signals and gradients before anything was learned; null where nobody looked.</summary>
    public DiagnosisResult? Start { get; init; }

    /// <summary>What a probe saw in each epoch; empty where there was none.</summary>
    public IReadOnlyList<DiagnosisResult> Epochs { get; init; } = [];

    /// <summary>The training loss of each epoch; empty where it is not known.</summary>
    public IReadOnlyList<double> Losses { get; init; } = [];

    /// <summary>How the network did on samples that were held out; null where none were.</summary>
    public HeldOutResult? HeldOut { get; init; }

    /// <summary>The history of a training that a probe looked at.</summary>
    /// <param name="probe">The probe.</param>
    /// <param name="training">What came of the training.</param>
    public static TrainingHistory Of(TrainingProbe probe, TrainingResult training)
    {
        ArgumentNullException.ThrowIfNull(probe);
        ArgumentNullException.ThrowIfNull(training);
        return new TrainingHistory { Start = probe.Start, Epochs = probe.Epochs, Losses = [.. training.Epochs.Select(epoch => epoch.TrainingLoss)] };
    }
}
