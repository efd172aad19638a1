using Hillock.Activations.Catalogue;
using Hillock.Activations.Elementary;

namespace Hillock.Activations.Verification;

/// <summary>
/// Proves the accuracy of kernels. Floats are judged by their double twins, which share no polynomial and no range reduction with them, and where a double's own error could
/// matter by the formula in double-double; doubles by the formula in double-double, whose functions are plain series tested against values of 45 digits.
/// </summary>
public static class AccuracyVerifier
{
    /// <summary>The contract for values: at most this many units in the last place.</summary>
    public const double ValueLimit = 2;

    /// <summary>The contract for derivatives: at most this many units in the last place, or <see cref="SummandLimit"/>, whichever is larger.</summary>
    public const double SlopeLimit = 4;

    /// <summary>The contract for derivatives where summands cancel: 2^-22 of the largest summand.</summary>
    public const double SummandLimit = 1.0 / (1 << 22);

    private const int SingleBlock = 1 << 16;

    private const int DoubleBlock = 1 << 10;

    /// <summary>Everything that can be verified: the elementary functions, then the element-wise functions of the catalogue.</summary>
    public static IReadOnlyList<ActivationDefinition> Functions { get; } =
    [
        new ElementwiseActivation<ExponentialMinusOne>(),
        new ElementwiseActivation<LogarithmOnePlus>(),
        new ElementwiseActivation<ComplementaryErrorFunction>(),
        new ElementwiseActivation<NormalDistribution>(),
        .. ActivationCatalogue.All.Where(d => d.IsElementwise),
    ];

    /// <summary>The same for doubles: 2^-51.</summary>
    public const double DoubleSummandLimit = 1.0 / (1L << 51);

    /// <summary>Verifies a function with the parameters that it has in evaluation.</summary>
    /// <param name="activation">An element-wise function.</param>
    /// <param name="run">What to run over.</param>
    /// <param name="progress">Told the share of the work done.</param>
    /// <param name="cancellation">Ends the run early.</param>
    /// <exception cref="ArgumentException">The function is not element-wise, or all doubles are asked for.</exception>
    public static AccuracyResult Verify(
        Activation activation, AccuracyRun run, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(activation);
        return Verify(activation.Name, activation.Definition, [.. activation.Modes.Select(m => m.EvaluationValue)], run, progress, cancellation);
    }

    /// <summary>Verifies a function with parameters that need not be within their ranges.</summary>
    internal static AccuracyResult Verify(
        string name, ActivationDefinition definition, double[] given, AccuracyRun run, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentOutOfRangeException.ThrowIfLessThan(run.Threads, 1, nameof(run));
        ArgumentOutOfRangeException.ThrowIfNegative(run.Samples, nameof(run));
        if (!definition.IsElementwise)
        {
            throw new ArgumentException($"{definition.Facts.Name} is a function of rows; only element-wise functions can be verified", nameof(definition));
        }

        if (run.Exhaustive && run.Type == NumberType.Binary64)
        {
            throw new ArgumentException("there are too many doubles to run over all of them; only floats can be run over exhaustively", nameof(run));
        }

        bool single = run.Type == NumberType.Binary32;
        // The reference sees the parameters as the kernel does: rounded to float.
        double[] parameters = [.. given.Select(p => single ? (float)p : p)];
        float[]? floats = single && !run.Exhaustive ? AccuracySample.Floats(run.SampleCount, parameters) : null;
        double[] doubles = single ? [] : AccuracySample.Doubles(run.SampleCount, parameters);
        long count = !single ? doubles.Length : floats?.Length ?? 1L << 32;
        int blockLength = single ? SingleBlock : DoubleBlock;
        AccuracyTally tally = Run(
            single ? () => new SingleWorker(definition, parameters, floats) : () => new DoubleWorker(definition, parameters, doubles),
            count,
            blockLength,
            run.Threads,
            progress,
            cancellation);
        FunctionUnderTest function = new(definition, run.Type, parameters);
        return new(
            name, run.Type, tally.Count, tally.Value.ToSummary(tally.Count), tally.Slope.ToSummary(tally.Count), SpecialValues.Check(function), Identities.Check(function));
    }

    /// <summary>A hash of what the kernels of a function give over a sample: other kernels have another.</summary>
    internal static ulong Fingerprint(Activation activation, NumberType type)
    {
        const ulong prime = 0x100000001b3;
        double[] parameters = [.. activation.Modes.Select(m => type == NumberType.Binary32 ? (float)m.EvaluationValue : m.EvaluationValue)];
        FunctionUnderTest function = new(activation.Definition, type, parameters);
        double[] x = Identities.Sample(type);
        ulong hash = 0xcbf29ce484222325;
        foreach (double result in function.Value(x).Concat(function.Slope(x)))
        {
            hash = (hash ^ (double.IsNaN(result) ? 1 : BitConverter.DoubleToUInt64Bits(result))) * prime;
        }

        return hash;
    }

    private static AccuracyTally Run(
        Func<IAccuracyWorker> worker, long count, int blockLength, int threads, IProgress<double>? progress, CancellationToken cancellation)
    {
        int blocks = (int)((count + blockLength - 1) / blockLength);
        int done = 0;
        AccuracyTally total = new();
        Parallel.For(
            0,
            blocks,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
            worker,
            (block, _, local) =>
            {
                long first = (long)block * blockLength;
                local.Run(first, (int)Math.Min(blockLength, count - first));
                progress?.Report((double)Interlocked.Increment(ref done) / blocks);
                return local;
            },
            local =>
            {
                lock (total)
                {
                    total.Add(local.Tally);
                }
            });
        return total;
    }
}
