using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;
using Hillock.Activations.Rows;

namespace Hillock.Activations.Formulas;

/// <summary>Softmax over the last axis: e^(x - max) divided by its sum.</summary>
internal readonly unsafe struct Softmax : IRowFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "softmax",
        Title = "Softmax",
        Summary = "Turns a row of scores into probabilities that sum to one.",
        Paper = "Bridle, Probabilistic Interpretation of Feedforward Classification Network Outputs, 1990",
        Range = "[0, 1]",
        Monotone = true,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.Both,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.OneTranscendental,
        Peers =
        [
            new("PyTorch", "nn.Softmax", "asks for the axis"),
            new("Keras", "softmax"),
            new("JAX", "jax.nn.softmax"),
            new("ONNX", "Softmax", "before opset 13 the axis is 1 and later axes are flattened"),
        ],
        Strengths =
        [
            "Its values read as the probabilities of exclusive classes.",
            "With cross-entropy the gradient is simply probability minus target.",
        ],
        Weaknesses =
        [
            "Saturates where one score dominates.",
            "Units of a layer compete: rarely right in hidden layers.",
        ],
        WhenToUse = "On the output of a classifier with more than two exclusive classes.",
    };

    /// <inheritdoc/>
    public static string Formula => "exp(x_i - max(x)) / sum_j exp(x_j - max(x))";

    /// <inheritdoc/>
    public static string Derivative => "dy_i/dx_j = y_i * ((i == j ? 1 : 0) - y_j)";

    /// <inheritdoc/>
    public static string FormulaLatex => @"\frac{e^{x_i}}{\sum_j e^{x_j}}";

    /// <inheritdoc/>
    public static string DerivativeLatex => @"\frac{\partial y_i}{\partial x_j} = y_i \left(\delta_{ij} - y_j\right)";

    /// <inheritdoc/>
    public static bool HasBackwardFromOutput => true;

    /// <inheritdoc/>
    public static void Forward<A, V, TScalar>(in RowOperands<TScalar> row)
        where A : struct, IRowArithmetic<TScalar>
        where V : struct, IDoubleLanes<V>
        where TScalar : unmanaged
    {
        // With the maximum subtracted nothing overflows, and the largest term is exactly 1.
        if (!RowLoops<A, V, TScalar>.HasFiniteMaximum(row, out double maximum))
        {
            return;
        }

        double sum = ExponentialLoops<A, V, TScalar>.Sum(row.Input, row.Length, maximum, row.Room);
        ExponentialLoops<A, V, TScalar>.Share(row.Room, row.Result, row.Length, sum, 1);
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

        double sum = ExponentialLoops<A, V, TScalar>.SumWithGradient(row.Input, row.Gradient, row.Length, maximum, row.Room, out double weighted);
        ExponentialLoops<A, V, TScalar>.ShareOfDifference(row.Room, row.Gradient, row.Result, row.Length, sum, weighted / sum);
    }

    /// <inheritdoc/>
    public static void BackwardFromOutput<A, V, TScalar>(in RowOperands<TScalar> row)
        where A : struct, IRowArithmetic<TScalar>
        where V : struct, IDoubleLanes<V>
        where TScalar : unmanaged =>
        RowLoops<A, V, TScalar>.FromShares(row.Input, row.Gradient, row.Result, row.Length, 1);
}
