using Hillock.Networks.Execution;

namespace Hillock.Networks.Tests.Execution;

/// <summary>What holds for every kind of layer.</summary>
public class LayerTests
{
    public static TheoryData<string> Names => LayerNetworks.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_agree_with_differences_in_double(string name) => GradientCheck.Run(LayerNetworks.Named(name), rows: 4, most: 60);

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_of_evaluation_agree_too(string name) => GradientCheck.Run(LayerNetworks.Named(name), rows: 3, training: false, most: 20);

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
    public unsafe void A_plan_without_training_gives_the_same_outputs_in_no_more_memory(string name)
    {
        NetworkDescription description = LayerNetworks.Named(name);
        Stepper stepper = new(description, 8, null, reuse: true);
        stepper.Step(0);
        NetworkPlan inference = new(stepper.Network, 8, trains: false);
        NetworkPlan training = new(stepper.Network, 8, trains: true);
        float[] expected = training.Forward(stepper.Inputs.Pointer, 8).ToArray();
        inference.Forward(stepper.Inputs.Pointer, 8).ToArray().ShouldBe(expected);
        inference.MemoryBytes.ShouldBeLessThanOrEqualTo(training.MemoryBytes);

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
}
