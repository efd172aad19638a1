using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;
using Hillock.Activations.Rows;

namespace Hillock.Activations.Formulas;

/// <summary>Sparsemax: the Euclidean projection of a row onto the probability simplex.</summary>
internal readonly unsafe struct Sparsemax : IRowFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "sparsemax",
        Title = "Sparsemax",
        Summary = "Turns a row of scores into the nearest probabilities in the Euclidean sense, many of which are exactly zero.",
        Paper = "Martins & Astudillo, From Softmax to Sparsemax: A Sparse Model of Attention and Multi-Label Classification, ICML 2016",
        Range = "[0, 1]",
        Monotone = true,
        Smooth = false,
        ZeroCentred = false,
        Saturation = Saturation.Both,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.SeveralTranscendentals,
        Kink = "Where a score enters the support its slope jumps; on the edge it counts as outside.",
        Peers =
        [
            new("Keras", "sparsemax"),
        ],
        Strengths =
        [
            "Unlikely classes get exactly zero: attention that can be read.",
            "No exponential.",
        ],
        Weaknesses =
        [
            "No gradient reaches a score outside the support.",
            "A likelihood loss meets the logarithm of 0: it needs a loss of its own.",
        ],
        WhenToUse = "For attention or outputs in which most classes should be ruled out.",
    };

    /// <inheritdoc/>
    public static string Formula => "max(x_i - tau, 0) with tau such that sum_j y_j = 1";

    /// <inheritdoc/>
    public static string Derivative => "dy_i/dx_j = (i == j ? 1 : 0) - 1 / |S| for i, j in the support S = {k: y_k > 0}, else 0";

    /// <inheritdoc/>
    public static string FormulaLatex => @"\max\left(x_i - \tau, 0\right) \quad \text{with } \tau \text{ such that } \sum_j y_j = 1";

    /// <inheritdoc/>
    public static string DerivativeLatex => @"\frac{\partial y_i}{\partial x_j} = \begin{cases} \delta_{ij} - \frac{1}{|S|} & \text{if } i, j \in S = \{k : y_k > 0\} \\ 0 & \text{otherwise} \end{cases}";

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

        Support support = SparsemaxLoops<A, V, TScalar>.Find(row.Input, row.Length, maximum, row.Room);
        SparsemaxLoops<A, V, TScalar>.Project(row.Input, row.Result, row.Length, support);
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

        Support support = SparsemaxLoops<A, V, TScalar>.Find(row.Input, row.Length, maximum, row.Room);
        SparsemaxLoops<A, V, TScalar>.LessMean(row.Input, row.Gradient, row.Result, row.Length, support);
    }

    /// <inheritdoc/>
    public static void BackwardFromOutput<A, V, TScalar>(in RowOperands<TScalar> row)
        where A : struct, IRowArithmetic<TScalar>
        where V : struct, IDoubleLanes<V>
        where TScalar : unmanaged
    {
        // An output is its own distance from the threshold.
        SparsemaxLoops<A, V, TScalar>.LessMean(row.Input, row.Gradient, row.Result, row.Length, default);
    }
}
