using Hillock.Networks.Numerics;

namespace Hillock.Networks.Tests.Numerics;

public class WorkerTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_part_is_done_once(int workers)
    {
        using WorkerTeam team = new(workers);
        team.Workers.ShouldBe(workers);
        for (int parts = 0; parts < 40; parts++)
        {
            int[] counts = new int[parts];
            Counting work = new(counts, workers);
            team.Run(parts, ref work);
            counts.ShouldAllBe(c => c == 1);
        }
    }

    [Fact]
    public void Sleeping_workers_wake_up()
    {
        using WorkerTeam team = new(3);
        for (int round = 0; round < 20; round++)
        {
            int[] counts = new int[30];
            Counting work = new(counts, 3);
            team.Run(30, ref work);
            counts.ShouldAllBe(c => c == 1);
            Thread.Sleep(round % 5);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void An_exception_reaches_the_caller_and_the_team_works_on(int workers)
    {
        using WorkerTeam team = new(workers);
        Failing failing = default;
        Should.Throw<InvalidDataException>(() => team.Run(100, ref failing)).Message.ShouldBe("part");
        int[] counts = new int[50];
        Counting work = new(counts, workers);
        team.Run(50, ref work);
        counts.ShouldAllBe(c => c == 1);
    }

    [Fact]
    public void Working_allocates_nothing_on_any_thread()
    {
        using WorkerTeam team = new(3);
        Measuring work = new(new long[3], new long[3]);
        for (int round = 0; round < 500; round++)
        {
            team.Run(20, ref work);
            if (round == 20)
            {
                // From here on: the first calls may have been compiled on the way.
                Array.Clear(work.First);
            }

            if (round % 100 == 99)
            {
                // Long enough for the helpers to fall asleep.
                Thread.Sleep(2);
            }
        }

        work.Last[0].ShouldBeGreaterThan(0);
        for (int worker = 0; worker < 3; worker++)
        {
            // A helper that got no part has not been measured.
            if (work.First[worker] > 0)
            {
                work.Last[worker].ShouldBe(work.First[worker]);
            }
        }
    }

    [Fact]
    public void A_team_serves_one_caller_at_a_time_and_none_when_disposed()
    {
        WorkerTeam team = new(2);
        Nested nested = new(team);
        Should.Throw<InvalidOperationException>(() => team.Run(3, ref nested)).Message.ShouldContain("one caller");
        team.Dispose();
        Should.Throw<ObjectDisposedException>(() => team.Run(3, ref nested));
        Should.Throw<ArgumentOutOfRangeException>(() => new WorkerTeam(0));
    }

    private readonly struct Counting(int[] counts, int workers) : IParallelWork
    {
        public void Run(int part, int worker)
        {
            Interlocked.Increment(ref counts[worker < workers ? part : -1]);
        }
    }

    /// <summary>Notes the bytes that each worker's thread has allocated when it starts its first part and its last.</summary>
    private readonly struct Measuring(long[] first, long[] last) : IParallelWork
    {
        public long[] First => first;

        public long[] Last => last;

        public void Run(int part, int worker)
        {
            last[worker] = GC.GetAllocatedBytesForCurrentThread();
            if (first[worker] == 0)
            {
                first[worker] = last[worker];
            }
        }
    }

    private readonly struct Failing : IParallelWork
    {
        public void Run(int part, int worker)
        {
            if (part % 7 == 3)
            {
                throw new InvalidDataException("part");
            }
        }
    }

    private readonly struct Nested(WorkerTeam team) : IParallelWork
    {
        public void Run(int part, int worker)
        {
            Nested again = new(team);
            team.Run(1, ref again);
        }
    }
}
