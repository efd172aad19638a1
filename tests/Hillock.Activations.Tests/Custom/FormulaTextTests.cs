using FsCheck;
using FsCheck.Fluent;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Custom;

namespace Hillock.Activations.Tests.Custom;

public class FormulaTextTests
{
    [Theory]
    [InlineData("x * sigmoid(1.702 * x)", "x * sigmoid(1.702 * x)")]
    [InlineData("{x * sigmoid(2 * x)}", "x * sigmoid(2 * x)")]
    [InlineData("{ max(0,x) + a*min(0,x),\n a = 0.1 }", "max(0,x) + a*min(0,x), a = 0.1")]
    public void TheNameIsTheTextWithoutItsBraces(string text, string name) => Activation.Parse(text).Name.ShouldBe(name);

    [Fact]
    public void ParametersAreConstantLearnedOrRandomInTheOrderOfTheFormula()
    {
        Activation activation = Activation.Parse("a * x + b * max(x, 0) + c * tanh(x), c = uniform(0.1, 0.3), b = learn(channel, init=1), a = -.5");
        activation.Definition.Facts.Parameters.Select(p => p.Name).ShouldBe(["a", "b", "c"]);
        activation.Modes.ShouldBe([new ParameterMode.Constant(-0.5), new ParameterMode.Learned(ParameterScope.Channel, 1), new ParameterMode.Random(0.1, 0.3)]);
        activation.Specification.ShouldBe(
            "a * x + b * max(x, 0) + c * tanh(x), a = -0.5, b = learn(channel, init=1), c = uniform(0.1, 0.3)");
        Activation.Parse(activation.Specification).Definition.ShouldBe(activation.Definition);
    }

    // A comma outside parentheses ends a formula, unless 'name =' follows.
    [Fact]
    public void FormulasStandInLists() =>
        Activation.ParseList("relu,{x * sigmoid(2 * x)}, max(0, x) + a * min(0, x), a = 0.1|0.2, tanh, sigmoid(2*x),{x*b,b=1}").Select(a => a.Name).ShouldBe(
            ["relu", "x * sigmoid(2 * x)", "max(0, x) + a * min(0, x), a = 0.1", "max(0, x) + a * min(0, x), a = 0.2", "tanh", "sigmoid(2*x)", "x*b,b=1"]);

    [Theory]
    [InlineData("2 + 3 * x", 2, 8)]
    [InlineData("2 - 3 - x", 2, -3)]
    [InlineData("8 / 4 / 2 * x", 2, 2)]
    [InlineData("-x^2", 3, -9)]
    [InlineData("(-x)^2", 3, 9)]
    [InlineData("2 * -x", 3, -6)]
    [InlineData("--x", 3, 3)]
    [InlineData("x^3", -2, -8)]
    [InlineData("(1 + x^2)^-2", 1, 0.25)]
    [InlineData("x + x^0", 4, 5)]
    [InlineData("1e1 * x + 2.5E-1", 1, 10.25)]
    [InlineData("e * x / e + pi - pi", 7, 7)]
    [InlineData("x > 1 ? 10 : x < -1 ? -10 : x", 2, 10)]
    [InlineData("x > 1 ? 10 : x < -1 ? -10 : x", -2, -10)]
    [InlineData("x > 1 ? 10 : x < -1 ? -10 : x", 0.5, 0.5)]
    [InlineData("x >= 1 ? 10 : x", 1, 10)]
    [InlineData("x <= 1 ? 10 : x", 1, 10)]
    [InlineData("x < 1 ? 10 : x", 1, 1)]
    [InlineData("2 * (x > 0 ? 1 : 0) + 1", 1, 3)]
    [InlineData("sign(x - 2) * 3", 1, -3)]
    [InlineData("round(x) + sign(0)", 2.5, 2)]
    [InlineData("sin(pi / 2) * cos(0) * x", 3, 3)]
    [InlineData("MAX(X, 2)", 1, 2)]
    [InlineData("min(x, 2) + abs(-x) + sqrt(4)", 1, 4)]
    [InlineData("max(max(x, 1), min(2, 3))", 1, 2)]
    public void OperatorsBindAsInMathematics(string formula, double x, double value)
    {
        double[] y = new double[1];
        Activation.Parse(formula).Evaluate([x], y);
        y[0].ShouldBe(value, 1e-15);
    }

    [Theory]
    [InlineData("x > 0 ? x : a * x, a = 0.1", "x > 0 ? 1 : a")]
    [InlineData("x^3", "3 * x^2")]
    [InlineData("(1 + x^2)^5", "10 * (1 + x^2)^4 * x")]
    [InlineData("log(1 + exp(x))", "sigmoid(x)")]
    [InlineData("sin(2 * x)", "2 * cos(2 * x)")]
    [InlineData("cos(x)", "-sin(x)")]
    [InlineData("x * sign(x) + round(x)", "x > 0 ? 1 : -x > 0 ? -1 : 0")]
    [InlineData("max(0, x)", "x > 0 ? 1 : 0")]
    [InlineData("min(0, x)", "x > 0 ? 0 : 1")]
    public void TheDerivativeWritesItself(string formula, string derivative) => Activation.Parse(formula).Definition.Derivative.ShouldBe(derivative);

    // A formula in text has a card like any other.
    [Theory]
    [InlineData("x * sigmoid(b * x), b = 1.5", @"x \, \sigma\left(b \, x\right)", @"\sigma\left(b \, x\right)")]
    [InlineData("sin(x)^2", @"\sin\left(x\right)^{2}", @"2 \, \sin\left(x\right) \cdot \cos\left(x\right)")]
    [InlineData("round(x) / 2", @"\frac{\left\lfloor x \right\rceil}{2}", "0")]
    public void AFormulaHasLatex(string formula, string latex, string derivative)
    {
        ActivationDefinition definition = Activation.Parse(formula).Definition;
        definition.FormulaLatex.ShouldBe(latex);
        definition.DerivativeLatex.ShouldNotBeNull().ShouldContain(derivative);
    }

    [Theory]
    [InlineData("x +", "missing at character 4")]
    [InlineData("x + * 2", "is expected, not '*' at character 5")]
    [InlineData("x * sigmod(x)", "unknown function 'sigmod' at character 5; did you mean 'sigmoid'?")]
    [InlineData("gamma(x)", "known are abs, sqrt")]
    [InlineData("x * sigmoid(b * x)", "unknown name 'b' at character 13")]
    [InlineData("x**2", "'**' is unexpected at character 2; a power is written x^2")]
    [InlineData("2x", "an operator such as * is missing before 'x' at character 2")]
    [InlineData("x (x)", "an operator such as * is missing before '(' at character 3")]
    [InlineData("x)", "a closing parenthesis has no opening one at character 2")]
    [InlineData("(x", "and the text ends at character 3")]
    [InlineData("sigmoid(x", "and the text ends at character 10")]
    [InlineData("x * sigmoid", "the function sigmoid needs an argument in parentheses at character 5")]
    [InlineData("exp(x, 2)", "exp has one argument")]
    [InlineData("max(x)", "max has two arguments; a comma is expected, not ')' at character 6")]
    [InlineData("max(x, 1, 2)", "max has two arguments; a closing parenthesis or an operator is expected, not ',' at character 9")]
    [InlineData("x^2.5", "a whole exponent from -64 to 64 is expected at character 3")]
    [InlineData("x^a, a = 2", "a whole exponent from -64 to 64 is expected at character 3")]
    [InlineData("x^65", "a whole exponent from -64 to 64 is expected at character 3")]
    [InlineData("x^2^3", "a power of a power needs parentheses")]
    [InlineData("x > 0", "a comparison needs its two values")]
    [InlineData("x > 0 ? x", "':' and the other value are expected")]
    [InlineData("x == 0 ? 1 : x", "'==' is unexpected at character 3; only >, <, >= and <= compare")]
    [InlineData("x $ 2", "unexpected '$' at character 3")]
    [InlineData("1.2.3 * x", "'1.2.3' is no number at character 1")]
    [InlineData("x * 1e999", "no finite result in what starts at character 5")]
    [InlineData("x + 1 / 0", "no finite result in what starts at character 5")]
    [InlineData("x * log(-1)", "no finite result in what starts at character 5")]
    [InlineData("x * (2 - 2)^-1", "no finite result in what starts at character 5")]
    [InlineData("{2}", "the formula does not depend on x at character 2")]
    [InlineData("{x", "the closing brace is missing at character 3")]
    [InlineData("relu, {x * 2", "the closing brace is missing at character 13")]
    [InlineData("{x,tanh}", "the closing brace is expected at character 3")]
    [InlineData("x*2}", "a closing brace has no opening one at character 4")]
    [InlineData("min()", "is expected, not ')' at character 5")]
    [InlineData("max", "the function max needs an argument in parentheses at character 1")]
    [InlineData("3", "the formula does not depend on x at character 1")]
    [InlineData("-3 * 2", "the formula does not depend on x at character 1")]
    [InlineData("relu, pi", "the formula does not depend on x at character 7")]
    [InlineData("a*x, a=foo", "'foo' is no value of the formula's a at character 8; allowed is a number")]
    [InlineData("a*x, a=1 2", "unexpected '2' at character 10")]
    [InlineData("a*x, a=learn(unit)", "'unit' in learn(...) of the formula's a is not understood at character 14; write learn(layer)")]
    [InlineData("a*x, a=uniform(1, 0)", "uniform(1, 0) has no room at character 15: the first")]
    [InlineData("a*x, a=uniform(1, 2", "a closing parenthesis is missing at character 20")]
    [InlineData("x, b = 1", "parameter 'b' does not appear in the formula at character 4")]
    [InlineData("x, pi = 1", "'pi' has a meaning of its own")]
    [InlineData("x * b, b = 1, b = 2", "parameter 'b' is given twice at character 15")]
    [InlineData("x * b, b =", "the formula's b is missing at character 11")]
    [InlineData("x * b, b = 1e7", "the formula's b must be a finite number from -1000000 to 1000000, not 1e7 at character 12")]
    [InlineData("x * b, b = learn", "learning 'b' needs a value to start from at character 8, such as b = learn(init=1)")]
    [InlineData("x*a*b*c*d*f*g*h*i*j*k*l*m*n, a=1", "at most 12 parameters, and 'n' is one more at character 27")]
    [InlineData("log(x)", "'log(x)' is no number at x = -40")]
    [InlineData("1 / x", "'1 / x' is infinite at x = 0")]
    [InlineData("sqrt(abs(x))", "the derivative of 'sqrt(abs(x))' is no number at x = 0")]
    public void WhatIsWrongIsSaidInOneLineWithItsPlace(string text, string part)
    {
        string message = Should.Throw<FormatException>(() => Activation.ParseList(text)).Message;
        message.ShouldContain(part);
        message.ShouldNotContain('\n');
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("-", "")]
    [InlineData("tanh(", ")")]
    [InlineData("max(x, ", ")")]
    public void AFormulaTooDeepIsRefused(string before, string after)
    {
        Should.NotThrow(() => Activation.Parse(Nested(15)));
        Should.Throw<FormatException>(() => Activation.Parse(Nested(80))).Message.ShouldContain("nested deeper than 50 at character");
        Should.Throw<FormatException>(() => Activation.Parse(Nested(1_000_000))).Message.ShouldContain("nested deeper than 50 at character");

        string Nested(int depth) => string.Concat(Enumerable.Repeat(before, depth)) + "x" + string.Concat(Enumerable.Repeat(after, depth));
    }

    /// <summary>The trees of these derivatives have 2^40 nodes and more, of which many are the same.</summary>
    [Theory]
    [InlineData("abs(@)")]
    [InlineData("max(@,1)")]
    [InlineData("sqrt(1+abs(@))", 20)]
    [InlineData("sign(@)")]
    [InlineData("tanh(@)")]
    [InlineData("(@)*(x+@)", 5)]
    public void ADerivativeThatNobodyWouldReadIsNotWrittenOut(string around, int depth = 40)
    {
        string text = Enumerable.Range(0, depth).Aggregate("x", (inner, _) => around.Replace("@", inner, StringComparison.Ordinal) is { Length: < 490 } longer ? longer : inner);
        ActivationDefinition definition = Activation.Parse($"{{{text}}}").Definition;
        definition.Derivative.Length.ShouldBeLessThanOrEqualTo(2004);
        definition.FormulaLatex.Length.ShouldBeLessThanOrEqualTo(2000);
        (definition.DerivativeLatex?.Length ?? 0).ShouldBeLessThanOrEqualTo(2000);
    }

    [Fact]
    public void WhatIsLeftOutOfADerivativeShows()
    {
        ActivationDefinition definition = Activation.Parse("{" + Enumerable.Range(0, 24).Aggregate("x", (inner, _) => $"max(abs({inner}),1)") + "}").Definition;
        definition.Derivative.ShouldEndWith(" ...");
        definition.Derivative.Length.ShouldBe(2004);
        definition.DerivativeLatex.ShouldBeNull();
        definition.FormulaLatex.ShouldBe($@"\texttt{{{definition.Formula}}}");
    }

    [Fact]
    public void AFormulaTooLongIsRefused()
    {
        Should.NotThrow(() => Activation.Parse("x" + string.Concat(Enumerable.Repeat("+x", 240))));
        foreach (int terms in new[] { 300, 1_000_000 })
        {
            string text = "x" + string.Concat(Enumerable.Repeat("+x", terms));
            Should.Throw<FormatException>(() => Activation.Parse(text)).Message.ShouldContain("at most 500 characters, and a longer one starts at character 1");
        }
    }

    [Fact]
    public void AnyTextGivesAnActivationOrAFormatExceptionOfOneLine()
    {
        string[] pieces =
        [
            "x", "x", "x", "a", "b", "(", ")", "(x)", "+", "-", "*", "/", "^", "^2", "^-3", "?", ":", ">", "<", ">=", "==", ",", "=", "a = 0.5", ", b = learn(init=1)",
            "{", "}", "|", "sigmoid(", "exp(", "log(", "sqrt(", "max(", "min(", "tanh(x)", "erf(x)", "1", "0.5", "1e308", "1e-308", "pi", "e", " ", "\n", "\u0007", "é",
            "\ud800", "∞", "relu", "leaky_relu", "0x", "..", "_",
        ];
        Gen<string> fromPieces = Gen.Elements(pieces).ListOf().Select(list => string.Concat(list));
        Gen<string> expression = Gen.Sized(size => Expression(Math.Min(size, 12)));
        Gen<string> anything = ArbMap.Default.GeneratorFor<string?>().Select(s => s ?? "");
        Prop.ForAll(Gen.OneOf(fromPieces, expression, anything).ToArbitrary(), text =>
        {
            try
            {
                foreach (Activation activation in Activation.ParseList(text))
                {
                    Activation again = Activation.Parse(activation.Specification);
                    again.Specification.ShouldBe(activation.Specification);
                    if (activation.Definition is FormulaActivation formula)
                    {
                        again.Definition.ShouldBe(formula);
                        formula.Derivative.ShouldNotBeEmpty();
                    }
                }
            }
            catch (FormatException refused)
            {
                refused.Message.Any(char.IsControl).ShouldBeFalse();
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(4000));
    }

    private static Gen<string> Expression(int size)
    {
        Gen<string> leaf = Gen.Elements("x", "x", "2", "0.5", "-1.5", "pi");
        if (size <= 1)
        {
            return leaf;
        }

        Gen<string> part = Expression(size / 2);
        Gen<string> call = Gen.Elements("sigmoid", "tanh", "exp", "abs", "softplus", "erf", "normal_cdf", "expm1").Zip(part, (f, a) => $"{f}({a})");
        Gen<string> pair = Gen.Elements("({0} + {1})", "({0} - {1})", "{0} * {1}", "max({0}, {1})", "min({0}, {1})", "({0} > {1} ? {0} : {1})", "{0} / (1 + ({1})^2)")
            .Zip(part, (form, a) => (form, a)).Zip(part, (left, b) => string.Format(left.form, left.a, b));
        return Gen.OneOf(leaf, call, pair, pair);
    }
}
