using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;
using Hillock.Activations.Rows;

namespace Hillock.Activations.Formulas;

/// <summary>CReLU: the positive and the negative part of a row, one after the other.</summary>
internal readonly unsafe struct ConcatenatedRelu : IRowFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "crelu",
        Title = "CReLU",
        Summary = "Concatenated rectifiers: the positive parts of the row, then its negative parts with the sign changed.",
        Paper = "Shang, Sohn, Almeida & Lee, Understanding and Improving Convolutional Neural Networks via Concatenated Rectified Linear Units, ICML 2016",
        Range = "[0, ∞)",
        Monotone = false,
        Smooth = false,
        ZeroCentred = false,
        Saturation = Saturation.None,
        Initialisation = Initialisation.He,
        Cost = CostClass.Arithmetic,
        Kink = "0 at x = 0 for both parts, as in ReLU.",
        Peers =
        [
            new("PyTorch", "nn.ReLU", "an example in its documentation: cat(relu(x), relu(-x))", null),
        ],
        Strengths =
        [
            "Loses nothing: what one rectifier cuts off the other passes.",
            "Halves the filters that the first layers need.",
        ],
        Weaknesses =
        [
            "Twice as many outputs as inputs, hence a wider next layer.",
        ],
        WhenToUse = "In the first layers of convolutional networks, whose filters come in pairs of opposite sign.",
    };

    /// <inheritdoc/>
    public static string Formula => "i < n ? max(x_i, 0) : max(-x_(i - n), 0) for a row of n";

    /// <inheritdoc/>
    public static string Derivative => "dy_i/dx_i = x_i > 0 ? 1 : 0, dy_(n + i)/dx_i = x_i < 0 ? -1 : 0";

    /// <inheritdoc/>
    public static string FormulaLatex => @"\begin{cases} \max\left(x_i, 0\right) & \text{if } i < n \\ \max\left(-x_{i - n}, 0\right) & \text{otherwise} \end{cases} \quad \text{for a row of } n";

    /// <inheritdoc/>
    public static string DerivativeLatex => @"\frac{\partial y_i}{\partial x_i} = \begin{cases} 1 & \text{if } x_i > 0 \\ 0 & \text{otherwise} \end{cases}, \quad \frac{\partial y_{n + i}}{\partial x_i} = \begin{cases} -1 & \text{if } x_i < 0 \\ 0 & \text{otherwise} \end{cases}";

    /// <inheritdoc/>
    public static bool KeepsLength => false;

    /// <inheritdoc/>
    public static bool JoinsAxes => true;

    /// <inheritdoc/>
    public static int OutputLength(int length, double parameter) => checked(2 * length);

    /// <inheritdoc/>
    public static void Forward<A, V, TScalar>(in RowOperands<TScalar> row)
        where A : struct, IRowArithmetic<TScalar>
        where V : struct, IDoubleLanes<V>
        where TScalar : unmanaged =>
        PieceLoops<A, V, TScalar>.Split(row.Input, row.Result, row.Length);

    /// <inheritdoc/>
    public static void Backward<A, V, TScalar>(in RowOperands<TScalar> row)
        where A : struct, IRowArithmetic<TScalar>
        where V : struct, IDoubleLanes<V>
        where TScalar : unmanaged =>
        PieceLoops<A, V, TScalar>.Join(row.Input, row.Gradient, row.Result, row.Length);
}
