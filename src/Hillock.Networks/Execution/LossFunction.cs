using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Elementary;

namespace Hillock.Networks.Execution;

/// <summary>A loss bound to its largest batch: its value and its gradient by the outputs (logits), without overflow or cancellation.</summary>
internal sealed class LossFunction
{
    private readonly Loss _loss;
    private readonly int _outputs;
    private readonly float[] _powers;
    private readonly int[] _greatest;
    private readonly double[] _terms;
    private readonly double _smoothing;

    /// <summary>Binds a loss.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="outputs">How many outputs are judged together: the channels of a network's outputs.</param>
    /// <param name="maximumRows">The rows of the largest batch.</param>
    /// <param name="smoothing">The share of a target that all classes get alike, for <see cref="Loss.SoftmaxCrossEntropy"/>.</param>
    public LossFunction(Loss loss, int outputs, int maximumRows, double smoothing = 0)
    {
        _smoothing = smoothing;
        _loss = loss;
        _outputs = outputs;
        _powers = new float[checked(maximumRows * _outputs)];
        _greatest = new int[maximumRows];
        _terms = new double[maximumRows];
    }

    /// <summary>The function that makes probabilities of the outputs; null for a regression.</summary>
    public static ActivationDefinition? Link(Loss loss) => loss switch
    {
        Loss.SoftmaxCrossEntropy => Find("softmax"),
        Loss.BinaryCrossEntropy => Find("sigmoid"),
        _ => null,
    };

    /// <summary>Sums the loss over a batch.</summary>
    /// <param name="logits">The outputs of the network.</param>
    /// <param name="labels">The class of each sample; empty for a regression.</param>
    /// <param name="targets">The target of each sample; empty for a classification.</param>
    /// <param name="gradient">Receives the gradient of the mean loss by the outputs; empty where it is not wanted.</param>
    public double Sum(ReadOnlySpan<float> logits, ReadOnlySpan<int> labels, ReadOnlySpan<float> targets, Span<float> gradient) => _loss switch
    {
        Loss.SoftmaxCrossEntropy => SoftmaxCrossEntropy(logits, labels, gradient),
        Loss.BinaryCrossEntropy => BinaryCrossEntropy(logits, labels, gradient),
        _ => SquaredError(logits, targets, gradient),
    };

    /// <summary>The sum of the samples' losses, and the gradient of each.</summary>
    /// <remarks>
    /// With m the place of the greatest output and S = Σ_(j≠m) e^(z_j - z_m): ln Σ_j e^(z_j) - z_label = (z_m - z_label) + ln(1 + S), two
    /// parts that are never negative. The gradient is p_j = e^(z_j - z_m)/(1 + S) and p - 1 at the label, which is -S/(1 + S) where
    /// the label is m: nothing cancels however sure the network is.
    /// With a smoothing ε the target is (1 - ε)·[j = label] + ε/n: to z_m - z_label comes the ε-th part of the mean of z_m - z_j in its place, and the
    /// gradient loses ε/n everywhere and wins ε at the label.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double SoftmaxCrossEntropy(ReadOnlySpan<float> logits, ReadOnlySpan<int> labels, Span<float> gradient)
    {
        int outputs = _outputs;
        Span<float> powers = gradient.IsEmpty ? _powers.AsSpan(0, logits.Length) : gradient;
        double sum = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            ReadOnlySpan<float> z = logits.Slice(row * outputs, outputs);
            Span<float> shifted = powers.Slice(row * outputs, outputs);
            int greatest = 0;
            for (int j = 1; j < z.Length; j++)
            {
                greatest = z[j] > z[greatest] ? j : greatest;
            }

            float maximum = z[greatest];
            for (int j = 0; j < z.Length; j++)
            {
                shifted[j] = z[j] - maximum;
            }

            sum += Shortfall(z, maximum, labels[row]);
            _greatest[row] = greatest;
        }

        ElementaryFunctions.Exp(powers, powers);
        for (int row = 0; row < labels.Length; row++)
        {
            Span<float> power = powers.Slice(row * outputs, outputs);
            double others = 0;
            for (int j = 0; j < power.Length; j++)
            {
                others += j == _greatest[row] ? 0 : power[j];
            }

            _terms[row] = others;
            if (!gradient.IsEmpty)
            {
                SoftmaxGradient(power, labels[row], _greatest[row], others, labels.Length);
            }
        }

        Span<double> logarithms = _terms.AsSpan(0, labels.Length);
        ElementaryFunctions.Log1P(logarithms, logarithms);
        foreach (double logarithm in logarithms)
        {
            sum += logarithm;
        }

        return sum;
    }

    /// <summary>How far the output at the label, or the mean of all by the smoothed target, is below the greatest.</summary>
    private double Shortfall(ReadOnlySpan<float> z, float maximum, int label)
    {
        double atLabel = (double)maximum - z[label];
        if (_smoothing == 0)
        {
            return atLabel;
        }

        double mean = 0;
        foreach (float other in z)
        {
            mean += ((double)maximum - other) / z.Length;
        }

        return atLabel + (_smoothing * (mean - atLabel));
    }

    /// <summary>Turns the powers of a sample's outputs into the gradient of its part of the mean loss.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SoftmaxGradient(Span<float> power, int label, int greatest, double others, int samples)
    {
        double share = 1 / ((1 + others) * samples);
        float factor = (float)share;
        float atLabel = label == greatest ? (float)(-others * share) : (float)((power[label] - (1 + others)) * share);
        for (int j = 0; j < power.Length; j++)
        {
            power[j] *= factor;
        }

        power[label] = atLabel;
        if (_smoothing > 0)
        {
            double every = _smoothing / power.Length / samples;
            for (int j = 0; j < power.Length; j++)
            {
                power[j] = (float)(power[j] - every + (j == label ? _smoothing / samples : 0));
            }
        }
    }

    /// <summary>The sum of the samples' losses, and the gradient of each.</summary>
    /// <remarks>
    /// With z turned towards the wrong class (negated for label 1) the loss is ln(1 + e^z) and its gradient ±σ(z): nothing cancels.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double BinaryCrossEntropy(ReadOnlySpan<float> logits, ReadOnlySpan<int> labels, Span<float> gradient)
    {
        Span<float> wrong = _powers.AsSpan(0, labels.Length);
        for (int row = 0; row < labels.Length; row++)
        {
            wrong[row] = labels[row] == 1 ? -logits[row] : logits[row];
        }

        if (!gradient.IsEmpty)
        {
            ElementaryFunctions.Sigmoid(wrong, gradient);
            float share = 1f / labels.Length;
            for (int row = 0; row < labels.Length; row++)
            {
                gradient[row] *= labels[row] == 1 ? -share : share;
            }
        }

        ElementaryFunctions.SoftPlus(wrong, wrong);
        double sum = 0;
        foreach (float term in wrong)
        {
            sum += term;
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SquaredError(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradient)
    {
        double sum = 0;
        for (int row = 0; row < targets.Length; row++)
        {
            double error = (double)outputs[row] - targets[row];
            sum += error * error;
            if (!gradient.IsEmpty)
            {
                gradient[row] = (float)(2 * error / targets.Length);
            }
        }

        return sum;
    }

    private static ActivationDefinition Find(string name) =>
        ActivationCatalogue.All.First(definition => string.Equals(definition.Facts.Name, name, StringComparison.Ordinal));
}
