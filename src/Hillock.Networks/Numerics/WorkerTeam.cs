using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Hillock.Networks.Numerics;

namespace Hillock.Networks;

/// <summary>
/// Threads that wait for work and share it: started once, owned by whoever made them, and gone when the team is disposed. Nothing is allocated
/// to put them to work. Whatever they compute has the same bits for every number of workers.
/// </summary>
/// <remarks>
/// The thread that hands out work is one of the workers, so a team of one has no thread of its own. A team serves one caller at a time. Workers
/// that find nothing to do look again for some microseconds, since the next product mostly follows at once, and then sleep.
/// </remarks>
public sealed unsafe class WorkerTeam : IDisposable
{
    /// <summary>How often a waiting thread looks before it sleeps: some 20 to 50 µs.</summary>
    private const int Looks = 1000;

    private const int PausesOfLook = 8;

    private readonly object _gate = new();
    private readonly Thread[] _helpers;
    private readonly AlignedBuffer?[] _scratch;
    private AlignedBuffer? _sharedScratch;

    /// <summary>What is being done: a pointer to the caller's work, which stays in its frame until all are done.</summary>
    private void* _work;
    private delegate*<void*, int, int, void> _invoke;
    private int _parts;

    /// <summary>Parts that nobody has taken yet, from the last to the first. Above 0 only while the caller waits in <see cref="Run"/>.</summary>
    private int _remaining;
    private int _done;
    private int _sleepers;
    private bool _callerSleeps;
    private int _busy;
    private bool _disposed;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Starts a team.</summary>
    /// <param name="workers">The number of threads that work, the caller's included: 1 to 1024.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside the range.</exception>
    public WorkerTeam(int workers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(workers, 1024);
        Workers = workers;
        _scratch = new AlignedBuffer?[workers];
        _helpers = new Thread[workers - 1];
        for (int i = 0; i < _helpers.Length; i++)
        {
            int worker = i + 1;
            _helpers[i] = new Thread(() => Help(worker)) { IsBackground = true, Name = $"Hillock worker {worker}" };
            _helpers[i].Start();
        }
    }

    /// <summary>The number of threads that work, the caller's included.</summary>
    public int Workers { get; }

    /// <summary>Lets the threads end. Must not be called while the team works.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            Monitor.PulseAll(_gate);
        }

        foreach (Thread helper in _helpers)
        {
            helper.Join();
        }
    }

    /// <summary>Does the parts of some work, each once, on all workers, and returns when all are done.</summary>
    /// <param name="parts">The number of parts; workers take the next one whenever they are free.</param>
    /// <param name="work">What a part does. If parts throw, the rest is left out and one of the exceptions is thrown here.</param>
    /// <exception cref="InvalidOperationException">The team is at work already.</exception>
    internal void Run<TWork>(int parts, ref TWork work)
        where TWork : struct, IParallelWork
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (Interlocked.Exchange(ref _busy, 1) != 0)
        {
            throw new InvalidOperationException("the team is at work already: it serves one caller at a time");
        }

        try
        {
            if (parts <= 1 || _helpers.Length == 0)
            {
                for (int part = 0; part < parts; part++)
                {
                    work.Run(part, 0);
                }

                return;
            }

            // The work lies in a frame of this thread, which waits below: what it refers to stays reachable, and a stack does not move.
            _work = Unsafe.AsPointer(ref work);
            _invoke = &Invoke<TWork>;
            _parts = parts;
            _done = 0;
            lock (_gate)
            {
                Volatile.Write(ref _remaining, parts);
                if (_sleepers > 0)
                {
                    Monitor.PulseAll(_gate);
                }
            }

            TakeParts(0);
            AwaitDone();
            if (_failure is { } failure)
            {
                _failure = null;
                failure.Throw();
            }
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }

    /// <summary>Makes sure that every worker has scratch memory of a size, whichever of them will take a part. To be called before <see cref="Run"/>.</summary>
    internal void Reserve(int length)
    {
        for (int worker = 0; worker < Workers; worker++)
        {
            Reserve(ref _scratch[worker], length);
        }
    }

    /// <summary>The memory that one worker may use during a part; what it held before is lost.</summary>
    internal float* Scratch(int worker) => _scratch[worker]!.Pointer;

    /// <summary>Memory that all workers may read, to be asked for before <see cref="Run"/>.</summary>
    internal float* SharedScratch(int length) => Reserve(ref _sharedScratch, length).Pointer;

    private static AlignedBuffer Reserve(ref AlignedBuffer? buffer, int length) =>
        buffer is { } enough && enough.Length >= length ? enough : buffer = new AlignedBuffer(length);

    private static void Invoke<TWork>(void* work, int part, int worker)
        where TWork : struct, IParallelWork => Unsafe.AsRef<TWork>(work).Run(part, worker);

    private void Help(int worker)
    {
        while (AwaitWork())
        {
            TakeParts(worker);
        }
    }

    /// <summary>Does parts as long as there are any. A part taken keeps the caller waiting, and so what it reads in place.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "thrown again by the caller's thread")]
    private void TakeParts(int worker)
    {
        for (int remaining = Volatile.Read(ref _remaining); remaining > 0; remaining = Volatile.Read(ref _remaining))
        {
            if (Interlocked.CompareExchange(ref _remaining, remaining - 1, remaining) != remaining)
            {
                continue;
            }

            int done = 1;
            try
            {
                _invoke(_work, _parts - remaining, worker);
            }
            catch (Exception exception)
            {
                Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
                done += Interlocked.Exchange(ref _remaining, 0);
            }

            if (Interlocked.Add(ref _done, done) == _parts && Volatile.Read(ref _callerSleeps))
            {
                lock (_gate)
                {
                    Monitor.PulseAll(_gate);
                }
            }
        }
    }

    /// <summary>Waits for work; false when there will be none.</summary>
    private bool AwaitWork()
    {
        for (int look = 0; look < Looks && Volatile.Read(ref _remaining) == 0; look++)
        {
            Thread.SpinWait(PausesOfLook);
        }

        if (Volatile.Read(ref _remaining) > 0)
        {
            return true;
        }

        lock (_gate)
        {
            while (_remaining == 0 && !_disposed)
            {
                _sleepers++;
                Monitor.Wait(_gate);
                _sleepers--;
            }

            return _remaining > 0;
        }
    }

    /// <summary>Waits for the parts that helpers have taken. A helper that came too late for any keeps nobody waiting.</summary>
    private void AwaitDone()
    {
        for (int look = 0; look < Looks && Volatile.Read(ref _done) != _parts; look++)
        {
            Thread.SpinWait(PausesOfLook);
        }

        if (Volatile.Read(ref _done) == _parts)
        {
            return;
        }

        lock (_gate)
        {
            // Written before the count is read, while a helper counts before it reads this: one of the two sees the other.
            Interlocked.Exchange(ref _callerSleeps, true);
            while (Volatile.Read(ref _done) != _parts)
            {
                Monitor.Wait(_gate);
            }

            _callerSleeps = false;
        }
    }
}
