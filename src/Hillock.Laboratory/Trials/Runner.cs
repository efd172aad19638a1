using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Hillock.Networks;

namespace Hillock.Laboratory.Trials;

/// <summary>Runs the trials of a plan on threads of their own and keeps what they found in the ledger, if there is one.</summary>
internal sealed class Runner
{
    private readonly ComparisonPlan _plan;
    private readonly Ledger? _ledger;
    private readonly IProgress<ComparisonProgress>? _progress;
    private readonly Dictionary<string, TrialResult> _finished;
    private readonly Dictionary<(int Repeat, int Fold), (FoldData Data, int Left)> _folds = [];
    private readonly Queue<Trial> _pending = [];
    private readonly int _resumed;
    private readonly int _epochsPerTrial;
    private readonly long _epochsToRun;
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly TimeLeft _timeLeft = new();
    private readonly Lock _gate = new();
    private long _epochsRun;
    private (string Name, double Mean)? _best;
    private ExceptionDispatchInfo? _failure;

    private Runner(ComparisonPlan plan, Ledger? ledger, IProgress<ComparisonProgress>? progress)
    {
        _plan = plan;
        _ledger = ledger;
        _progress = progress;
        _finished = ledger is null ? [] : new(ledger.Finished);
        _resumed = _finished.Count;
        foreach (Trial trial in plan.Trials.Where(trial => !_finished.ContainsKey(trial.Id)))
        {
            _pending.Enqueue(trial);
            (int, int) place = (trial.Repeat, trial.Fold);
            _folds[place] = _folds.TryGetValue(place, out (FoldData Data, int Left) fold)
                ? (fold.Data, fold.Left + 1)
                : (new FoldData(plan, trial.Repeat, trial.Fold), 1);
        }

        _epochsPerTrial = plan.Protocol.SearchRates.Count * plan.Protocol.SearchEpochs + plan.Protocol.Epochs;
        _epochsToRun = (long)_epochsPerTrial * _pending.Count;
        _best = Best();
    }

    /// <summary>Runs what the ledger does not hold yet.</summary>
    /// <returns>The results of all trials by id.</returns>
    public static IReadOnlyDictionary<string, TrialResult> Run(
        ComparisonPlan plan, Ledger? ledger, IProgress<ComparisonProgress>? progress, CancellationToken cancellationToken)
    {
        Runner runner = new(plan, ledger, progress);
        runner.RunPending(cancellationToken);
        return runner._finished;
    }

    private void RunPending(CancellationToken cancellationToken)
    {
        Report();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        int count = _plan.Options.Threads > 0 ? _plan.Options.Threads : Environment.ProcessorCount;
        Thread[] threads = [.. Enumerable.Range(0, Math.Min(count, _pending.Count)).Select(_ => new Thread(() => Work(stop)) { IsBackground = true })];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        cancellationToken.ThrowIfCancellationRequested();
        _failure?.Throw();
    }

    private void Work(CancellationTokenSource stop)
    {
        try
        {
            while (Next() is Trial trial)
            {
                stop.Token.ThrowIfCancellationRequested();
                EpochCounter epochs = new(this);
                TrialResult result = TrialRunner.Run(_plan.Protocol, trial, Fold(trial), epochs, stop.Token);
                _ledger?.Append(result);
                Finish(trial, result, epochs.Count);
            }
        }
        catch (Exception exception)
        {
            // The first failure ends the run: the others that follow are the cancellations that it causes.
            lock (_gate)
            {
                _failure ??= ExceptionDispatchInfo.Capture(exception);
            }

            stop.Cancel();
        }
    }

    private Trial? Next()
    {
        lock (_gate)
        {
            return _pending.TryDequeue(out Trial? trial) ? trial : null;
        }
    }

    private FoldData Fold(Trial trial)
    {
        lock (_gate)
        {
            return _folds[(trial.Repeat, trial.Fold)].Data;
        }
    }

    private void FinishEpoch()
    {
        lock (_gate)
        {
            _epochsRun++;
            Report();
        }
    }

    private void Finish(Trial trial, TrialResult result, int epochsRun)
    {
        lock (_gate)
        {
            _finished.Add(result.Id, result);
            _best = Best();

            // Those that a diverged training did not come to need not be waited for.
            _epochsRun += _epochsPerTrial - epochsRun;

            // Whoever finishes a fold's last trial lets go of its samples.
            (int, int) place = (trial.Repeat, trial.Fold);
            (FoldData data, int left) = _folds[place];
            if (left > 1)
            {
                _folds[place] = (data, left - 1);
            }
            else
            {
                _folds.Remove(place);
            }

            Report();
        }
    }

    private (string Name, double Mean)? Best() => (
        from activation in _plan.Options.Activations
        let scores = _plan.TrialsOf(activation).Select(trial => _finished.GetValueOrDefault(trial.Id)?.Score).OfType<double>().ToArray()
        where scores.Length > 0
        orderby scores.Average() descending
        select ((string, double)?)(activation.Name, scores.Average())).FirstOrDefault();

    private void Report()
    {
        TimeSpan elapsed = Stopwatch.GetElapsedTime(_start);
        double share = _epochsToRun == 0 ? 1 : (double)_epochsRun / _epochsToRun;
        _progress?.Report(new()
        {
            Done = _finished.Count,
            Total = _plan.Trials.Count,
            Resumed = _resumed,
            Share = share,
            Best = _best?.Name,
            BestMean = _best?.Mean,
            Elapsed = elapsed,
            Remaining = _timeLeft.Estimate(elapsed, share),
        });
    }

    /// <summary>Counts the epochs of one trial.</summary>
    private sealed class EpochCounter(Runner runner) : IProgress<EpochResult>
    {
        public int Count { get; private set; }

        public void Report(EpochResult value)
        {
            Count++;
            runner.FinishEpoch();
        }
    }
}
