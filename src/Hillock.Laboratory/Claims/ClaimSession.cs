using System.Collections.Concurrent;
using System.Diagnostics;
using Hillock.Data;

namespace Hillock.Laboratory;

/// <summary>Tries claims, one after the other; data sets that several of them need are read once.</summary>
public sealed class ClaimSession
{
    private readonly ClaimOptions _options;
    private readonly Func<string, DataSource> _open;
    private readonly ConcurrentDictionary<string, DataSource> _sources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, object> _shared = new(StringComparer.Ordinal);

    /// <summary>Begins a session.</summary>
    /// <param name="options">How claims are tried.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of seeds or threads is below 1.</exception>
    public ClaimSession(ClaimOptions options)
        : this(options, name => DataSources.Open(name, options.Data))
    {
    }

    /// <summary>Begins a session that has its data from elsewhere.</summary>
    internal ClaimSession(ClaimOptions options, Func<string, DataSource> open)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Seeds ?? 1, 1, nameof(options));
        _options = options;
        _open = open;
    }

    /// <summary>Tries a claim.</summary>
    /// <param name="claim">One of <see cref="ClaimCatalogue.All"/>.</param>
    /// <param name="progress">Is told how far the experiment has come, by any thread; null for nobody.</param>
    /// <param name="cancellationToken">Stops the experiment.</param>
    /// <returns>What came of it; without its data, what is missing and where it can be had.</returns>
    /// <exception cref="OperationCanceledException">The experiment was stopped.</exception>
    public ClaimResult Run(Claim claim, IProgress<ClaimProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        long start = Stopwatch.GetTimestamp();
        try
        {
            foreach (string name in claim.Data)
            {
                Open(name);
            }
        }
        catch (DataException absent)
        {
            return new(claim, _options.Budget, 0, [], [], [], null, 0, $"needs data that are not here: {absent.Message}");
        }

        ClaimFindings findings = claim.Experiment(new ClaimRun(claim, _options, Open, _shared, progress, cancellationToken));
        return new(
            claim, _options.Budget, findings.Seeds, findings.Figures, findings.Checks, findings.Remarks, findings.Chart,
            Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private DataSource Open(string name) => _sources.GetOrAdd(name, _open);
}
