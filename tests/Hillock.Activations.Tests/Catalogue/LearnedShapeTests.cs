using Hillock.Activations.Catalogue;

namespace Hillock.Activations.Tests.Catalogue;

/// <summary>Functions of many learned parameters.</summary>
public class LearnedShapeTests
{
    // The root mean square distance on [-3, 3]; the greatest that a rational function of these degrees needs there.
    [Theory]
    [InlineData("relu", 0.03)]
    [InlineData("leaky_relu", 0.03)]
    [InlineData("leaky_relu(alpha=0.3)", 0.02)]
    [InlineData("sigmoid", 1e-4)]
    [InlineData("tanh", 2e-3)]
    [InlineData("silu", 1e-3)]
    [InlineData("gelu", 2e-3)]
    [InlineData("elu", 5e-3)]
    [InlineData("mish", 5e-3)]
    public void ThePadeUnitStartsAsTheActivationItIsFittedTo(string target, double distance)
    {
        Activation unit = Activation.Parse($"pau(init={target})");
        unit.Modes.ShouldAllBe(m => m is ParameterMode.Learned);
        double[] x = [.. Enumerable.Range(0, 601).Select(i => (i - 300) / 100.0)];
        double[] fitted = new double[x.Length];
        double[] exact = new double[x.Length];
        unit.Evaluate(x, fitted);
        Activation.Parse(target).Evaluate(x, exact);
        double square = fitted.Zip(exact, (a, b) => (a - b) * (a - b)).Average();
        Math.Sqrt(square).ShouldBeLessThan(distance);
    }

    [Fact]
    public void TheFitStandsInTheSpecificationAndReadsBack()
    {
        Activation unit = Activation.Parse("pau(init=tanh, a0=0.5)");
        unit.Name.ShouldBe("pau(init=tanh, a0=0.5)");
        unit.Modes[0].ShouldBe(new ParameterMode.Constant(0.5));
        Activation.Parse(unit.Specification).Modes.ShouldBe(unit.Modes);
        Activation.Parse("rational").Specification.ShouldBe(Activation.Parse("pau(init=leaky_relu)").Specification);
    }

    [Theory]
    [InlineData("pau(init)", "needs an activation: init=relu")]
    [InlineData("pau(init=softmax)", "needs one element-wise activation, which 'softmax' is not")]
    [InlineData("pau(init=nonsense)", "unknown activation 'nonsense'")]
    [InlineData("pau(init=sqrt)", "cannot be fitted to 'sqrt'")]
    [InlineData("pau(init=pau(init=pau(init=pau(init=relu))))", "too often")]
    [InlineData("relu(init=tanh)", "unknown parameter 'init'")]
    public void WhatCannotBeFittedIsRefusedInOneLine(string text, string part)
    {
        string message = Should.Throw<FormatException>(() => Activation.Parse(text)).Message;
        message.ShouldContain(part);
        message.ShouldNotContain('\n');
    }

    // The learned shapes at values other than their start, where hinges have slopes.
    [Theory]
    [InlineData("pau(init=sigmoid)")]
    [InlineData("apl(a1=0.3, a2=-0.2, a3=0.1, a4=0.4, a5=-0.1, b1=-1.51, b2=-0.73, b3=0.11, b4=0.97, b5=2.03)")]
    [InlineData("x * (a + b * x + c * x^2) + d * tanh(f * x + g), a = 1, b = 0.2, c = -0.1, d = 0.5, f = 2, g = 0.1")]
    public void GradientsByEveryParameterAreCentralDifferences(string text)
    {
        Activation activation = Activation.Parse(text);
        double[] values = [.. activation.Modes.Select(m => m.EvaluationValue)];
        values.Length.ShouldBeGreaterThan(4);
        double[] x = [.. Enumerable.Range(0, 67).Select(i => -3.3 + (i * 0.1003))];
        double[] ones = [.. x.Select(_ => 1.0)];
        for (int p = 0; p < values.Length; p++)
        {
            const double Step = 1e-6;
            double[] gradient = new double[x.Length];
            activation.Definition.ParameterGradient(x, ones, gradient, x.Length, p, ActivationArguments.Constants<double>(values));
            double[] above = Evaluate(activation, x, values, p, Step);
            double[] below = Evaluate(activation, x, values, p, -Step);
            for (int i = 0; i < x.Length; i++)
            {
                double difference = (above[i] - below[i]) / (2 * Step);
                gradient[i].ShouldBe(difference, 1e-6 * (1 + Math.Abs(difference)), $"by {activation.Definition.Facts.Parameters[p].Name} at {x[i]}");
            }
        }
    }

    // Tails, and parameters with a value for each element, on one thread and two.
    [Fact]
    public void AValueForEachElementEqualsTheSameValueForAll()
    {
        ActivationDefinition unit = Functions.Named("pau");
        float[] start = Functions.Defaults<float>(unit);
        const int Length = 2_100_003;
        float[] x = [.. Enumerable.Range(0, Length).Select(i => ((i * 2654435761L % 16000) * 0.001f) - 8)];
        float[] tenth = new float[Length];
        Array.Fill(tenth, start[9]);
        float[] expected = new float[Length];
        float[] result = new float[Length];
        unit.Forward(x, expected, Length, ActivationArguments.Constants<float>(start));
        unit.Forward(x, result, Length, ActivationArguments.Constants<float>(start).With(9, tenth));
        result.AsSpan().SequenceEqual(expected).ShouldBeTrue();
        unit.Forward(x, result, Length, ActivationArguments.Constants<float>(start).With(9, tenth), 2);
        result.AsSpan().SequenceEqual(expected).ShouldBeTrue();
    }

    [Fact]
    public void MoreThanFourParametersAreSaid()
    {
        foreach (ActivationDefinition definition in ActivationCatalogue.All.Where(d => d.Facts.Parameters.Count > 4))
        {
            double[] result = new double[3];
            int last = definition.Facts.Parameters.Count - 1;
            definition.ParameterGradient([-1, 0.5, 2], [1, 1, 1], result, 3, last, ActivationArguments.Constants<double>(Functions.Defaults<double>(definition)));
        }
    }

    // Far out the unit is the line a5/b4·x, in doubles whose fifth power overflows too.
    [Theory]
    [InlineData("pau")]
    [InlineData("pau(init=tanh)")]
    [InlineData("pau(init=gelu, b4=-0.3)")]
    public void FarOutThePadeUnitIsALine(string text)
    {
        Activation unit = Activation.Parse(text);
        double[] values = [.. unit.Modes.Select(m => m.EvaluationValue)];
        double line = values[5] / Math.Abs(values[9]);
        double[] x = [1e30, -1e60, 1.7e60, -1e100, 1e300, -1e300, double.MaxValue, -double.MaxValue, double.PositiveInfinity, double.NegativeInfinity];
        double[] y = new double[x.Length];
        unit.Evaluate(x, y);
        double[] slope = new double[x.Length];
        double[] ones = [.. x.Select(_ => 1.0)];
        unit.Definition.Backward(x, ones, slope, x.Length, ActivationArguments.Constants<double>(values));
        for (int i = 0; i < x.Length; i++)
        {
            double asymptote = line * x[i];
            (y[i].Equals(asymptote) || Math.Abs(y[i] - asymptote) <= 1e-12 * Math.Abs(asymptote)).ShouldBeTrue($"{y[i]} for {asymptote} at {x[i]}");
            slope[i].ShouldBe(line, 1e-12 * Math.Abs(line), $"at {x[i]}");
        }
    }

    private static double[] Evaluate(Activation activation, double[] x, double[] values, int parameter, double by)
    {
        double[] moved = [.. values];
        moved[parameter] += by;
        double[] result = new double[x.Length];
        activation.Definition.Forward(x, result, x.Length, ActivationArguments.Constants<double>(moved));
        return result;
    }
}
