using Hillock.Activations.Catalogue;

namespace Hillock.Activations.Tests.Catalogue;

public class MeasuredFactsTests
{
    /// <summary>Moments under N(0, 1) in closed form: E max(x, 0) = 1/√(2π), E x·Φ(x) = 1/(2√π), and SELU's fixed point (Klambauer et al. 2017).</summary>
    [Theory]
    [InlineData("identity", 0, 1.0, 1.0)]
    [InlineData("relu", 0.3989422804014327, 0.3408450569081046, 0.5)]
    [InlineData("leaky_relu(alpha=0.5)", 0.19947114020071635, 0.5852112642270262, 0.625)]
    [InlineData("gelu", 0.28209479177387814, null, null)]
    [InlineData("selu", 0, 1.0, null)]
    [InlineData("sigmoid", 0.5, null, null)]
    [InlineData("tanh", 0, null, null)]
    public void MomentsAreThoseInClosedForm(string name, double mean, double? variance, double? squaredSlope)
    {
        MeasuredFacts facts = MeasuredFacts.Of(Activation.Parse(name));
        facts.NormalMean.ShouldBe(mean, 1e-6);
        facts.NormalVariance.ShouldBe(variance ?? facts.NormalVariance, 1e-6);
        facts.NormalSquaredSlope.ShouldBe(squaredSlope ?? facts.NormalSquaredSlope, 1e-6);
    }

    /// <summary>Greatest slopes as published: sigmoid 1/4, tanh 1, SELU λα, swish 1.0998 (Ramachandran et al. 2017), GELU Φ(√2) + √2·φ(√2).</summary>
    [Theory]
    [InlineData("relu", 1)]
    [InlineData("sigmoid", 0.25)]
    [InlineData("tanh", 1)]
    [InlineData("selu", 1.7580993408473766)]
    [InlineData("silu", 1.0998393194)]
    [InlineData("gelu", 1.1289042)]
    [InlineData("leaky_relu(alpha=-3)", 3)]
    public void TheLargestSlopeIsThePublishedOne(string name, double slope) =>
        MeasuredFacts.Of(Activation.Parse(name)).LargestSlope.ShouldBe(slope, 3e-6);

    [Fact]
    public void TheValueAtZeroIsExact()
    {
        MeasuredFacts.Of(Activation.Parse("sigmoid")).AtZero.ShouldBe(0.5);
        MeasuredFacts.Of(Activation.Parse("mish")).AtZero.ShouldBe(0);
    }

    [Fact]
    public void AFunctionOfARowIsRefused() => Should.Throw<ArgumentException>(() => MeasuredFacts.Of(Activation.Parse("softmax")));
}
