using Hillock.Activations;
using Hillock.Networks.Execution;
using Hillock.Networks.Numerics;

namespace Hillock.Networks.Tests.Training;

public class OptimizerTests
{
    // Three steps from w = 1 with gradients 0.5, -0.2, 0.1 and η = 0.1, by the formulas of the papers in double precision.
    [Theory]
    [InlineData(OptimizerKind.Sgd, 0, 0.95, 0.925, 0.8925)]
    [InlineData(OptimizerKind.Sgd, 0.01, 0.949, 0.922151, 0.887064749)]
    [InlineData(OptimizerKind.Adam, 0, 0.900000002, 0.8654394181, 0.8275002408)]
    [InlineData(OptimizerKind.Adam, 0.01, 0.900000002, 0.8633641381, 0.8230847218)]
    [InlineData(OptimizerKind.AdamW, 0.01, 0.899000002, 0.8635404181, 0.8247377004)]
    public unsafe void The_first_steps_follow_the_papers(OptimizerKind kind, double decay, double first, double second, double third)
    {
        ParameterLayout layout = NetworkDescription.Mlp(1, [], Activation.Parse("relu"), 1, Loss.MeanSquaredError).Layout;
        AlignedBuffer parameters = new(layout.Length);
        AlignedBuffer gradients = new(layout.Length);
        int weight = (int)layout.Tensors[0].Offset;
        int bias = (int)layout.Tensors[1].Offset;
        parameters.Span[weight] = 1;
        parameters.Span[bias] = 1;
        TrainingOptions options = new() { Optimizer = kind, LearningRate = 0.1, WeightDecay = decay };
        Optimizer optimizer = Optimizer.Create(layout, options);
        Optimizer withoutDecay = Optimizer.Create(layout, options with { WeightDecay = 0 });
        AlignedBuffer undecayed = new(layout.Length);
        undecayed.Span[bias] = 1;
        foreach ((float gradient, double expected) in new[] { (0.5f, first), (-0.2f, second), (0.1f, third) })
        {
            gradients.Span[weight] = gradient;
            gradients.Span[bias] = gradient;
            optimizer.Step(parameters.Pointer, gradients.Pointer);
            ((double)parameters.Span[weight]).ShouldBe(expected, 3e-7);

            // A bias moves as if there were no decay.
            withoutDecay.Step(undecayed.Pointer, gradients.Pointer);
            parameters.Span[bias].ShouldBe(undecayed.Span[bias]);
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
            optimizer.Step(parameters.Pointer, gradients.Pointer);
            gradients.Span[0] = 0;
            for (int i = 0; i < 3000; i++)
            {
                optimizer.Step(parameters.Pointer, gradients.Pointer);
            }

            float settled = parameters.Span[0];
            parameters.Span[0] = 0;
            optimizer.Step(parameters.Pointer, gradients.Pointer);
            settled.ShouldBeLessThan(0);
            parameters.Span[0].ShouldBe(0, kind.ToString());
        }
    }
}
