using Hillock.Networks;

namespace Hillock.Laboratory;

/// <summary>An epoch that is over.</summary>
/// <param name="Result">What it came to.</param>
/// <param name="Network">The network as it is now; to be looked at during the report only.</param>
/// <param name="Inside">What was seen inside during the epoch; null where nobody looked.</param>
public sealed record FinishedEpoch(EpochResult Result, Network Network, DiagnosisResult? Inside);

/// <summary>Passes on what is reported of epochs, and keeps the network of the last one, or of the best, for the case that the training is stopped.</summary>
internal sealed class FinishedEpochs(Network trained, bool keepsBest, TrainingProbe probe, IProgress<FinishedEpoch>? progress) : IProgress<EpochResult>
{
    private readonly List<double> _losses = [];
    private double _leastLoss = double.PositiveInfinity;

    /// <summary>The epochs that are over.</summary>
    public int Count { get; private set; }

    /// <summary>Their training losses; none where the training went on from a checkpoint, and those before are not known.</summary>
    public IReadOnlyList<double> Losses => _losses.Count == Count ? _losses : [];

    /// <summary>The epoch whose network is kept.</summary>
    public int Epoch { get; private set; }

    /// <summary>The network as it was after that epoch.</summary>
    public Network Network { get; } = trained.Clone();

    /// <inheritdoc/>
    public void Report(EpochResult value)
    {
        Count = value.Epoch;
        _losses.Add(value.TrainingLoss);
        if (!keepsBest || value.ValidationLoss < _leastLoss)
        {
            _leastLoss = value.ValidationLoss ?? _leastLoss;
            Epoch = value.Epoch;
            Network.CopyParametersFrom(trained);
        }

        progress?.Report(new FinishedEpoch(value, trained, probe.Epochs is [.., var last] && last.Epoch == value.Epoch ? last : null));
    }
}
