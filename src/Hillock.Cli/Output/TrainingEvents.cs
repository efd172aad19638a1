using Hillock.Data;
using Hillock.Interchange.TensorBoard;
using Hillock.Laboratory;
using Hillock.Networks;

namespace Hillock.Cli.Output;

/// <summary>Writes for TensorBoard what every epoch of a training came to: losses and score, what goes on in each layer, and all that is learned.</summary>
/// <param name="folder">The folder for the event file; made with the first epoch.</param>
/// <param name="task">What is learned.</param>
/// <param name="next">Is told of the epochs too.</param>
internal sealed class TrainingEvents(string folder, TaskKind task, IProgress<FinishedEpoch> next) : IProgress<FinishedEpoch>, IDisposable
{
    private EventFile? file;

    /// <inheritdoc/>
    public void Report(FinishedEpoch value)
    {
        file ??= new EventFile(folder);
        int epoch = value.Result.Epoch;
        AddScalar("loss/training", value.Result.TrainingLoss, epoch);
        AddScalar("loss/held_out", value.Result.ValidationLoss, epoch);
        AddScalar(task == TaskKind.Regression ? "score/r2" : "score/accuracy", value.Result.ValidationScore, epoch);
        foreach (LayerDiagnosis layer in value.Inside?.Layers ?? [])
        {
            string name = $"{layer.Layer}_{layer.ActivationName ?? layer.Text}";
            AddScalar($"dead/{name}", layer.Dead, epoch);
            AddScalar($"saturated/{name}", layer.Saturated, epoch);
            AddScalar($"zeros/{name}", layer.Sparsity, epoch);
            AddScalar($"gradient/{name}", layer.SampleGradientNorm, epoch);
            AddScalar($"weight_gradient/{name}", layer.WeightGradientNorm, epoch);
            AddScalar($"update_to_weight/{name}", layer.UpdateRatio, epoch);
            AddHistogram($"outputs/{name}", layer.Histogram, layer.Output.Mean, layer.Output.Variance, epoch);
        }

        foreach (NetworkTensor tensor in value.Network.Tensors.Where(tensor => tensor.Kind != TensorKind.State))
        {
            AddHistogram($"learned/{tensor.Name}", value.Network.Values(tensor), epoch);
        }

        file.Flush();
        next.Report(value);
    }

    /// <inheritdoc/>
    public void Dispose() => file?.Dispose();

    private void AddScalar(string tag, double? value, int epoch)
    {
        if (value is { } number && double.IsFinite(number))
        {
            file!.AddScalar(tag, number, epoch);
        }
    }

    private void AddHistogram(string tag, ReadOnlySpan<float> values, int epoch)
    {
        LogHistogram histogram = new();
        histogram.Add(values);
        double sum = 0;
        double squares = 0;
        foreach (float value in values)
        {
            sum += value;
            squares += (double)value * value;
        }

        double mean = sum / values.Length;
        AddHistogram(tag, histogram, mean, (squares / values.Length) - (mean * mean), epoch);
    }

    /// <summary>Adds the bins from the first that holds anything to the last.</summary>
    private void AddHistogram(string tag, LogHistogram histogram, double mean, double variance, int epoch)
    {
        int[] used = [.. Enumerable.Range(0, LogHistogram.Bins).Where(bin => histogram.Counts[bin] > 0)];
        if (used.Length == 0)
        {
            return;
        }

        int[] bins = [.. Enumerable.Range(used[0], used[^1] - used[0] + 1)];
        double count = histogram.Total;
        file!.AddHistogram(
            tag,
            new EventHistogram(
                LogHistogram.Edge(bins[0]),
                LogHistogram.Edge(bins[^1] + 1),
                count * mean,
                count * (variance + (mean * mean)),
                [.. bins.Select(bin => LogHistogram.Edge(bin + 1))],
                [.. bins.Select(bin => (double)histogram.Counts[bin])]),
            epoch);
    }
}
