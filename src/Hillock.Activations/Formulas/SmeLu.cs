using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>The smooth rectifier: a parabola between -beta and beta joins 0 and x.</summary>
public readonly struct SmeLu : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "smelu",
        Title = "SmeLU",
        Summary = "A rectifier whose corner is rounded by a parabola.",
        Paper = "Shamir, Lin & Coviello, Smooth Activations and Reproducibility in Deep Networks, 2020",
        Range = "[0, ∞)",
        Monotone = true,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.Left,
        Initialisation = Initialisation.He,
        Cost = CostClass.Arithmetic,
        Parameters = [new("beta", 1, 0.001, 1000, "half the width of the bend")],
        Aliases =
        [
            new("sparse_plus", "beta=1", "Keras and JAX, after Martins & Astudillo, From Softmax to Sparsemax, ICML 2016", "The integral of sparse_sigmoid, which is SmeLU with beta = 1."),
        ],
        Peers =
        [
            new("Keras", "sparse_plus", "beta is 1"),
            new("JAX", "jax.nn.sparse_plus", "beta is 1"),
        ],
        Strengths =
        [
            "Smooth without an exponential.",
            "Two trainings of one network disagree less than with ReLU.",
        ],
        Weaknesses =
        [
            "No gradient below -beta, so units can die.",
            "The width of the bend must be chosen.",
        ],
        WhenToUse = "Where predictions should not change from one training to the next.",
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T>
    {
        T shifted = x + p.First;
        return T.IfPositive(x - p.First, x, T.IfPositive(shifted, 0.25 * (shifted * shifted) / p.First, T.Constant(0)));
    }
}
