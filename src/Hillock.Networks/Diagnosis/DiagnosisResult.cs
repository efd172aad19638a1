namespace Hillock.Networks;

/// <summary>A tensor of a network some of whose numbers are infinite or NaN.</summary>
/// <param name="Tensor">Its name, such as <c>2.weight</c>.</param>
/// <param name="Layer">The layer in the notation of network texts, such as <c>dense:10</c>.</param>
/// <param name="Count">How many.</param>
/// <param name="Length">Of how many.</param>
public sealed record NotFiniteTensor(string Tensor, string Layer, long Count, long Length);

/// <summary>What the layers of a network do to signals and gradients.</summary>
public sealed record DiagnosisResult
{
    /// <summary>The epoch of a training that was looked at, counted from 1; null for a network as it is.</summary>
    public int? Epoch { get; init; }

    /// <summary>
    /// The layers that have weights or an activation, in the order of the data flow; empty where <see cref="NotFinite"/> is not: such a network computes
    /// nothing that is worth measuring.
    /// </summary>
    public required IReadOnlyList<LayerDiagnosis> Layers { get; init; }

    /// <summary>The tensors with numbers that are infinite or NaN.</summary>
    public IReadOnlyList<NotFiniteTensor> NotFinite { get; init; } = [];

    /// <summary>What the network reads; null where that are token ids, and where nothing was measured.</summary>
    public SignalMoments? Inputs { get; init; }

    /// <summary>The mean loss of the samples that were looked at; NaN where it is not finite or nothing was measured.</summary>
    public required double Loss { get; init; }

    /// <summary>The layers with an activation.</summary>
    public IEnumerable<LayerDiagnosis> Hidden => Layers.Where(layer => layer.ActivationName != null);

    /// <summary>The share of dead units among all hidden units that can be judged; null where there are none.</summary>
    public double? Dead => Mean(layer => layer.Dead);

    /// <summary>The share of saturated cases among all hidden units that can be judged; null where there are none.</summary>
    public double? Saturated => Mean(layer => layer.Saturated);

    /// <summary>The share of exact zeros among the outputs of all hidden units; null without hidden layers.</summary>
    public double? Sparsity => Mean(layer => layer.Sparsity);

    /// <summary>
    /// How large the gradient of a sample is at the last hidden layer over that at the first; null with fewer than two hidden layers. The mean gradient would not do: of
    /// standardised data the samples' gradients cancel each other in it, and what is left says nothing of a layer.
    /// </summary>
    public double? GradientRatio
    {
        get
        {
            LayerDiagnosis[] hidden = [.. Hidden];
            double ratio = hidden.Length < 2 ? double.NaN : hidden[^1].SampleGradientNorm / hidden[0].SampleGradientNorm;
            return double.IsFinite(ratio) ? ratio : null;
        }
    }

    private double? Mean(Func<LayerDiagnosis, double?> share)
    {
        LayerDiagnosis[] judged = [.. Hidden.Where(layer => share(layer) != null)];
        return judged.Length == 0 ? null : judged.Sum(layer => share(layer)!.Value * layer.Units) / judged.Sum(layer => (double)layer.Units);
    }
}
