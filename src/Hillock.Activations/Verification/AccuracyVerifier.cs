using Hillock.Activations.Catalogue;
using Hillock.Activations.Elementary;

namespace Hillock.Activations.Verification;

/// <summary>
/// Proves the accuracy of float kernels against their double twins, which share no polynomial and no range reduction with them and are
/// themselves tested against values of arbitrary precision.
/// </summary>
public static class AccuracyVerifier
{
    /// <summary>The contract for values: at most this many units in the last place.</summary>
    public const double ValueLimit = 2;

    /// <summary>The contract for derivatives: at most this many units in the last place, or <see cref="SummandLimit"/>, whichever is larger.</summary>
    public const double SlopeLimit = 4;

    /// <summary>The contract for derivatives where summands cancel: 2^-22 of the largest summand.</summary>
    public const double SummandLimit = 1.0 / (1 << 22);

    private const int BlockLength = 1 << 16;

    /// <summary>Everything that can be verified: the elementary functions, then the element-wise functions of the catalogue.</summary>
    public static IReadOnlyList<ActivationDefinition> Functions { get; } =
    [
        new ElementwiseActivation<ExponentialMinusOne>(),
        new ElementwiseActivation<LogarithmOnePlus>(),
        new ElementwiseActivation<ComplementaryErrorFunction>(),
        new ElementwiseActivation<NormalDistribution>(),
        .. ActivationCatalogue.All.Where(d => d.IsElementwise),
    ];

    /// <summary>Checks every float, or a sample of every binade, both signs, neighbourhoods of small numbers, extremes and subnormals.</summary>
    /// <param name="definition">An element-wise function.</param>
    /// <param name="exhaustive">Whether to run all 2^32 floats; otherwise one block in <paramref name="stride"/>.</param>
    /// <param name="threads">How many threads share the work.</param>
    /// <param name="stride">How many elements apart the samples lie where the run is not exhaustive.</param>
    /// <param name="progress">Told the share of the work done.</param>
    /// <param name="cancellation">Ends the run early.</param>
    /// <exception cref="ArgumentException">The function is not element-wise.</exception>
    public static AccuracyResult Verify(
        ActivationDefinition definition,
        bool exhaustive,
        int threads,
        int stride = 4099,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        if (!definition.IsElementwise)
        {
            throw new ArgumentException($"{definition.Facts.Name} is a function of rows; only element-wise functions can be run over all floats", nameof(definition));
        }

        long step = exhaustive ? 1 : stride;
        long count = ((1L << 32) + step - 1) / step;
        int blocks = (int)((count + BlockLength - 1) / BlockLength);
        int done = 0;
        AccuracyTally total = new();
        Parallel.For(
            0,
            blocks,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
            () => new AccuracyWorker(definition),
            (block, _, worker) =>
            {
                long first = (long)block * BlockLength;
                worker.Run(first * step, step, (int)Math.Min(BlockLength, count - first));
                progress?.Report((double)Interlocked.Increment(ref done) / blocks);
                return worker;
            },
            worker =>
            {
                lock (total)
                {
                    total.Add(worker.Tally);
                }
            });
        return total.ToResult(definition.Facts.Name);
    }
}
