using Hillock.Activations;
using Hillock.Activations.Random;
using Hillock.Networks.Execution;
using Hillock.Networks.Numerics;

namespace Hillock.Networks.Tests.Training;

public class OptimizerTests
{
    private const double LearningRate = 0.1;

    // torch 1.13 in double precision: SGD(momentum=0.9), Adam, AdamW and RMSprop(alpha=0.9) from w = 1 with lr = 0.1.
    [Theory]
    [InlineData(OptimizerKind.Sgd, false, 0, new[] { 0.95, 0.925, 0.8925, 0.79325, 0.743925 })]
    [InlineData(OptimizerKind.Sgd, false, 0.01, new[] { 0.949, 0.922151, 0.887064749, 0.784600058351, 0.731597236709 })]
    [InlineData(OptimizerKind.Sgd, true, 0, new[] { 0.905, 0.9025, 0.86325, 0.703925, 0.6995325 })]
    [InlineData(OptimizerKind.Sgd, true, 0.01, new[] { 0.9031, 0.89807411, 0.855657258191, 0.692664609471, 0.684425254398 })]
    [InlineData(OptimizerKind.Adam, false, 0, new[] { 0.900000002, 0.865439418117, 0.827500240836, 0.762574064319, 0.734945138295 })]
    [InlineData(OptimizerKind.Adam, false, 0.01, new[] { 0.900000001961, 0.86336413807, 0.823084721767, 0.756988196246, 0.727608551925 })]
    [InlineData(OptimizerKind.AdamW, false, 0.01, new[] { 0.899000002, 0.863540418115, 0.824737700416, 0.758986786199, 0.730598873388 })]
    [InlineData(OptimizerKind.RmsProp, false, 0, new[] { 0.683772253983, 0.806631269803, 0.743195125857, 0.481162488108, 0.62238230361 })]
    [InlineData(OptimizerKind.RmsProp, false, 0.01, new[] { 0.683772253591, 0.801023113569, 0.733507189845, 0.471828623763, 0.610388432525 })]
    public unsafe void The_first_steps_are_those_of_torch(OptimizerKind kind, bool nesterov, double decay, double[] expected)
    {
        ParameterLayout layout = NetworkDescription.Mlp(1, [], Activation.Parse("relu"), 1, Loss.MeanSquaredError).Layout;
        AlignedBuffer parameters = new(layout.Length);
        AlignedBuffer gradients = new(layout.Length);
        int weight = (int)layout.Tensors[0].Offset;
        int bias = (int)layout.Tensors[1].Offset;
        parameters.Span[weight] = 1;
        parameters.Span[bias] = 1;
        TrainingOptions options = new() { Optimizer = kind, Nesterov = nesterov, WeightDecay = decay };
        Optimizer optimizer = Optimizer.Create(layout, options);
        Optimizer withoutDecay = Optimizer.Create(layout, options with { WeightDecay = 0 });
        AlignedBuffer undecayed = new(layout.Length);
        undecayed.Span[bias] = 1;
        foreach ((float gradient, double value) in new[] { 0.5f, -0.2f, 0.1f, 0.7f, -0.4f }.Zip(expected))
        {
            gradients.Span[weight] = gradient;
            gradients.Span[bias] = gradient;
            optimizer.Step(parameters.Pointer, gradients.Pointer, LearningRate);
            ((double)parameters.Span[weight]).ShouldBe(value, 3e-7);

            // A bias moves as if there were no decay.
            withoutDecay.Step(undecayed.Pointer, gradients.Pointer, LearningRate);
            parameters.Span[bias].ShouldBe(undecayed.Span[bias]);
        }

        // Where all decay, it moves as the weight does.
        Optimizer all = Optimizer.Create(layout, options with { DecayAll = true });
        parameters.Span[weight] = parameters.Span[bias] = 1;
        all.Step(parameters.Pointer, gradients.Pointer, LearningRate);
        parameters.Span[bias].ShouldBe(parameters.Span[weight]);
    }

    /// <summary>Many steps of changing rates against the papers' formulas, one double at a time.</summary>
    [Theory]
    [InlineData(OptimizerKind.Sgd, false)]
    [InlineData(OptimizerKind.Sgd, true)]
    [InlineData(OptimizerKind.Adam, false)]
    [InlineData(OptimizerKind.AdamW, false)]
    [InlineData(OptimizerKind.RmsProp, false)]
    public unsafe void Every_element_follows_the_formulas(OptimizerKind kind, bool nesterov)
    {
        const int count = 35;
        ParameterLayout layout = NetworkDescription.Mlp(count, [], Activation.Parse("relu"), 1, Loss.MeanSquaredError).Layout;
        TrainingOptions options = new() { Optimizer = kind, Nesterov = nesterov, Momentum = 0.8, WeightDecay = 0.02 };
        Optimizer optimizer = Optimizer.Create(layout, options);
        AlignedBuffer parameters = new(layout.Length);
        AlignedBuffer gradients = new(layout.Length);
        RandomStream random = new(RandomKey.FromSeed(1));
        random.FillUniform(parameters.Span[..count], -1, 1);
        double[] w = [.. parameters.Span[..count].ToArray().Select(value => (double)value)];
        double[] m = new double[count];
        double[] v = new double[count];
        for (int t = 1; t <= 60; t++)
        {
            double rate = 0.02 / t;
            random.FillUniform(gradients.Span[..count], -2, 1);
            for (int i = 0; i < count; i++)
            {
                double g = gradients.Span[i] + (kind == OptimizerKind.AdamW ? 0 : 0.02 * w[i]);
                switch (kind)
                {
                    case OptimizerKind.Sgd:
                        m[i] = (0.8 * m[i]) + g;
                        w[i] -= rate * (nesterov ? g + (0.8 * m[i]) : m[i]);
                        break;
                    case OptimizerKind.RmsProp:
                        v[i] = (0.9 * v[i]) + (0.1 * g * g);
                        w[i] -= rate * g / (Math.Sqrt(v[i]) + 1e-8);
                        break;
                    default:
                        m[i] = (0.9 * m[i]) + (0.1 * g);
                        v[i] = (0.999 * v[i]) + (0.001 * g * g);
                        w[i] -= kind == OptimizerKind.AdamW ? rate * 0.02 * w[i] : 0;
                        w[i] -= rate * (m[i] / (1 - Math.Pow(0.9, t))) / (Math.Sqrt(v[i] / (1 - Math.Pow(0.999, t))) + 1e-8);
                        break;
                }
            }

            optimizer.Step(parameters.Pointer, gradients.Pointer, rate);
            for (int i = 0; i < count; i++)
            {
                ((double)parameters.Span[i]).ShouldBe(w[i], 2e-6, $"step {t}, element {i}");
            }
        }
    }

    [Fact]
    public unsafe void An_optimiser_goes_on_where_another_was()
    {
        ParameterLayout layout = NetworkDescription.Mlp(3, [], Activation.Parse("relu"), 1, Loss.MeanSquaredError).Layout;
        foreach (OptimizerKind kind in Enum.GetValues<OptimizerKind>())
        {
            Optimizer first = Optimizer.Create(layout, new TrainingOptions { Optimizer = kind });
            AlignedBuffer parameters = new(layout.Length);
            AlignedBuffer gradients = new(layout.Length);
            gradients.Span[..3].Fill(0.3f);
            for (int i = 0; i < 7; i++)
            {
                first.Step(parameters.Pointer, gradients.Pointer, LearningRate);
            }

            Optimizer second = Optimizer.Create(layout, new TrainingOptions { Optimizer = kind });
            foreach (((_, AlignedBuffer from), (_, AlignedBuffer to)) in first.Moments.Zip(second.Moments))
            {
                from.Span.CopyTo(to.Span);
            }

            second.Resume(7);
            AlignedBuffer other = new(layout.Length);
            parameters.Span.CopyTo(other.Span);
            first.Step(parameters.Pointer, gradients.Pointer, LearningRate);
            second.Step(other.Pointer, gradients.Pointer, LearningRate);
            other.Span.SequenceEqual(parameters.Span).ShouldBeTrue(kind.ToString());
        }
    }

    [Fact]
    public unsafe void Moments_of_a_gradient_that_stopped_do_not_become_subnormal()
    {
        ParameterLayout layout = NetworkDescription.Mlp(1, [], Activation.Parse("relu"), 1, Loss.MeanSquaredError).Layout;
        foreach (OptimizerKind kind in Enum.GetValues<OptimizerKind>())
        {
            Optimizer optimizer = Optimizer.Create(layout, new TrainingOptions { Optimizer = kind });
            AlignedBuffer parameters = new(layout.Length);
            AlignedBuffer gradients = new(layout.Length);
            gradients.Span[0] = 1;
            optimizer.Step(parameters.Pointer, gradients.Pointer, LearningRate);
            gradients.Span[0] = 0;
            for (int i = 0; i < 3000; i++)
            {
                optimizer.Step(parameters.Pointer, gradients.Pointer, LearningRate);
            }

            float settled = parameters.Span[0];
            parameters.Span[0] = 0;
            optimizer.Step(parameters.Pointer, gradients.Pointer, LearningRate);
            settled.ShouldBeLessThan(0);
            parameters.Span[0].ShouldBe(0, kind.ToString());
        }
    }
}
