using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>(1 + sigmoid(beta))·x where positive, alpha·x elsewhere.</summary>
public readonly struct AttentionRelu : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "arelu",
        Title = "AReLU",
        Summary = "A rectifier whose two slopes are learned: the right one lies between 1 and 2, the left one is that of a leaky rectifier.",
        Paper = "Chen, Li & Xu, AReLU: Attention-based Rectified Linear Unit, 2020",
        Range = "(-∞, ∞)",
        Monotone = true,
        Smooth = false,
        ZeroCentred = false,
        Saturation = Saturation.None,
        Initialisation = Initialisation.He,
        Cost = CostClass.Arithmetic,
        Kink = "f'(0) = alpha, as for leaky ReLU.",
        Parameters =
        [
            new("alpha", 0.9, 0.01, 0.99, "the slope of the left side") { Mode = new ParameterMode.Learned(ParameterScope.Layer, 0.9) },
            new("beta", 2, -100, 100, "the slope of the right side is 1 + sigmoid(beta)") { Mode = new ParameterMode.Learned(ParameterScope.Layer, 2) },
        ],
        Peers = [],
        Strengths =
        [
            "Slopes above 1 keep gradients from vanishing.",
            "Two numbers for a layer; learns with small learning rates too.",
        ],
        Weaknesses =
        [
            "Gradients can explode in deep stacks.",
            "Starts near a straight line: slopes 1.88 and 0.9.",
        ],
        WhenToUse = "In the place of PReLU, above all where weights are learned from other data.",
    };

    /// <inheritdoc/>
    public static float FloatRange => float.MaxValue;

    /// <inheritdoc/>
    public static bool HasSingleValue => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.IfPositive(x, 1 + T.Sigmoid(p.Second), p.First) * x;

    /// <inheritdoc/>
    /// <remarks>The slopes on either side.</remarks>
    public static P<float> SingleParameters(P<float> p)
    {
        float right = 0;
        SingleReal<DoubleLanes1> gate = SingleReal<DoubleLanes1>.Sigmoid(SingleReal<DoubleLanes1>.Broadcast(p.Second));
        SingleReal<DoubleLanes1>.Store(SingleReal<DoubleLanes1>.Constant(1) + gate, ref right);
        return new(p.First, right, 0, 0);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F SingleValue<F>(F x, P<F> p, out F slope)
        where F : struct, ISingleLanes<F>
    {
        slope = F.IfGreater(x, F.Broadcast(0), p.Second, p.First);
        return slope * x;
    }
}
