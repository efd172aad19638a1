using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;
using Hillock.Activations.Rows;

namespace Hillock.Activations.Formulas;

/// <summary>One at the first maximum of a row, zero elsewhere.</summary>
internal readonly unsafe struct Hardmax : IRowFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "hardmax",
        Title = "Hardmax",
        Summary = "One at the first maximum of the row and zero elsewhere: the decision that softmax softens.",
        Paper = "ONNX operator Hardmax",
        Range = "{0, 1}",
        Monotone = false,
        Smooth = false,
        ZeroCentred = false,
        Saturation = Saturation.Both,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.Arithmetic,
        Kink = "0 everywhere, also where two maxima meet.",
        Peers =
        [
            new("ONNX", "Hardmax", "before opset 13 the axis is 1 and later axes are flattened"),
        ],
        Strengths =
        [
            "Exact and cheap: no exponential.",
        ],
        Weaknesses =
        [
            "Nothing is learned through it: its derivative is 0 wherever there is one.",
        ],
        WhenToUse = "To turn scores into a one-hot decision after training.",
    };

    /// <inheritdoc/>
    public static string Formula => "i == argmax(x) ? 1 : 0";

    /// <inheritdoc/>
    public static string Derivative => "dy_i/dx_j = 0";

    /// <inheritdoc/>
    public static string FormulaLatex => @"\begin{cases} 1 & \text{if } i = \arg\max_j x_j \\ 0 & \text{otherwise} \end{cases}";

    /// <inheritdoc/>
    public static string DerivativeLatex => @"\frac{\partial y_i}{\partial x_j} = 0";

    /// <inheritdoc/>
    public static bool HasBackwardFromOutput => true;

    /// <inheritdoc/>
    public static void Forward<A, V, TScalar>(in RowOperands<TScalar> row)
        where A : struct, IRowArithmetic<TScalar>
        where V : struct, IDoubleLanes<V>
        where TScalar : unmanaged
    {
        double maximum = A.Maximum<V>(row.Input, row.Length);
        if (double.IsNaN(maximum))
        {
            RowLoops<A, V, TScalar>.Fill(row.Result, row.Length, double.NaN);
            return;
        }

        nint first = RowLoops<A, V, TScalar>.IndexOf(row.Input, row.Length, maximum);
        RowLoops<A, V, TScalar>.Fill(row.Result, row.Length, 0);
        RowLoops<A, V, TScalar>.Store(1, row.Result + first);
    }

    /// <inheritdoc/>
    public static void Backward<A, V, TScalar>(in RowOperands<TScalar> row)
        where A : struct, IRowArithmetic<TScalar>
        where V : struct, IDoubleLanes<V>
        where TScalar : unmanaged
    {
        bool numbers = !double.IsNaN(A.Maximum<V>(row.Input, row.Length));
        RowLoops<A, V, TScalar>.Fill(row.Result, row.Length, numbers ? 0 : double.NaN);
    }

    /// <inheritdoc/>
    public static void BackwardFromOutput<A, V, TScalar>(in RowOperands<TScalar> row)
        where A : struct, IRowArithmetic<TScalar>
        where V : struct, IDoubleLanes<V>
        where TScalar : unmanaged =>
        Backward<A, V, TScalar>(row);
}
