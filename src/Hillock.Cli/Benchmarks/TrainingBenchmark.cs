using System.Diagnostics;
using Hillock.Activations;
using Hillock.Activations.Random;
using Hillock.Laboratory.Timing;
using Hillock.Networks;

namespace Hillock.Cli.Benchmarks;

/// <summary>Times steps of training on batches of noise: how long a step takes does not depend on what is learned.</summary>
/// <param name="threads">Threads that share a step.</param>
internal sealed class TrainingBenchmark(int threads) : IDisposable
{
    /// <summary>
    /// Before anything is timed, steps on a few samples are taken often, the thread is left alone for a while, and again: the runtime compiles anew, in the
    /// background, what was called often.
    /// </summary>
    private const int WarmUpRounds = 2;

    private const int WarmUpSteps = 4500;

    /// <summary>Large networks have no more time than this for each round: their steps are long beside what calls cost.</summary>
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromMilliseconds(300);

    private const int WarmUpSamples = 4;

    private const int CountedSteps = 3;

    private const int Counts = 5;

    private static readonly TimeSpan Background = TimeSpan.FromMilliseconds(250);

    private readonly WorkerTeam _team = new(threads);

    /// <summary>Times the steps of one workload.</summary>
    public TrainingTiming Measure(TrainingWorkload workload, Activation activation, CancellationToken cancellationToken)
    {
        NetworkDescription description =
            NetworkText.Parse(workload.Network, workload.Input, activation, TrainingWorkload.Classes, Loss.SoftmaxCrossEntropy);
        RandomKey key = RandomKey.FromSeed(1);
        TrainingOptions options = new() { Optimizer = OptimizerKind.Sgd, LearningRate = 0.01, Momentum = 0.9, BatchSize = workload.Batch };
        TrainingLoop loop = new(Network.Create(description, key), Noise(workload, key.Derive("samples")), options, key, _team);
        int[] rows = [.. Enumerable.Range(0, workload.Batch)];
        for (int round = 0; round < WarmUpRounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int step = 0; step < WarmUpSteps && Stopwatch.GetElapsedTime(start) < WarmUpTime; step++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                loop.Step(rows.AsSpan(0, WarmUpSamples));
            }

            cancellationToken.WaitHandle.WaitOne(Background);
        }

        double nanoseconds = Turns.Medians([() => loop.Step(rows)], cancellationToken)[0];
        long allocated = AllocatedBytes(loop, rows);
        return new TrainingTiming(workload.Name, activation.Name, workload.Batch, threads, Math.Round(nanoseconds * 1e-6, 4), allocated, loop.MemoryBytes);
    }

    /// <summary>Lets the threads end.</summary>
    public void Dispose() => _team.Dispose();

    /// <summary>The bytes that a step allocates: the median, since whatever else the process does is counted too.</summary>
    private static long AllocatedBytes(TrainingLoop loop, ReadOnlySpan<int> rows)
    {
        List<double> counts = [];
        for (int count = 0; count < Counts; count++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int step = 0; step < CountedSteps; step++)
            {
                loop.Step(rows);
            }

            counts.Add(GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return (long)(Turns.Median(counts) / CountedSteps);
    }

    private static Dataset Noise(TrainingWorkload workload, RandomKey key)
    {
        RandomStream stream = new(key);
        float[] inputs = new float[workload.Batch * workload.Input.Size];
        stream.FillNormal(inputs, mean: 0, deviation: 1);
        return Dataset.Classification(
            inputs, workload.Input.Size, [.. Enumerable.Range(0, workload.Batch).Select(i => i % TrainingWorkload.Classes)], TrainingWorkload.Classes);
    }
}
