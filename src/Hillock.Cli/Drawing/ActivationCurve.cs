using Hillock.Activations;
using Hillock.Activations.Catalogue;

namespace Hillock.Cli.Drawing;

/// <summary>An activation and its derivative at evenly spaced inputs: of a function of rows, the first output of its <see cref="ExampleRow"/>.</summary>
/// <param name="Name">The activation's name; of a function of rows with the row, such as <c>softmax of (x, 0)</c>.</param>
/// <param name="X">The inputs, increasing.</param>
/// <param name="Value">f at each input.</param>
/// <param name="Slope">f′ at each input.</param>
internal sealed record ActivationCurve(string Name, float[] X, float[] Value, float[] Slope)
{
    /// <summary>Computes the curve, learned and random parameters standing at the value they have in evaluation.</summary>
    /// <param name="activation">The activation.</param>
    /// <param name="from">The least input.</param>
    /// <param name="to">The greatest input.</param>
    /// <param name="points">How many inputs; at least 2.</param>
    public static ActivationCurve Sample(Activation activation, double from, double to, int points)
    {
        float[] x = new float[points];
        float[] value = new float[points];
        float[] slope = new float[points];
        for (int i = 0; i < points; i++)
        {
            x[i] = (float)(from + ((to - from) * i / (points - 1)));
        }

        if (activation.Definition.IsElementwise)
        {
            activation.Evaluate(x, value);
            activation.Slope(x, slope);
            return new ActivationCurve(activation.Name, x, value, slope);
        }

        ExampleRow example = activation.Definition.Example(activation.Modes);
        SampleRows(activation, example, x, value, slope);
        return new ActivationCurve($"{activation.Name} of {example}", x, value, slope);
    }

    private static void SampleRows(Activation activation, ExampleRow example, float[] x, float[] value, float[] slope)
    {
        float[] row = new float[example.Length];
        Array.Fill(row, example.Other);
        int outputs = activation.OutputLength(row.Length);
        float[] gradient = new float[outputs];
        gradient[0] = 1;
        float[] output = new float[outputs];
        float[] inputGradient = new float[row.Length];
        ActivationArguments<float> arguments = ActivationArguments.Constants<float>([.. activation.Modes.Select(mode => (float)mode.EvaluationValue)]);
        for (int i = 0; i < x.Length; i++)
        {
            row[example.Variable] = x[i];
            activation.Evaluate(row, output);
            activation.Definition.Backward(row, gradient, inputGradient, row.Length, arguments);
            value[i] = output[0];
            slope[i] = inputGradient[example.Variable];
        }
    }

    /// <summary>The least and the greatest finite value of f and f′, with 0 between them.</summary>
    public (double Low, double High) Extent()
    {
        double low = 0;
        double high = 0;
        foreach (float v in Value.Concat(Slope))
        {
            if (float.IsFinite(v))
            {
                low = Math.Min(low, v);
                high = Math.Max(high, v);
            }
        }

        return (low, high);
    }

    /// <summary>The points of a curve, interrupted where it jumps, so that a step is not drawn as a slope.</summary>
    /// <param name="y">The curve: <see cref="Value"/> or <see cref="Slope"/>.</param>
    /// <param name="extent">The height of the drawing in the curve's units; what is small against it is no jump.</param>
    public IEnumerable<(double X, double Y)> Points(float[] y, double extent)
    {
        for (int i = 0; i < y.Length; i++)
        {
            if (i > 0 && IsJump(y, i, 0.04 * extent))
            {
                yield return (double.NaN, double.NaN);
            }

            yield return (X[i], y[i]);
        }
    }

    /// <summary>
    /// A step between neighbours is a jump if it is visible and far larger than the steps on both of its sides, of which one does not count: a function can have a
    /// value of its own amid its jump, as sign has at 0.
    /// </summary>
    private static bool IsJump(float[] y, int i, double visible)
    {
        double step = Step(y, i);
        double before = Math.Min(Step(y, i - 1), Step(y, i - 2));
        double after = Math.Min(Step(y, i + 1), Step(y, i + 2));
        return step > visible && step > 8 * Math.Max(before, after);
    }

    private static double Step(float[] y, int i) => i >= 1 && i < y.Length ? Math.Abs(y[i] - y[i - 1]) : 0;
}
