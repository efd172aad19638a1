using Hillock.Activations.Catalogue;

namespace Hillock.Activations.Tests.Rows;

/// <summary>Published values, limits and refusals of the functions of rows.</summary>
public class RowFunctionTests
{
    private const float Infinity = float.PositiveInfinity;

    public static TheoryData<string> Names => Functions.RowNames;

    public static TheoryData<string> NamesWithGradientFromOutput => new(Functions.OfRows.Where(d => d.HasBackwardFromOutput).Select(d => d.Facts.Name));

    // Martins & Astudillo 2016: two scores share while they are less than 1 apart; (t + 1)/2. The others by hand.
    [Theory]
    [InlineData("sparsemax", new float[] { 0.5f, 0 }, new float[] { 0.75f, 0.25f })]
    [InlineData("sparsemax", new float[] { 1, 0 }, new float[] { 1, 0 })]
    [InlineData("sparsemax", new float[] { 3, 1, 0.5f }, new float[] { 1, 0, 0 })]
    [InlineData("sparsemax", new float[] { 1, 1, 1, -5 }, new float[] { 1 / 3f, 1 / 3f, 1 / 3f, 0 })]
    [InlineData("sparsemax", new float[] { 0.25f, -Infinity, 0 }, new float[] { 0.625f, 0, 0.375f })]
    [InlineData("sparsemax", new float[] { 7 }, new float[] { 1 })]
    [InlineData("hardmax", new float[] { 1, 3, 2, 3 }, new float[] { 0, 1, 0, 0 })]
    [InlineData("hardmax", new float[] { -Infinity, -Infinity }, new float[] { 1, 0 })]
    [InlineData("hardmax", new float[] { 0, Infinity, Infinity }, new float[] { 0, 1, 0 })]
    [InlineData("softmin", new float[] { 1000, 1001, 1002 }, new float[] { 0.6652409557748218f, 0.24472847105479764f, 0.09003057317038046f })]
    [InlineData("softmin", new float[] { Infinity, 0 }, new float[] { 0, 1 })]
    [InlineData("log_softmax", new float[] { 1000, 1001, 1002 }, new float[] { -2.4076059644443806f, -1.4076059644443804f, -0.4076059644443803f })]
    [InlineData("log_softmax", new float[] { 5 }, new float[] { 0 })]
    [InlineData("log_softmax", new float[] { 0, -Infinity }, new float[] { 0, -Infinity })]
    [InlineData("logsumexp", new float[] { 1000, 1001, 1002 }, new float[] { 1002.4076059644444f })]
    [InlineData("logsumexp", new float[] { -Infinity, -Infinity }, new float[] { -Infinity })]
    [InlineData("logsumexp", new float[] { 1, Infinity }, new float[] { Infinity })]
    [InlineData("logsumexp", new float[] { -7 }, new float[] { -7 })]
    [InlineData("logmeanexp", new float[] { 1000, 1001, 1002 }, new float[] { 1001.3089936757763f })]
    [InlineData("logmeanexp", new float[] { 0.25f, 0.25f, 0.25f }, new float[] { 0.25f })]
    [InlineData("logmeanexp", new float[] { -Infinity, -Infinity }, new float[] { -Infinity })]
    [InlineData("logmeanexp", new float[] { 1, Infinity }, new float[] { Infinity })]
    [InlineData("glu", new float[] { 4, 3, 0, Infinity }, new float[] { 2, 3 })]
    [InlineData("glu", new float[] { 4, 3, -Infinity, 0 }, new float[] { 0, 1.5f })]
    [InlineData("reglu", new float[] { 4, 3, -1, 2 }, new float[] { 0, 6 })]
    [InlineData("swiglu", new float[] { 1e-30f, 2, Infinity, -Infinity }, new float[] { Infinity, 0 })]
    [InlineData("geglu", new float[] { -1e-30f, 2, Infinity, -Infinity }, new float[] { -Infinity, 0 })]
    [InlineData("bilinear", new float[] { 4, 3, -1, 2 }, new float[] { -4, 6 })]
    [InlineData("crelu", new float[] { 1, -2, 0, -Infinity }, new float[] { 1, 0, 0, 0, 0, 2, 0, Infinity })]
    [InlineData("maxout", new float[] { 1, -2, -3, -0.5f }, new float[] { 1, -0.5f })]
    [InlineData("maxout(pieces=3)", new float[] { 1, 7, 2, -Infinity, -4, -9 }, new float[] { 7, -4 })]
    public void Values_are_the_published_ones(string name, float[] x, float[] expected)
    {
        Activation activation = Activation.Parse(name);
        activation.OutputLength(x.Length).ShouldBe(expected.Length);
        float[] y = new float[expected.Length];
        activation.Evaluate(x, y);
        y.ShouldBe(expected);
        double[] wide = new double[expected.Length];
        activation.Evaluate([.. x.Select(v => (double)v)], wide);
        wide.Select(v => (float)v).ShouldBe(expected);
    }

    // As PyTorch, Keras and JAX: there is no probability beside infinities of one sign.
    [Theory]
    [InlineData("softmax", new float[] { 0, Infinity })]
    [InlineData("softmax", new float[] { -Infinity, -Infinity })]
    [InlineData("softmin", new float[] { 0, -Infinity })]
    [InlineData("log_softmax", new float[] { 0, Infinity })]
    [InlineData("log_softmax", new float[] { -Infinity })]
    [InlineData("sparsemax", new float[] { 0, Infinity })]
    [InlineData("sparsemax", new float[] { -Infinity, -Infinity })]
    public void Rows_without_a_finite_maximum_are_not_numbers(string name, float[] x)
    {
        Activation activation = Activation.Parse(name);
        float[] y = new float[x.Length];
        activation.Evaluate(x, y);
        y.ShouldAllBe(v => float.IsNaN(v));
        activation.Slope(x, y);
        y.ShouldAllBe(v => float.IsNaN(v));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nan_anywhere_is_nan_in_value_and_gradient(string name)
    {
        Activation activation = Activation.Parse(name);
        foreach (int length in new[] { 2, 16, 34, 70 })
        {
            for (int at = 0; at < length; at++)
            {
                float[] x = [.. Enumerable.Range(0, length).Select(i => i == at ? float.NaN : 0.1f * (i + 1))];
                float[] y = new float[activation.OutputLength(length)];
                float[] slope = new float[length];
                activation.Evaluate(x, y);
                y.ShouldContain(v => float.IsNaN(v));
                activation.Slope(x, slope);
                slope.ShouldContain(v => float.IsNaN(v));
                double[] wide = [.. x];
                activation.Slope(wide, wide);
                wide.Select(double.IsNaN).ShouldBe(slope.Select(float.IsNaN));
                if (at >= length / 2 || activation.Definition.KeepsLength)
                {
                    // The slope by the half that is let through is the gate, which is a number where that half is none.
                    slope[at].ShouldBe(float.NaN);
                }
            }
        }
    }

    // A dominant score leaves the others' digits: -log1p(2e^-50) beside which 1 - p would be 0.
    [Fact]
    public void The_dominant_logarithm_keeps_its_digits()
    {
        float[] y = new float[3];
        Activation.Parse("log_softmax").Evaluate([50f, 0, 0], y);
        y.ShouldBe([-3.8574996959278356e-22f, -50f, -50f]);
        double[] sum = new double[1];
        Activation.Parse("logsumexp").Evaluate([0.0, -50, -50], sum);
        sum[0].ShouldBe(3.8574996959278356e-22);
    }

    [Fact]
    public void Long_rows_of_floats_and_doubles_stay_accurate()
    {
        // n equal scores have the shares 1/n; a compensated sum of n doubles is exact.
        foreach (int length in new[] { 1000, 100_003 })
        {
            double[] x = [.. Enumerable.Repeat(0.1, length)];
            double[] y = new double[length];
            Activation.Parse("softmax").Evaluate(x, y);
            y.ShouldAllBe(v => v == 1.0 / length);
            float[] single = new float[length];
            Activation.Parse("softmax").Evaluate([.. x.Select(v => (float)v)], single);
            single.ShouldAllBe(v => v == (float)(1.0 / length));
            Activation.Parse("sparsemax").Evaluate(x, y);
            y.ShouldAllBe(v => v == 1.0 / length);
        }
    }

    [Theory]
    [MemberData(nameof(NamesWithGradientFromOutput))]
    public void The_gradient_from_the_outputs_is_that_from_the_inputs(string name)
    {
        ActivationDefinition definition = Functions.Named(name);
        System.Random random = new(11);
        foreach (int length in new[] { 1, 5, 16, 39, 300 })
        {
            double[] x = [.. Enumerable.Range(0, 2 * length).Select(_ => (random.NextDouble() * 4) - 2)];
            double[] gradient = [.. x.Select(_ => random.NextDouble() - 0.5)];
            double[] y = new double[x.Length];
            double[] expected = new double[x.Length];
            definition.Forward(x, y, length, default);
            definition.Backward(x, gradient, expected, length, default);
            definition.BackwardFromOutput(y, gradient, y, length, default);
            for (int i = 0; i < y.Length; i++)
            {
                y[i].ShouldBe(expected[i], 1e-15);
            }
        }
    }

    [Fact]
    public void Where_the_outputs_do_not_suffice_that_is_said()
    {
        Should.Throw<NotSupportedException>(() => Functions.Named("logsumexp").BackwardFromOutput([1f], [1f], new float[1], 1, default))
            .Message.ShouldBe("the derivative of logsumexp cannot be computed from its outputs");
        Should.Throw<NotSupportedException>(() => Functions.Named("gelu").BackwardFromOutput([1f], [1f], new float[1], 1, default)).Message.ShouldContain("gelu");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_are_central_differences(string name)
    {
        ActivationDefinition definition = Functions.Named(name);
        double[] parameters = Functions.Defaults<double>(definition);
        const int length = 12;
        const double step = 1e-5;
        System.Random random = new(5);
        double[] x = [.. Enumerable.Range(0, length).Select(_ => (random.NextDouble() * 3) - 1.5)];
        int outputs = definition.OutputLength(length, ActivationArguments.Constants<double>(parameters));
        double[] gradient = [.. Enumerable.Range(0, outputs).Select(_ => random.NextDouble() - 0.5)];
        double[] analytic = new double[length];
        definition.Backward(x, gradient, analytic, length, ActivationArguments.Constants<double>(parameters));
        for (int j = 0; j < length; j++)
        {
            double Cost(double by)
            {
                double[] moved = [.. x];
                moved[j] += by;
                double[] y = new double[outputs];
                definition.Forward(moved, y, length, ActivationArguments.Constants<double>(parameters));
                return y.Zip(gradient, (a, b) => a * b).Sum();
            }

            analytic[j].ShouldBe((Cost(step) - Cost(-step)) / (2 * step), 1e-8);
        }
    }

    [Fact]
    public void The_gradient_by_beta_of_swiglu_is_the_central_difference_also_for_one_of_each_output()
    {
        ActivationDefinition swiglu = Functions.Named("swiglu");
        const double step = 1e-5;
        double[] x = [0.4, -1.3, 2.1, 0.7, -0.9, 1.6, -2.2, 3.1, 0.2, -0.6];
        double[] gradient = [1, -2, 0.5, 3, -0.25];
        double[] beta = [1, 1.5, -0.5, 2, 0.1];
        double[] analytic = new double[5];
        swiglu.ParameterGradient(x, gradient, analytic, 10, 0, new ActivationArguments<double>(beta));
        double[] above = new double[5];
        double[] below = new double[5];
        swiglu.Forward(x, above, 10, new ActivationArguments<double>([.. beta.Select(b => b + step)]));
        swiglu.Forward(x, below, 10, new ActivationArguments<double>([.. beta.Select(b => b - step)]));
        for (int i = 0; i < 5; i++)
        {
            analytic[i].ShouldBe(gradient[i] * (above[i] - below[i]) / (2 * step), 1e-8);
        }

        // One beta for all is the same beta for each.
        float[] same = new float[5];
        float[] each = new float[5];
        float[] single = [.. x.Select(v => (float)v)];
        swiglu.Forward(single, same, 10, new ActivationArguments<float>([1.5f]));
        swiglu.Forward(single, each, 10, new ActivationArguments<float>([1.5f, 1.5f, 1.5f, 1.5f, 1.5f]));
        same.ShouldBe(each);
    }

    [Theory]
    [InlineData("glu", 3, "glu takes rows in two halves, and a row of 3 has none")]
    [InlineData("swiglu", 1, "swiglu takes rows in two halves, and a row of 1 has none")]
    [InlineData("maxout(pieces=3)", 7, "maxout takes groups of 3 inputs, and a row of 7 is no whole number of them")]
    [InlineData("logsumexp", 0, "logsumexp is of rows of at least 1 element")]
    public void Rows_that_do_not_fit_are_refused(string name, int length, string message) =>
        Should.Throw<ArgumentException>(() => Activation.Parse(name).OutputLength(length)).Message.ShouldContain(message);

    [Theory]
    [InlineData("maxout(pieces=learn)", "'learn' is no value of maxout's pieces; allowed is a whole number")]
    [InlineData("maxout(pieces=2.5)", "maxout's pieces must be a whole number, not 2.5")]
    [InlineData("maxout(pieces=1)", "from 2 to 65536, not 1")]
    public void Pieces_are_a_number_of_pieces(string text, string message) =>
        Should.Throw<FormatException>(() => Activation.Parse(text)).Message.ShouldContain(message);

    [Fact]
    public void Pieces_are_never_learned() => Should.Throw<ArgumentOutOfRangeException>(
        () => new Activation(Functions.Named("maxout"), [new ParameterMode.Learned(ParameterScope.Layer, 2)])).Message.ShouldContain("neither learned nor random");

    [Theory]
    [InlineData("glu", "a_i * sigmoid(b_i) with (a, b) the halves of x", "dy_i/da_i = sigmoid(b_i), dy_i/db_i = a_i * sigmoid(b_i) * sigmoid(-b_i)")]
    [InlineData("bilinear", "a_i * b_i with (a, b) the halves of x", "dy_i/da_i = b_i, dy_i/db_i = a_i")]
    [InlineData("swiglu", "a_i * b_i * sigmoid(beta * b_i) with (a, b) the halves of x", null)]
    public void Gated_units_write_themselves(string name, string formula, string? derivative)
    {
        ActivationDefinition definition = Functions.Named(name);
        definition.Formula.ShouldBe(formula);
        definition.Derivative.ShouldBe(derivative ?? definition.Derivative);
    }
}
