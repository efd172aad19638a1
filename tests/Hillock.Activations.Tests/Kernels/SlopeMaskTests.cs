using System.Numerics;
using System.Runtime.InteropServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Formulas;
using Hillock.Activations.Kernels;

namespace Hillock.Activations.Tests.Kernels;

/// <summary>Backward passes from masks: which functions have them, that they lose nothing, and what callers may do.</summary>
public class SlopeMaskTests
{
    private static readonly float[] Special =
    [
        0, -0f, 1, -1, 0.5f, -0.5f, 6, -6, 3, -3, 20, -20, float.Epsilon, -float.Epsilon, float.MaxValue, float.MinValue,
        float.PositiveInfinity, float.NegativeInfinity, float.NaN, -float.NaN,
    ];

    public static TheoryData<string> Texts =>
    [
        "relu", "relu6", "leaky_relu", "leaky_relu(alpha=-0.5)", "leaky_relu(alpha=1)", "leaky_relu(alpha=0)", "hardtanh", "hardtanh(lower=-3, upper=0.5)",
        "hardtanh(lower=learn(init=1), upper=learn(init=-1))", "threshold(threshold=1, value=-20)", "thresholded_relu", "hardshrink", "hardshrink(lambda=0)", "softshrink", "softshrink(lambda=0)",
    ];

    public static TheoryData<int> Widths => new(Enum.GetValues<RegisterWidth>().Select(w => (int)w));

    [Fact]
    public void Functions_of_two_slopes_have_masks() =>
        ActivationCatalogue.All.Where(d => d.HasBackwardFromMask).Select(d => d.Facts.Name).Order().ShouldBe(
            ["hardshrink", "hardtanh", "leaky_relu", "relu", "relu6", "softshrink", "threshold", "thresholded_relu"]);

    [Theory]
    [MemberData(nameof(Texts))]
    public void Nothing_is_lost_at_bends_and_special_values_in_spans_of_any_length(string text)
    {
        Activation activation = Activation.Parse(text);
        float[] x = [.. Special, .. Special.Select(float.BitIncrement), .. Special.Select(float.BitDecrement), .. Enumerable.Range(0, 80).Select(i => (i - 40) * 0.13f)];
        for (int length = 0; length <= 130; length++)
        {
            float[] part = [.. Enumerable.Range(0, length).Select(i => x[(i * 7 + length) % x.Length])];
            IsTheSame(activation, part);
            IsTheSame(activation, [.. part.Select(v => (double)v)]);
        }
    }

    [Fact]
    public void Bits_tell_slopes_and_what_is_no_number()
    {
        float[] x = [1, -1, 0, float.NaN, 2, .. new float[12], 3, float.NaN];
        uint[] mask = new uint[ActivationDefinition.MaskLength(x.Length)];
        Functions.Named("relu").ForwardWithMask(x, new float[x.Length], mask, default);
        mask.Length.ShouldBe(2);
        mask[0].ShouldBe(0b1000u << 16 | 0b10001u);
        (mask[1] & 0x0007_0007u).ShouldBe(0b100u << 16 | 0b010u);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void The_bits_do_not_depend_on_the_width_of_registers(int width)
    {
        float[] x = [.. Enumerable.Range(0, 1003).Select(i => i % 11 == 0 ? float.NaN : (i * 37 % 200 - 100) * 0.03f)];
        Compare<Relu>(x, []);
        Compare<LeakyRelu>(x, [0.3f]);
        Compare<SoftShrink>(x, [0.3f]);

        void Compare<TFormula>(float[] x, float[] parameters)
            where TFormula : struct, IElementwiseFormula
        {
            ElementwiseActivation<TFormula> definition = new();
            ActivationArguments<float> arguments = ActivationArguments.Constants<float>(parameters);
            double[] doubles = [.. x.Select(v => (double)v)];
            (float[] Values, uint[] Mask) best = (new float[x.Length], new uint[63]);
            (float[] Values, uint[] Mask) other = (new float[x.Length], new uint[63]);
            definition.ForwardWithMask(x, best.Values, best.Mask, arguments);
            definition.RunWithMask(x, other.Values, other.Mask, arguments, (RegisterWidth)width);
            Bits(other.Values).ShouldBe(Bits(best.Values));
            other.Mask.ShouldBe(best.Mask);
            definition.RunWithMask(doubles, new double[x.Length], other.Mask, ActivationArguments.Constants<double>([.. parameters.Select(p => (double)p)]), (RegisterWidth)width);
            other.Mask.ShouldBe(best.Mask);
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        ActivationDefinition relu = Functions.Named("relu");
        float[] x = new float[40];
        uint[] mask = new uint[3];
        Complaint(() => relu.ForwardWithMask(x, new float[40], new uint[2], default), "mask", "the mask has 2 words; 40 elements need 3");
        Complaint(() => relu.ForwardWithMask(x, new float[39], mask, default), "output", "must have as many as the input, 40");
        Complaint(() => relu.ForwardWithMask(x.AsSpan(0, 33), x.AsSpan(1, 33), mask, default), "output", "overlaps the input by an offset of 1");
        Complaint(() => relu.BackwardFromMask(new uint[4], x, new float[40], default), "mask", "the mask has 4 words; 40 elements need 3");
        Complaint(() => relu.BackwardFromMask(mask, x, new float[41], default), "inputGradient", "must have as many as the gradients of the outputs, 40");
        Complaint(() => relu.BackwardFromMask(mask, x.AsSpan(0, 33), x.AsSpan(2, 33), default), "inputGradient", "overlaps the gradient by an offset of 2");
        Complaint(() => relu.ForwardWithMask(x.AsSpan(0, 16), new float[16], MemoryMarshal.Cast<float, uint>(x.AsSpan(3, 1)), default), "mask", "overlaps input");
        float[] alphas = new float[40];
        Complaint(
            () => Functions.Named("leaky_relu").ForwardWithMask(x, new float[40], mask, new ActivationArguments<float>(alphas)), "values", "has 40 values; allowed: 1");
        Should.Throw<NotSupportedException>(() => Functions.Named("tanh").ForwardWithMask(x, x, mask, default))
            .Message.ShouldBe("the derivative of tanh has more than two values: no mask can tell them");
        Should.Throw<NotSupportedException>(() => Functions.Named("softmax").BackwardFromMask(mask, x, x, default)).Message.ShouldContain("softmax");
        Should.Throw<ArgumentOutOfRangeException>(() => ActivationDefinition.MaskLength(-1));
        ActivationDefinition.MaskLength(int.MaxValue).ShouldBe(1 << 27);
    }

    private static void IsTheSame(Activation activation, float[] x)
    {
        ActivationArguments<float> arguments = ActivationArguments.Constants<float>([.. activation.Modes.Select(mode => (float)mode.EvaluationValue)]);
        ActivationDefinition definition = activation.Definition;
        float[] gradient = [.. x.Select((_, i) => i % 5 == 0 ? -0f : 1.5f - i)];
        float[] value = new float[x.Length];
        float[] slope = new float[x.Length];
        definition.Forward(x, value, x.Length, arguments);
        definition.Backward(x, gradient, slope, x.Length, arguments);
        float[] actual = [.. x];
        uint[] mask = new uint[ActivationDefinition.MaskLength(x.Length)];
        definition.ForwardWithMask(actual, actual, mask, arguments);
        Bits(actual).ShouldBe(Bits(value));
        definition.BackwardFromMask(mask, gradient, gradient, arguments);
        Bits(gradient).ShouldBe(Bits(slope));
    }

    private static void IsTheSame(Activation activation, double[] x)
    {
        ActivationArguments<double> arguments = ActivationArguments.Constants<double>([.. activation.Modes.Select(mode => mode.EvaluationValue)]);
        ActivationDefinition definition = activation.Definition;
        double[] gradient = [.. x.Select((_, i) => i % 5 == 0 ? -0d : 1.5 - i)];
        double[] value = new double[x.Length];
        double[] slope = new double[x.Length];
        definition.Forward(x, value, x.Length, arguments);
        definition.Backward(x, gradient, slope, x.Length, arguments);
        double[] actual = [.. x];
        uint[] mask = new uint[ActivationDefinition.MaskLength(x.Length)];
        definition.ForwardWithMask(actual, actual, mask, arguments);
        Bits(actual).ShouldBe(Bits(value));
        definition.BackwardFromMask(mask, gradient, gradient, arguments);
        Bits(gradient).ShouldBe(Bits(slope));
    }

    /// <summary>The bits, zeros with their signs; which NaN it is says nothing.</summary>
    private static ulong[] Bits<T>(T[] values)
        where T : IFloatingPointIeee754<T> => [.. values.Select(v => BitConverter.DoubleToUInt64Bits(T.IsNaN(v) ? double.NaN : double.CreateChecked(v)))];

    private static void Complaint(Action call, string name, string part)
    {
        ArgumentException complaint = Should.Throw<ArgumentException>(call);
        complaint.ParamName.ShouldBe(name);
        complaint.Message.ShouldContain(part);
    }
}
