using Hillock.Activations.Catalogue;
using Hillock.Activations.Kernels;

namespace Hillock.Activations.Tests.Catalogue;

public class HalfActivationTests
{
    /// <summary>Every half there is.</summary>
    private static Half[] All { get; } = [.. Enumerable.Range(0, 1 << 16).Select(bits => BitConverter.UInt16BitsToHalf((ushort)bits))];

    [Fact]
    public void Every_half_is_widened_and_comes_back()
    {
        float[] wide = new float[All.Length];
        HalfConversion.Widen(All, wide);
        for (int i = 0; i < wide.Length; i++)
        {
            ShouldBeSame(wide[i], (float)All[i]);
        }

        Half[] back = new Half[All.Length];
        HalfConversion.Narrow(wide, back);
        for (int i = 0; i < back.Length; i++)
        {
            ShouldBeSame((float)back[i], (float)All[i]);
        }
    }

    /// <summary>Between any two neighbours: the tie, and the floats on both sides of it.</summary>
    [Fact]
    public void Floats_are_rounded_to_the_nearest_half_with_ties_to_even()
    {
        List<float> floats = [float.MaxValue, -float.MaxValue, 65519.996f, 65520, 1e-8f, -1e-40f, float.PositiveInfinity, float.NaN, 2.98e-8f, 2.9802322e-8f, 2.9802326e-8f];
        for (int i = 0; i < 0x7BFF; i++)
        {
            float tie = ((float)All[i] + (float)All[i + 1]) / 2;
            floats.AddRange([tie, MathF.BitIncrement(tie), MathF.BitDecrement(tie), -tie]);
        }

        Half[] halves = new Half[floats.Count];
        HalfConversion.Narrow([.. floats], halves);
        for (int i = 0; i < halves.Length; i++)
        {
            ShouldBeSame((float)halves[i], (float)(Half)floats[i]);
        }
    }

    [Theory]
    [InlineData("relu")]
    [InlineData("gelu")]
    [InlineData("leaky_relu")]
    [InlineData("mish")]
    public void Values_and_gradients_are_those_of_floats_rounded_once(string name)
    {
        Activation activation = Activation.Parse(name);
        float[] parameters = [.. activation.Modes.Select(m => (float)m.EvaluationValue)];
        float[] wide = [.. All.Select(h => (float)h)];
        float[] expected = new float[wide.Length];
        Half[] ones = [.. Enumerable.Repeat((Half)1, All.Length)];
        Half[] actual = [.. All];

        activation.Definition.Forward(wide, expected, wide.Length, ActivationArguments.Constants<float>(parameters));
        activation.Definition.Forward(actual, actual, actual.Length, ActivationArguments.Constants<float>(parameters));
        ShouldBeRounded(actual, expected);

        activation.Definition.Backward(wide, [.. ones.Select(h => (float)h)], expected, wide.Length, ActivationArguments.Constants<float>(parameters));
        activation.Definition.Backward(All, ones, actual, actual.Length, ActivationArguments.Constants<float>(parameters));
        ShouldBeRounded(actual, expected);
    }

    [Theory]
    [InlineData("softmax", 10, 7)]
    [InlineData("softmax", 3000, 2)]
    [InlineData("glu", 14, 300)]
    [InlineData("crelu", 5, 501)]
    [InlineData("softmax", 4, 0)]
    public void Rows_stay_whole(string name, int rowLength, int rows)
    {
        ActivationDefinition definition = Functions.Named(name);
        Half[] x = [.. Enumerable.Range(0, rowLength * rows).Select(i => (Half)((((i * 37) % 101) - 50) * 0.07f))];
        float[] wide = [.. x.Select(h => (float)h)];
        int outputs = rows * definition.OutputLength(rowLength, default(ActivationArguments<float>));
        Half[] y = new Half[outputs];
        float[] expected = new float[outputs];
        definition.Forward(wide, expected, rowLength, default);
        definition.Forward(x, y, rowLength, default);
        ShouldBeRounded(y, expected);

        float[] wideGradient = new float[wide.Length];
        Half[] gradient = new Half[x.Length];
        definition.Backward(wide, expected.Select(v => (float)(Half)v).ToArray(), wideGradient, rowLength, default);
        definition.Backward(x, y, gradient, rowLength, default);
        ShouldBeRounded(gradient, wideGradient);
    }

    [Fact]
    public void Spans_that_do_not_fit_are_refused()
    {
        ActivationDefinition relu = Functions.Named("relu");
        Half[] x = new Half[10];
        Should.Throw<ArgumentException>(() => relu.Forward(x, new Half[9], 10, default)).Message.ShouldContain("9 elements");
        Should.Throw<ArgumentException>(() => relu.Forward(x.AsSpan(0, 5), x.AsSpan(1, 5), 5, default)).Message.ShouldContain("overlaps");
        ActivationDefinition leaky = Functions.Named("leaky_relu");
        Should.Throw<ArgumentException>(() => leaky.Forward(x, x, 10, new ActivationArguments<float>(new float[10])));
    }

    private static void ShouldBeRounded(Half[] actual, float[] expected)
    {
        for (int i = 0; i < actual.Length; i++)
        {
            ShouldBeSame((float)actual[i], (float)(Half)expected[i]);
        }
    }

    /// <summary>The same number, sign of zero included, or both NaN.</summary>
    private static void ShouldBeSame(float actual, float expected)
    {
        if (!(float.IsNaN(actual) && float.IsNaN(expected)))
        {
            BitConverter.SingleToInt32Bits(actual).ShouldBe(BitConverter.SingleToInt32Bits(expected), $"{actual:R} instead of {expected:R}");
        }
    }
}
