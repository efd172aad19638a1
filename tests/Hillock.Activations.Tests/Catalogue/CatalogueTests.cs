using System.Globalization;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Formulas;
using Hillock.Activations.Rows;

namespace Hillock.Activations.Tests.Catalogue;

public class CatalogueTests
{
    public static TheoryData<string> Names => Functions.CatalogueNames;

    [Fact]
    public void Every_formula_is_in_the_list()
    {
        Type[] formulas = [.. typeof(Relu).Assembly.GetTypes().Where(t => t.Namespace == typeof(Relu).Namespace && t.IsValueType && !t.IsNested)];
        formulas.Length.ShouldBeGreaterThan(10);
        foreach (Type formula in formulas)
        {
            string kind = typeof(IRowFormula).IsAssignableFrom(formula) ? $"RowActivation<{formula.Name}>"
                : typeof(IGatedFormula).IsAssignableFrom(formula) ? $"GatedActivation<{formula.Name}, /* its gate */>"
                : $"ElementwiseActivation<{formula.Name}>";
            ActivationCatalogue.All.Any(d => d.GetType().GetGenericArguments()[0] == formula).ShouldBeTrue($"add this line to ActivationCatalogue.All:  new {kind}(),");
        }
    }

    [Fact]
    public void Names_and_aliases_are_unique_and_well_formed()
    {
        string[] names = [.. ActivationCatalogue.All.SelectMany(d => d.Facts.Aliases.Select(a => a.Name).Append(d.Facts.Name))];
        names.ShouldBeUnique();
        names.ShouldAllBe(n => n.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Facts_are_complete(string name)
    {
        ActivationFacts facts = Functions.Named(name).Facts;
        facts.Title.ShouldNotBeEmpty();
        facts.Summary.ShouldEndWith(".");
        facts.WhenToUse.ShouldEndWith(".");
        facts.Strengths.ShouldNotBeEmpty();
        facts.Weaknesses.ShouldNotBeEmpty();
        facts.Peers.ShouldAllBe(p => p.Framework.Length > 0 && p.Name.Length > 0);
        facts.Parameters.Count.ShouldBeLessThanOrEqualTo(ActivationArguments<float>.MaximumCount);
        facts.Parameters.ShouldAllBe(p => p.Minimum <= p.Default && p.Default <= p.Maximum);
        foreach (ActivationAlias alias in facts.Aliases)
        {
            Activation.Parse(alias.Name).Definition.Facts.Name.ShouldBe(name);
        }
    }

    // Hendrycks & Gimpel, Misra, Ramachandran et al. and Klambauer et al. state these minima and limits.
    [Theory]
    [InlineData("gelu", -0.16997)]
    [InlineData("gelu_tanh", -0.17004)]
    [InlineData("silu", -0.27846)]
    [InlineData("mish", -0.30884)]
    [InlineData("selu", -1.75810)]
    [InlineData("elu", -1)]
    [InlineData("hardswish", -0.375)]
    [InlineData("srs", -2.46248)]
    [InlineData("pdelu", -1)]
    [InlineData("star_relu", -0.44721)]
    [InlineData("serf", -0.34844)]
    [InlineData("tanhexp", -0.35329)]
    [InlineData("logish", -0.25277)]
    [InlineData("elish", -0.17157)]
    [InlineData("aria2", -0.06998)]
    [InlineData("hard_elish", -0.09967)]
    [InlineData("dsilu", -0.09984)]
    [InlineData("resech", -0.66274)]
    [InlineData("slu", -1.38629)]
    [InlineData("preu", -0.36788)]
    [InlineData("eswish", -0.41770)]
    [InlineData("frelu(b=-0.4)", -0.4)]
    public void The_least_value_is_the_published_one(string name, double least)
    {
        float[] x = [.. Enumerable.Range(-200000, 200001).Select(i => i * 0.0001f)];
        Activation.Parse(name).Evaluate(x, x);
        ((double)x.Min()).ShouldBe(least, 6e-6);
    }

    // PyTorch's choices at the kinks, and the limits at infinity, in which its own formulas give NaN.
    [Theory]
    [InlineData("relu", 0, 0, 0)]
    [InlineData("relu", -0.0, 0, 0)]
    [InlineData("leaky_relu", 0, 0, 0.01)]
    [InlineData("prelu", 0, 0, 0.25)]
    [InlineData("elu", 0, 0, 1)]
    [InlineData("elu(alpha=2)", 0, 0, 2)]
    [InlineData("selu", 0, 0, 1.7580993408473766)]
    [InlineData("sigmoid", 0, 0.5, 0.25)]
    [InlineData("tanh", 0, 0, 1)]
    [InlineData("silu", 0, 0, 0.5)]
    [InlineData("mish", 0, 0, 0.6)]
    [InlineData("softplus", 0, 0.6931471805599453, 0.5)]
    [InlineData("silu", double.NegativeInfinity, 0, 0)]
    [InlineData("gelu", double.NegativeInfinity, 0, 0)]
    [InlineData("gelu_tanh", double.NegativeInfinity, 0, 0)]
    [InlineData("mish", double.NegativeInfinity, 0, 0)]
    [InlineData("relu", double.NegativeInfinity, 0, 0)]
    [InlineData("tanh", double.NegativeInfinity, -1, 0)]
    [InlineData("sigmoid", double.PositiveInfinity, 1, 0)]
    [InlineData("elu", double.NegativeInfinity, -1, 0)]
    [InlineData("leaky_relu", double.NegativeInfinity, double.NegativeInfinity, 0.01)]
    [InlineData("silu", double.PositiveInfinity, double.PositiveInfinity, 1)]
    [InlineData("gelu", double.PositiveInfinity, double.PositiveInfinity, 1)]
    [InlineData("gelu_tanh", double.PositiveInfinity, double.PositiveInfinity, 1)]
    [InlineData("mish", double.PositiveInfinity, double.PositiveInfinity, 1)]
    [InlineData("selu", double.PositiveInfinity, double.PositiveInfinity, 1.0507009873554805)]
    [InlineData("softplus", double.PositiveInfinity, double.PositiveInfinity, 1)]
    [InlineData("softplus", double.NegativeInfinity, 0, 0)]
    [InlineData("sqrt", 0, 0, double.PositiveInfinity)]
    [InlineData("sqrt", double.PositiveInfinity, double.PositiveInfinity, 0)]
    [InlineData("log", 0, double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData("log", double.PositiveInfinity, double.PositiveInfinity, 0)]
    [InlineData("sign", 0, 0, 0)]
    [InlineData("sign", double.NegativeInfinity, -1, 0)]
    [InlineData("round", 0.5, 0, 0)]
    [InlineData("round", 1.5, 2, 0)]
    [InlineData("round", -2.5, -2, 0)]
    [InlineData("round", double.PositiveInfinity, double.PositiveInfinity, 0)]
    [InlineData("pow", 0, 0, 0)]
    [InlineData("pow(beta=0)", 0, 1, 0)]
    [InlineData("pow(beta=1)", 0, 0, 1)]
    [InlineData("pow(beta=3)", -2, -8, 12)]
    [InlineData("pow(beta=3)", double.NegativeInfinity, double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData("pow(beta=0.5)", 0, 0, double.PositiveInfinity)]
    [InlineData("pow(beta=-1)", 0, double.PositiveInfinity, double.NegativeInfinity)]
    [InlineData("pow(beta=-2)", double.NegativeInfinity, 0, 0)]
    [InlineData("pow(alpha=3, beta=2)", 2, 12, 12)]
    [InlineData("keras_relu", double.PositiveInfinity, double.PositiveInfinity, 1)]
    [InlineData("keras_relu", 0, 0, 0)]
    [InlineData("keras_relu(slope=0.5, theta=2)", 2, 0, 0.5)]
    [InlineData("keras_relu(slope=0.5, theta=2)", 1, -0.5, 0.5)]
    [InlineData("keras_relu(max=6)", 6, 6, 1)]
    [InlineData("keras_relu(max=6)", 7, 6, 0)]
    [InlineData("sinusoid", 0, 0, 1)]
    [InlineData("sinusoid", double.PositiveInfinity, double.NaN, double.NaN)]
    [InlineData("srelu", 1, 1, 1)]
    [InlineData("srelu", -2, -0.4, 0.2)]
    [InlineData("penalized_tanh", 0, 0, 0.25)]
    [InlineData("tanhexp", double.NegativeInfinity, 0, 0)]
    [InlineData("cloglog", double.PositiveInfinity, 1, 0)]
    [InlineData("isru", double.NegativeInfinity, -1, 0)]
    [InlineData("isrlu", double.PositiveInfinity, double.PositiveInfinity, 1)]
    [InlineData("hard_elish", -1, 0, 0)]
    [InlineData("hard_elish", 0, 0, 0.5)]
    [InlineData("hard_elish", 1, 1, 1)]
    [InlineData("dsilu", 0, 0.5, 0.5)]
    [InlineData("dsilu", double.PositiveInfinity, 1, 0)]
    [InlineData("dsilu", double.NegativeInfinity, 0, 0)]
    [InlineData("resech", 0, 0, 1)]
    [InlineData("resech", double.NegativeInfinity, 0, 0)]
    [InlineData("psf(m=2)", 0, 0.25, 0.25)]
    [InlineData("psf(m=2)", double.PositiveInfinity, 1, 0)]
    [InlineData("hexpo(a=2, c=3, d=0.5)", 0, 0, 6)]
    [InlineData("hexpo(a=2, c=3, d=0.5)", double.NegativeInfinity, -3, 0)]
    [InlineData("hexpo(a=2, c=3, d=0.5)", double.PositiveInfinity, 2, 0)]
    [InlineData("nlrelu", 0, 0, 0)]
    [InlineData("nlrelu", double.PositiveInfinity, double.PositiveInfinity, 0)]
    [InlineData("ptelu(alpha=2, beta=3)", 0, 0, 6)]
    [InlineData("ptelu", double.NegativeInfinity, -1, 0)]
    [InlineData("mpelu(alpha=2, beta=3)", 0, 0, 6)]
    [InlineData("slu", 0, 0, 1)]
    [InlineData("reu", -1, -0.36787944117144233, 0)]
    [InlineData("repu(n=1)", 0, 0, 0)]
    [InlineData("repu(n=3)", 2, 8, 12)]
    [InlineData("arelu", 0, 0, 0.9f)]
    [InlineData("arelu(beta=0)", 2, 3, 1.5)]
    [InlineData("frelu(b=-2)", 0, -2, 0)]
    [InlineData("gelu_10", 10, 10, 1)]
    [InlineData("gelu_10", 11, 10, 0)]
    [InlineData("plu", 3, 1.2f, 0.1f)]
    [InlineData("ssigmoid", 0, 0, 1)]
    [InlineData("relu6", 0, 0, 0)]
    [InlineData("relu6", 6, 6, 0)]
    [InlineData("relu6", double.PositiveInfinity, 6, 0)]
    [InlineData("hard_sigmoid", -3, 0, 0)]
    [InlineData("hard_sigmoid", 3, 1, 0)]
    [InlineData("hard_sigmoid", double.NegativeInfinity, 0, 0)]
    [InlineData("hard_sigmoid(alpha=0.2)", 2, 0.9, 0.2)]
    [InlineData("hardtanh", 1, 1, 0)]
    [InlineData("hardtanh", -1, -1, 0)]
    [InlineData("clip(lower=-2, upper=3)", double.PositiveInfinity, 3, 0)]
    [InlineData("hardswish", -3, 0, 0)]
    [InlineData("hardswish", 3, 3, 1)]
    [InlineData("hardswish", double.NegativeInfinity, 0, 0)]
    [InlineData("hardswish", double.PositiveInfinity, double.PositiveInfinity, 1)]
    [InlineData("hardshrink", 0.5, 0, 0)]
    [InlineData("hardshrink", -0.5, 0, 0)]
    [InlineData("softshrink", 0.5, 0, 0)]
    [InlineData("softshrink", -0.5, 0, 0)]
    [InlineData("softshrink", double.NegativeInfinity, double.NegativeInfinity, 1)]
    [InlineData("threshold(threshold=0.1, value=20)", 0.1f, 20, 0)]
    [InlineData("thresholded_relu", 1, 0, 0)]
    [InlineData("celu(alpha=2)", 0, 0, 1)]
    [InlineData("abs", 0, 0, 0)]
    [InlineData("softsign", 0, 0, 1)]
    [InlineData("softsign", 1e10, 1, 1e-20)]
    [InlineData("softsign", double.PositiveInfinity, 1, 0)]
    [InlineData("elliott", 0, 0.5, 0.5)]
    [InlineData("elliott", double.NegativeInfinity, 0, 0)]
    [InlineData("squareplus", 0, 1, 0.5)]
    [InlineData("squareplus", -8589934592, 1.1641532182693481e-10, 1.3552527156068805e-20)]
    [InlineData("squareplus", double.NegativeInfinity, 0, 0)]
    [InlineData("squareplus", double.PositiveInfinity, double.PositiveInfinity, 1)]
    [InlineData("smelu", -1, 0, 0)]
    [InlineData("smelu", 0, 0.25, 0.5)]
    [InlineData("sparse_plus", 1, 1, 1)]
    [InlineData("sparse_sigmoid", 0, 0.5, 0.5)]
    [InlineData("log_sigmoid", double.PositiveInfinity, 0, 0)]
    [InlineData("log_sigmoid", double.NegativeInfinity, double.NegativeInfinity, 1)]
    [InlineData("squared_relu", double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("star_relu", double.NegativeInfinity, -0.4472135954999579, 0)]
    [InlineData("lisht", double.NegativeInfinity, double.PositiveInfinity, -1)]
    [InlineData("bent_identity", double.NegativeInfinity, double.NegativeInfinity, 0.5)]
    [InlineData("bent_identity", double.PositiveInfinity, double.PositiveInfinity, 1.5)]
    [InlineData("gaussian", 0, 1, 0)]
    [InlineData("gaussian", double.PositiveInfinity, 0, 0)]
    [InlineData("srs", 0, 0, 1)]
    [InlineData("srs", double.PositiveInfinity, 2, 0)]
    [InlineData("srs", double.NegativeInfinity, 0, 0)]
    [InlineData("pdelu", 0, 0, 1)]
    [InlineData("pdelu", -10, -1, 0)]
    [InlineData("pdelu(t=0.5)", -1, -0.75, 0.5)]
    [InlineData("pdelu", double.NegativeInfinity, -1, 0)]
    [InlineData("scaled_tanh", double.NegativeInfinity, -1.7159, 0)]
    [InlineData("affine(alpha=-2, beta=3)", double.PositiveInfinity, double.NegativeInfinity, -2)]
    [InlineData("exponential", double.NegativeInfinity, 0, 0)]
    [InlineData("erf", double.NegativeInfinity, -1, 0)]
    [InlineData("tanhshrink", 0, 0, 0)]
    [InlineData("tanhshrink", 20, 19, 1)]
    [InlineData("tanhshrink", double.NegativeInfinity, double.NegativeInfinity, 1)]
    [InlineData("noisy_relu", 0, 0, 0)]
    [InlineData("noisy_relu(noise=1)", 0, 0.7071067811865476, 1.1767766952966369)]
    [InlineData("noisy_relu(noise=-1)", 0, 0, 0)]
    [InlineData("noisy_relu(noise=1)", double.NegativeInfinity, 0, 0)]
    [InlineData("noisy_relu(noise=1)", double.PositiveInfinity, double.PositiveInfinity, 1)]
    [InlineData("inverse_leaky_relu(a=4)", 0, 0, 0.25)]
    [InlineData("rrelu_paper", -11, -2, 0.18181818181818182)]
    public void Kinks_and_limits_are_as_stated(string name, double x, double value, double slope)
    {
        Activation activation = Activation.Parse(name);
        float[] result = new float[1];
        activation.Evaluate([(float)x], result);
        result[0].ShouldBe((float)value);
        activation.Slope([(float)x], result);
        result[0].ShouldBe((float)slope);
    }

    [Fact]
    public void Parameters_out_of_their_range_are_refused()
    {
        ActivationDefinition softplus = Functions.Named("softplus");
        foreach (ParameterMode mode in new ParameterMode[]
        {
            new ParameterMode.Constant(double.NaN),
            new ParameterMode.Constant(0),
            new ParameterMode.Learned(ParameterScope.Layer, double.PositiveInfinity),
            new ParameterMode.Random(3, 1),
            new ParameterMode.Random(1, 1),
            new ParameterMode.Random(1, double.NaN),
            new ParameterMode.Normal(double.NaN, 1),
            new ParameterMode.Normal(1, -1),
            new ParameterMode.Normal(1, double.PositiveInfinity),
            new ParameterMode.Learned((ParameterScope)7, 1),
        })
        {
            Should.Throw<ArgumentOutOfRangeException>(() => new Activation(softplus, [mode])).Message.ShouldContain("softplus's beta");
        }

        Should.Throw<ArgumentException>(() => new Activation(softplus, [null!])).Message.ShouldContain("softplus's beta must be constant, learned or random, and its mode is null");

        // Where a bound may be infinite, a constant may, but nothing can be learned or drawn there.
        ActivationDefinition bounded = Functions.Named("keras_relu");
        ParameterMode[] modes = [.. bounded.Facts.Parameters.Select(p => p.Mode)];
        int infinite = bounded.Facts.Parameters.ToList().FindIndex(p => double.IsPositiveInfinity(p.Maximum));
        Should.NotThrow(() => new Activation(bounded, [.. modes[..infinite], new ParameterMode.Constant(double.PositiveInfinity), .. modes[(infinite + 1)..]]));
        foreach (ParameterMode mode in new ParameterMode[] { new ParameterMode.Learned(ParameterScope.Layer, double.PositiveInfinity), new ParameterMode.Random(1, double.PositiveInfinity), new ParameterMode.Constant(1e39) })
        {
            Should.Throw<ArgumentOutOfRangeException>(() => new Activation(bounded, [.. modes[..infinite], mode, .. modes[(infinite + 1)..]]));
        }

        string name = bounded.Facts.Parameters[infinite].Name;
        Should.Throw<FormatException>(() => Activation.Parse($"keras_relu({name}=uniform(1, inf))")).Message.ShouldContain("needs finite numbers");
    }

    [Fact]
    public void An_activation_keeps_modes_of_its_own()
    {
        List<ParameterMode> modes = [new ParameterMode.Constant(0.1)];
        Activation activation = new(Functions.Named("leaky_relu"), modes);
        modes[0] = new ParameterMode.Constant(5);
        activation.Modes.ShouldBe([new ParameterMode.Constant(0.1)]);
        activation.Modes.ShouldNotBeAssignableTo<ParameterMode[]>();
    }

    [Fact]
    public void Messages_are_the_same_in_every_language()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            german.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = german;
            Should.Throw<ArgumentOutOfRangeException>(() => new Activation(Functions.Named("softplus"), [new ParameterMode.Random(0.5, 0.25)])).Message
                .ShouldContain("uniform(0.5, 0.25)");
            Should.Throw<FormatException>(() => Activation.Parse("softplus(beta=0)")).Message.ShouldContain("from 0.001 to 1000");
            Should.Throw<FormatException>(() => Activation.Parse("leaky_relu(alpha=uniform(0.5, 0.25))")).Message.ShouldContain("uniform(0.5, 0.25) has no room");
            Should.Throw<FormatException>(() => Activation.Parse("leaky_relu(alpha=normal(0.5, -0.25))")).Message.ShouldContain("normal(0.5, -0.25) does not vary");
            Should.Throw<FormatException>(() => Activation.Parse("maxout(pieces=2.5)")).Message.ShouldContain("not 2.5");
            new ExampleRow(2, 0, 0.5f).ToString().ShouldBe("(x, 0.5)");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void What_is_far_too_long_is_not_repeated()
    {
        string word = new('q', 1 << 20);
        foreach (string text in new[] { word, $"relu({word}=1)", $"leaky_relu(alpha={word})", $"{word}:relu", $"keras:{word}", $"leaky_relu(alpha=learn({word}))", $"x*a, {word} = 1" })
        {
            Should.Throw<FormatException>(() => Activation.Parse(text)).Message.Length.ShouldBeLessThan(1000);
        }
    }

    [Theory]
    [InlineData("relu", "x > 0 ? x : 0", "x > 0 ? 1 : 0")]
    [InlineData("leaky_relu", "x > 0 ? x : alpha * x", "x > 0 ? 1 : alpha")]
    [InlineData("sigmoid", "sigmoid(x)", "sigmoid(x) * sigmoid(-x)")]
    [InlineData("tanh", "tanh(x)", "1 - tanh(x)^2")]
    [InlineData("elu", "x > 0 ? x : alpha * expm1(x)", "x > 0 ? 1 : alpha * exp(x)")]
    [InlineData("mish", "x * tanh(softplus(x))", "x * (1 - tanh(softplus(x))^2) * sigmoid(x) + tanh(softplus(x))")]
    [InlineData("softplus", "softplus(beta * x) / beta", "sigmoid(beta * x)")]
    [InlineData("identity", "x", "1")]
    [InlineData("softsign", "x / (1 + abs(x))", "(1 / (1 + abs(x)))^2")]
    [InlineData("hardtanh", "x - lower > 0 ? (upper - x > 0 ? x : upper) : lower", "x - lower > 0 ? (upper - x > 0 ? 1 : 0) : 0")]
    [InlineData("gaussian", "exp(-x^2)", "-2 * x * exp(-x^2)")]
    [InlineData("tanhshrink", "x - tanh(x)", "tanh(x)^2")]
    [InlineData("lisht", "x * tanh(x)", "x * (1 - tanh(x)^2) + tanh(x)")]
    [InlineData("squareplus", "x > 0 ? 0.5 * (x + sqrt(x^2 + b)) : 0.5 * b / (sqrt(x^2 + b) - x)", null)]
    public void Formulas_and_derivatives_write_themselves(string name, string formula, string? derivative)
    {
        ActivationDefinition definition = Functions.Named(name);
        definition.Formula.ShouldBe(formula);
        definition.Derivative.ShouldBe(derivative ?? definition.Derivative);
    }
}
