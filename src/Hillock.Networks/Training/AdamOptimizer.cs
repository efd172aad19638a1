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
        Vector256<float> rate1 = Vector256.Create((float)(1 - Beta1));
        Vector256<float> rate2 = Vector256.Create((float)(1 - Beta2));
        Vector256<float> beta2 = Vector256.Create((float)Beta2);
        Vector256<float> step = Vector256.Create(-(float)(learningRate / (1 - _beta1Power)));
        Vector256<float> correction = Vector256.Create((float)(1 / Math.Sqrt(1 - _beta2Power)));
        Vector256<float> epsilon = Vector256.Create(Epsilon);
        Vector256<float> coupled = Vector256.Create(_decoupled ? 0 : weightDecay);
        Vector256<float> shrink = Vector256.Create(_decoupled ? (float)(-learningRate * weightDecay) : 0);
        Vector256<float> negligible = Vector256.Create(Negligible);
        float* first = _first.Pointer;
        float* second = _second.Pointer;
        for (int i = start; i < end; i += Vector256<float>.Count)
        {
            Vector256<float> w = Vector256.Load(parameters + i);
            Vector256<float> g = Vector256.FusedMultiplyAdd(coupled, w, Vector256.Load(gradients + i));
            Vector256<float> m = Vector256.Load(first + i);
            m = Vector256.FusedMultiplyAdd(rate1, g - m, m);
            m = Vector256.AndNot(m, Vector256.LessThan(Vector256.Abs(m), negligible));
            m.Store(first + i);
            Vector256<float> v = Vector256.FusedMultiplyAdd(rate2 * g, g, beta2 * Vector256.Load(second + i));
            v = Vector256.AndNot(v, Vector256.LessThan(v, negligible));
            v.Store(second + i);
            Vector256<float> scale = Vector256.FusedMultiplyAdd(Vector256.Sqrt(v), correction, epsilon);
            w = Vector256.FusedMultiplyAdd(shrink, w, w);
            Vector256.FusedMultiplyAdd(step, m / scale, w).Store(parameters + i);
        }
    }
}
