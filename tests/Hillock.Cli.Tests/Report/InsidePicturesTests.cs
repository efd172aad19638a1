using System.Globalization;
using System.Xml.Linq;
using Hillock.Activations;
using Hillock.Cli.Drawing;
using Hillock.Cli.Report;
using Hillock.Data;
using Hillock.Laboratory;
using Hillock.Networks;

namespace Hillock.Cli.Tests.Report;

public class InsidePicturesTests
{
    private static readonly ModelTrainingResult Digits = Train("digits", "mlp:24,16", "leaky_relu(alpha=learn(channel))", 0.003);
    private static readonly ModelTrainingResult Sick = Train("digits", "mlp:24,16", "relu", 0.3, OptimizerKind.Sgd);

    [Fact]
    public void Sections_are_well_formed_and_say_what_is_wrong()
    {
        foreach (ModelTrainingResult result in new[] { Digits, Sick })
        {
            string sections = InsidePictures.Sections(result.Diagnosis, result.Probed, null);
            XElement.Parse($"<main>{sections}</main>".Replace("\u00a0", " ", StringComparison.Ordinal)).Elements("section").Count().ShouldBeGreaterThan(4);
            sections.ShouldNotContain("NaN");
        }

        InsidePictures.Sections(Digits.Diagnosis, Digits.Probed, null).ShouldContain("Nothing is wrong");
        InsidePictures.Sections(Sick.Diagnosis, Sick.Probed, null).ShouldContain("dead_units");
    }

    [Fact]
    public void Every_unit_is_a_square_and_dead_ones_are_hollow()
    {
        XElement map = XElement.Parse(UnitMap.Draw(Sick.Diagnosis.Measures)!.ToElement());
        string[] styles = [.. map.Elements("rect").Select(rect => rect.Attribute("class")!.Value)];
        styles.Length.ShouldBe(24 + 16);
        styles.Count(style => style == "unit dead").ShouldBe(Sick.Diagnosis.Measures.Hidden.Sum(layer => layer.UnitDetails.Count(unit => unit.Dead)));
        UnitMap.Draw(Sick.Diagnosis.Measures with { Layers = [] }).ShouldBeNull();
    }

    [Fact]
    public void There_is_a_ridge_for_each_layer_and_epoch_up_to_twelve()
    {
        XElement ridges = XElement.Parse(ActivationRidges.Draw(Digits.Probed)!.ToElement());
        ridges.Elements("path").Count(path => path.Attribute("class")!.Value == "ridge").ShouldBe(2 * Digits.Probed.Count);
        DiagnosisResult[] many = [.. Enumerable.Range(1, 40).Select(epoch => Digits.Probed[0] with { Epoch = epoch })];
        string[] labels = [.. XElement.Parse(ActivationRidges.Draw(many)!.ToElement()).Elements("text").Select(text => text.Value)];
        labels.Count(label => int.TryParse(label, CultureInfo.InvariantCulture, out int epoch) && epoch > 10).ShouldBeGreaterThanOrEqualTo(2 * 8);
        labels.ShouldContain("40");
    }

    [Fact]
    public void Curves_run_over_the_epochs_and_leave_out_what_does_not_exist()
    {
        Svg gradients = LayerCurves.Draw(Digits.Probed, "gradients", LayerCurves.Gradients)!;
        XElement.Parse(gradients.ToElement()).Elements("path").Count().ShouldBe(3 * 3);
        LayerCurves.Draw([], "nothing", LayerCurves.Units).ShouldBeNull();
        LayerCurves.Draw([Digits.Probed[0]], "a single epoch has no course", LayerCurves.Gradients).ShouldBeNull();
        LayerProfile.Draw(Digits.Diagnosis.Measures with { Layers = [Digits.Diagnosis.Measures.Layers[0]] }).ShouldBeNull();
        LayerProfile.Draw(Sick.Diagnosis.Measures with { Layers = [] }).ShouldBeNull();

        // Three layers have sums, gradients of samples and of weights; two have units that are dead, stuck or saturated to some share.
        XElement.Parse(LayerProfile.Draw(Digits.Diagnosis.Measures)!.ToElement()).Elements("circle").Count().ShouldBe(3 * 3 + 2 * 3);
        LearnedParametersChart.Draw(Sick.Diagnosis.Measures).ShouldBeNull();
        XElement.Parse(LearnedParametersChart.Draw(Digits.Diagnosis.Measures)!.ToElement()).Elements("circle").Count().ShouldBe(24 + 16);
    }

    [Fact]
    public void Only_classes_of_points_in_the_plane_have_a_decision_map()
    {
        DataSource moons = DataSources.Open("moons", new DataOptions { Seed = 1 });
        ModelTrainingResult trained = Train("moons", "mlp:8", "tanh", 0.01);
        Dataset samples = trained.Model.Preparation.Apply(moons, [.. Enumerable.Range(0, moons.Count)]);
        XElement map = XElement.Parse(DecisionMap.Draw(trained.Model.Network, samples, trained.Model.Classes)!.ToElement());
        map.Elements("rect").Count().ShouldBe(64 * 64);
        map.Elements("rect").Select(cell => cell.Attribute("class")!.Value).Distinct().Count().ShouldBe(2);
        DecisionMap.Draw(trained.Model.Network, Dataset.Regression([1, 2], 2, [1]), []).ShouldBeNull();
    }

    private static ModelTrainingResult Train(string data, string network, string activation, double rate, OptimizerKind optimizer = OptimizerKind.Adam) => ModelTraining.Create(
        DataSources.Open(data, new DataOptions { Seed = 1, Samples = 600 }),
        new ModelTrainingOptions { Network = network, Activation = Activation.Parse(activation), LearningRate = rate, Optimizer = optimizer, Epochs = 4, LooksInsideEveryEpoch = true }).Run();
}
