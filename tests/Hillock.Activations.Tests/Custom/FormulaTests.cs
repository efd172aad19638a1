using Hillock.Activations.Catalogue;
using Hillock.Activations.Custom;
using Hillock.Activations.Kernels;

namespace Hillock.Activations.Tests.Custom;

public class FormulaTests
{
    private static readonly string[] Formulas =
    [
        "x * sigmoid(1.702 * x)",
        "max(0, x) + a * min(0, x), a = 0.1",
        "x * sigmoid(b * x), b = learn(channel, init=1)",
        "x > 0 ? x : a * expm1(x), a = 1.3",
        "x / (1 + abs(x))",
        "sqrt(x^2 + 1) - 1",
        "a * tanh(x) + b * x^3 * exp(-x^2) + c / (d + x^2), a = 0.7, b = -0.2, c = 0.4, d = 1.5",
        "log(1 + exp(x)) * erf(x) - erfc(x) + normal_cdf(2 * x)",
        "x <= -1 ? -1 : x >= 1 ? 1 : x",
        "max(min(x, 1), -1) + log1p(x^2)",
        "x + a * sin(3 * x)^2 - cos(x / 2), a = 0.3",
        "sign(x) * sqrt(abs(x) + 1) + round(x) / 8",
    ];

    public static TheoryData<string> All => new(Formulas);

    private static float[] Floats =>
    [
        0, -0f, float.Epsilon, -float.Epsilon, 1.17549435e-38f, -1e-40f, 88.72284f, -88.72284f, -103.97f, 1e4f, -1e4f, float.MaxValue, float.MinValue,
        float.PositiveInfinity, float.NegativeInfinity, float.NaN, .. Enumerable.Range(-4000, 8001).Select(i => i / 177.7f),
    ];

    /// <summary>What is printed of a catalogue entry is read back as the same function.</summary>
    [Theory]
    [MemberData(nameof(Printable))]
    public void ThePrintedFormulaOfACatalogueEntryReadsBack(string name)
    {
        ActivationDefinition definition = ActivationCatalogue.All.First(d => d.Facts.Name == name);
        Activation again = Activation.Parse(Printed(definition));
        double[] x = [.. Enumerable.Range(-1000, 2001).Select(i => i / 83.3)];
        double[] theirs = new double[x.Length];
        double[] ours = new double[x.Length];
        new Activation(definition).Evaluate(x, theirs);
        again.Evaluate(x, ours);
        for (int i = 0; i < x.Length; i++)
        {
            ours[i].ShouldBe(theirs[i], (1e-13 * Math.Abs(theirs[i])) + 1e-15, $"{Printed(definition)} at {x[i]:R}");
        }
    }

    public static TheoryData<string> Printable =>
        new(ActivationCatalogue.All.Where(d => d.IsElementwise && IsReadable(Printed(d))).Select(d => d.Facts.Name));

    [Fact]
    public void MostOfTheCatalogueIsPrintedInTheNotationOfFormulas() => Printable.Count.ShouldBeGreaterThanOrEqualTo(12);

    [Theory]
    [MemberData(nameof(All))]
    public void DerivativesAreCentralDifferences(string formula)
    {
        Activation activation = Activation.Parse(formula);
        ActivationDefinition definition = activation.Definition;
        double[] parameters = [.. activation.Modes.Select(m => m.EvaluationValue)];
        const double Step = 1e-5;
        double[] x = [.. Enumerable.Range(-300, 600).Select(i => (i + 0.37) / 60)];
        double[] gradient = [.. x.Select((_, i) => 1 + (0.01 * i))];
        double[] analytic = new double[x.Length];
        definition.Backward(x, gradient, analytic, x.Length, ActivationArguments.Constants<double>(parameters));
        ShouldBe(gradient, analytic, Values(definition, [.. x.Select(v => v + Step)], parameters), Values(definition, [.. x.Select(v => v - Step)], parameters));
        for (int p = 0; p < parameters.Length; p++)
        {
            definition.ParameterGradient(x, gradient, analytic, x.Length, p, ActivationArguments.Constants<double>(parameters));
            double[] above = [.. parameters.Select((v, i) => i == p ? v + Step : v)];
            double[] below = [.. parameters.Select((v, i) => i == p ? v - Step : v)];
            ShouldBe(gradient, analytic, Values(definition, x, above), Values(definition, x, below));
        }

        static double[] Values(ActivationDefinition definition, double[] x, double[] parameters)
        {
            double[] y = new double[x.Length];
            definition.Forward(x, y, x.Length, ActivationArguments.Constants<double>(parameters));
            return y;
        }

        void ShouldBe(double[] factor, double[] actual, double[] above, double[] below)
        {
            for (int i = 0; i < actual.Length; i++)
            {
                double expected = factor[i] * (above[i] - below[i]) / (2 * Step);
                actual[i].ShouldBe(expected, 1e-7 * (1 + Math.Abs(expected)), $"{formula} at {x[i]:R}");
            }
        }
    }

    /// <summary>The text of the derivative is a formula too, and it is the derivative.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void TheWrittenDerivativeIsTheSlope(string formula)
    {
        Activation activation = Activation.Parse(formula);
        string used = string.Concat(activation.Definition.Facts.Parameters
            .Where(p => activation.Definition.Derivative.Split([.. " ()+-*/^,?:"]).Contains(p.Name)).Select(p => $", {p.Name} = {p.Default:R}"));
        double[] x = [.. Enumerable.Range(-300, 600).Select(i => (i + 0.37) / 60)];
        double[] slope = new double[x.Length];
        double[] written = new double[x.Length];
        activation.Slope(x, slope);
        Activation.Parse(activation.Definition.Derivative + used).Evaluate(x, written);
        for (int i = 0; i < x.Length; i++)
        {
            written[i].ShouldBe(slope[i], 1e-12 * (1 + Math.Abs(slope[i])), $"{activation.Definition.Derivative} at {x[i]:R}");
        }
    }

    // Lengths around registers and tiles; the widths run in software where the machine lacks them.
    [Theory]
    [MemberData(nameof(All))]
    public void BitsDoNotDependOnLengthPlaceOrRegisterWidth(string formula)
    {
        FormulaActivation definition = (FormulaActivation)Activation.Parse(formula).Definition;
        float[] x = [.. Floats.Select((v, i) => v * (1 + (0.001f * (i % 7)))).Take(640)];
        float[] gradient = [.. x.Select((_, i) => 1 - (0.03f * (i % 50)))];
        float[] parameters = Functions.Defaults<float>(definition);
        double[] wide = [.. x.Select((v, i) => v * (1 + (i * 1e-9)))];
        double[] wideGradient = [.. gradient.Select(v => (double)v)];
        double[] wideParameters = Functions.Defaults<double>(definition);
        for (int pass = 0; pass < 2 + parameters.Length; pass++)
        {
            float[] expected = new float[x.Length];
            definition.Run((Pass)pass, x, gradient, expected, ActivationArguments.Constants<float>(parameters), RegisterWidth.Scalar);
            double[] wideExpected = new double[x.Length];
            definition.Run((Pass)pass, wide, wideGradient, wideExpected, ActivationArguments.Constants<double>(wideParameters), RegisterWidth.Scalar);
            foreach (RegisterWidth width in new[] { RegisterWidth.Bits128, RegisterWidth.Bits256, RegisterWidth.Bits512 })
            {
                foreach (int length in new[] { 0, 1, 2, 3, 5, 8, 9, 31, 255, 256, 257, 640 })
                {
                    int start = (x.Length - length) / 2;
                    float[] result = new float[length];
                    definition.Run(
                        (Pass)pass, x.AsSpan(start, length), gradient.AsSpan(start, length), result, ActivationArguments.Constants<float>(parameters), width);
                    Bits(result).ShouldBe(Bits(expected.AsSpan(start, length)), $"{formula}, pass {pass}, length {length}, width {width}");
                    double[] wideResult = new double[length];
                    definition.Run(
                        (Pass)pass, wide.AsSpan(start, length), wideGradient.AsSpan(start, length), wideResult, ActivationArguments.Constants<double>(wideParameters), width);
                    Bits(wideResult).ShouldBe(Bits(wideExpected.AsSpan(start, length)), $"{formula}, pass {pass}, length {length}, width {width}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void InPlaceGivesTheBitsOfOutOfPlace(string formula)
    {
        ActivationDefinition definition = Activation.Parse(formula).Definition;
        float[] parameters = Functions.Defaults<float>(definition);
        float[] x = [.. Floats.Take(700)];
        float[] gradient = [.. x.Select((_, i) => 0.5f + (i % 9))];
        float[] apart = new float[x.Length];
        definition.Forward(x, apart, x.Length, ActivationArguments.Constants<float>(parameters));
        float[] inPlace = [.. x];
        definition.Forward(inPlace, inPlace, x.Length, ActivationArguments.Constants<float>(parameters));
        Bits(inPlace).ShouldBe(Bits(apart));
        definition.Backward(x, gradient, apart, x.Length, ActivationArguments.Constants<float>(parameters));
        float[] overGradient = [.. gradient];
        definition.Backward(x, overGradient, overGradient, x.Length, ActivationArguments.Constants<float>(parameters));
        Bits(overGradient).ShouldBe(Bits(apart));
        float[] overInput = [.. x];
        definition.Backward(overInput, gradient, overInput, x.Length, ActivationArguments.Constants<float>(parameters));
        Bits(overInput).ShouldBe(Bits(apart));
    }

    [Fact]
    public void AValueForEachElementEqualsTheSameValueForAll()
    {
        ActivationDefinition definition = Activation.Parse("x * sigmoid(b * x) + c, b = 1, c = 0").Definition;
        float[] x = [.. Enumerable.Range(0, 301).Select(i => (i - 150) * 0.037f), float.NegativeInfinity, float.PositiveInfinity];
        float[] b = [.. x.Select((_, i) => 0.5f + (0.01f * i))];
        float[] together = new float[x.Length];
        definition.Forward(x, together, x.Length, new ActivationArguments<float>(b, [0.25f]));
        for (int i = 0; i < x.Length; i++)
        {
            float[] one = new float[1];
            definition.Forward([x[i]], one, 1, new ActivationArguments<float>([b[i]], [0.25f]));
            together[i].ShouldBe(one[0]);
        }
    }

    [Theory]
    [InlineData("x * sigmoid(x)", 0, double.PositiveInfinity, 0, 1)]
    [InlineData("x / (1 + abs(x))", -1, 1, 0, 0)]
    [InlineData("tanh(x) + 1", 0, 2, 0, 0)]
    [InlineData("log1p(x^2)", double.PositiveInfinity, double.PositiveInfinity, 0, 0)]
    [InlineData("sqrt(x^2 + 1)", double.PositiveInfinity, double.PositiveInfinity, -1, 1)]
    [InlineData("x^3", double.NegativeInfinity, double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("exp(-x^2)", 0, 0, 0, 0)]
    [InlineData("x^40 / (1 + x^40)", 1, 1, 0, 0)]
    [InlineData("1 / (1 + x^2)", 0, 0, 0, 0)]
    [InlineData("sin(x)", double.NaN, double.NaN, double.NaN, double.NaN)]
    [InlineData("x * cos(x)", double.NaN, double.NaN, double.NaN, double.NaN)]
    [InlineData("sin(x) / (1 + x^2)", 0, 0, 0, 0)]
    [InlineData("x + sin(x)^2", double.NegativeInfinity, double.PositiveInfinity, double.NaN, double.NaN)]
    [InlineData("cos(exp(-x^2))", 1, 1, 0, 0)]
    [InlineData("round(x)", double.NegativeInfinity, double.PositiveInfinity, 0, 0)]
    [InlineData("sign(x)", -1, 1, 0, 0)]
    [InlineData("x - x / (1 + x^2)", double.NegativeInfinity, double.PositiveInfinity, 1, 1)]
    public void AtInfinityStandsTheLimit(string formula, double left, double right, double leftSlope, double rightSlope)
    {
        Activation activation = Activation.Parse(formula);
        float[] y = new float[3];
        activation.Evaluate([float.NegativeInfinity, float.PositiveInfinity, float.NaN], y);
        y.ShouldBe([(float)left, (float)right, float.NaN]);
        activation.Slope([float.NegativeInfinity, float.PositiveInfinity, float.NaN], y);
        y.ShouldBe([(float)leftSlope, (float)rightSlope, float.NaN]);
        double[] wide = new double[2];
        activation.Evaluate([double.NegativeInfinity, double.PositiveInfinity], wide);
        wide.Select(v => (float)v).ShouldBe([(float)left, (float)right]);
    }

    [Fact]
    public void NanOfARootOrALogarithmGoesThroughTheFunctionsAfterIt()
    {
        // With the parameter that it was given a formula has a value everywhere; with another it need not.
        ActivationDefinition definition = Activation.Parse("tanh(sqrt(a + x^2)) + max(sqrt(a + x^2), 0), a = 1").Definition;
        float[] y = new float[3];
        definition.Forward([-1, 0, 3], y, 3, new ActivationArguments<float>([-4f]));
        y[0].ShouldBe(float.NaN);
        y[1].ShouldBe(float.NaN);
        y[2].ShouldBe((float)(Math.Tanh(Math.Sqrt(5)) + Math.Sqrt(5)));
    }

    [Theory]
    [InlineData("x * sigmoid(2 * x)", "[-0.1392, ∞)", false, true, false, Saturation.Left, Initialisation.He, CostClass.OneTranscendental)]
    [InlineData("max(0, x)", "[0, ∞)", true, false, false, Saturation.Left, Initialisation.He, CostClass.Arithmetic)]
    [InlineData("tanh(x)", "(-1, 1)", true, true, true, Saturation.Both, Initialisation.Glorot, CostClass.OneTranscendental)]
    [InlineData("sigmoid(x)", "(0, 1)", true, true, false, Saturation.Both, Initialisation.Glorot, CostClass.OneTranscendental)]
    [InlineData("x", "(-∞, ∞)", true, true, true, Saturation.None, Initialisation.Glorot, CostClass.Free)]
    [InlineData("x > 0 ? x : a * expm1(x), a = 1", "(-1, ∞)", true, true, false, Saturation.Left, Initialisation.He, CostClass.OneTranscendental)]
    [InlineData("x > 0 ? x : a * expm1(x), a = 2", "(-2, ∞)", true, false, false, Saturation.Left, Initialisation.He, CostClass.OneTranscendental)]
    [InlineData("max(0, x) + a * min(0, x), a = 0.1", "(-∞, ∞)", true, false, false, Saturation.None, Initialisation.He, CostClass.Arithmetic)]
    [InlineData("x * tanh(softplus(x))", "[-0.3088, ∞)", false, true, false, Saturation.Left, Initialisation.He, CostClass.OneTranscendental)]
    [InlineData("sin(x)", "[-1, 1]", false, true, true, Saturation.None, Initialisation.Glorot, CostClass.OneTranscendental)]
    [InlineData("sign(x) + x", "(-∞, ∞)", true, false, true, Saturation.None, Initialisation.Glorot, CostClass.Arithmetic)]
    [InlineData("round(x)", "(-∞, ∞)", true, false, true, Saturation.Both, Initialisation.Glorot, CostClass.Arithmetic)]
    [InlineData("min(max(x, -1), 1)", "[-1, 1]", true, false, true, Saturation.Both, Initialisation.Glorot, CostClass.Arithmetic)]
    public void FactsAreMeasured(
        string formula, string range, bool monotone, bool smooth, bool centred, Saturation saturation, Initialisation initialisation, CostClass cost)
    {
        ActivationFacts facts = Activation.Parse(formula).Definition.Facts;
        facts.Range.ShouldBe(range);
        facts.Monotone.ShouldBe(monotone);
        facts.Smooth.ShouldBe(smooth);
        facts.ZeroCentred.ShouldBe(centred);
        facts.Saturation.ShouldBe(saturation);
        facts.Initialisation.ShouldBe(initialisation);
        facts.Cost.ShouldBe(cost);
    }

    [Fact]
    public void BadSpansAreRefused()
    {
        ActivationDefinition definition = Activation.Parse("x * sigmoid(b * x), b = 1").Definition;
        float[] memory = new float[10];
        Should.Throw<ArgumentException>(() => definition.Forward(memory, memory.AsSpan(0, 9), 10, new([1f]))).Message.ShouldContain("9");
        Should.Throw<ArgumentException>(() => definition.Forward(memory.AsSpan(0, 8), memory.AsSpan(1, 8), 8, new([1f]))).Message.ShouldContain("overlap");
        Should.Throw<ArgumentException>(() => definition.Forward(memory, memory, 10, default)).Message.ShouldContain("allowed: 1 or 10");
        Should.Throw<ArgumentOutOfRangeException>(() => definition.ParameterGradient(memory, memory, memory, memory.Length, 1, new([1f])));
    }

    [Fact]
    public void AStepAllocatesNothing()
    {
        ActivationDefinition definition = Activation.Parse("x * sigmoid(b * x), b = 1").Definition;
        float[] x = new float[1000];
        float[] y = new float[1000];
        float[] b = [1];
        Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        void Run()
        {
            definition.Forward(x, y, 1000, new ActivationArguments<float>(b));
            definition.Backward(x, y, y, 1000, new ActivationArguments<float>(b));
            definition.ParameterGradient(x, y, y, x.Length, 0, new ActivationArguments<float>(b));
        }
    }

    private static string Printed(ActivationDefinition definition) =>
        definition.Formula + string.Concat(definition.Facts.Parameters.Select(p => $", {p.Name} = {p.Default:R}"));

    private static bool IsReadable(string formula)
    {
        try
        {
            Activation.Parse(formula);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static int[] Bits(ReadOnlySpan<float> values)
    {
        int[] bits = new int[values.Length];
        for (int i = 0; i < bits.Length; i++)
        {
            bits[i] = float.IsNaN(values[i]) ? int.MinValue : BitConverter.SingleToInt32Bits(values[i]);
        }

        return bits;
    }

    private static long[] Bits(ReadOnlySpan<double> values)
    {
        long[] bits = new long[values.Length];
        for (int i = 0; i < bits.Length; i++)
        {
            bits[i] = double.IsNaN(values[i]) ? long.MinValue : BitConverter.DoubleToInt64Bits(values[i]);
        }

        return bits;
    }
}
