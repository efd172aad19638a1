using System.Numerics;
using Hillock.Activations.Catalogue;

using Number = Hillock.Activations.Numbers.DoubleReal<Hillock.Activations.Numbers.DoubleLanes1>;

namespace Hillock.Activations.Verification;

/// <summary>
/// Judges float kernels by their double twins, and by <see cref="ReferenceFunction"/> where a double cannot tell which float is the nearest or by how much summands cancel; one
/// worker to a thread.
/// </summary>
/// <param name="definition">The function.</param>
/// <param name="parameters">Its parameters, rounded to float.</param>
/// <param name="sample">The floats; null for all, in the order of their bits.</param>
internal sealed class SingleWorker(ActivationDefinition definition, double[] parameters, float[]? sample) : IAccuracyWorker
{
    /// <summary>
    /// How many floats of a block the reference is asked which float is the nearest. By chance a block has none that a double cannot tell; a block with more than this has a law, such as
    /// 1.5·x, half of whose results lie in the very middle of two floats. To ask for each of a thousand million would take half an hour.
    /// </summary>
    private const int QuestionsOfBlock = 256;

    private readonly ReferenceFunction _reference = new(definition, parameters);
    private readonly float[] _parameters = [.. parameters.Select(p => (float)p)];
    private float[] _input = [];
    private float[] _ones = [];
    private float[] _result = [];
    private double[] _wideInput = [];
    private double[] _wideOnes = [];
    private double[] _expected = [];

    /// <inheritdoc/>
    public AccuracyTally Tally { get; } = new();

    /// <inheritdoc/>
    public void Run(long first, int count)
    {
        if (_input.Length != count)
        {
            _input = new float[count];
            _ones = new float[count];
            _result = new float[count];
            _wideInput = new double[count];
            _wideOnes = new double[count];
            _expected = new double[count];
            Array.Fill(_ones, 1);
            Array.Fill(_wideOnes, 1);
        }

        for (int i = 0; i < count; i++)
        {
            _input[i] = sample is null ? BitConverter.UInt32BitsToSingle((uint)(first + i)) : sample[first + i];
            _wideInput[i] = _input[i];
        }

        ActivationArguments<float> arguments = ActivationArguments.Constants<float>(_parameters);
        ActivationArguments<double> wideArguments = ActivationArguments.Constants<double>(parameters);
        definition.Forward(_input, _result, count, arguments);
        definition.Forward(_wideInput, _expected, count, wideArguments);
        Compare(Tally.Value, AccuracyVerifier.ValueLimit, isSlope: false);
        definition.Backward(_input, _ones, _result, count, arguments);
        definition.Backward(_wideInput, _wideOnes, _expected, count, wideArguments);
        Compare(Tally.Slope, AccuracyVerifier.SlopeLimit, isSlope: true);
        Tally.Count += count;
    }

    private void Compare(AccuracyTally.Side side, double limit, bool isSlope)
    {
        int questions = 0;
        for (int i = 0; i < _input.Length; i++)
        {
            // Nearly all results are the nearest floats beyond doubt: less than half a unit off, which is of no account once an error has been greater.
            while (i <= _input.Length - Vector<float>.Count && ErrorMeasure.AreNearest(_result.AsSpan(i), _expected.AsSpan(i), exactly: side.WorstUlp < 0.5))
            {
                side.Rounded += Vector<float>.Count;
                i += Vector<float>.Count;
            }

            if (i == _input.Length)
            {
                break;
            }

            double expected = _expected[i];
            float result = _result[i];
            double ulp = ErrorMeasure.Units(result, expected);
            bool isNearest = !ErrorMeasure.IsDoubtful(expected) ? result == (float)expected
                : questions++ < QuestionsOfBlock ? result == Nearest(_input[i], isSlope)
                : ErrorMeasure.IsHalfUnit(ulp);
            if (isNearest || (float.IsNaN(result) && double.IsNaN(expected)))
            {
                side.Rounded++;
                if (!float.IsFinite(result))
                {
                    continue;
                }
            }

            if (ulp <= limit)
            {
                side.Error(ulp, _input[i]);
                continue;
            }

            if (isSlope && OfLargest(result, expected, _input[i]) is double share && share <= AccuracyVerifier.SummandLimit)
            {
                side.Summand(share);
            }
            else if (!isSlope || !_reference.IsSlopeBeside(
                _input[i], float.BitIncrement(_input[i]), float.BitDecrement(_input[i]), s => ErrorMeasure.Units(result, s.ToDouble()) <= limit))
            {
                side.Error(ulp, _input[i]);
                side.Violation(_input[i]);
            }
        }
    }

    /// <summary>
    /// The error of a derivative as a share of its largest summand. A double tells it well enough, unless it comes near what is allowed: then the reference decides. (Where summands
    /// cancel, as far out in x/(1 + |x|), they do so for a thousand million floats.)
    /// </summary>
    private double OfLargest(float result, double expected, float x)
    {
        double largest = 0;
        Number.Store(definition.Reference(Number.Constant(x), parameters).Largest, ref largest);
        double share = Math.Abs(result - expected) / largest;
        return float.IsFinite(x) && share <= 0.5 * AccuracyVerifier.SummandLimit ? share : ErrorMeasure.OfLargest(result, _reference.At(x));
    }

    private float Nearest(float x, bool isSlope)
    {
        SummandBound<DoubleDouble> exact = _reference.At(x);
        return ErrorMeasure.Nearest(isSlope ? exact.Slope : exact.Value);
    }
}
