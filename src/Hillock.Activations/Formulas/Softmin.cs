using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;
using Hillock.Activations.Rows;

namespace Hillock.Activations.Formulas;

/// <summary>Softmin: the softmax of -x.</summary>
internal readonly unsafe struct Softmin : IRowFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "softmin",
        Title = "Softmin",
        Summary = "Turns a row of costs into probabilities that sum to one, the least cost getting the most: the softmax of -x.",
        Paper = "Bridle, Probabilistic Interpretation of Feedforward Classification Network Outputs, 1990",
        Range = "[0, 1]",
        Monotone = false,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.Both,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.OneTranscendental,
        Peers =
        [
            new("PyTorch", "nn.Softmin", "asks for the axis"),
        ],
        Strengths =
        [
            "Reads distances and energies without a change of sign.",
        ],
        Weaknesses =
        [
            "Saturates where one cost is far below the others.",
            "Any -∞ makes the row NaN, as +∞ does in softmax.",
        ],
        WhenToUse = "Where small means good: over distances, costs or energies.",
    };

    /// <inheritdoc/>
    public static string Formula => "exp(min(x) - x_i) / sum_j exp(min(x) - x_j)";

    /// <inheritdoc/>
    public static string Derivative => "dy_i/dx_j = -y_i * ((i == j ? 1 : 0) - y_j)";

    /// <inheritdoc/>
    public static string FormulaLatex => @"\frac{e^{-x_i}}{\sum_j e^{-x_j}}";

    /// <inheritdoc/>
    public static string DerivativeLatex => @"\frac{\partial y_i}{\partial x_j} = -y_i \left(\delta_{ij} - y_j\right)";

    /// <inheritdoc/>
    public static bool HasBackwardFromOutput => true;

    /// <inheritdoc/>
    public static void Forward<A, V, TScalar>(in RowOperands<TScalar> row)
        where A : struct, IRowArithmetic<TScalar>
        where V : struct, IDoubleLanes<V>
        where TScalar : unmanaged =>
        Softmax.Forward<NegatedRows<A, TScalar>, V, TScalar>(row);

    /// <inheritdoc/>
    /// <remarks>With inputs and gradients of the other sign, softmax's gradient is that of softmin.</remarks>
    public static void Backward<A, V, TScalar>(in RowOperands<TScalar> row)
        where A : struct, IRowArithmetic<TScalar>
        where V : struct, IDoubleLanes<V>
        where TScalar : unmanaged =>
        Softmax.Backward<NegatedRows<A, TScalar>, V, TScalar>(row);

    /// <inheritdoc/>
    public static void BackwardFromOutput<A, V, TScalar>(in RowOperands<TScalar> row)
        where A : struct, IRowArithmetic<TScalar>
        where V : struct, IDoubleLanes<V>
        where TScalar : unmanaged =>
        RowLoops<A, V, TScalar>.FromShares(row.Input, row.Gradient, row.Result, row.Length, -1);
}
