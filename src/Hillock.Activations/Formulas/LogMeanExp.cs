using Hillock.Activations.Catalogue;
using Hillock.Activations.Elementary;
using Hillock.Activations.Numbers;
using Hillock.Activations.Rows;

namespace Hillock.Activations.Formulas;

/// <summary>The logarithm of the mean of exponentials: one output for a row.</summary>
internal readonly unsafe struct LogMeanExp : IRowFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "logmeanexp",
        Title = "Log-mean-exp",
        Summary = "The logarithm of the mean of the exponentials of a row: a smooth maximum that does not grow with the row, one number for each row.",
        Paper = "Pinheiro & Collobert, From Image-level to Pixel-level Labeling with Convolutional Networks, CVPR 2015",
        Range = "(-∞, ∞)",
        Monotone = true,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.None,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.OneTranscendental,
        Peers =
        [
            new("JAX", "jax.nn.logmeanexp", "over all axes by default", null),
        ],
        Strengths =
        [
            "Between the mean and the maximum of the row, whatever its length.",
            "Its gradient is softmax.",
        ],
        Weaknesses =
        [
            "A lone large value in a long row counts for less: ln n less than the maximum.",
        ],
        WhenToUse = "To pool scores of rows of different lengths, and for the logarithm of a likelihood from samples.",
    };

    /// <inheritdoc/>
    public static string Formula => "max(x) + log1p(sum_(j != argmax) exp(x_j - max(x))) - log(n)";

    /// <inheritdoc/>
    public static string Derivative => "dy/dx_j = exp(x_j - y) / n";

    /// <inheritdoc/>
    public static string FormulaLatex => @"\ln \frac{1}{n} \sum_j e^{x_j}";

    /// <inheritdoc/>
    public static string DerivativeLatex => @"\frac{\partial y}{\partial x_j} = \frac{e^{x_j - y}}{n}";

    /// <inheritdoc/>
    public static bool KeepsLength => false;

    /// <inheritdoc/>
    public static int OutputLength(int length, double parameter) => length > 0
        ? 1
        : throw new ArgumentException($"{Facts.Name} is of rows of at least 1 element, not of 0", nameof(length));

    /// <inheritdoc/>
    /// <remarks>The logarithm of the length is taken as that of the sum is: of a row of equal elements they cancel exactly.</remarks>
    public static void Forward<A, V, TScalar>(in RowOperands<TScalar> row)
        where A : struct, IRowArithmetic<TScalar>
        where V : struct, IDoubleLanes<V>
        where TScalar : unmanaged
    {
        double logOfLength = 0;
        DoubleLanes1.Store(DoubleElementary<DoubleLanes1>.Log1P(DoubleLanes1.Broadcast(row.Length - 1)), ref logOfLength);
        LogSumExp.Store<A, V, TScalar>(row, logOfLength);
    }

    /// <inheritdoc/>
    public static void Backward<A, V, TScalar>(in RowOperands<TScalar> row)
        where A : struct, IRowArithmetic<TScalar>
        where V : struct, IDoubleLanes<V>
        where TScalar : unmanaged =>
        LogSumExp.Backward<A, V, TScalar>(row);
}
