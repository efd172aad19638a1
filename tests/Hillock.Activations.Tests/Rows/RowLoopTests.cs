using System.Runtime.InteropServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Kernels;
using Hillock.Activations.Rows;

namespace Hillock.Activations.Tests.Rows;

/// <summary>Every width of register and every place in memory gives the same bits, in place or not.</summary>
public class RowLoopTests
{
    private static readonly RegisterWidth[] Widths = [RegisterWidth.Bits128, RegisterWidth.Bits256, RegisterWidth.Bits512];

    public static TheoryData<string> Names => Functions.RowNames;

    [Theory]
    [MemberData(nameof(Names))]
    public void Bits_do_not_depend_on_the_width(string name)
    {
        IRunner runner = Runner(name);
        for (int length = 2; length <= 130; length += 2)
        {
            float[] x = Inputs(3 * length, length);
            double[] wide = [.. x.Select((v, i) => v * (1 + (i * 1e-9)))];
            float[] floats = runner.Run(x, length, RegisterWidth.Scalar);
            double[] doubles = runner.Run(wide, length, RegisterWidth.Scalar);
            foreach (RegisterWidth width in Widths)
            {
                Bits(runner.Run(x, length, width)).SequenceEqual(Bits(floats)).ShouldBeTrue($"{name}, floats, rows of {length}, {width}");
                Bits(runner.Run(wide, length, width)).SequenceEqual(Bits(doubles)).ShouldBeTrue($"{name}, doubles, rows of {length}, {width}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Rows_do_not_see_each_other_nor_where_they_lie(string name)
    {
        ActivationDefinition definition = Functions.Named(name);
        ActivationArguments<float> arguments = ActivationArguments.Constants<float>(Functions.Defaults<float>(definition));
        const int length = 38;
        int outputs = definition.OutputLength(length, arguments);
        float[] x = Inputs(7 * length, 1);
        float[] gradient = Inputs(7 * outputs, 2);
        float[] all = new float[7 * outputs];
        float[] allGradients = new float[x.Length];
        definition.Forward(x, all, length, arguments);
        definition.Backward(x, gradient, allGradients, length, arguments);
        for (int row = 0; row < 7; row++)
        {
            // Rows of its own memory, each a little further on.
            float[] input = [.. new float[row], .. x[(row * length)..((row + 1) * length)]];
            float[] one = new float[outputs + row];
            definition.Forward(input.AsSpan(row), one.AsSpan(row), length, arguments);
            Bits(one[row..]).SequenceEqual(Bits(all[(row * outputs)..((row + 1) * outputs)])).ShouldBeTrue();
            float[] result = new float[length + row];
            definition.Backward(input.AsSpan(row), gradient.AsSpan(row * outputs, outputs), result.AsSpan(row), length, arguments);
            Bits(result[row..]).SequenceEqual(Bits(allGradients[(row * length)..((row + 1) * length)])).ShouldBeTrue();
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void In_place_gives_the_same_bits_where_it_is_allowed_and_is_refused_elsewhere(string name)
    {
        ActivationDefinition definition = Functions.Named(name);
        ActivationArguments<float> arguments = ActivationArguments.Constants<float>(Functions.Defaults<float>(definition));
        const int length = 22;
        int outputs = definition.OutputLength(length, arguments);
        float[] x = Inputs(2 * length, 3);
        float[] gradient = Inputs(2 * outputs, 4);
        float[] output = new float[2 * outputs];
        float[] expected = new float[x.Length];
        definition.Forward(x, output, length, arguments);
        definition.Backward(x, gradient, expected, length, arguments);
        float[] overInput = [.. x];
        definition.Backward(overInput, gradient, overInput, length, arguments);
        Bits(overInput).SequenceEqual(Bits(expected)).ShouldBeTrue();
        float[] inPlace = [.. x, .. x, .. x];
        if (definition.KeepsLength)
        {
            definition.Forward(inPlace.AsSpan(0, x.Length), inPlace.AsSpan(0, x.Length), length, arguments);
            Bits(inPlace[..x.Length]).SequenceEqual(Bits(output)).ShouldBeTrue();
            float[] overGradient = [.. gradient];
            definition.Backward(x, overGradient, overGradient, length, arguments);
            Bits(overGradient).SequenceEqual(Bits(expected)).ShouldBeTrue();
        }
        else
        {
            float[] parameters = Functions.Defaults<float>(definition);
            Should.Throw<ArgumentException>(() => definition.Forward(
                inPlace.AsSpan(0, x.Length), inPlace.AsSpan(0, output.Length), length, ActivationArguments.Constants<float>(parameters))).Message.ShouldContain("must lie apart");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_rows_are_no_work_and_wrong_lengths_are_named(string name)
    {
        ActivationDefinition definition = Functions.Named(name);
        float[] parameters = Functions.Defaults<float>(definition);
        definition.Forward([], [], 4, ActivationArguments.Constants<float>(parameters));
        definition.Backward([], [], [], 4, ActivationArguments.Constants<float>(parameters));
        float[] memory = new float[12];
        Should.Throw<ArgumentException>(() => definition.Forward(new float[12], memory, 8, ActivationArguments.Constants<float>(parameters)))
            .Message.ShouldContain("12 elements are no whole number of rows of 8");
        Should.Throw<ArgumentException>(() => definition.Forward(new float[8], new float[3], 8, ActivationArguments.Constants<float>(parameters)))
            .Message.ShouldContain("has 3 elements; it must have as many as the outputs");
        Should.Throw<ArgumentException>(() => definition.Forward(new float[8], memory, -1, ActivationArguments.Constants<float>(parameters)));
        Should.Throw<ArgumentException>(() => definition.Forward(new float[8], memory, 8, new ActivationArguments<float>([1f], [1f]))).Message.ShouldContain("parameter");
    }

    private static float[] Inputs(int count, int seed)
    {
        System.Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * 12) - 6))];
    }

    private static ReadOnlySpan<int> Bits(float[] values) => MemoryMarshal.Cast<float, int>(values);

    private static ReadOnlySpan<long> Bits(double[] values) => MemoryMarshal.Cast<double, long>(values);

    private static IRunner Runner(string name)
    {
        Type definition = Functions.Named(name).GetType();
        Type[] formulas = definition.GetGenericArguments();
        Type runner = formulas.Length == 1 ? typeof(RowRunner<>) : typeof(GatedRunner<,>);
        return (IRunner)Activator.CreateInstance(runner.MakeGenericType(formulas))!;
    }

    /// <summary>Everything that a function computes of rows, one result after the other.</summary>
    private interface IRunner
    {
        float[] Run(float[] x, int length, RegisterWidth width);

        double[] Run(double[] x, int length, RegisterWidth width);
    }

    private sealed class RowRunner<TFormula> : IRunner
        where TFormula : struct, IRowFormula
    {
        private readonly RowActivation<TFormula> _activation = new();

        public float[] Run(float[] x, int length, RegisterWidth width)
        {
            ActivationArguments<float> arguments = ActivationArguments.Constants<float>(Functions.Defaults<float>(_activation));
            float[] y = new float[x.Length / length * _activation.OutputLength(length, arguments)];
            float[] gradient = Inputs(y.Length, 5);
            float[] dx = new float[x.Length];
            _activation.Run(RowPass.Forward, x, default, y, length, arguments, width);
            _activation.Run(RowPass.Backward, x, gradient, dx, length, arguments, width);
            if (!_activation.HasBackwardFromOutput)
            {
                return [.. y, .. dx];
            }

            float[] fromOutput = new float[x.Length];
            _activation.Run(RowPass.BackwardFromOutput, y, gradient, fromOutput, length, arguments, width);
            return [.. y, .. dx, .. fromOutput];
        }

        public double[] Run(double[] x, int length, RegisterWidth width)
        {
            ActivationArguments<double> arguments = ActivationArguments.Constants<double>(Functions.Defaults<double>(_activation));
            double[] y = new double[x.Length / length * _activation.OutputLength(length, arguments)];
            double[] gradient = [.. Inputs(y.Length, 5).Select(g => (double)g)];
            double[] dx = new double[x.Length];
            _activation.Run(RowPass.Forward, x, default, y, length, arguments, width);
            _activation.Run(RowPass.Backward, x, gradient, dx, length, arguments, width);
            if (!_activation.HasBackwardFromOutput)
            {
                return [.. y, .. dx];
            }

            double[] fromOutput = new double[x.Length];
            _activation.Run(RowPass.BackwardFromOutput, y, gradient, fromOutput, length, arguments, width);
            return [.. y, .. dx, .. fromOutput];
        }
    }

    private sealed class GatedRunner<TFormula, TGate> : IRunner
        where TFormula : struct, IGatedFormula
        where TGate : struct, IElementwiseFormula
    {
        private readonly GatedActivation<TFormula, TGate> _activation = new();

        public float[] Run(float[] x, int length, RegisterWidth width)
        {
            ActivationArguments<float> arguments = ActivationArguments.Constants<float>(Functions.Defaults<float>(_activation));
            float[] y = new float[x.Length / 2];
            float[] gradient = Inputs(y.Length, 5);
            float[] dx = new float[x.Length];
            float[] byParameter = new float[y.Length];
            _activation.Run(GatedPass.Forward, x, default, y, length, arguments, 0, width);
            _activation.Run(GatedPass.Backward, x, gradient, dx, length, arguments, 0, width);
            _activation.Run(GatedPass.ByParameter, x, gradient, byParameter, length, arguments, 0, width);
            return [.. y, .. dx, .. byParameter];
        }

        public double[] Run(double[] x, int length, RegisterWidth width)
        {
            ActivationArguments<double> arguments = ActivationArguments.Constants<double>(Functions.Defaults<double>(_activation));
            double[] y = new double[x.Length / 2];
            double[] gradient = [.. Inputs(y.Length, 5).Select(g => (double)g)];
            double[] dx = new double[x.Length];
            double[] byParameter = new double[y.Length];
            _activation.Run(GatedPass.Forward, x, default, y, length, arguments, 0, width);
            _activation.Run(GatedPass.Backward, x, gradient, dx, length, arguments, 0, width);
            _activation.Run(GatedPass.ByParameter, x, gradient, byParameter, length, arguments, 0, width);
            return [.. y, .. dx, .. byParameter];
        }
    }
}
