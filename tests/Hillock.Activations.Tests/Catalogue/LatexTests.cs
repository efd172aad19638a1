using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Tests.Catalogue;

public class LatexTests
{
    public static TheoryData<string> Names => Functions.CatalogueNames;

    [Theory]
    [InlineData("relu", @"\begin{cases} x & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}", @"\begin{cases} 1 & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}")]
    [InlineData("sigmoid", @"\sigma\left(x\right)", null)]
    [InlineData("elu", @"\begin{cases} x & \text{if } x > 0 \\ \alpha \, \left(e^{x} - 1\right) & \text{otherwise} \end{cases}", @"\begin{cases} 1 & \text{if } x > 0 \\ \alpha \, e^{x} & \text{otherwise} \end{cases}")]
    [InlineData("gelu", @"x \, \Phi\left(x\right)", null)]
    [InlineData("softmax", @"\frac{e^{x_i}}{\sum_j e^{x_j}}", null)]
    [InlineData(
        "reglu",
        @"a_{i} \, \left(\begin{cases} b_{i} & \text{if } b_{i} > 0 \\ 0 & \text{otherwise} \end{cases}\right) \quad \text{with } (a, b) \text{ the halves of } x",
        null)]
    public void Formulas_are_written_as_papers_do(string name, string formula, string? derivative)
    {
        ActivationDefinition definition = Functions.Named(name);
        definition.FormulaLatex.ShouldBe(formula);
        if (derivative is not null)
        {
            definition.DerivativeLatex.ShouldBe(derivative);
        }
    }

    [Fact]
    public void Parts_keep_together_what_belongs_together()
    {
        Expression x = Expression.Symbol("x");
        Expression b = Expression.Symbol("beta");
        ExpressionLatex.Of((x - b) * (x + b)).ShouldBe(@"\left(x - \beta\right) \, \left(x + \beta\right)");
        ExpressionLatex.Of(x - (b - x)).ShouldBe(@"x - \left(\beta - x\right)");
        ExpressionLatex.Of((x + b) / (x - b)).ShouldBe(@"\frac{x + \beta}{x - \beta}");
        ExpressionLatex.Of((x + b) * (x + b)).ShouldBe(@"\left(x + \beta\right)^{2}");
        ExpressionLatex.Of((x / b) * (x / b)).ShouldBe(@"\left(\frac{x}{\beta}\right)^{2}");
        ExpressionLatex.Of(Expression.Exp(x) * Expression.Exp(x)).ShouldBe(@"\left(e^{x}\right)^{2}");
        ExpressionLatex.Of(Expression.Constant(2) * Expression.IfPositive(x - b, x, b)).ShouldBe(
            @"2 \, \left(\begin{cases} x & \text{if } x > \beta \\ \beta & \text{otherwise} \end{cases}\right)");
        ExpressionLatex.Of(Expression.Constant(1e-9) * x).ShouldBe(@"1 \cdot 10^{-9} \, x");
        ExpressionLatex.Of(Expression.Log1P(Expression.Abs(x))).ShouldBe(@"\ln\left(1 + \left|x\right|\right)");
        ExpressionLatex.Of(Expression.Symbol("cut_off") + Expression.Sqrt(x)).ShouldBe(@"\mathrm{cut\_off} + \sqrt{x}");
        ExpressionLatex.Of(Expression.Symbol("a1") + Expression.Symbol("t_left") + Expression.Symbol("b_i")).ShouldBe(@"a_{1} + t_{\mathrm{left}} + b_{i}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Braces_and_brackets_match(string name)
    {
        ActivationDefinition definition = Functions.Named(name);
        foreach (string latex in new[] { definition.FormulaLatex, definition.DerivativeLatex.ShouldNotBeNull() })
        {
            latex.ShouldNotBeEmpty();
            latex.Count(c => c == '{').ShouldBe(latex.Count(c => c == '}'), latex);
            (latex.Split(@"\left").Length - latex.Split(@"\right").Length).ShouldBe(0, latex);
        }
    }
}
