using Hillock.Laboratory.Timing;
using Hillock.Networks;

namespace Hillock.Cli.Benchmarks;

/// <summary>Times products of matrices beside the fused multiply-adds that one thread does in its registers.</summary>
/// <param name="threads">Threads that share a product.</param>
internal sealed class GemmBenchmark(int threads) : IDisposable
{
    private readonly WorkerTeam _team = new(threads);
    private readonly List<double> _fmaRates = [];

    /// <summary>The rate of fused multiply-adds: the median over the turns of all products measured so far.</summary>
    public double FmaGflops => Math.Round(Turns.Median(_fmaRates), 1);

    /// <summary>Times one product.</summary>
    /// <param name="m">The rows of the result.</param>
    /// <param name="n">Its columns.</param>
    /// <param name="k">The terms of each sum.</param>
    /// <param name="cancellationToken">Ends the measurement between two turns.</param>
    public GemmTiming Measure(int m, int n, int k, CancellationToken cancellationToken)
    {
        float[] left = Numbers(m * k);
        float[] right = Numbers(k * n);
        float[] result = new float[m * n];
        double[] nanoseconds = Turns.Medians(
            [() => MatrixProduct.Multiply(left, false, right, false, result, m, n, k, team: _team), FmaRate.Turn], cancellationToken);
        _fmaRates.Add(FmaRate.Operations / nanoseconds[1]);
        return new GemmTiming(m, n, k, threads, Math.Round(2.0 * m * n * k / nanoseconds[0], 1));
    }

    /// <summary>Lets the threads end.</summary>
    public void Dispose() => _team.Dispose();

    private static float[] Numbers(int count)
    {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++)
        {
            numbers[i] = (i * 2654435761L % 2000 - 1000) * 0.001f;
        }

        return numbers;
    }
}
