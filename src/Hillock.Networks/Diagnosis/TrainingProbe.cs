using System.Numerics;
using Hillock.Networks.Execution;
using Hillock.Networks.Numerics;

namespace Hillock.Networks;

/// <summary>
/// Looks at every layer of a network while it is trained, at some of the steps, and keeps for every epoch what it saw. It changes no bit of the training.
/// </summary>
/// <remarks>
/// Units count as dead in an epoch when they were active at none of its steps: that is watched at every step. Everything else comes from the looked-at
/// steps: the first of an epoch and every n-th. Of a layer at most 8192 numbers are looked at in a step (or those of one sample), in the first samples of
/// the batch.
/// A looked-at step runs through a plan of its own, in which no buffer takes another's place too early, so that the other steps take no longer than without
/// a probe; it doubles the memory.
/// </remarks>
public sealed unsafe class TrainingProbe
{
    private const int MostNumbers = 1 << 13;
    private const int SummariesOfOctave = 16;

    private readonly List<DiagnosisResult> _epochs = [];
    private readonly List<DiagnosisSummary> _summaries = [];
    private readonly bool _economises;
    private Network _network = null!;
    private NetworkProbe _probe = null!;
    private LifeSigns?[] _signsOf = [];
    private AlignedBuffer _before = null!;
    private AlignedBuffer _start = null!;
    private double[] _updates = [];
    private double[] _gradientSquares = [];
    private ProbeBudget _budget = null!;
    private bool _open;
    private bool _keeps;
    private int _looks;
    private bool _looking;
    private bool _begins;
    private double _losses;
    private long _samples;

    /// <summary>
    /// Makes a probe for one training that costs a few hundredths of it at most: it looks at every 50th step of an epoch, or at fewer, and of networks whose steps cost
    /// next to nothing at some of the epochs, the first among them. Counted work decides at which, and no clock.
    /// </summary>
    public TrainingProbe()
    {
        _economises = true;
        Every = ProbeBudget.UsualSteps;
    }

    /// <summary>Makes a probe for one training that looks at every epoch, whatever it costs.</summary>
    /// <param name="every">Every how many steps to look, from the first of an epoch on; at least 1.</param>
    public TrainingProbe(int every)
    {
        EveryEpoch = true;
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        Every = every;
    }

    /// <summary>Every how many steps it looks.</summary>
    public int Every { get; private set; }

    /// <summary>Whether it looks at every epoch, whatever that costs. It has no influence on the <see cref="Summaries"/> of a probe that else would not.</summary>
    public bool EveryEpoch { get; init; }

    /// <summary>
    /// What was seen in each epoch that was looked at and run to its end: means over the looked-at steps. <see cref="LayerDiagnosis.Dead"/> is over all of them. An epoch
    /// that ended in numbers which are not finite is the last.
    /// </summary>
    public IReadOnlyList<DiagnosisResult> Epochs => _epochs;

    /// <summary>
    /// The few figures of each such epoch that tell how the network came to be what it is, those of a checkpoint's included: of the 33rd epoch and later ones only of
    /// every 2nd, from the 65th on of every 4th, and so on. The same training has the same, interrupted or not.
    /// </summary>
    public IReadOnlyList<DiagnosisSummary> Summaries => _summaries;

    /// <summary>
    /// What the very first step of the training saw: signals and gradients of the network before anything was learned, and weights as they were behind that step.
    /// Null before it, and where the training went on from a checkpoint.
    /// </summary>
    public DiagnosisResult? Start { get; private set; }

    /// <summary>The plan of looked-at steps.</summary>
    internal NetworkPlan Plan { get; private set; } = null!;

    /// <summary>To be shown every step of a forward pass, of whatever plan; null in an epoch that is not looked at.</summary>
    internal Action<PlanStep>? ForwardObserverOfEpoch => _open ? ForwardObserver : null;

    private Action<PlanStep> ForwardObserver { get; set; } = null!;

    /// <summary>To be shown every step of the backward pass of a looked-at step.</summary>
    internal Action<PlanStep> BackwardObserver => _probe.Observer;

    /// <summary>Binds the probe to a training.</summary>
    /// <exception cref="InvalidOperationException">It is bound already.</exception>
    internal void Attach(Network network, int batchSize, long stepsOfEpoch, WorkerTeam team)
    {
        if (_network != null)
        {
            throw new InvalidOperationException("a training probe looks at one training only: make another one");
        }

        _network = network;
        Plan = new NetworkPlan(network, batchSize, trains: true, team, observed: true);
        _probe = new NetworkProbe(network, Plan, MostNumbers);
        _signsOf = new LifeSigns?[Plan.Steps.Length];
        foreach (PlanStep step in Plan.Steps)
        {
            if (step.Activation is { Description.Definition.IsElementwise: true } unit)
            {
                _signsOf[step.Index] = new LifeSigns(_probe.Measures.First(measure => measure.Unit == unit));
            }
        }

        ForwardObserver = step =>
        {
            _signsOf[step.Index]?.Look(step.Activation!);
            if (_looking)
            {
                _probe.ForwardObserver(step);
            }
        };
        _budget = new ProbeBudget(network, _probe.Measures, batchSize, stepsOfEpoch, MostNumbers);
        Every = _economises ? _budget.Every : Every;
        _before = new AlignedBuffer(network.Layout.Length);
        _start = new AlignedBuffer(network.Layout.Length);
        _updates = new double[_probe.Measures.Count];
        _gradientSquares = new double[_updates.Length];
    }

    /// <summary>Takes over what was seen before a checkpoint.</summary>
    internal void Resume(ProbeState? state)
    {
        if (state != null)
        {
            _summaries.AddRange(state.Summaries);
            (_budget.Spent, _budget.Watched) = (state.Spent, state.Watched);
        }
    }

    /// <summary>What a checkpoint keeps.</summary>
    internal ProbeState State => new(_summaries, _budget.Spent, _budget.Watched);

    /// <summary>An epoch begins.</summary>
    internal void StartEpoch(int epoch)
    {
        _keeps = !_economises || _budget.LooksAt(epoch);
        _open = EveryEpoch || _keeps;
        if (!_open)
        {
            return;
        }

        _probe.Start();
        foreach (LifeSigns? signs in _signsOf)
        {
            signs?.Start();
        }

        Array.Clear(_updates);
        Array.Clear(_gradientSquares);
        _looks = 0;
        _losses = 0;
        _samples = 0;
        Learned.CopyTo(_start.Span);
    }

    /// <summary>Whether a step of the epoch, counted from 0, is looked at.</summary>
    internal bool LooksAt(long step) => _open && step % Every == 0;

    /// <summary>A looked-at step begins.</summary>
    /// <param name="rows">The samples.</param>
    /// <param name="isFirst">Whether it is the first step of the training.</param>
    internal void StartStep(int rows, bool isFirst)
    {
        _looking = true;
        _begins = isFirst;
        _probe.StartBatch(rows);
        Learned.CopyTo(_before.Span);
    }

    /// <summary>A looked-at step is over.</summary>
    /// <param name="gradients">The gradients as the backward pass gave them, or as they were clipped.</param>
    /// <param name="loss">The sum of the samples' losses.</param>
    /// <param name="rows">The samples.</param>
    internal void FinishStep(ReadOnlySpan<float> gradients, double loss, int rows)
    {
        _looking = false;
        _looks++;
        _losses += loss;
        _samples += rows;
        for (int i = 0; i < _updates.Length; i++)
        {
            LayerMeasure measure = _probe.Measures[i];
            if (measure.HasWeights)
            {
                double norm = measure.Length(_before.Span);
                _updates[i] += norm == 0 ? 0 : measure.Distance(Learned, _before.Span) / norm;
                double gradient = measure.Length(gradients);
                _gradientSquares[i] += gradient * gradient;
            }
        }

        if (_begins)
        {
            Start = _probe.Result(loss / rows, (_, layer) => layer);
        }
    }

    /// <summary>An epoch is over.</summary>
    internal void FinishEpoch(int epoch)
    {
        if (!_open)
        {
            return;
        }

        int index = 0;
        _epochs.Add(_probe.Result(_losses / Math.Max(1, _samples), (measure, layer) => Complete(measure, layer, index++)) with { Epoch = epoch });
        if (!_keeps)
        {
            return;
        }

        _budget.Spend(_signsOf.Sum(signs => signs?.SlopesComputed ?? 0));
        if (epoch % Spacing(epoch) == 0)
        {
            _summaries.Add(DiagnosisSummary.Of(_epochs[^1]));
        }
    }

    /// <summary>Every how many epochs are summed up where an epoch is: what is kept of long trainings grows by 16 each time that they become twice as long.</summary>
    private static int Spacing(int epoch) => epoch <= 2 * SummariesOfOctave ? 1 : (int)BitOperations.RoundUpToPowerOf2((uint)epoch) / (2 * SummariesOfOctave);

    private Span<float> Learned => _network.Parameters.Span[.._network.Layout.Length];

    private LayerDiagnosis Complete(LayerMeasure measure, LayerDiagnosis layer, int index)
    {
        if (Array.Find(_signsOf, signs => signs?.Measure == measure) is { } found)
        {
            layer = layer with { Dead = found.Dead };
        }

        if (!measure.HasWeights)
        {
            return layer;
        }

        double norm = measure.Length(_start.Span);
        return layer with
        {
            UpdateRatio = Finite(_updates[index] / Math.Max(1, _looks)),
            LearningSpeed = Finite(norm == 0 ? 0 : measure.Distance(Learned, _start.Span) / norm),
            WeightGradientNorm = Finite(Math.Sqrt(_gradientSquares[index] / Math.Max(1, _looks))),
        };
    }

    private static double Finite(double value) => double.IsFinite(value) ? value : double.NaN;
}
