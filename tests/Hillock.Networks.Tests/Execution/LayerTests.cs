using Hillock.Activations.Random;
using Hillock.Networks.Execution;
using Hillock.Networks.Numerics;

namespace Hillock.Networks.Tests.Execution;

/// <summary>What holds for every kind of layer.</summary>
public class LayerTests
{
    public static TheoryData<string> Names => LayerNetworks.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_agree_with_differences_in_double(string name) => GradientCheck.Run(LayerNetworks.Named(name), rows: 4);

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_of_evaluation_agree_too(string name) => GradientCheck.Run(LayerNetworks.Named(name), rows: 3, training: false);

    [Theory]
    [MemberData(nameof(Names))]
    public void Reused_memory_and_threads_change_no_bit(string name)
    {
        NetworkDescription description = LayerNetworks.Named(name);
        (float[] expected, long separate) = Train(description, 70, threads: 1, reuse: false);
        expected.ShouldAllBe(x => float.IsFinite(x));
        foreach (int threads in new[] { 1, 2, 5 })
        {
            (float[] parameters, long shared) = Train(description, 70, threads, reuse: true);
            parameters.ShouldBe(expected, $"{threads} threads");
            shared.ShouldBeLessThan(separate);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Steps_allocate_nothing(string name)
    {
        using WorkerTeam team = new(2);
        Stepper stepper = new(LayerNetworks.Named(name), 33, team, reuse: true);
        for (int i = 0; i < 5; i++)
        {
            stepper.Step(i);
        }

        // The runtime may allocate something of its own now and then: the least of several counts is what steps allocate.
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 5 && least > 0; attempt++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int i = 0; i < 10; i++)
            {
                stepper.Step(i);
            }

            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        least.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public unsafe void A_plan_without_training_gives_the_same_outputs_in_less_memory(string name)
    {
        NetworkDescription description = LayerNetworks.Named(name);
        Stepper stepper = new(description, 8, null, reuse: true);
        stepper.Step(0);
        NetworkPlan inference = new(stepper.Network, 8, trains: false);
        NetworkPlan training = new(stepper.Network, 8, trains: true);
        float[] expected = training.Forward(stepper.Inputs.Pointer, 8).ToArray();
        inference.Forward(stepper.Inputs.Pointer, 8).ToArray().ShouldBe(expected);
        inference.MemoryBytes.ShouldBeLessThan(training.MemoryBytes);

        // A sample's outputs do not depend on those beside it.
        float* last = stepper.Inputs.Pointer + 7 * description.Inputs;
        inference.Forward(last, 1).ToArray().ShouldBe(expected[^description.Outputs..]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Descriptions_survive_JSON(string name)
    {
        string json = NetworkJson.Write(LayerNetworks.Named(name));
        NetworkDescription read = NetworkJson.Read(json);
        NetworkJson.Write(read).ShouldBe(json);
        read.Layout.Tensors.Select(tensor => (tensor.Name, tensor.Offset)).ShouldBe(LayerNetworks.Named(name).Layout.Tensors.Select(tensor => (tensor.Name, tensor.Offset)));
    }

    private static (float[] Parameters, long Memory) Train(NetworkDescription description, int rows, int threads, bool reuse)
    {
        using WorkerTeam team = new(threads);
        Stepper stepper = new(description, rows, team, reuse);
        for (int i = 0; i < 3; i++)
        {
            stepper.Step(i);
        }

        return (stepper.Network.Parameters.Span.ToArray(), stepper.Plan.MemoryBytes);
    }

    /// <summary>Training steps on random samples.</summary>
    private sealed unsafe class Stepper
    {
        private readonly int[] _labels;
        private readonly LossFunction _loss;
        private readonly AlignedBuffer _gradients;
        private readonly Optimizer _optimizer;

        public Stepper(NetworkDescription description, int rows, WorkerTeam? team, bool reuse)
        {
            RandomStream random = new(RandomKey.FromSeed(3));
            Network = Network.Create(description, RandomKey.FromSeed(4));
            Plan = new NetworkPlan(Network, rows, trains: true, team, reuse);
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
            _gradients = new AlignedBuffer(Network.Layout.Length);
            _optimizer = Optimizer.Create(Network.Layout, new TrainingOptions { Optimizer = OptimizerKind.Sgd, LearningRate = 0.05 });
        }

        public Network Network { get; }

        public NetworkPlan Plan { get; }

        public AlignedBuffer Inputs { get; }

        public void Step(int number)
        {
            ReadOnlySpan<float> outputs = Plan.Forward(Inputs.Pointer, _labels.Length, RandomKey.FromSeed(5).Derive(number));
            _loss.Sum(outputs, _labels, [], Plan.OutputGradient(_labels.Length));
            Plan.Backward(_gradients.Pointer);
            _optimizer.Step(Network.Parameters.Pointer, _gradients.Pointer);
        }
    }
}
