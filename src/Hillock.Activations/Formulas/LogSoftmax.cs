using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;
using Hillock.Activations.Rows;

namespace Hillock.Activations.Formulas;

/// <summary>The logarithm of softmax.</summary>
internal readonly unsafe struct LogSoftmax : IRowFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "log_softmax",
        Title = "Log-softmax",
        Summary = "The logarithms of the probabilities that softmax gives, exact where these are next to 0 or 1.",
        Paper = "Blanchard, Higham & Higham, Accurately Computing the Log-Sum-Exp and Softmax Functions, IMA Journal of Numerical Analysis, 2021",
        Range = "(-∞, 0]",
        Monotone = true,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.None,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.SeveralTranscendentals,
        Peers =
        [
            new("PyTorch", "nn.LogSoftmax", "asks for the axis; a dominant score gets 0 where ours keeps its digits"),
            new("Keras", "log_softmax"),
            new("JAX", "jax.nn.log_softmax"),
            new("ONNX", "LogSoftmax", "before opset 13 the axis is 1 and later axes are flattened"),
        ],
        Strengths =
        [
            "Probabilities far too small for a number still have a logarithm.",
            "The score of the largest keeps its digits: -1e-30 is not 0.",
        ],
        Weaknesses =
        [
            "Its values are no probabilities: take the exponential first.",
        ],
        WhenToUse = "Before a likelihood loss, and wherever probabilities are multiplied.",
    };

    /// <inheritdoc/>
    public static string Formula => "x_i - max(x) - log1p(sum_(j != argmax) exp(x_j - max(x)))";

    /// <inheritdoc/>
    public static string Derivative => "dy_i/dx_j = (i == j ? 1 : 0) - exp(y_j)";

    /// <inheritdoc/>
    public static string FormulaLatex => @"x_i - \ln \sum_j e^{x_j}";

    /// <inheritdoc/>
    public static string DerivativeLatex => @"\frac{\partial y_i}{\partial x_j} = \delta_{ij} - e^{y_j}";

    /// <inheritdoc/>
    public static bool HasBackwardFromOutput => true;

    /// <inheritdoc/>
    public static void Forward<A, V, TScalar>(in RowOperands<TScalar> row)
        where A : struct, IRowArithmetic<TScalar>
        where V : struct, IDoubleLanes<V>
        where TScalar : unmanaged
    {
        if (!RowLoops<A, V, TScalar>.HasFiniteMaximum(row, out double maximum))
        {
            return;
        }

        // Two terms that are not positive: nothing cancels.
        double logarithm = ExponentialLoops<A, V, TScalar>.LogOfSum(row.Input, row.Length, maximum);
        RowLoops<A, V, TScalar>.Subtract(row.Input, row.Result, row.Length, maximum, logarithm);
    }

    /// <inheritdoc/>
    public static void Backward<A, V, TScalar>(in RowOperands<TScalar> row)
        where A : struct, IRowArithmetic<TScalar>
        where V : struct, IDoubleLanes<V>
        where TScalar : unmanaged
    {
        if (!RowLoops<A, V, TScalar>.HasFiniteMaximum(row, out double maximum))
        {
            return;
        }

        double sum = ExponentialLoops<A, V, TScalar>.Sum(row.Input, row.Length, maximum, row.Room);
        double total = RowLoops<A, V, TScalar>.Sum(row.Gradient, row.Length);
        ExponentialLoops<A, V, TScalar>.LessShare(row.Room, row.Gradient, row.Result, row.Length, sum, total);
    }

    /// <inheritdoc/>
    public static void BackwardFromOutput<A, V, TScalar>(in RowOperands<TScalar> row)
        where A : struct, IRowArithmetic<TScalar>
        where V : struct, IDoubleLanes<V>
        where TScalar : unmanaged
    {
        double total = RowLoops<A, V, TScalar>.Sum(row.Gradient, row.Length);
        ExponentialLoops<A, V, TScalar>.LessExponential(row.Input, row.Gradient, row.Result, row.Length, total);
    }
}
