using Hillock.Activations.Catalogue;

namespace Hillock.Activations.Tests.Kernels;

public class SlopeFollowsOutputTests
{
    public static TheoryData<string> Names =>
        new(ActivationCatalogue.All.Where(d => d.IsElementwise && d.HasBackwardFromOutput).Select(d => d.Facts.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_gradient_from_the_outputs_has_the_bits_of_the_gradient_from_the_inputs(string name)
    {
        ActivationDefinition definition = ActivationCatalogue.All.First(d => d.Facts.Name == name);
        float[] values = [.. definition.Facts.Parameters.Select(p => (float)p.Default)];
        ActivationArguments<float> arguments = ActivationArguments.Constants<float>(values);

        // Every exponent on both sides, what is special, and both sides of the bends of the catalogue.
        float[] special = [0, -0f, float.Epsilon, -float.Epsilon, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1, -1, 6, -6];
        float[] x =
        [
            .. special, .. special.Select(float.BitIncrement), .. special.Select(float.BitDecrement),
            .. Enumerable.Range(0, 1 << 16).Select(i => BitConverter.Int32BitsToSingle(i << 16)),
        ];
        float[] gradient = [.. x.Select((_, i) => 1 + i % 3)];
        float[] output = new float[x.Length];
        float[] expected = new float[x.Length];
        float[] actual = new float[x.Length];
        definition.Forward(x, output, x.Length, arguments);
        definition.Backward(x, gradient, expected, x.Length, arguments);
        definition.BackwardFromOutput(output, gradient, actual, x.Length, arguments);
        actual.Select(BitConverter.SingleToInt32Bits).ShouldBe(expected.Select(BitConverter.SingleToInt32Bits));
    }
}
