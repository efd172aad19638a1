using Hillock.Networks.Execution;

namespace Hillock.Networks;

/// <summary>Looks into networks: dead and saturated units, sparsity, vanishing gradients.</summary>
public static unsafe class NetworkDiagnosis
{
    /// <summary>
    /// Measures a network on samples, as it is, without training it. Activation parameters have their evaluation values. A slope is compared
    /// with the greatest that the activation has anywhere with these parameters, found by evaluating its derivative densely.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="training">The samples that it was trained on; at least one.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">The samples do not fit the network.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static DiagnosisResult Measure(Network network, Dataset training, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        DatasetChecks.InputsAndTargets(network.Description, training, nameof(training));
        int blockRows = Math.Min(network.Description.BlockRows, training.Count);

        // Nothing may be overwritten before it was looked at.
        NetworkPlan plan = new(network, blockRows, trains: true, reuse: false);
        int labelsEach = training.LabelsPerSample;
        LossFunction loss = new(network.Description.Loss, network.Description.Output.Channels, checked(blockRows * labelsEach));
        Dictionary<ActivationUnit, LayerMeasure> layers = [];
        foreach (PlanStep step in plan.Steps)
        {
            if (step.Activation is { Input.Gradient: not null } unit)
            {
                layers.Add(unit, new LayerMeasure(network, unit, layers.Count, blockRows));
            }
        }

        fixed (float* inputs = training.Inputs)
        fixed (int* lengths = training.Lengths)
        {
            for (int first = 0; first < training.Count; first += blockRows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int rows = Math.Min(blockRows, training.Count - first);
                ReadOnlySpan<float> outputs = plan.Forward(inputs + (nint)first * training.Features, rows, lengths: lengths == null ? null : lengths + first);
                ReadOnlySpan<int> labels = training.Classes > 0 ? training.Labels.Slice(first * labelsEach, rows * labelsEach) : [];
                ReadOnlySpan<float> targets = training.Classes > 0 ? [] : training.Targets.Slice(first, rows);
                loss.Sum(outputs, labels, targets, plan.OutputGradient(rows));
                plan.Backward(null, step =>
                {
                    if (step.Activation is { } unit && layers.TryGetValue(unit, out LayerMeasure? measure))
                    {
                        measure.Add(rows);
                    }
                });
            }
        }

        GC.KeepAlive(plan);
        return Summarise([.. layers.Values], network, training.Count);
    }

    private static DiagnosisResult Summarise(LayerMeasure[] measures, Network network, int samples)
    {
        IReadOnlyList<LearnedParameter> learned = network.LearnedParameters;
        LayerDiagnosis[] layers = [.. measures.Select((measure, i) => measure.Result(samples, [.. learned.Where(p => p.Layer == i)]))];
        double units = layers.Sum(layer => layer.Units);
        double judged = layers.Sum(layer => layer.Dead is null ? 0 : layer.Units);
        double ratio = layers.Length < 2 ? double.NaN : layers[^1].GradientNorm / layers[0].GradientNorm;
        return new DiagnosisResult
        {
            Layers = layers,
            Dead = judged == 0 ? null : layers.Sum(layer => layer.Dead * layer.Units) / judged,
            Saturated = judged == 0 ? null : layers.Sum(layer => layer.Saturated * layer.Units) / judged,
            Sparsity = units == 0 ? null : layers.Sum(layer => layer.Sparsity * layer.Units) / units,
            GradientRatio = double.IsFinite(ratio) ? ratio : null,
        };
    }
}
