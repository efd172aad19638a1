using Hillock.Networks.Execution;
using Hillock.Networks.Numerics;

namespace Hillock.Networks;

/// <summary>Looks into networks: dead, saturated and linear units, sparsity, signals and gradients that vanish or explode.</summary>
public static unsafe class NetworkDiagnosis
{
    /// <summary>
    /// Measures a network on samples, as it is, without training it. Activation parameters have their evaluation values. A slope is compared
    /// with the greatest that the activation has anywhere with these parameters, found by evaluating its derivative densely; of a function whose slope has
    /// no bound (exp, a square) with the greatest between -1 and 1. Padding of sequences counts nowhere.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="training">The samples that it was trained on; at least one.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">The samples do not fit the network, or there are none.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static DiagnosisResult Measure(Network network, Dataset training, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        DatasetChecks.InputsAndTargets(network.Description, training, nameof(training));
        if (NotFinite(network) is { Length: > 0 } broken)
        {
            return new DiagnosisResult { Layers = [], NotFinite = broken, Loss = double.NaN };
        }

        int blockRows = Math.Min(network.Description.BlockRows, training.Count);
        NetworkPlan plan = new(network, blockRows, trains: true, observed: true);
        int labelsEach = training.LabelsPerSample;
        LossFunction loss = new(network.Description.Loss, network.Description.Output.Channels, checked(blockRows * labelsEach));
        NetworkProbe probe = new(network, plan);
        AlignedBuffer gradients = new(network.Layout.Length);
        double[] gradientSums = new double[network.Layout.Length];
        double lossSum = 0;
        fixed (float* inputs = training.Inputs)
        fixed (int* lengths = training.Lengths)
        {
            for (int first = 0; first < training.Count; first += blockRows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int rows = Math.Min(blockRows, training.Count - first);
                probe.StartBatch(rows);
                ReadOnlySpan<float> outputs = plan.Forward(inputs + (nint)first * training.Features, rows, lengths: lengths == null ? null : lengths + first, observer: probe.ForwardObserver);
                ReadOnlySpan<int> labels = training.Classes > 0 ? training.Labels.Slice(first * labelsEach, rows * labelsEach) : [];
                ReadOnlySpan<float> targets = training.Classes > 0 ? [] : training.Targets.Slice(first, rows);
                lossSum += loss.Sum(outputs, labels, targets, plan.OutputGradient(rows));
                plan.Backward(gradients.Pointer, probe.Observer);
                for (int i = 0; i < gradientSums.Length; i++)
                {
                    gradientSums[i] += (double)gradients.Span[i] * rows;
                }
            }
        }

        GC.KeepAlive(plan);
        float[] gradient = [.. gradientSums.Select(sum => (float)(sum / training.Count))];
        return probe.Result(
            lossSum / ((double)training.Count * labelsEach),
            (measure, layer) => measure.HasWeights ? layer with { WeightGradientNorm = measure.Length(gradient) } : layer);
    }

    private static NotFiniteTensor[] NotFinite(Network network) =>
    [
        .. from node in LayerNode.All(network.Description.Nodes)
           from tensor in node.Tensors
           let count = CountNotFinite(network.Values(tensor))
           where count > 0
           select new NotFiniteTensor(tensor.Name, node.Description.Text, count, tensor.Length),
    ];

    private static long CountNotFinite(ReadOnlySpan<float> values)
    {
        if (VectorLoops.AllFinite(values))
        {
            return 0;
        }

        long count = 0;
        foreach (float value in values)
        {
            count += float.IsFinite(value) ? 0 : 1;
        }

        return count;
    }
}
