using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using Hillock.Activations;
using Hillock.Cli.Drawing;

namespace Hillock.Cli.Tests.Drawing;

public class DrawingTests
{
    [Fact]
    public void TicksAreRoundEvenlySpacedAndOnTheAxis() =>
        Prop.ForAll(
            Gen.Choose(-100_000, 100_000).ToArbitrary(),
            Gen.Choose(1, 100_000).ToArbitrary(),
            Gen.Choose(3, 12).ToArbitrary(),
            (start, width, wanted) =>
            {
                double from = start / 777.0;
                double to = from + (width / 3333.0);
                Scale scale = Scale.Linear(from, to, 0, 500);
                double[] ticks = [.. scale.Ticks(wanted)];
                ticks.Length.ShouldBeInRange(wanted / 2 - 1, (wanted * 2) + 1);
                ticks.ShouldAllBe(t => t >= from - 1e-6 * (to - from) && t <= to + 1e-6 * (to - from));
                ticks.Select(t => scale.Label(t, wanted)).Distinct().Count().ShouldBe(ticks.Length);
                ticks.Zip(ticks.Skip(1)).ShouldAllBe(pair => pair.Second > pair.First);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void ALinearScaleMapsItsEndsAndClampsBeyond()
    {
        Scale scale = Scale.Linear(2, 4, 100, 300);
        scale.At(2).ShouldBe(100);
        scale.At(3).ShouldBe(200);
        scale.At(9).ShouldBe(300);
        Scale.Linear(5, 5, 0, 10).At(5).ShouldBe(5, 1e-9);
    }

    [Fact]
    public void ALogarithmicScaleFitsItsValues()
    {
        Scale loss = Scale.Logarithmic(0.35, 1.8, 0, 400);
        loss.At(0.35).ShouldBeInRange(5, 30);
        loss.At(1.8).ShouldBeInRange(370, 395);
        loss.Ticks(4).Select(t => loss.Label(t, 4)).ShouldBe(["0.5", "1", "1.5"]);
        Labels(0.03, 20).ShouldBe(["0.1", "1", "10"]);
        Labels(0.03, 0.9).ShouldBe(["0.05", "0.1", "0.2", "0.5", "1"]);
        Labels(2e-9, 3e-3).ShouldBe(["1e-9", "1e-7", "1e-5", "0.001"]);
        Labels(0.97, 0.98).Length.ShouldBeInRange(2, 6);
        Labels(5, 5).ShouldContain("5");

        static string[] Labels(double low, double high)
        {
            Scale scale = Scale.Logarithmic(low, high, 0, 400);
            return [.. scale.Ticks(4).Select(t => scale.Label(t, 4))];
        }
    }

    [Fact]
    public void AScaleOfDecadesCoversThemWhole()
    {
        Scale scale = Scale.Decades(0.03, 20, 0, 400);
        scale.Minimum.ShouldBe(0.01, 1e-12);
        scale.Maximum.ShouldBe(100, 1e-9);
        scale.At(1).ShouldBe(200, 1e-9);
        scale.Ticks(4).Select(t => scale.Label(t, 4)).ShouldBe(["0.01", "0.1", "1", "10", "100"]);
        scale.Label(1e-5, 8).ShouldBe("1e-5");
    }

    [Fact]
    public void AStepIsNotDrawnAsASlope()
    {
        ActivationCurve relu = ActivationCurve.Sample(Activation.Parse("relu"), -5, 5, 401);
        relu.Points(relu.Slope, 5).Count(p => double.IsNaN(p.X)).ShouldBe(1);
        relu.Points(relu.Value, 5).ShouldAllBe(p => double.IsFinite(p.X));
        ActivationCurve tanh = ActivationCurve.Sample(Activation.Parse("tanh"), -50, 50, 401);
        tanh.Points(tanh.Value, 2).ShouldAllBe(p => double.IsFinite(p.X));

        // Both jump, sign over a value of its own at 0.
        ActivationCurve sign = ActivationCurve.Sample(Activation.Parse("sign"), -5, 5, 401);
        sign.Points(sign.Value, 5).Count(p => double.IsNaN(p.X)).ShouldBe(2);
        ActivationCurve round = ActivationCurve.Sample(Activation.Parse("round"), -5, 5, 401);
        round.Points(round.Value, 5).Count(p => double.IsNaN(p.X)).ShouldBe(10);
    }

    [Fact]
    public void MoreCurvesThanColoursHavePanelsOfTheirOwn()
    {
        string[] names = ["relu", "elu", "gelu", "silu", "mish", "tanh", "sigmoid", "softplus", "selu"];
        Chart(names[..8], -5, 5).Element("svg")!.Elements("path").GroupBy(p => p.Attribute("class")!.Value).ShouldAllBe(g => g.Count() == 1);
        XElement panels = Chart(names, -5, 5);
        panels.Elements("svg").Count().ShouldBe(9);
        panels.Value.ShouldContain("f′(x)");
        names.ShouldAllBe(n => panels.Value.Contains(n));
    }

    [Fact]
    public void AllCurvesHaveTheWidthOfTheirClass() =>
        Chart(["relu", "gelu", "elu"], -5, 5).Descendants("path").ShouldAllBe(path => path.Attribute("style") == null);

    [Fact]
    public void FarFromZeroTheAxisFitsTheCurve()
    {
        string text = Chart(["identity", "softplus"], 90, 100).Value;
        text.ShouldContain("95");
        text.ShouldContain("f′(x) is out of sight: 1");
        Chart(["identity", "softplus"], 90, 100).Elements("text").ShouldNotContain(t => t.Value == "0");
        Chart(["relu"], -5, 5).Value.ShouldNotContain("out of sight");
    }

    private static XElement Chart(string[] names, double from, double to) =>
        XElement.Parse(FunctionChart.Draw([.. names.Select(n => ActivationCurve.Sample(Activation.Parse(n), from, to, 101))]).ToElement());

    [Theory]
    [InlineData("a<b>&\"'", "a&lt;b&gt;&amp;&quot;&#39;")]
    [InlineData("a\u0001b", "a\ufffdb")]
    public void MarkupIsEscaped(string text, string escaped) => Svg.Escape(text).ShouldBe(escaped);

    [Fact]
    public void ABrailleCellHoldsEightDots()
    {
        BrailleCanvas canvas = new(2, 1, unicode: true);
        canvas.Set(0, 0);
        canvas.Set(1, 3);
        canvas.Set(-1, 0);
        canvas.Set(4, 0);
        canvas.Rows((_, _) => '.').ShouldBe(["⢁."]);
    }

    [Fact]
    public void ACurveInTheTerminalHasItsAxesAndBounds()
    {
        ActivationCurve relu = ActivationCurve.Sample(Activation.Parse("relu"), -4, 4, 512);
        string[] lines = [.. TerminalCurve.Draw(relu, 21, 5, unicode: false)];
        lines.ShouldBe(
        [
            "  4           |        **",
            "              |     ****",
            "              |   ***",
            "              |****",
            "  0 ************---------",
            "    -4                  4",
        ]);
    }

    /// <summary>Of a row in which one input varies, the first output is a function of one input that is known otherwise.</summary>
    [Theory]
    [InlineData("softmax", "softmax of (x, 0)", "sigmoid")]
    [InlineData("logsumexp", "logsumexp of (x, 0)", "softplus")]
    [InlineData("logmeanexp", "logmeanexp of (x, 0)", "softplus(x) - 0.6931471805599453")]
    [InlineData("log_softmax", "log_softmax of (x, 0)", "log_sigmoid")]
    [InlineData("sparsemax", "sparsemax of (x, 0)", "hard_sigmoid(alpha=0.5, beta=0.5)")]
    [InlineData("hardmax", "hardmax of (x, 0)", "x > 0 ? 1 : x < 0 ? 0 : 1")]
    [InlineData("maxout(pieces=3)", "maxout(pieces=3) of (x, 0, 0)", "relu")]
    [InlineData("crelu", "crelu of (x, 0)", "relu")]
    [InlineData("glu", "glu of (1, x)", "sigmoid")]
    [InlineData("swiglu(beta=2)", "swiglu(beta=2) of (1, x)", "swish(beta=2)")]
    [InlineData("bilinear", "bilinear of (1, x)", "identity")]
    public void AFunctionOfRowsIsDrawnByItsFirstOutput(string name, string title, string known)
    {
        // An even number of points: none at a kink.
        ActivationCurve curve = ActivationCurve.Sample(Activation.Parse(name), -5, 5, 240);
        ActivationCurve expected = ActivationCurve.Sample(Activation.Parse(known), -5, 5, 240);
        curve.Name.ShouldBe(title);
        curve.X.ShouldBe(expected.X);
        for (int i = 0; i < curve.X.Length; i++)
        {
            curve.Value[i].ShouldBe(expected.Value[i], 1e-6);
            curve.Slope[i].ShouldBe(expected.Slope[i], 1e-6);
        }
    }
}
