using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Elementary;

namespace Hillock.Networks.Execution;

/// <summary>A loss bound to its largest batch: its value and its gradient by the outputs (logits), without overflow or cancellation.</summary>
internal sealed class LossFunction
{
    /// <summary>How many rows a softmax takes side by side.</summary>
    private const int BlockRows = 16;

    private readonly Loss _loss;
    private readonly int _outputs;
    private readonly float[] _columns;
    private readonly float[] _wrong;
    private readonly float[] _maximum = new float[BlockRows];
    private readonly int[] _greatest = new int[BlockRows];
    private readonly double[] _others = new double[BlockRows];
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
        bool softmax = loss == Loss.SoftmaxCrossEntropy;
        _columns = new float[softmax ? checked(BlockRows * outputs) : 0];
        _terms = new double[softmax ? maximumRows : 0];
        _wrong = new float[loss == Loss.BinaryCrossEntropy ? maximumRows : 0];
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
    private double SoftmaxCrossEntropy(ReadOnlySpan<float> logits, ReadOnlySpan<int> labels, Span<float> gradient)
    {
        double sum = 0;
        for (int row = 0; row < labels.Length; row += BlockRows)
        {
            int rows = Math.Min(BlockRows, labels.Length - row);
            ReadOnlySpan<float> z = logits.Slice(row * _outputs, rows * _outputs);
            ReadOnlySpan<int> labelsOfRows = labels.Slice(row, rows);
            ReadInColumns(z);
            SubtractGreatest();
            for (int i = 0; i < rows; i++)
            {
                sum += Shortfall(z.Slice(i * _outputs, _outputs), _maximum[i], labelsOfRows[i]);
            }

            ElementaryFunctions.Exp(_columns, _columns);
            SumOthers();
            _others.AsSpan(0, rows).CopyTo(_terms.AsSpan(row));
            if (!gradient.IsEmpty)
            {
                SoftmaxGradient(labelsOfRows, gradient.Slice(row * _outputs, rows * _outputs), labels.Length);
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

    /// <summary>Lays a block of rows side by side: the outputs of one place follow each other, so that a register holds as many rows. Rows that lack are zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReadInColumns(ReadOnlySpan<float> z)
    {
        Span<float> columns = _columns;
        int outputs = _outputs;
        if (z.Length < columns.Length)
        {
            columns.Clear();
        }

        for (int row = 0; z.Length > 0; row++, z = z[outputs..])
        {
            for (int j = 0; j < outputs; j++)
            {
                columns[(j * BlockRows) + row] = z[j];
            }
        }
    }

    /// <summary>Finds the greatest output of each row, and its place, and subtracts it from all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SubtractGreatest()
    {
        ref float columns = ref MemoryMarshal.GetArrayDataReference(_columns);
        for (int row = 0; row < BlockRows; row += Vector256<float>.Count)
        {
            Vector256<float> maximum = Vector256.LoadUnsafe(ref columns, (nuint)row);
            Vector256<int> greatest = default;
            for (int j = 1; j < _outputs; j++)
            {
                Vector256<float> z = Vector256.LoadUnsafe(ref columns, (nuint)((j * BlockRows) + row));
                Vector256<float> above = Vector256.GreaterThan(z, maximum);
                maximum = Vector256.ConditionalSelect(above, z, maximum);
                greatest = Vector256.ConditionalSelect(above.AsInt32(), Vector256.Create(j), greatest);
            }

            for (int j = 0; j < _outputs; j++)
            {
                nuint place = (nuint)((j * BlockRows) + row);
                (Vector256.LoadUnsafe(ref columns, place) - maximum).StoreUnsafe(ref columns, place);
            }

            maximum.CopyTo(_maximum, row);
            greatest.CopyTo(_greatest, row);
        }
    }

    /// <summary>Sums the powers of each row but that of its greatest output, which is 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumOthers()
    {
        ref float columns = ref MemoryMarshal.GetArrayDataReference(_columns);
        for (int row = 0; row < BlockRows; row += Vector256<float>.Count)
        {
            Vector256<int> greatest = Vector256.Create(_greatest, row);
            Vector256<double> lower = default;
            Vector256<double> upper = default;
            for (int j = 0; j < _outputs; j++)
            {
                Vector256<float> power = Vector256.LoadUnsafe(ref columns, (nuint)((j * BlockRows) + row));
                power = Vector256.AndNot(power, Vector256.Equals(greatest, Vector256.Create(j)).AsSingle());
                lower += Vector256.WidenLower(power);
                upper += Vector256.WidenUpper(power);
            }

            lower.CopyTo(_others, row);
            upper.CopyTo(_others, row + Vector256<double>.Count);
        }
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

    /// <summary>Turns the powers of a block of rows into the gradient of their part of the mean loss.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SoftmaxGradient(ReadOnlySpan<int> labels, Span<float> gradient, int samples)
    {
        int outputs = _outputs;
        ReadOnlySpan<float> columns = _columns;
        for (int row = 0; row < labels.Length; row++)
        {
            Span<float> place = gradient.Slice(row * outputs, outputs);
            int label = labels[row];
            double others = _others[row];
            double share = 1 / ((1 + others) * samples);
            float factor = (float)share;
            float atLabel = label == _greatest[row] ? (float)(-others * share) : (float)((columns[(label * BlockRows) + row] - (1 + others)) * share);
            for (int j = 0; j < place.Length; j++)
            {
                place[j] = columns[(j * BlockRows) + row] * factor;
            }

            place[label] = atLabel;
            if (_smoothing > 0)
            {
                Smooth(place, label, samples);
            }
        }
    }

    /// <summary>Adds what the smoothing of the target changes in the gradient of a row.</summary>
    private void Smooth(Span<float> gradient, int label, int samples)
    {
        double every = _smoothing / gradient.Length / samples;
        for (int j = 0; j < gradient.Length; j++)
        {
            gradient[j] = (float)(gradient[j] - every + (j == label ? _smoothing / samples : 0));
        }
    }

    /// <summary>The sum of the samples' losses, and the gradient of each.</summary>
    /// <remarks>
    /// With z turned towards the wrong class (negated for label 1) the loss is ln(1 + e^z) and its gradient ±σ(z): nothing cancels.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double BinaryCrossEntropy(ReadOnlySpan<float> logits, ReadOnlySpan<int> labels, Span<float> gradient)
    {
        Span<float> wrong = _wrong.AsSpan(0, labels.Length);
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
