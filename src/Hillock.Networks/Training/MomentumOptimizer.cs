using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Hillock.Networks.Execution;
using Hillock.Networks.Numerics;

namespace Hillock.Networks;

/// <summary>Stochastic gradient descent with momentum: v = μ·v + g, w -= η·v, as in PyTorch.</summary>
internal sealed unsafe class MomentumOptimizer(ParameterLayout layout, TrainingOptions options) : Optimizer(layout, options)
{
    private readonly AlignedBuffer _velocity = new(layout.Length);
    private readonly float _learningRate = (float)options.LearningRate;
    private readonly float _momentum = (float)options.Momentum;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Update(float* parameters, float* gradients, int start, int end, float weightDecay)
    {
        Vector256<float> momentum = Vector256.Create(_momentum);
        Vector256<float> rate = Vector256.Create(-_learningRate);
        Vector256<float> decay = Vector256.Create(weightDecay);
        Vector256<float> negligible = Vector256.Create(AdamOptimizer.Negligible);
        float* velocity = _velocity.Pointer;
        for (int i = start; i < end; i += Vector256<float>.Count)
        {
            Vector256<float> w = Vector256.Load(parameters + i);
            Vector256<float> g = Vector256.FusedMultiplyAdd(decay, w, Vector256.Load(gradients + i));
            Vector256<float> v = Vector256.FusedMultiplyAdd(momentum, Vector256.Load(velocity + i), g);
            v = Vector256.AndNot(v, Vector256.LessThan(Vector256.Abs(v), negligible));
            v.Store(velocity + i);
            Vector256.FusedMultiplyAdd(rate, v, w).Store(parameters + i);
        }
    }
}
