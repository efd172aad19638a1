using FsCheck;
using FsCheck.Fluent;
using Hillock.Activations.Catalogue;

namespace Hillock.Activations.Tests.Rows;

/// <summary>Any axis of any shape gives what the last axis gives of the transposed array.</summary>
public class AxisTests
{
    [Fact]
    public void Every_axis_is_as_the_last()
    {
        ActivationDefinition[] functions = [.. Functions.OfRows];
        Gen<int[]> shapes = Gen.Choose(1, 7).ListOf().Where(s => s.Count is > 0 and < 5).Select(s => s.ToArray());
        Gen<(int[] Shape, int Axis, int Function, int Threads)> cases =
            from shape in shapes
            from axis in Gen.Choose(0, shape.Length - 1)
            from function in Gen.Choose(0, functions.Length - 1)
            from threads in Gen.Choose(1, 3)
            select (shape, axis, function, threads);
        Prop.ForAll(cases.ToArbitrary(), t => Check(functions[t.Function], t.Shape, t.Axis, t.Threads)).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
    }

    [Fact]
    public void Wide_arrays_are_gathered_in_several_tiles()
    {
        foreach (ActivationDefinition definition in Functions.OfRows)
        {
            Check(definition, [2, 6, 41], 1, 1);
            Check(definition, [6, 100], 0, 3);
        }
    }

    [Theory]
    [InlineData("softmax", new[] { 2, 3 }, -1, new[] { 2, 3 })]
    [InlineData("glu", new[] { 2, 6, 3 }, 1, new[] { 2, 3, 3 })]
    [InlineData("glu", new[] { 2, 6, 3 }, -2, new[] { 2, 3, 3 })]
    [InlineData("crelu", new[] { 5 }, 0, new[] { 10 })]
    [InlineData("logsumexp", new[] { 4, 0, 2 }, 0, new[] { 1, 0, 2 })]
    [InlineData("logsumexp", new int[0], 0, new[] { 1 })]
    [InlineData("maxout(pieces=3)", new[] { 9, 2 }, 0, new[] { 3, 2 })]
    public void The_shape_of_the_outputs(string name, int[] shape, int axis, int[] expected) =>
        Activation.Parse(name).OutputShape(shape, axis).ShouldBe(expected);

    [Theory]
    [InlineData("softmax", 2, "there is no axis 2 in (2, 3): allowed are -2 to 1")]
    [InlineData("glu", -3, "there is no axis -3 in (2, 3): allowed are -2 to 1")]
    [InlineData("glu", 1, "glu takes rows in two halves, and a row of 3 has none")]
    public void An_axis_that_does_not_fit_is_refused(string name, int axis, string message)
    {
        Should.Throw<ArgumentException>(() => Activation.Parse(name).OutputShape([2, 3], axis)).Message.ShouldContain(message);
        Should.Throw<ArgumentException>(() => Functions.Named(name).Forward(new float[6], new float[6], [2, 3], axis, default)).Message.ShouldContain(message);
    }

    // Along an axis that is not the last, the halves of a joined axis must not be taken for those of the axis itself.
    [Fact]
    public void Wrong_lengths_are_refused()
    {
        Should.Throw<ArgumentException>(() => Functions.Named("glu").Forward(new float[12], new float[6], [2, 3, 2], 1, default)).Message.ShouldContain("a row of 3 has none");
        Should.Throw<ArgumentException>(() => Functions.Named("softmax").Forward(new float[7], new float[7], [2, 3], 0, default)).Message.ShouldContain("7 elements do not fill 1 × 2 × 3");
        Should.Throw<ArgumentException>(() => Functions.Named("softmax").Forward(new float[6], new float[5], [2, 3], 0, default)).Message.ShouldContain("5 elements");
    }

    [Fact]
    public void Of_no_elements_there_are_no_rows_however_long_the_axes()
    {
        foreach (int axis in new[] { 0, 1, 2, 3 })
        {
            Should.NotThrow(() => Functions.Named("softmax").Forward([], Span<float>.Empty, [100000, 0, 100000, 100000], axis, default));
            Should.NotThrow(() => Functions.Named("softmax").Backward([], [], Span<double>.Empty, [100000, 0, 100000, 100000], axis, default));
            Activation.Parse("softmax").OutputShape([100000, 0, 100000, 100000], axis).ShouldBe([100000, 0, 100000, 100000]);
        }

        Activation.Parse("maxout").OutputShape([0, 100000, 100000, 4], 3).ShouldBe([0, 100000, 100000, 2]);
        Should.Throw<ArgumentException>(() => Functions.Named("softmax").Forward([], Span<float>.Empty, [100000, 100000, 100000], 0, default)).Message
            .ShouldContain("(100000, 100000, 100000) has more elements than an array may have");
        Should.Throw<ArgumentException>(() => Functions.Named("softmax").Forward([], Span<float>.Empty, [0, -1], 0, default)).ParamName.ShouldBe("shape");
    }

    private static void Check(ActivationDefinition definition, int[] shape, int axis, int threads)
    {
        Activation activation = new(definition);
        double[] parameters = Functions.Defaults<double>(definition);
        int[] outputShape;
        try
        {
            outputShape = activation.OutputShape(shape, axis);
        }
        catch (ArgumentException)
        {
            // Odd rows have no halves.
            shape[axis] *= 2;
            outputShape = activation.OutputShape(shape, axis);
        }

        double[] x = Values(shape.Aggregate(1, (a, b) => a * b), 1);
        double[] gradient = Values(outputShape.Aggregate(1, (a, b) => a * b), 2);
        double[] y = new double[gradient.Length];
        double[] dx = new double[x.Length];
        definition.Forward(x, y, shape, axis - (threads == 2 ? shape.Length : 0), ActivationArguments.Constants<double>(parameters), threads);
        definition.Backward(x, gradient, dx, shape, axis, ActivationArguments.Constants<double>(parameters), threads);

        double[] last = new double[y.Length];
        double[] lastGradient = new double[x.Length];
        double[] moved = AxisLast(x, shape, axis);
        definition.Forward(moved, last, shape[axis], ActivationArguments.Constants<double>(parameters));
        definition.Backward(moved, AxisLast(gradient, outputShape, axis), lastGradient, shape[axis], ActivationArguments.Constants<double>(parameters));
        AxisLast(y, outputShape, axis).ShouldBe(last);
        AxisLast(dx, shape, axis).ShouldBe(lastGradient);

        float[] single = [.. x.Select(v => (float)v)];
        float[] singles = new float[y.Length];
        definition.Forward(single, singles, shape, axis, ActivationArguments.Constants<float>(Functions.Defaults<float>(definition)), threads);
        for (int i = 0; i < y.Length; i++)
        {
            ((double)singles[i]).ShouldBe(y[i], 1e-5);
        }
    }

    private static double[] Values(int count, int seed)
    {
        System.Random random = new((seed * 1000) + count);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextDouble() * 6) - 3)];
    }

    /// <summary>The array with an axis moved to the end.</summary>
    private static double[] AxisLast(double[] values, int[] shape, int axis)
    {
        int inner = shape[(axis + 1)..].Aggregate(1, (a, b) => a * b);
        int length = shape[axis];
        double[] moved = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            (int outer, int rest) = Math.DivRem(i, length * inner);
            (int along, int column) = Math.DivRem(rest, inner);
            moved[(((outer * inner) + column) * length) + along] = values[i];
        }

        return moved;
    }
}
