using Hillock.Activations.Random;
using Hillock.Networks.Numerics;

namespace Hillock.Networks.Tests.Training;

public unsafe class GradientClippingTests
{
    [Fact]
    public void A_long_gradient_is_shortened_and_keeps_its_direction()
    {
        // torch 1.13: clip_grad_norm_([3, -4, 12, 84], 17) is a fifth of them.
        AlignedBuffer gradients = Buffer(3, -4, 12, 84);
        GradientClipping.ByNorm(gradients.Pointer, 16, 17);
        gradients.Span[..4].ToArray().ShouldBe([0.6f, -0.8f, 2.4f, 16.8f], 3e-6);
        GradientClipping.ByNorm(gradients.Pointer, 16, 17.001);
        gradients.Span[..4].ToArray().ShouldBe([0.6f, -0.8f, 2.4f, 16.8f], 3e-6);
    }

    [Fact]
    public void A_short_one_keeps_its_bits_and_a_huge_one_does_not_overflow()
    {
        AlignedBuffer gradients = Buffer(3, -4, 12, 84);
        GradientClipping.ByNorm(gradients.Pointer, 16, 85);
        gradients.Span[..4].ToArray().ShouldBe([3, -4, 12, 84]);
        gradients = Buffer(3e38f, -3e38f);
        GradientClipping.ByNorm(gradients.Pointer, 16, 1);
        gradients.Span[..2].ToArray().ShouldBe([MathF.Sqrt(0.5f), -MathF.Sqrt(0.5f)], 1e-6);
    }

    [Fact]
    public void The_norm_is_that_of_all_elements()
    {
        AlignedBuffer gradients = new(1024);
        new RandomStream(RandomKey.FromSeed(1)).FillUniform(gradients.Span, -1, 1);
        GradientClipping.ByNorm(gradients.Pointer, 1024, 2);
        Math.Sqrt(gradients.Span.ToArray().Sum(value => (double)value * value)).ShouldBe(2, 1e-6);
    }

    [Fact]
    public void Values_are_brought_into_their_bounds_and_NaN_stays()
    {
        AlignedBuffer gradients = Buffer(3, -4, 0.5f, float.NaN, float.PositiveInfinity, float.NegativeInfinity);
        GradientClipping.ByValue(gradients.Pointer, 16, 1);
        gradients.Span[..6].ToArray().ShouldBe([1, -1, 0.5f, float.NaN, 1, -1]);
        gradients = Buffer(float.NaN, 1);
        GradientClipping.ByNorm(gradients.Pointer, 16, 0.5);
        float.IsNaN(gradients.Span[0]).ShouldBeTrue();
    }

    private static AlignedBuffer Buffer(params float[] values)
    {
        AlignedBuffer buffer = new(16);
        values.CopyTo(buffer.Span);
        return buffer;
    }
}
