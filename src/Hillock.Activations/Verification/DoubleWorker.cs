using Hillock.Activations.Catalogue;

namespace Hillock.Activations.Verification;

/// <summary>Judges double kernels by <see cref="ReferenceFunction"/>; one worker to a thread.</summary>
/// <param name="definition">The function.</param>
/// <param name="parameters">Its parameters.</param>
/// <param name="sample">The doubles.</param>
internal sealed class DoubleWorker(ActivationDefinition definition, double[] parameters, double[] sample) : IAccuracyWorker
{
    private readonly ReferenceFunction _reference = new(definition, parameters);

    /// <inheritdoc/>
    public AccuracyTally Tally { get; } = new();

    /// <inheritdoc/>
    public void Run(long first, int count)
    {
        ReadOnlySpan<double> x = sample.AsSpan((int)first, count);
        double[] ones = new double[count];
        double[] value = new double[count];
        double[] slope = new double[count];
        Array.Fill(ones, 1);
        ActivationArguments<double> arguments = ActivationArguments.Constants<double>(parameters);
        definition.Forward(x, value, count, arguments);
        definition.Backward(x, ones, slope, count, arguments);
        for (int i = 0; i < count; i++)
        {
            SummandBound<DoubleDouble> exact = _reference.At(x[i]);
            Compare(Tally.Value, value[i], exact, AccuracyVerifier.ValueLimit, isSlope: false, x[i]);
            Compare(Tally.Slope, slope[i], exact, AccuracyVerifier.SlopeLimit, isSlope: true, x[i]);
        }

        Tally.Count += count;
    }

    private void Compare(AccuracyTally.Side side, double result, SummandBound<DoubleDouble> exact, double limit, bool isSlope, double x)
    {
        DoubleDouble expected = isSlope ? exact.Slope : exact.Value;
        double ulp = ErrorMeasure.Units(result, expected);
        if (ulp == 0 || result == expected.ToDouble())
        {
            side.Rounded++;
        }

        if (ulp <= limit)
        {
            side.Error(ulp, x);
        }
        else if (isSlope && ErrorMeasure.OfLargest(result, exact) is double share && share <= AccuracyVerifier.DoubleSummandLimit)
        {
            side.Summand(share);
        }
        else if (!isSlope || !_reference.IsSlopeBeside(x, double.BitIncrement(x), double.BitDecrement(x), s => ErrorMeasure.Units(result, s) <= limit))
        {
            side.Error(ulp, x);
            side.Violation(x);
        }
    }
}
