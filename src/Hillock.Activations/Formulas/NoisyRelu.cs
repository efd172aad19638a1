using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>A rectifier of x plus noise whose variance is sigmoid(x).</summary>
public readonly struct NoisyRelu : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "noisy_relu",
        Title = "Noisy ReLU",
        Summary = "A rectifier with Gaussian noise of variance sigmoid(x) in training: the rate of a unit with many binary copies.",
        Paper = "Nair & Hinton, Rectified Linear Units Improve Restricted Boltzmann Machines, ICML 2010",
        Range = "[0, ∞)",
        Monotone = true,
        Smooth = false,
        ZeroCentred = false,
        Saturation = Saturation.Left,
        Initialisation = Initialisation.He,
        Cost = CostClass.SeveralTranscendentals,
        Kink = "f'(0) = 0, as for ReLU; the derivative includes that of the noise's size.",
        Parameters = [new("noise", 0, -100, 100, "the noise in units of its deviation, √sigmoid(x)") { Mode = new ParameterMode.Normal(0, 1) }],
        Peers = [],
        Strengths =
        [
            "Regularises: no two passes are alike.",
            "Units near zero are pushed over the edge at times, so they die more slowly.",
        ],
        Weaknesses =
        [
            "A normal number and a sigmoid for every element in training.",
            "In evaluation it is ReLU: training and use differ.",
        ],
        WhenToUse = "In restricted Boltzmann machines, and as a regulariser where dropout is not wanted.",
    };

    /// <inheritdoc/>
    public static float FloatRange => float.MaxValue;

    /// <inheritdoc/>
    /// <remarks>In evaluation there is no noise.</remarks>
    public static bool FloatLanesSuffice(P<float> p) => p.First == 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T FloatValue<TFormula, T>(T x, P<T> p)
        where TFormula : struct, IElementwiseFormula
        where T : struct, IReal<T> =>
        T.Rectified(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T>
    {
        T noisy = x + p.First * T.Sqrt(T.Sigmoid(x));
        return T.IfPositive(noisy, noisy, T.Constant(0));
    }
}
