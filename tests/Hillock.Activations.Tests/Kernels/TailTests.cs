using Hillock.Activations.Catalogue;
using Hillock.Activations.Formulas;
using Hillock.Activations.Kernels;

namespace Hillock.Activations.Tests.Kernels;

/// <summary>Zeros keep their signs, and tails do not end early, in registers of every width.</summary>
public class TailTests
{
    public static TheoryData<int> Widths => new(Enum.GetValues<RegisterWidth>().Select(w => (int)w));

    [Theory]
    [MemberData(nameof(Widths))]
    public void Tanh_of_zero_keeps_its_sign(int width)
    {
        // Among numbers near and far, in whole registers and in what is left of one.
        float[] x = [.. Enumerable.Range(0, 37).Select(i => (i % 4) switch { 0 => 0f, 1 => -0f, 2 => 0.5f, _ => -60 })];
        float[] y = Run<Tanh>(x, [], width);
        double[] wide = new double[x.Length];
        new ElementwiseActivation<Tanh>().Run(Pass.Forward, [.. x.Select(v => (double)v)], default, wide, default, (RegisterWidth)width);
        for (int i = 0; i < x.Length; i++)
        {
            if (x[i] == 0)
            {
                BitConverter.SingleToInt32Bits(y[i]).ShouldBe(BitConverter.SingleToInt32Bits(x[i]), $"element {i}");
                BitConverter.DoubleToInt64Bits(wide[i]).ShouldBe(BitConverter.DoubleToInt64Bits(x[i]), $"element {i}");
            }
        }
    }

    // Below -88 e^x is subnormal in float: both are x·e^x there to far more digits than a float has.
    [Theory]
    [MemberData(nameof(Widths))]
    public void Silu_and_mish_keep_their_tails(int width)
    {
        float[] x = [.. Enumerable.Range(0, 2003).Select(i => -80 - (i * 0.0151f))];
        float[] silu = Run<Swish>(x, [1], width);
        float[] mish = Run<Mish>(x, [], width);
        for (int i = 0; i < x.Length; i++)
        {
            double exact = x[i] * Math.Exp(x[i]);
            double unit = Math.Max(float.Epsilon, MathF.BitIncrement((float)Math.Abs(exact)) - (float)Math.Abs(exact));
            ((double)silu[i]).ShouldBe(exact, 2 * unit, $"silu at {x[i]}");
            ((double)mish[i]).ShouldBe(exact, 2 * unit, $"mish at {x[i]}");
        }

        silu.Count(y => y != 0 && float.IsSubnormal(y)).ShouldBeGreaterThan(500);
    }

    private static float[] Run<TFormula>(float[] x, float[] parameters, int width)
        where TFormula : struct, IElementwiseFormula
    {
        float[] y = new float[x.Length];
        new ElementwiseActivation<TFormula>().Run(Pass.Forward, x, default, y, ActivationArguments.Constants<float>(parameters), (RegisterWidth)width);
        return y;
    }
}
