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
    public void Step(float* parameters, float* gradients, double learningRate)
    {
        CountStep();
        Update(parameters, gradients, 0, _weightLength, learningRate, _weightDecay);
        Update(parameters, gradients, _weightLength, _length, learningRate, _otherDecay);
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

    /// <summary>Updates the parameters from <paramref name="start"/> up to <paramref name="end"/>, both multiples of 16.</summary>
    protected abstract void Update(float* parameters, float* gradients, int start, int end, double learningRate, float weightDecay);
}
