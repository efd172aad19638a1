using Hillock.Activations.Catalogue;
using Hillock.Activations.Formulas;
using Hillock.Activations.Kernels;

namespace Hillock.Activations.Tests.Kernels;

/// <summary>What is computed from outputs beyond what the conformance kit checks of every function.</summary>
public class SlopeFollowsOutputTests
{
    [Fact]
    public void The_derivative_of_a_sigmoid_s_output_is_rounded_once() => IsRoundedOnce<Sigmoid>("sigmoid", y => y - y * y, lower: 0);

    [Fact]
    public void The_derivative_of_a_hyperbolic_tangent_s_output_is_rounded_once() => IsRoundedOnce<Tanh>("tanh", y => 1 - y * y, lower: -1);

    private static void IsRoundedOnce<TFormula>(string name, Func<decimal, decimal> slope, float lower)
        where TFormula : struct, IElementwiseFormula
    {
        ActivationDefinition definition = ActivationCatalogue.All.First(d => d.Facts.Name == name);
        definition.HasBackwardFromOutput.ShouldBeTrue();

        // Floats all over the range and at its ends; decimals of 28 digits are exact enough to say how their slopes are rounded.
        float[] y =
        [
            lower, 1, lower + 1e-4f, float.BitDecrement(1), 0.5f, float.BitIncrement(0.5f),
            .. Enumerable.Range(1, 4000).Select(i => lower + ((1 - lower) * i / 4001)),
        ];
        float[] gradient = [.. y.Select((_, i) => (float)(1 << (i % 3)))];
        float[] expected = [.. y.Zip(gradient, (value, g) => (float)slope(Exact(value)) * g)];
        foreach (RegisterWidth width in Enum.GetValues<RegisterWidth>())
        {
            float[] actual = [.. y];
            ElementwiseActivation<TFormula>.RunFromOutput(actual, gradient, actual, width);
            actual.ShouldBe(expected, $"{width}");
        }

        float[] own = new float[y.Length];
        definition.BackwardFromOutput(y, gradient, own, y.Length, default);
        own.ShouldBe(expected);
        double[] wide = new double[y.Length];
        definition.BackwardFromOutput([.. y], [.. gradient], wide, y.Length, default);
        for (int i = 0; i < y.Length; i++)
        {
            wide[i].ShouldBe((double)slope(Exact(y[i])) * gradient[i], 1e-15);
        }

        // Against the derivative by the inputs, where the outputs have not lost much; and what is not a number stays so.
        float[] x = [-3, -0.5f, 0, 0.25f, 2, float.NaN, float.NegativeInfinity, float.PositiveInfinity];
        float[] output = new float[x.Length];
        float[] byInput = new float[x.Length];
        float[] byOutput = new float[x.Length];
        float[] ones = [.. x.Select(_ => 1f)];
        definition.Forward(x, output, x.Length, default);
        definition.Backward(x, ones, byInput, x.Length, default);
        definition.BackwardFromOutput(output, ones, byOutput, x.Length, default);
        byOutput[^3..].ShouldBe([float.NaN, 0, 0]);
        for (int i = 0; i < 5; i++)
        {
            byOutput[i].ShouldBe(byInput[i], 1e-5f * byInput[i]);
        }
    }

    /// <summary>A float as it is, which the conversion rounds to seven digits.</summary>
    private static decimal Exact(float value) => (decimal)(long)(value * (double)(1L << 40)) / (1L << 40);
}
