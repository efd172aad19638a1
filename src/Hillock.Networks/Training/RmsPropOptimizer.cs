using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Hillock.Networks.Execution;
using Hillock.Networks.Numerics;

namespace Hillock.Networks;

/// <summary>RMSProp: v = ρ·v + (1 - ρ)·g², w -= η·g/(√v + ε), ρ = 0.9 as in the lecture.</summary>
/// <remarks>
/// Tieleman &amp; Hinton, Lecture 6.5 of Neural Networks for Machine Learning, 2012; without a mean taken off (not centred) and with the ε = 10⁻⁸
/// of PyTorch.
/// </remarks>
internal sealed unsafe class RmsPropOptimizer(ParameterLayout layout, TrainingOptions options) : Optimizer(layout, options)
{
    private const double Rho = 0.9;
    private const float Epsilon = 1e-8f;

    private readonly AlignedBuffer _square = new(layout.Length);

    public override IReadOnlyList<(string Name, AlignedBuffer Values)> Moments => [("square", _square)];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Update(float* parameters, float* gradients, int start, int end, double learningRate, float weightDecay)
    {
        Vector256<float> kept = Vector256.Create((float)Rho);
        Vector256<float> added = Vector256.Create((float)(1 - Rho));
        Vector256<float> rate = Vector256.Create(-(float)learningRate);
        Vector256<float> decay = Vector256.Create(weightDecay);
        Vector256<float> epsilon = Vector256.Create(Epsilon);
        Vector256<float> negligible = Vector256.Create(Negligible);
        float* square = _square.Pointer;
        for (int i = start; i < end; i += Vector256<float>.Count)
        {
            Vector256<float> w = Vector256.Load(parameters + i);
            Vector256<float> g = Vector256.FusedMultiplyAdd(decay, w, Vector256.Load(gradients + i));
            Vector256<float> v = Vector256.FusedMultiplyAdd(added * g, g, kept * Vector256.Load(square + i));
            v = Vector256.AndNot(v, Vector256.LessThan(v, negligible));
            v.Store(square + i);
            Vector256.FusedMultiplyAdd(rate, g / (Vector256.Sqrt(v) + epsilon), w).Store(parameters + i);
        }
    }
}
