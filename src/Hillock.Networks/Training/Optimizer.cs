using Hillock.Networks.Execution;
using Hillock.Networks.Numerics;

namespace Hillock.Networks;

/// <summary>Turns gradients into steps; keeps the moments that a rule needs.</summary>
internal abstract unsafe class Optimizer
{
    /// <summary>
    /// Moments below this become zero. A parameter whose gradient has stopped would otherwise carry subnormal moments for ever, which many processors
    /// compute a hundred times more slowly; against the ε of the adaptive rules they move nothing.
    /// </summary>
    protected const float Negligible = 1e-30f;

    /// <summary>How many parameters a worker updates at a time; a multiple of 16.</summary>
    private const int PieceLength = 1 << 14;

    private readonly int _weightLength;
    private readonly int _length;
    private readonly float _weightDecay;
    private readonly float _otherDecay;

    /// <summary>Makes the common part.</summary>
    protected Optimizer(ParameterLayout layout, TrainingOptions options)
    {
        _weightLength = layout.WeightLength;
        _length = layout.Length;
        _weightDecay = (float)options.WeightDecay;
        _otherDecay = options.DecayAll ? _weightDecay : 0;
    }

    /// <summary>What the rule remembers of each parameter, by name: all that a checkpoint needs beside the number of steps.</summary>
    public abstract IReadOnlyList<(string Name, AlignedBuffer Values)> Moments { get; }

    /// <summary>Makes the optimiser that the options ask for.</summary>
    public static Optimizer Create(ParameterLayout layout, TrainingOptions options) => options.Optimizer switch
    {
        OptimizerKind.Sgd => new MomentumOptimizer(layout, options),
        OptimizerKind.RmsProp => new RmsPropOptimizer(layout, options),
        _ => new AdamOptimizer(layout, options),
    };

    /// <summary>Takes a step.</summary>
    /// <param name="parameters">The parameters, which change.</param>
    /// <param name="gradients">Their gradients, laid out alike.</param>
    /// <param name="learningRate">The learning rate of this step.</param>
    /// <param name="team">Shares the work; null for this thread alone. The bits are the same: every parameter is updated by itself.</param>
    public void Step(float* parameters, float* gradients, double learningRate, WorkerTeam? team = null)
    {
        CountStep();
        Pieces pieces = new(this, parameters, gradients, learningRate, team is null or { Workers: 1 } ? _length : PieceLength);
        if (pieces.Count <= 1)
        {
            pieces.Run(0, 0);
        }
        else
        {
            team!.Run(pieces.Count, ref pieces);
        }
    }

    /// <summary>Goes on where another optimiser of the same options was, whose <see cref="Moments"/> have been taken over.</summary>
    /// <param name="steps">The steps that it had taken.</param>
    public void Resume(long steps)
    {
        for (long step = 0; step < steps; step++)
        {
            CountStep();
        }
    }

    /// <summary>Brings what depends on the number of steps alone up to the next one.</summary>
    protected virtual void CountStep()
    {
    }

    /// <summary>Updates some parameters, weights and others with their decay.</summary>
    private void Update(float* parameters, float* gradients, int start, int end, double learningRate)
    {
        Update(parameters, gradients, start, Math.Min(end, _weightLength), learningRate, _weightDecay);
        Update(parameters, gradients, Math.Max(start, _weightLength), end, learningRate, _otherDecay);
    }

    /// <summary>Updates the parameters from <paramref name="start"/> up to <paramref name="end"/>, both multiples of 16; none where the end is not behind the start.</summary>
    protected abstract void Update(float* parameters, float* gradients, int start, int end, double learningRate, float weightDecay);

    private readonly struct Pieces(Optimizer optimizer, float* parameters, float* gradients, double learningRate, int length) : IParallelWork
    {
        public int Count => length == 0 ? 0 : (optimizer._length + length - 1) / length;

        public void Run(int part, int worker) =>
            optimizer.Update(parameters, gradients, part * length, Math.Min(optimizer._length, (part + 1) * length), learningRate);
    }
}
