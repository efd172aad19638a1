using Hillock.Activations.Catalogue;
using Hillock.Activations.Formulas;

namespace Hillock.Activations.Tests.Catalogue;

public class CatalogueTests
{
    public static TheoryData<string> Names => Functions.CatalogueNames;

    public static TheoryData<string> ElementwiseNames => new(ActivationCatalogue.All.Where(d => d.IsElementwise).Select(d => d.Facts.Name));

    [Fact]
    public void Every_formula_is_in_the_list()
    {
        Type[] formulas = [.. typeof(Relu).Assembly.GetTypes()
            .Where(t => t.Namespace == typeof(Relu).Namespace && t.IsValueType && t.IsPublic)];
        formulas.Length.ShouldBeGreaterThan(10);
        foreach (Type formula in formulas)
        {
            bool rows = typeof(IRowFormula).IsAssignableFrom(formula);
            ActivationCatalogue.All.Any(d => d.GetType().GetGenericArguments()[0] == formula).ShouldBeTrue(
                $"add this line to ActivationCatalogue.All:  new {(rows ? "RowActivation" : "ElementwiseActivation")}<{formula.Name}>(),");
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
        facts.Peers.ShouldNotBeEmpty();
        facts.Parameters.Count.ShouldBeLessThanOrEqualTo(ActivationArguments<float>.MaximumCount);
        facts.Parameters.ShouldAllBe(p => p.Minimum <= p.Default && p.Default <= p.Maximum);
        foreach (ActivationAlias alias in facts.Aliases)
        {
            Activation.Parse(alias.Name).Definition.Facts.Name.ShouldBe(name);
        }
    }

    // What a file says about its function is compared with the function.
    [Theory]
    [MemberData(nameof(ElementwiseNames))]
    public void Monotone_and_saturation_are_what_the_function_does(string name)
    {
        Activation activation = Activation.Parse(name);
        float[] x = [.. Enumerable.Range(-20000, 40001).Select(i => i * 0.001f)];
        float[] y = new float[x.Length];
        activation.Evaluate(x, y);
        bool never = Enumerable.Range(1, y.Length - 1).All(i => y[i] >= y[i - 1]);
        never.ShouldBe(activation.Definition.Facts.Monotone);

        float[] ends = new float[2];
        activation.Slope([-60, 60], ends);
        Saturation measured = (Math.Abs(ends[0]) < 1e-6 ? Saturation.Left : Saturation.None) | (Math.Abs(ends[1]) < 1e-6 ? Saturation.Right : Saturation.None);
        measured.ShouldBe(activation.Definition.Facts.Saturation);
    }

    [Theory]
    [MemberData(nameof(ElementwiseNames))]
    public void Smooth_means_that_the_derivative_has_no_jump(string name)
    {
        Activation activation = Activation.Parse(name);
        float[] x = [.. Enumerable.Range(-50000, 100001).Select(i => i * 0.0001f)];
        float[] slope = new float[x.Length];
        activation.Slope(x, slope);
        float jump = Enumerable.Range(1, slope.Length - 1).Max(i => Math.Abs(slope[i] - slope[i - 1]));
        (jump < 0.01f).ShouldBe(activation.Definition.Facts.Smooth, $"largest step of the derivative: {jump}");
    }

    // Hendrycks & Gimpel, Misra, Ramachandran et al. and Klambauer et al. state these minima and limits.
    [Theory]
    [InlineData("gelu", -0.16997)]
    [InlineData("gelu_tanh", -0.17004)]
    [InlineData("silu", -0.27846)]
    [InlineData("mish", -0.30884)]
    [InlineData("selu", -1.75810)]
    [InlineData("elu", -1)]
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
    public void Kinks_and_limits_are_as_stated(string name, double x, double value, double slope)
    {
        Activation activation = Activation.Parse(name);
        float[] result = new float[1];
        activation.Evaluate([(float)x], result);
        result[0].ShouldBe((float)value);
        activation.Slope([(float)x], result);
        result[0].ShouldBe((float)slope);
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
    public void Formulas_and_derivatives_write_themselves(string name, string formula, string derivative)
    {
        ActivationDefinition definition = Functions.Named(name);
        definition.Formula.ShouldBe(formula);
        definition.Derivative.ShouldBe(derivative);
    }
}
