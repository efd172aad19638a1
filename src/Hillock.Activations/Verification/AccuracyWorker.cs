using Hillock.Activations.Catalogue;

namespace Hillock.Activations.Verification;

/// <summary>Checks blocks of floats of one function; one worker to a thread.</summary>
internal sealed class AccuracyWorker
{
    private const double SmallestUlp = 1.401298464324817e-45;

    /// <summary>Half a unit beyond the largest float: from here on rounding gives infinity.</summary>
    private const double Overflow = 3.4028235677973366e38;

    private readonly ActivationDefinition _definition;
    private readonly float[] _parameters;
    private readonly double[] _doubleParameters;
    private float[] _input = [];
    private float[] _ones = [];
    private float[] _result = [];
    private double[] _wideInput = [];
    private double[] _wideOnes = [];
    private double[] _expected = [];

    public AccuracyWorker(ActivationDefinition definition)
    {
        _definition = definition;
        _parameters = [.. definition.Facts.Parameters.Select(p => (float)p.Default)];
        // The reference sees the parameters as the kernel does: rounded to float.
        _doubleParameters = [.. _parameters.Select(p => (double)p)];
    }

    public AccuracyTally Tally { get; } = new();

    /// <summary>Checks the floats whose bits are <paramref name="first"/>, first + step, ...</summary>
    public void Run(long first, long step, int count)
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
            _input[i] = BitConverter.UInt32BitsToSingle((uint)(first + (i * step)));
            _wideInput[i] = _input[i];
        }

        ActivationArguments<float> arguments = ActivationArguments.Constants<float>(_parameters);
        ActivationArguments<double> wideArguments = ActivationArguments.Constants<double>(_doubleParameters);
        _definition.Forward(_input, _result, count, arguments);
        _definition.Forward(_wideInput, _expected, count, wideArguments);
        Compare(Tally.Value, AccuracyVerifier.ValueLimit, isSlope: false);
        _definition.Backward(_input, _ones, _result, count, arguments);
        _definition.Backward(_wideInput, _wideOnes, _expected, count, wideArguments);
        Compare(Tally.Slope, AccuracyVerifier.SlopeLimit, isSlope: true);
        Tally.Count += count;
    }

    private void Compare(AccuracyTally.Side side, double limit, bool isSlope)
    {
        for (int i = 0; i < _input.Length; i++)
        {
            double expected = _expected[i];
            float result = _result[i];
            if (result == (float)expected || (float.IsNaN(result) && double.IsNaN(expected)))
            {
                side.Rounded++;
                if (!float.IsFinite(result))
                {
                    continue;
                }
            }

            double ulp = UnitsApart(result, expected);
            if (ulp <= limit)
            {
                side.Error(ulp, _input[i]);
                continue;
            }

            double largest = isSlope ? _definition.LargestSummand(_input[i], _doubleParameters) : 0;
            double share = Math.Abs(result - expected) / largest;
            if (share <= AccuracyVerifier.SummandLimit)
            {
                side.WorstOfSummand = Math.Max(side.WorstOfSummand, share);
            }
            else
            {
                side.Error(ulp, _input[i]);
                side.Violation(_input[i]);
            }
        }
    }

    /// <summary>The distance in units in the last place that a float of the expected size has.</summary>
    private static double UnitsApart(float result, double expected)
    {
        if (double.IsNaN(expected) || float.IsNaN(result))
        {
            return double.PositiveInfinity;
        }

        if (float.IsInfinity(result))
        {
            return Math.Abs(expected) >= Overflow && Math.Sign(expected) == Math.Sign(result) ? 0 : double.PositiveInfinity;
        }

        // The unit has the exponent of the expected value, 23 binary places lower.
        long exponent = (BitConverter.DoubleToInt64Bits(expected) >> 52) & 0x7FF;
        double unit = exponent < 24 ? SmallestUlp : BitConverter.Int64BitsToDouble((exponent - 23) << 52);
        return Math.Abs(result - expected) / Math.Max(unit, SmallestUlp);
    }
}
