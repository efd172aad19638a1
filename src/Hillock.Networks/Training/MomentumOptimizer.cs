using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Hillock.Networks.Execution;
using Hillock.Networks.Numerics;

namespace Hillock.Networks;

/// <summary>Stochastic gradient descent with momentum: v = μ·v + g, w -= η·v, as in PyTorch; after Nesterov w -= η·(g + μ·v).</summary>
/// <remarks>
/// Sutskever, Martens, Dahl &amp; Hinton, On the importance of initialization and momentum in deep learning, 2013. Nesterov's gradient stands at
/// w + μ·v there; as everywhere, w here is that point itself, which makes of it a step by the gradient and the velocity to come (Bengio,
/// Boulanger-Lewandowski &amp; Pascanu 2013).
/// </remarks>
internal sealed unsafe class MomentumOptimizer(ParameterLayout layout, TrainingOptions options) : Optimizer(layout, options)
{
    private readonly AlignedBuffer _velocity = new(layout.Length);
    private readonly float _momentum = (float)options.Momentum;
    private readonly bool _nesterov = options.Nesterov;

    public override IReadOnlyList<(string Name, AlignedBuffer Values)> Moments => [("velocity", _velocity)];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Update(float* parameters, float* gradients, int start, int end, double learningRate, float weightDecay)
    {
        Vector256<float> momentum = Vector256.Create(_momentum);
        Vector256<float> rate = Vector256.Create(-(float)learningRate);
        Vector256<float> decay = Vector256.Create(weightDecay);
        Vector256<float> negligible = Vector256.Create(Negligible);
        bool nesterov = _nesterov;
        float* velocity = _velocity.Pointer;
        for (int i = start; i < end; i += Vector256<float>.Count)
        {
            Vector256<float> w = Vector256.Load(parameters + i);
            Vector256<float> g = Vector256.FusedMultiplyAdd(decay, w, Vector256.Load(gradients + i));
            Vector256<float> v = Vector256.FusedMultiplyAdd(momentum, Vector256.Load(velocity + i), g);
            v = Vector256.AndNot(v, Vector256.LessThan(Vector256.Abs(v), negligible));
            v.Store(velocity + i);
            Vector256<float> direction = nesterov ? Vector256.FusedMultiplyAdd(momentum, v, g) : v;
            Vector256.FusedMultiplyAdd(rate, direction, w).Store(parameters + i);
        }
    }
}
