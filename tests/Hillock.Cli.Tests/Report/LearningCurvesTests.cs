using System.Globalization;
using System.Xml.Linq;
using Hillock.Cli.Report;
using Hillock.Laboratory;

namespace Hillock.Cli.Tests.Report;

public class LearningCurvesTests
{
    /// <summary>A good candidate and one that stays far behind: both must be in sight, the first epochs aside.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void NoCurveLeavesAtTheTopAndNoneIsOutOfSight(bool logarithmic)
    {
        ComparisonResult result = SampleResults.Folds(3, 1, "relu", "tanh", "identity");
        double[] ends = logarithmic ? [1e-4, 1e-3, 40] : [0.97, 0.96, 0.55];
        CandidateResult[] candidates = [.. result.Candidates.Select((c, i) => c with { Trials = [.. c.Trials.Select(t => t with { Epochs = Epochs(ends[i], logarithmic) })] })];

        LearningCurves curves = LearningCurves.Draw(candidates, "by epoch", e => e.TestScore, logarithmic);
        XElement[] panels = [.. XElement.Parse(curves.Chart.ToElement()).Elements("svg")];
        panels.Length.ShouldBe(3);
        foreach (XElement panel in panels)
        {
            double top = Number(panel, "y");
            double bottom = top + Number(panel, "height");
            foreach (XElement path in panel.Elements("path"))
            {
                double[] heights = [.. path.Attribute("d")!.Value.Split('M', 'L').Skip(1).Select(p => double.Parse(p.Split(' ')[1], CultureInfo.InvariantCulture))];
                heights.Length.ShouldBe(20);
                heights.ShouldAllBe(h => h >= top);
                heights.Skip(2).ShouldAllBe(h => h <= bottom);
            }
        }

        curves.LeavesOut.ShouldBe(!logarithmic);
    }

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private static EpochRecord[] Epochs(double end, bool logarithmic) =>
    [
        .. Enumerable.Range(1, 20).Select(e => new EpochRecord(1, 1, logarithmic ? end * (21 - e) : end - (e == 1 ? 0.5 : 0.01 / e))),
    ];
}
