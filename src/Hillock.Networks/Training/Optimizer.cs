using Hillock.Networks.Execution;
using Hillock.Networks.Numerics;

namespace Hillock.Networks;

/// <summary>Turns gradients into steps; keeps the moments that a rule needs.</summary>
internal abstract unsafe class Optimizer
{
    private readonly int _weightLength;
    private readonly int _length;
    private readonly float _weightDecay;

    /// <summary>Makes the common part.</summary>
    protected Optimizer(ParameterLayout layout, TrainingOptions options)
    {
        _weightLength = layout.WeightLength;
        _length = layout.Length;
        _weightDecay = (float)options.WeightDecay;
    }

    /// <summary>Makes the optimiser that the options ask for.</summary>
    public static Optimizer Create(ParameterLayout layout, TrainingOptions options) =>
        options.Optimizer == OptimizerKind.Sgd ? new MomentumOptimizer(layout, options) : new AdamOptimizer(layout, options);

    /// <summary>Takes a step.</summary>
    /// <param name="parameters">The parameters, which change.</param>
    /// <param name="gradients">Their gradients, laid out alike.</param>
    public void Step(float* parameters, float* gradients)
    {
        BeginStep();
        Update(parameters, gradients, 0, _weightLength, _weightDecay);
        Update(parameters, gradients, _weightLength, _length, 0);
    }

    /// <summary>Prepares what all parameters share.</summary>
    protected virtual void BeginStep()
    {
    }

    /// <summary>Updates the parameters from <paramref name="start"/> up to <paramref name="end"/>, both multiples of 16.</summary>
    protected abstract void Update(float* parameters, float* gradients, int start, int end, float weightDecay);
}
