using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Hillock.Networks.Execution;
using Hillock.Networks.Numerics;

namespace Hillock.Networks;

/// <summary>Adam, and AdamW with its decoupled weight decay.</summary>
/// <remarks>
/// Kingma &amp; Ba, Adam: a method for stochastic optimization, 2015; Loshchilov &amp; Hutter, Decoupled weight decay regularization, 2019.
/// m = β₁·m + (1 - β₁)·g, v = β₂·v + (1 - β₂)·g², w -= η·(m/(1 - β₁^t))/(√(v/(1 - β₂^t)) + ε): the paper's algorithm 1, with the two
/// corrections taken out of the loop. Decoupled decay: w -= η·λ·w before that.
/// </remarks>
internal sealed unsafe class AdamOptimizer(ParameterLayout layout, TrainingOptions options) : Optimizer(layout, options)
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const float Epsilon = 1e-8f;

    private readonly AlignedBuffer _first = new(layout.Length);
    private readonly AlignedBuffer _second = new(layout.Length);
    private readonly bool _decoupled = options.Optimizer == OptimizerKind.AdamW;
    private double _beta1Power = 1;
    private double _beta2Power = 1;

    public override IReadOnlyList<(string Name, AlignedBuffer Values)> Moments => [("first", _first), ("second", _second)];

    protected override void CountStep()
    {
        _beta1Power *= Beta1;
        _beta2Power *= Beta2;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Update(float* parameters, float* gradients, int start, int end, double learningRate, float weightDecay)
    {
        Vector512<float> rate1 = Vector512.Create((float)(1 - Beta1));
        Vector512<float> rate2 = Vector512.Create((float)(1 - Beta2));
        Vector512<float> beta2 = Vector512.Create((float)Beta2);
        Vector512<float> step = Vector512.Create(-(float)(learningRate / (1 - _beta1Power)));
        Vector512<float> correction = Vector512.Create((float)(1 / Math.Sqrt(1 - _beta2Power)));
        Vector512<float> epsilon = Vector512.Create(Epsilon);
        Vector512<float> coupled = Vector512.Create(_decoupled ? 0 : weightDecay);
        Vector512<float> shrink = Vector512.Create(_decoupled ? (float)(-learningRate * weightDecay) : 0);
        Vector512<float> negligible = Vector512.Create(Negligible);
        float* first = _first.Pointer;
        float* second = _second.Pointer;
        for (int i = start; i < end; i += Vector512<float>.Count)
        {
            Vector512<float> w = Vector512.Load(parameters + i);
            Vector512<float> g = Vector512.FusedMultiplyAdd(coupled, w, Vector512.Load(gradients + i));
            Vector512<float> m = Vector512.Load(first + i);
            m = Vector512.FusedMultiplyAdd(rate1, g - m, m);
            m = Vector512.AndNot(m, Vector512.LessThan(Vector512.Abs(m), negligible));
            m.Store(first + i);
            Vector512<float> v = Vector512.FusedMultiplyAdd(rate2 * g, g, beta2 * Vector512.Load(second + i));
            v = Vector512.AndNot(v, Vector512.LessThan(v, negligible));
            v.Store(second + i);
            Vector512<float> scale = Vector512.FusedMultiplyAdd(Vector512.Sqrt(v), correction, epsilon);
            w = Vector512.FusedMultiplyAdd(shrink, w, w);
            Vector512.FusedMultiplyAdd(step, m / scale, w).Store(parameters + i);
        }
    }
}
