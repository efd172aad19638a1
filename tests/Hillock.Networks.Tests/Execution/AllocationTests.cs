namespace Hillock.Networks.Tests.Execution;

/// <summary>Counts what the whole process allocates, so nothing else may run.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public class AllocationTests
{
    public static TheoryData<string> Names => LayerNetworks.Names;

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
}
