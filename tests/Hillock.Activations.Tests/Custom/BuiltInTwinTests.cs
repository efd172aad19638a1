using Hillock.Activations.Catalogue;
using Hillock.Activations.Custom;
using Hillock.Activations.Verification;

namespace Hillock.Activations.Tests.Custom;

/// <summary>Texts that spell out functions of the catalogue.</summary>
public class BuiltInTwinTests
{
    private static float[] Floats =>
    [
        0, -0f, float.Epsilon, -float.Epsilon, 1.17549435e-38f, -1e-40f, 88.72284f, -88.72284f, -103.97f, 1e4f, -1e4f, float.MaxValue, float.MinValue,
        float.PositiveInfinity, float.NegativeInfinity, float.NaN, .. Enumerable.Range(-4000, 8001).Select(i => i / 177.7f),
    ];

    // The left are built in; the right go through the parser and the tiles.
    [Theory]
    [InlineData("silu", "x * sigmoid(x)")]
    [InlineData("silu", "x / (1 + exp(-x))")]
    [InlineData("swish(beta=1.75)", "x * sigmoid(1.75 * x)")]
    [InlineData("swish(beta=1.75)", "x * sigmoid(b * x), b = 1.75")]
    [InlineData("sigmoid", "1 / (1 + exp(-x))")]
    [InlineData("tanh", "tanh(x)")]
    [InlineData("relu", "max(0, x)")]
    [InlineData("leaky_relu(alpha=0.1)", "max(0, x) + a * min(0, x), a = 0.1")]
    [InlineData("leaky_relu(alpha=0.1)", "max(a * x, x), a = 0.1")]
    [InlineData("elu(alpha=1.5)", "x > 0 ? x : a * expm1(x), a = 1.5")]
    [InlineData("elu(alpha=1.5)", "x <= 0 ? a * (exp(x) - 1) : x, a = 1.5")]
    [InlineData("selu", "1.0507009873554804934193349852946 * (x > 0 ? x : 1.6732632423543772848170429916717 * expm1(x))")]
    [InlineData("mish", "x * tanh(softplus(x))")]
    [InlineData("mish", "x * tanh(log(1 + exp(x)))")]
    [InlineData("gelu", "x * normal_cdf(x)")]
    [InlineData("gelu_tanh", "x * sigmoid(2 * sqrt(2 / pi) * (x + 0.044715 * x^3))")]
    [InlineData("softplus(beta=2)", "softplus(b * x) / b, b = 2")]
    [InlineData("identity", "x")]
    [InlineData("sinusoid", "sin(x)")]
    [InlineData("gcu", "x * cos(x)")]
    [InlineData("sign", "sign(x)")]
    [InlineData("round", "round(x)")]
    [InlineData("serf", "x * erf(softplus(x))")]
    [InlineData("logish", "x * log(1 + sigmoid(x))")]
    public void AFormulaIsItsBuiltInTwinWithinAUnitInTheLastPlace(string builtIn, string formula)
    {
        Activation expected = Activation.Parse(builtIn);
        Activation actual = Activation.Parse(formula);
        float[] x = Floats;
        // The twin in doubles, rounded: its own float lanes may be a unit off in their turn.
        double[] wide = [.. x.Select(v => (double)v)];
        double[] theirs = new double[x.Length];
        float[] ours = new float[x.Length];
        float[] narrow = new float[x.Length];
        expected.Evaluate(wide, theirs);
        expected.Evaluate(x, narrow);
        actual.Evaluate(x, ours);
        ShouldBeNear(x, ours, [.. theirs.Select(v => (float)v)], narrow);
        expected.Slope(wide, theirs);
        expected.Slope(x, narrow);
        actual.Slope(x, ours);
        ShouldBeNear(x, ours, [.. theirs.Select(v => (float)v)], narrow);
    }

    [Theory]
    [InlineData("x > 0 ? x : a * expm1(x), a = 1", "elu")]
    [InlineData("x > 0 ? x : 1.5 * expm1(x)", "elu(alpha=1.5)")]
    [InlineData("x * sigmoid(1.702 * x)", "swish(beta=1.702)")]
    [InlineData("x / (1 + exp(-x))", "swish")]
    [InlineData("sin(x)", "sinusoid")]
    [InlineData("x * tanh(softplus(x))", "mish")]
    [InlineData("x * sin(x)", null)]
    [InlineData("x * sigmoid(x) + 1", null)]
    public void ATextIsCalledByTheNameThatItHasInTheCatalogue(string formula, string? builtIn)
    {
        Activation? named = ((FormulaActivation)Activation.Parse(formula).Definition).BuiltIn;
        named?.Specification.ShouldBe(Activation.Parse(builtIn!).Specification);
        (named is null).ShouldBe(builtIn is null);
    }

    /// <summary>A text that spells out a function of the catalogue, in whatever order, runs in its kernels: the same bits.</summary>
    [Theory]
    [InlineData("silu", "x * sigmoid(x)")]
    [InlineData("silu", "x / (1 + exp(-x))")]
    [InlineData("swish(beta=0.5)", "sigmoid(0.5 * x) * x")]
    [InlineData("swish(beta=3)", "x * sigmoid(b * x), b = 3")]
    [InlineData("mish", "tanh(log(1 + exp(x))) * x")]
    [InlineData("gelu", "0.5 * x * (1 + erf(x / sqrt(2)))")]
    [InlineData("gelu", "x * 0.5 * erfc(-x * sqrt(0.5))")]
    [InlineData("gelu", "x / 2 * (1 + erf(x / sqrt(2)))")]
    [InlineData("gelu_tanh", "x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3)))")]
    [InlineData("silu", "0.5 * x * (2 / (1 + exp(-x)))")]
    [InlineData("elu", "x > 0 ? x : exp(x) - 1")]
    [InlineData("elu(alpha=0.25)", "x > 0 ? x : 0.25 * expm1(x)")]
    [InlineData("celu", "x > 0 ? x : exp(x) - 1")]
    [InlineData("gaussian", "exp(-x^2)")]
    public void ATextOfABuiltInHasItsBits(string builtIn, string formula)
    {
        Activation expected = Activation.Parse(builtIn);
        Activation actual = Activation.Parse(formula);
        float[] theirs = new float[Floats.Length];
        float[] ours = new float[Floats.Length];
        expected.Evaluate(Floats, theirs);
        actual.Evaluate(Floats, ours);
        ShouldHaveTheBits(ours, theirs);
        expected.Slope(Floats, theirs);
        actual.Slope(Floats, ours);
        ShouldHaveTheBits(ours, theirs);
    }

    /// <summary>Any spelling of a function is that function, with the sign and the number of roundings it has there.</summary>
    [Theory]
    [InlineData("scaled_tanh", "1.7159 * tanh(2 * x / 3)")]
    [InlineData("scaled_tanh", "tanh(x / 1.5) * 1.7159")]
    [InlineData("scaled_tanh(beta=0.666666667)", "1.7159 * tanh(0.666666667 * x)")]
    [InlineData("hardtanh(lower=-0.1, upper=0.1)", "max(-0.1, min(0.1, x))")]
    [InlineData("pau", "(((((a5 * x + a4) * x + a3) * x + a2) * x + a1) * x + a0) / (1 + abs((((b4 * x + b3) * x + b2) * x + b1) * x)), a5 = 0.150674, a4 = 0.924502, a3 = 2.000678, a2 = 1.650449, a1 = 0.505, a0 = 0.033501, b4 = 0.298364, b3 = 0, b2 = 3.961739, b1 = 0")]
    [InlineData("gelu_tanh", "0.5 * x * (1 + tanh(0.7978845608 * (x + 0.044715 * x * x * x)))")]
    [InlineData("gelu_tanh", "0.5 * x * (1 + tanh(sqrt(2 / pi) * x * (1 + 0.044715 * x^2)))")]
    [InlineData("squareplus", "0.5 * (x + sqrt(x * x + 4))")]
    [InlineData("squareplus", "(x + sqrt(x^2 + 4)) / 2")]
    [InlineData("squareplus(b=1)", "(x + sqrt(x^2 + b)) / 2, b = 1")]
    [InlineData("bent_identity", "x + (sqrt(x * x + 1) - 1) / 2")]
    [InlineData("tanhexp", "x * tanh(exp(x))")]
    [InlineData("leaky_relu(alpha=0.1)", "max(0, x) + 0.1 * min(0, x)")]
    [InlineData("leaky_relu(alpha=0.1)", "max(0.1 * x, x)")]
    [InlineData("leaky_relu(alpha=0.125)", "x > 0 ? x : x / 8")]
    [InlineData("elu(alpha=0.1)", "x > 0 ? x : 0.1 * (exp(x) - 1)")]
    [InlineData("elu(alpha=0.1)", "max(0, x) + 0.1 * (exp(min(0, x)) - 1)")]
    [InlineData("tanh", "(exp(x) - exp(-x)) / (exp(x) + exp(-x))")]
    [InlineData("tanh", "2 * sigmoid(2 * x) - 1")]
    [InlineData("sigmoid", "0.5 + 0.5 * tanh(x / 2)")]
    [InlineData("mish", "x * ((1 + exp(x))^2 - 1) / ((1 + exp(x))^2 + 1)")]
    [InlineData("softsign", "x / (1 + max(x, -x))")]
    [InlineData("relu6", "min(max(x, 0), 6)")]
    [InlineData("relu6", "max(0, min(x, 6))")]
    [InlineData("hardswish", "x * min(max(x + 3, 0), 6) / 6")]
    [InlineData("hardswish", "x * max(0, min(1, x / 6 + 0.5))")]
    [InlineData("hard_sigmoid", "max(0, min(1, x / 6 + 0.5))")]
    [InlineData("hardtanh", "max(-1, min(1, x))")]
    [InlineData("log_sigmoid", "log(sigmoid(x))")]
    [InlineData("log_sigmoid", "-log(1 + exp(-x))")]
    [InlineData("isru", "x / sqrt(1 + x^2)")]
    [InlineData("lisht", "x * tanh(x)")]
    [InlineData("softshrink", "max(x - 0.5, 0) + min(x + 0.5, 0)")]
    [InlineData("thresholded_relu", "x > 1 ? x : 0")]
    public void AnySpellingOfABuiltInHasItsBits(string builtIn, string formula) => ATextOfABuiltInHasItsBits(builtIn, formula);

    /// <summary>What a function prints as its formula, it is. A text has whole powers only and finite numbers, and is finite everywhere.</summary>
    [Theory]
    [MemberData(nameof(Printed))]
    public void APrintedFormulaIsTheFunctionThatPrintedIt(string name)
    {
        ActivationDefinition function = ActivationCatalogue.All.Single(f => f.Facts.Name == name);
        string text = function.Facts.Parameters.Aggregate(function.Formula, (formula, p) => FormattableString.Invariant($"{formula}, {p.Name} = {p.Default:R}"));
        Activation read = Activation.Parse(text);
        ((FormulaActivation)read.Definition).BuiltIn.ShouldNotBeNull().Definition.Formula.ShouldBe(function.Formula);

        // A wave has no value at infinity; what a text that holds one tends to is told from its values far out.
        if (name is not ("sinusoid" or "gcu" or "snake"))
        {
            ATextOfABuiltInHasItsBits(name, text);
        }
    }

    public static TheoryData<string> Printed =>
        [.. ActivationCatalogue.All.Where(function => function.IsElementwise && function.Facts.Name is not ("pow" or "aria2" or "repu" or "keras_relu" or "log" or "sqrt")).Select(f => f.Facts.Name)];

    /// <summary>Near a built-in is not the built-in.</summary>
    [Theory]
    [InlineData("x * sigmoid(x) + 0.0000001 * exp(-1000000 * (x - 17.3)^2)")]
    [InlineData("x > 5.999999 ? 6 : max(0, x)")]
    [InlineData("x > 23.7 ? x : x * sigmoid(x)")]
    [InlineData("x * x - 35.99999 > 0 ? (x > 0 ? 6 : 0) : max(0, x)")]
    [InlineData("x >= 1 ? x : 0")]
    [InlineData("x * tanh(log(1 + exp(1.0000001 * x)))")]
    [InlineData("tanh(x) + 0.00000000000001 * x^5")]
    [InlineData("x * sigmoid(1.702 * x + 0.000001)")]
    [InlineData("tanh(x) + 1e-20")]
    [InlineData("x > 0 ? x : abs(a) * x, a = 0.1")]
    [InlineData("min(max(x, low), high), low = -1, high = 1")]
    [InlineData("x + 1e-14 * (exp(x) - 1)")]
    [InlineData("x * sigmoid(x) + 1e-25 * x * exp(-x)")]
    [InlineData("x > 1e-12 ? x : 0.5 * x")]
    [InlineData("x > 0 ? x : x > -1e-14 ? 1e-14 : 0")]
    public void WhatDiffersSomewhereIsNoBuiltIn(string formula) => ((FormulaActivation)Activation.Parse(formula).Definition).BuiltIn.ShouldBeNull();

    /// <summary>What differs from a built-in in a number, a parameter or a side keeps its own value.</summary>
    [Theory]
    [InlineData("x * sigmoid(a * a * x), a = 2", 0.75 * 0.95257412682243321912)]
    [InlineData("x > 0 ? a * x : expm1(x), a = 2", 1.5)]
    [InlineData("x > 1 ? x : expm1(x)", 1.11700001661267466854)]
    [InlineData("x * sigmoid(1.702 * x)", 0.75 * 0.78185341004618377622)]
    [InlineData("0.5 * x * (1 + tanh(0.7978845608 * (x + 0.044715 * x^3)))", 0.57996055516504094881)]
    [InlineData("4 * (1e308 * (x / 4)) / 1e308", 0.75)]
    [InlineData("1e-308 * (x * 0.5) * 1e308", 0.375)]
    [InlineData("-0.5 * x * (-2 * x) / -4", -0.140625)]
    public void ATextThatIsNoBuiltInKeepsItsOwnValue(string formula, double expected)
    {
        double[] values = new double[1];
        Activation.Parse(formula).Evaluate([0.75], values);
        values[0].ShouldBe(expected, 1e-14);
    }

    /// <summary>Whatever built-in a text is taken for, it has the values that its own operations give in 106 digits.</summary>
    [Fact]
    public void RandomTextsHaveTheirOwnValues()
    {
        System.Random random = new(20261122);

        // Beside the points where a divisor may be 0: nothing is promised of a condition on 0/0.
        double[] x = [.. Enumerable.Range(-90, 181).Select(i => 0.0123 + (i / 7.0)), 1e-9, -1e-9, 0.999, 1.001, -1e-3, 5.99, 6.01, 30.1, -30.1];
        double[] values = new double[x.Length];
        int builtIns = 0;
        for (int trial = 0; trial < 800; trial++)
        {
            string text = Text(random, 4);
            FormulaActivation formula;
            try
            {
                formula = (FormulaActivation)Activation.Parse(text).Definition;
            }
            catch (FormatException)
            {
                continue;
            }

            if (formula.BuiltIn is not { } builtIn)
            {
                continue;
            }

            builtIns++;
            new Activation(formula).Evaluate(x, values);
            for (int i = 0; i < x.Length; i++)
            {
                double expected = formula.Reference<DoubleDouble>(x[i], []).Value.ToDouble();
                bool near = double.IsNaN(expected) || Math.Abs(values[i] - expected) <= 1e-9 * Math.Max(1e-3, Math.Abs(expected));
                near.ShouldBeTrue($"{text} taken for {builtIn.Specification} at {x[i]:R}: {values[i]:R}, not {expected:R}");
            }
        }

        builtIns.ShouldBeGreaterThan(80);
    }

    private static string Text(System.Random random, int depth)
    {
        if (depth == 0 || random.Next(5) == 0)
        {
            return random.Next(3) switch
            {
                0 => new[] { "1", "2", "0.5", "6", "3", "0.01", "0" }[random.Next(7)],
                _ => "x",
            };
        }

        string a = Text(random, depth - 1);
        string b = Text(random, depth - 1);
        return random.Next(14) switch
        {
            0 => $"({a} + {b})",
            1 => $"({a} - {b})",
            2 or 3 => $"({a} * {b})",
            4 => $"({a} / {b})",
            5 => $"max({a}, {b})",
            6 => $"min({a}, {b})",
            7 => $"({a} > {b} ? {Text(random, depth - 1)} : {Text(random, depth - 1)})",
            8 => $"-{a}",
            9 => $"abs({a})",
            10 => $"sqrt({a})",
            11 => $"({a})^2",
            12 => $"exp({a})",
            _ => $"{new[] { "tanh", "sigmoid", "softplus", "log", "erf", "expm1", "log1p", "normal_cdf" }[random.Next(8)]}({a})",
        };
    }

    private static void ShouldBeNear(float[] x, float[] ours, float[] theirs, float[]? narrow = null)
    {
        for (int i = 0; i < x.Length; i++)
        {
            bool same = ours[i] == theirs[i] || (float.IsNaN(ours[i]) && float.IsNaN(theirs[i]))
                || ours[i] == MathF.BitIncrement(theirs[i]) || ours[i] == MathF.BitDecrement(theirs[i])
                || ours[i] == narrow?[i];
            same.ShouldBeTrue($"at {x[i]:R}: {ours[i]:R} and {theirs[i]:R}");
        }
    }

    private static void ShouldHaveTheBits(float[] ours, float[] theirs)
    {
        int same = Bits(ours).AsSpan().CommonPrefixLength(Bits(theirs));
        same.ShouldBe(ours.Length, same < ours.Length ? $"at {Floats[same]:R}: {ours[same]:R} and {theirs[same]:R}" : "");
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
}
