using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;
using Hillock.Activations.Rows;

namespace Hillock.Activations.Formulas;

/// <summary>Maxout: the greatest of each group of consecutive inputs.</summary>
internal readonly unsafe struct Maxout : IRowFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "maxout",
        Title = "Maxout",
        Summary = "The greatest of every group of consecutive inputs: each output has its own piecewise linear convex function, which is learned with the weights.",
        Paper = "Goodfellow, Warde-Farley, Mirza, Courville & Bengio, Maxout Networks, ICML 2013",
        Range = "(-∞, ∞)",
        Monotone = true,
        Smooth = false,
        ZeroCentred = false,
        Saturation = Saturation.None,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.SeveralTranscendentals,
        Kink = "Where several inputs are the greatest, the gradient goes to the first.",
        Parameters = [new("pieces", 2, 2, 65536, "how many consecutive inputs share an output; the row must be a multiple of it") { IsCount = true }],
        Peers = [],
        Strengths =
        [
            "Fits any convex function of the inputs with enough pieces.",
            "Linear almost everywhere: nothing saturates, and no unit dies.",
        ],
        Weaknesses =
        [
            "Needs as many times more weights as there are pieces.",
            "Groups are consecutive inputs here; implementations that split the row into as many parts as pieces order the weights otherwise.",
        ],
        WhenToUse = "With dropout in dense layers, where weights are cheap.",
    };

    /// <inheritdoc/>
    public static string Formula => "max(x_(k*i), ..., x_(k*i + k - 1)) with k = pieces";

    /// <inheritdoc/>
    public static string Derivative => "dy_i/dx_j = j is the first maximum of group i ? 1 : 0";

    /// <inheritdoc/>
    public static string FormulaLatex => @"\max\left(x_{ki}, \ldots, x_{ki + k - 1}\right) \quad \text{with } k = \text{pieces}";

    /// <inheritdoc/>
    public static string DerivativeLatex => @"\frac{\partial y_i}{\partial x_j} = \begin{cases} 1 & \text{if } x_j \text{ is the first maximum of group } i \\ 0 & \text{otherwise} \end{cases}";

    /// <inheritdoc/>
    public static bool KeepsLength => false;

    /// <inheritdoc/>
    public static int OutputLength(int length, double parameter)
    {
        if (!(parameter >= 2 && parameter <= ushort.MaxValue + 1) || parameter != Math.Floor(parameter))
        {
            throw new ArgumentException(FormattableString.Invariant($"{Facts.Name}'s pieces must be a whole number from 2 to 65536, not {parameter:R}"), nameof(parameter));
        }

        return length % (int)parameter == 0
            ? length / (int)parameter
            : throw new ArgumentException($"{Facts.Name} takes groups of {parameter} inputs, and a row of {length} is no whole number of them", nameof(length));
    }

    /// <inheritdoc/>
    public static void Forward<A, V, TScalar>(in RowOperands<TScalar> row)
        where A : struct, IRowArithmetic<TScalar>
        where V : struct, IDoubleLanes<V>
        where TScalar : unmanaged =>
        PieceLoops<A, V, TScalar>.Greatest(row.Input, row.Result, row.OutputLength, row.Length / row.OutputLength);

    /// <inheritdoc/>
    public static void Backward<A, V, TScalar>(in RowOperands<TScalar> row)
        where A : struct, IRowArithmetic<TScalar>
        where V : struct, IDoubleLanes<V>
        where TScalar : unmanaged =>
        PieceLoops<A, V, TScalar>.ToGreatest(row.Input, row.Gradient, row.Result, row.OutputLength, row.Length / row.OutputLength);
}
