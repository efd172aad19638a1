using Shouldly;
using Xunit;

namespace Hillock.Activations.Tests.Catalogue;

/// <summary>The derivative of an activation as a user asks for it, over spans of any length.</summary>
public sealed class ActivationSlopeTests
{
    [Theory]
    [InlineData("square", 0)]
    [InlineData("square", 1)]
    [InlineData("square", 2048)]
    [InlineData("square", 2049)]
    [InlineData("square", 5000)]
    [InlineData("x * x", 5000)]
    public void OfASquareIsTwiceTheInput(string name, int length)
    {
        Activation activation = Activation.Parse(name);
        float[] x = [.. Enumerable.Range(0, length).Select(i => (i - 2500) / 64f)];
        float[] twice = [.. x.Select(v => 2 * v)];
        float[] slope = new float[length];

        activation.Slope(x, slope);
        slope.ShouldBe(twice);

        activation.Slope(x, x);
        x.ShouldBe(twice);

        double[] wide = [.. twice.Select(v => v / 2d)];
        activation.Slope(wide, wide);
        wide.ShouldBe(twice.Select(v => (double)v));
    }

    [Fact]
    public void RefusesSpansThatOverlapOrDoNotFit()
    {
        Activation tanh = Activation.Parse("tanh");
        float[] x = new float[5000];

        Should.Throw<ArgumentException>(() => tanh.Slope(x.AsSpan(0, 2952), x.AsSpan(2048, 2952))).Message.ShouldContain("overlaps");
        Should.Throw<ArgumentException>(() => tanh.Slope(x, new float[4999])).Message.ShouldContain("4999");
        Should.Throw<ArgumentException>(() => tanh.Slope(x, new float[5001])).Message.ShouldContain("5001");
    }
}
