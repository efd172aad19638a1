using Hillock.Activations.Elementary;
using Hillock.Activations.Random;

namespace Hillock.Networks;

/// <summary>
/// A restricted Boltzmann machine: visible and hidden units, every pair of one of each joined by a weight. It learns without labels to reconstruct its samples;
/// what its hidden units then say are features for a classifier, or the beginning of its first layer.
/// </summary>
public sealed class RestrictedBoltzmannMachine
{
    /// <summary>The standard deviation of the weights in the beginning (Hinton, A practical guide to training restricted Boltzmann machines, 2010).</summary>
    private const double InitialDeviation = 0.01;

    private const int BlockRows = 256;

    private readonly float[] _weights;
    private readonly float[] _visibleBiases;
    private readonly float[] _hiddenBiases;

    /// <summary>Makes a machine with small random weights and biases of zero.</summary>
    /// <param name="visible">The number of visible units, which is that of the features of a sample; at least 1.</param>
    /// <param name="hidden">The number of hidden units; at least 1.</param>
    /// <param name="visibleUnits">What the visible units are.</param>
    /// <param name="hiddenUnits">What the hidden units are.</param>
    /// <param name="key">Determines the weights.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public RestrictedBoltzmannMachine(int visible, int hidden, VisibleUnits visibleUnits, HiddenUnits hiddenUnits, RandomKey key)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(visible, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hidden, 1);
        Visible = visible;
        Hidden = hidden;
        VisibleUnits = visibleUnits;
        HiddenUnits = hiddenUnits;
        _weights = new float[checked(visible * hidden)];
        _visibleBiases = new float[visible];
        _hiddenBiases = new float[hidden];
        new RandomStream(key.Derive("weights")).FillNormal(_weights, 0, InitialDeviation);
    }

    /// <summary>The number of visible units.</summary>
    public int Visible { get; }

    /// <summary>The number of hidden units.</summary>
    public int Hidden { get; }

    /// <summary>What the visible units are.</summary>
    public VisibleUnits VisibleUnits { get; }

    /// <summary>What the hidden units are.</summary>
    public HiddenUnits HiddenUnits { get; }

    /// <summary>The weights: from visible unit i to hidden unit j at i·<see cref="Hidden"/> + j. Writing to them changes the machine.</summary>
    public Span<float> Weights => _weights;

    /// <summary>The biases b of the visible units.</summary>
    public Span<float> VisibleBiases => _visibleBiases;

    /// <summary>The biases c of the hidden units.</summary>
    public Span<float> HiddenBiases => _hiddenBiases;

    /// <summary>
    /// Trains by contrastive divergence (Hinton, Training products of experts by minimizing contrastive divergence, 2002). The same arguments give the same bits.
    /// </summary>
    /// <param name="data">The samples; labels and targets are not looked at.</param>
    /// <param name="options">How to train.</param>
    /// <param name="key">Determines the order of the samples and what is drawn.</param>
    /// <param name="progress">Is told the reconstruction error of every epoch; null for nobody.</param>
    /// <param name="cancellationToken">Stops the training between two steps.</param>
    /// <returns>
    /// For each epoch the mean squared difference of the visible units from their first reconstruction. It falls as the machine learns, but is not what contrastive
    /// divergence minimises.
    /// </returns>
    /// <exception cref="ArgumentException">The samples have another number of features, or an option is out of range.</exception>
    /// <exception cref="OperationCanceledException">The training was stopped; the machine keeps the weights it had then.</exception>
    public IReadOnlyList<double> Train(
        Dataset data, BoltzmannOptions options, RandomKey key, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        CheckFeatures(data);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        ContrastiveDivergence steps = new(this, options, Math.Min(options.BatchSize, data.Count));
        List<double> errors = [];
        int[] order = [.. Enumerable.Range(0, data.Count)];
        for (int epoch = 1; epoch <= options.Epochs; epoch++)
        {
            RandomKey epochKey = key.Derive(epoch);
            new RandomStream(epochKey.Derive("order")).Shuffle(order);
            double sum = 0;
            for (int first = 0; first < order.Length; first += options.BatchSize)
            {
                cancellationToken.ThrowIfCancellationRequested();
                sum += steps.Step(data, order.AsSpan(first, Math.Min(options.BatchSize, order.Length - first)), epochKey.Derive(first));
            }

            errors.Add(sum / ((double)data.Count * Visible));
            progress?.Report(errors[^1]);
        }

        return errors;
    }

    /// <summary>
    /// What the hidden units say of samples, without noise: σ(s) of binary ones, max(0, s) of rectified ones. With hidden biases of zero the latter are intensity
    /// equivariant: of a sample multiplied by a positive number they are multiplied by it.
    /// </summary>
    /// <param name="data">The samples.</param>
    /// <returns>The samples with <see cref="Hidden"/> features in place of theirs, and the same classes or targets.</returns>
    /// <exception cref="ArgumentException">The samples have another number of features.</exception>
    public Dataset Features(Dataset data)
    {
        CheckFeatures(data);
        float[] features = new float[checked(data.Count * Hidden)];
        for (int first = 0; first < data.Count; first += BlockRows)
        {
            int rows = Math.Min(BlockRows, data.Count - first);
            Span<float> block = features.AsSpan(first * Hidden, rows * Hidden);
            ReadHidden(data.Inputs.Slice(first * Visible, rows * Visible), block, rows);
            MeanHidden(block);
        }

        return data.Classes > 0
            ? Dataset.Classification(features, Hidden, data.Labels.ToArray(), data.Classes)
            : Dataset.Regression(features, Hidden, data.Targets.ToArray());
    }

    /// <summary>Reconstructs samples from what the hidden units say of them, without noise.</summary>
    /// <param name="data">The samples.</param>
    /// <returns>As many numbers as <paramref name="data"/> has inputs.</returns>
    /// <exception cref="ArgumentException">The samples have another number of features.</exception>
    public float[] Reconstruct(Dataset data)
    {
        float[] reconstruction = new float[checked(data.Count * Visible)];
        Reconstruct(Features(data).Inputs, reconstruction, data.Count);
        return reconstruction;
    }

    /// <summary>Gives weights and hidden biases to a dense layer, which then begins where the machine ended.</summary>
    /// <param name="network">The network.</param>
    /// <param name="layer">The layer among those that have weights, counted from 0: one of <see cref="Hidden"/> units that reads <see cref="Visible"/> inputs.</param>
    /// <exception cref="ArgumentException">The layer has another size.</exception>
    public void CopyTo(Network network, int layer = 0)
    {
        ArgumentNullException.ThrowIfNull(network);
        Span<float> weights = network.Weights(layer);
        Span<float> biases = network.Biases(layer);
        if (weights.Length != _weights.Length || biases.Length != Hidden)
        {
            throw new ArgumentException(
                $"layer {layer} has {weights.Length} weights and {biases.Length} biases, and the machine {_weights.Length} and {Hidden}", nameof(layer));
        }

        _weights.CopyTo(weights);
        _hiddenBiases.CopyTo(biases);
    }

    /// <summary>What the hidden units read.</summary>
    internal void ReadHidden(ReadOnlySpan<float> visible, Span<float> sums, int rows)
    {
        Repeat(_hiddenBiases, sums);
        MatrixProduct.Multiply(visible, false, _weights, false, sums, rows, Hidden, Visible, accumulate: true);
    }

    /// <summary>What the hidden units say without noise, in place of what they read.</summary>
    internal void MeanHidden(Span<float> sums)
    {
        if (HiddenUnits == HiddenUnits.Binary)
        {
            ElementaryFunctions.Sigmoid(sums, sums);
            return;
        }

        foreach (ref float sum in sums)
        {
            sum = sum > 0 ? sum : 0;
        }
    }

    /// <summary>What the visible units become for what the hidden ones say.</summary>
    internal void Reconstruct(ReadOnlySpan<float> hidden, Span<float> visible, int rows)
    {
        Repeat(_visibleBiases, visible);
        MatrixProduct.Multiply(hidden, false, _weights, true, visible, rows, Visible, Hidden, accumulate: true);
        if (VisibleUnits == VisibleUnits.Binary)
        {
            ElementaryFunctions.Sigmoid(visible, visible);
        }
    }

    private static void Repeat(float[] row, Span<float> rows)
    {
        for (; rows.Length > 0; rows = rows[row.Length..])
        {
            row.CopyTo(rows);
        }
    }

    private void CheckFeatures(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Features != Visible || data.Count == 0)
        {
            throw new ArgumentException($"the machine reads samples of {Visible} numbers, and {data.Count} of {data.Features} were given", nameof(data));
        }
    }
}
