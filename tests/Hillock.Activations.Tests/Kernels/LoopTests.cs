using Hillock.Activations.Catalogue;
using Hillock.Activations.Kernels;

namespace Hillock.Activations.Tests.Kernels;

/// <summary>The loops: every length, register width and position gives the bits of the scalar loop.</summary>
public class LoopTests
{
    public static TheoryData<string> Names => Functions.ElementwiseNames;

    private static readonly float[] Special =
    [
        0, -0f, 1, -1, float.Epsilon, -float.Epsilon, 1.17549435e-38f, -1e-40f, 0.5f, -0.70710677f, 2.5f, -3, 3, 6, 88.72284f, -88.72284f, -103.97f, 1e4f, -1e4f,
        1e-10f, -1e-10f, 17, -17, float.MaxValue, float.MinValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN,
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Bits_do_not_depend_on_length_or_register_width(string name)
    {
        IKernel kernel = Kernel(name);
        foreach (Pass pass in Passes(kernel))
        {
            for (int length = 0; length <= 67; length++)
            {
                float[] x = [.. Enumerable.Range(0, length).Select(i => Special[(i * 7) % Special.Length] * (1 + (0.01f * i)))];
                float[] gradient = [.. Enumerable.Range(0, length).Select(i => 1 - (0.03f * i))];
                float[] expected = kernel.Run(pass, x, gradient, RegisterWidth.Scalar);
                foreach (RegisterWidth width in new[] { RegisterWidth.Bits128, RegisterWidth.Bits256, RegisterWidth.Bits512 })
                {
                    Bits(kernel.Run(pass, x, gradient, width)).ShouldBe(Bits(expected), $"{name} {pass} length {length} width {width}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Doubles_have_the_same_bits_at_every_width(string name)
    {
        IKernel kernel = Kernel(name);
        foreach (Pass pass in Passes(kernel))
        {
            for (int length = 0; length <= 21; length++)
            {
                double[] x = [.. Enumerable.Range(0, length).Select(i => Special[(i * 7) % Special.Length] * (1 + (0.01 * i)))];
                double[] gradient = [.. Enumerable.Range(0, length).Select(i => 1 - (0.03 * i))];
                double[] expected = kernel.Run(pass, x, gradient, RegisterWidth.Scalar);
                foreach (RegisterWidth width in new[] { RegisterWidth.Bits128, RegisterWidth.Bits256, RegisterWidth.Bits512 })
                {
                    Bits(kernel.Run(pass, x, gradient, width)).ShouldBe(Bits(expected), $"{name} {pass} length {length} width {width}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void In_place_gives_the_bits_of_out_of_place(string name)
    {
        ActivationDefinition definition = Functions.Named(name);
        float[] parameters = Functions.Defaults<float>(definition);
        float[] gradient = [.. Special.Select((_, i) => 0.5f + i)];
        float[] apart = new float[Special.Length];
        float[] inPlace = [.. Special];
        definition.Forward(Special, apart, Special.Length, ActivationArguments.Constants<float>(parameters));
        definition.Forward(inPlace, inPlace, Special.Length, ActivationArguments.Constants<float>(parameters));
        Bits(inPlace).ShouldBe(Bits(apart));

        definition.Backward(Special, gradient, apart, Special.Length, ActivationArguments.Constants<float>(parameters));
        float[] overGradient = [.. gradient];
        definition.Backward(Special, overGradient, overGradient, Special.Length, ActivationArguments.Constants<float>(parameters));
        Bits(overGradient).ShouldBe(Bits(apart));
        float[] overInput = [.. Special];
        definition.Backward(overInput, gradient, overInput, Special.Length, ActivationArguments.Constants<float>(parameters));
        Bits(overInput).ShouldBe(Bits(apart));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nan_in_gives_nan_out_of_value_and_gradient(string name)
    {
        ActivationDefinition definition = Functions.Named(name);
        float[] parameters = Functions.Defaults<float>(definition);
        float[] result = new float[1];
        definition.Forward([float.NaN], result, 1, ActivationArguments.Constants<float>(parameters));
        result[0].ShouldBe(float.NaN);
        definition.Backward([float.NaN], [1f], result, 1, ActivationArguments.Constants<float>(parameters));
        result[0].ShouldBe(float.NaN);
    }

    [Fact]
    public void A_value_for_each_element_equals_the_same_value_for_all()
    {
        ActivationDefinition leaky = Functions.Named("leaky_relu");
        float[] x = [.. Enumerable.Range(0, 45).Select(i => (i - 22) * 0.37f)];
        float[] alpha = [.. Enumerable.Range(0, 45).Select(i => 0.1f + (0.01f * i))];
        float[] result = new float[x.Length];
        leaky.Forward(x, result, x.Length, new ActivationArguments<float>(alpha));
        for (int i = 0; i < x.Length; i++)
        {
            float[] one = new float[1];
            leaky.Forward([x[i]], one, 1, new ActivationArguments<float>([alpha[i]]));
            result[i].ShouldBe(one[0]);
            one[0].ShouldBe(x[i] > 0 ? x[i] : alpha[i] * x[i]);
        }
    }

    [Theory]
    [InlineData("leaky_relu", 0.2)]
    [InlineData("elu", 1.3)]
    [InlineData("swish", 1.7)]
    [InlineData("softplus", 0.8)]
    [InlineData("celu", 1.7)]
    [InlineData("hard_sigmoid", 0.2)]
    [InlineData("hardtanh", -1.5)]
    [InlineData("softshrink", 0.7)]
    [InlineData("squareplus", 2.5)]
    [InlineData("scaled_tanh", 1.2)]
    [InlineData("star_relu", 0.9)]
    [InlineData("smelu", 1.3)]
    [InlineData("srs", 1.9)]
    [InlineData("pdelu", 1.4)]
    public void The_gradient_by_a_parameter_is_the_central_difference(string name, double value)
    {
        ActivationDefinition definition = Functions.Named(name);
        const double Step = 1e-5;
        double[] x = [-7, -2.3, -0.4, 0.3, 1.9, 6];
        double[] gradient = [1, -2, 0.5, 3, 1, -1];
        double[] analytic = new double[x.Length];
        double[] parameters = Functions.Defaults<double>(definition);
        parameters[0] = value;
        definition.ParameterGradient(x, gradient, analytic, x.Length, 0, ActivationArguments.Constants<double>(parameters));
        double[] above = new double[x.Length];
        double[] below = new double[x.Length];
        parameters[0] = value + Step;
        definition.Forward(x, above, x.Length, ActivationArguments.Constants<double>(parameters));
        parameters[0] = value - Step;
        definition.Forward(x, below, x.Length, ActivationArguments.Constants<double>(parameters));
        for (int i = 0; i < x.Length; i++)
        {
            analytic[i].ShouldBe(gradient[i] * (above[i] - below[i]) / (2 * Step), 1e-8);
        }
    }

    // alpha·x for negative x: the derivative by alpha is x itself, however far out.
    [Theory]
    [InlineData(-3)]
    [InlineData(-1e91)]
    [InlineData(-1e110)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.NaN)]
    public void The_gradient_by_a_slope_is_the_input(double x)
    {
        ActivationDefinition leaky = Functions.Named("leaky_relu");
        double[] wide = new double[1];
        leaky.ParameterGradient([x], [1.0], wide, 1, 0, new ActivationArguments<double>([0.1]));
        wide[0].ShouldBe(x);
        float[] single = new float[1];
        leaky.ParameterGradient([(float)x], [1f], single, 1, 0, new ActivationArguments<float>([0.1f]));
        single[0].ShouldBe((float)x);
    }

    [Fact]
    public void Bad_spans_are_refused_with_their_names()
    {
        ActivationDefinition tanh = Functions.Named("tanh");
        float[] memory = new float[10];
        Should.Throw<ArgumentException>(() => tanh.Forward(memory, memory.AsSpan(0, 9), 10, default)).Message.ShouldContain("9");
        Should.Throw<ArgumentException>(() => tanh.Forward(memory.AsSpan(0, 8), memory.AsSpan(1, 8), 8, default)).Message.ShouldContain("overlap");
        Should.Throw<ArgumentException>(() => tanh.Forward(memory, memory, 10, new ActivationArguments<float>([1f]))).Message.ShouldContain("parameter 1");
        ActivationDefinition leaky = Functions.Named("leaky_relu");
        Should.Throw<ArgumentException>(() => leaky.Forward(memory, memory, 10, default)).Message.ShouldContain("allowed: 1 or 10");
        Should.Throw<ArgumentOutOfRangeException>(() => leaky.ParameterGradient(memory, memory, memory, memory.Length, 1, new ActivationArguments<float>([1f])));
        Should.Throw<ArgumentException>(() => leaky.Forward(new float[8], memory.AsSpan(1, 8), 8, new ActivationArguments<float>(memory.AsSpan(0, 8)))).Message.ShouldContain("overlap");
        ActivationDefinition softmax = Functions.Named("softmax");
        Should.Throw<ArgumentException>(() => softmax.Forward(memory, memory, 3, default)).Message.ShouldContain("rows of 3");
    }

    // Sums of registers of any width are the sum of one element after the other, in sixteen lanes, and the gradient by the inputs is what it is alone.
    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_by_inputs_and_parameters_together_have_the_bits_of_each_alone(string name)
    {
        IKernel kernel = Kernel(name);
        foreach (int length in new[] { 0, 1, 2, 3, 5, 8, 15, 16, 17, 31, 32, 33, 47, 67 })
        {
            float[] x = [.. Enumerable.Range(0, length).Select(i => Special[(i * 7) % (Special.Length - 5)] * (1 + (0.01f * i)))];
            float[] gradient = [.. Enumerable.Range(0, length).Select(i => 1 - (0.03f * i))];
            float[] expected = kernel.Run(Pass.Backward, x, gradient, RegisterWidth.Scalar);
            float[] expectedSums = kernel.Together(x, gradient, [.. gradient], RegisterWidth.Scalar);
            for (int p = 0; p < kernel.ParameterCount; p++)
            {
                double sum = kernel.Run(Pass.ByFirst + p, x, gradient, RegisterWidth.Scalar).Sum(value => (double)value);
                double terms = kernel.Run(Pass.ByFirst + p, x, gradient, RegisterWidth.Scalar).Sum(value => Math.Abs((double)value));
                (Math.Abs(expectedSums[p] - sum) <= 1e-5 * terms || !double.IsFinite(sum)).ShouldBeTrue($"{name}: {expectedSums[p]} for {sum} at length {length}");
            }

            foreach (RegisterWidth width in Enum.GetValues<RegisterWidth>())
            {
                float[] inPlace = [.. gradient];
                Bits(kernel.Together(x, inPlace, inPlace, width)).ShouldBe(Bits(expectedSums), $"{name} length {length} width {width}");
                Bits(inPlace).ShouldBe(Bits(expected), $"{name} length {length} width {width}");
            }
        }
    }

    private static IEnumerable<Pass> Passes(IKernel kernel) =>
        Enumerable.Range(0, 2 + kernel.ParameterCount).Select(i => (Pass)i);

    private static int[] Bits(float[] values) => [.. values.Select(v => float.IsNaN(v) ? int.MinValue : BitConverter.SingleToInt32Bits(v))];

    private static long[] Bits(double[] values) => [.. values.Select(v => double.IsNaN(v) ? long.MinValue : BitConverter.DoubleToInt64Bits(v))];

    private static IKernel Kernel(string name)
    {
        Type formula = Functions.Named(name).GetType().GetGenericArguments()[0];
        return (IKernel)Activator.CreateInstance(typeof(KernelOf<>).MakeGenericType(formula))!;
    }

    private interface IKernel
    {
        int ParameterCount { get; }

        float[] Run(Pass pass, float[] x, float[] gradient, RegisterWidth width);

        double[] Run(Pass pass, double[] x, double[] gradient, RegisterWidth width);

        float[] Together(float[] x, float[] gradient, float[] result, RegisterWidth width);
    }

    private sealed class KernelOf<TFormula> : IKernel
        where TFormula : struct, IElementwiseFormula
    {
        private readonly ElementwiseActivation<TFormula> _activation = new();

        public int ParameterCount => _activation.Facts.Parameters.Count;

        public float[] Run(Pass pass, float[] x, float[] gradient, RegisterWidth width)
        {
            float[] result = new float[x.Length];
            _activation.Run(pass, x, gradient, result, ActivationArguments.Constants<float>(Functions.Defaults<float>(_activation)), width);
            return result;
        }

        public float[] Together(float[] x, float[] gradient, float[] result, RegisterWidth width)
        {
            float[] sums = new float[ParameterCount];
            _activation.Run<float>(
                x, gradient, result, ActivationArguments.Constants<float>(Functions.Defaults<float>(_activation)), ParameterGradients.Sums<float>(sums), width);
            return sums;
        }

        public double[] Run(Pass pass, double[] x, double[] gradient, RegisterWidth width)
        {
            double[] result = new double[x.Length];
            _activation.Run(pass, x, gradient, result, ActivationArguments.Constants<double>(Functions.Defaults<double>(_activation)), width);
            return result;
        }
    }
}
