using Hillock.Activations.Random;
using Hillock.Networks.Execution;
using Hillock.Networks.Numerics;

namespace Hillock.Networks.Tests.Execution;

/// <summary>Training steps on random samples.</summary>
internal sealed unsafe class Stepper
{
    private readonly int[] _labels;
    private readonly int[]? _lengths;
    private readonly LossFunction _loss;
    private readonly Optimizer _optimizer;

    public Stepper(NetworkDescription description, int rows, WorkerTeam? team, bool reuse, int[]? lengths = null)
    {
        _lengths = lengths;
        RandomStream random = new(RandomKey.FromSeed(3));
        Network = Network.Create(description, RandomKey.FromSeed(4));
        Plan = new NetworkPlan(Network, rows, trains: true, team, reuse, keepsGradients: true);
        Inputs = new AlignedBuffer(rows * description.Inputs);
        random.FillUniform(Inputs.Span, -1, 1);
        if (description.Input.IsTokens)
        {
            foreach (ref float token in Inputs.Span)
            {
                token = random.NextInt32(description.Input.Vocabulary);
            }
        }

        _labels = [.. Enumerable.Range(0, rows).Select(_ => random.NextInt32(description.Outputs))];
        _loss = new LossFunction(description.Loss, description.Outputs, rows);
        _optimizer = Optimizer.Create(Network.Layout, new TrainingOptions { Optimizer = OptimizerKind.Sgd });
    }

    public Network Network { get; }

    public NetworkPlan Plan { get; }

    public AlignedBuffer Inputs { get; }

    public void Step(int number)
    {
        fixed (int* lengths = _lengths)
        {
            ReadOnlySpan<float> outputs = Plan.Forward(Inputs.Pointer, _labels.Length, RandomKey.FromSeed(5).Derive(number), lengths);
            _loss.Sum(outputs, _labels, [], Plan.OutputGradient(_labels.Length));
            Plan.Backward(Plan.Gradients);
        }

        _optimizer.Step(Network.Parameters.Pointer, Plan.Gradients, 0.05);
    }
}
