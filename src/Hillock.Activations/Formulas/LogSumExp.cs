using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;
using Hillock.Activations.Rows;

namespace Hillock.Activations.Formulas;

/// <summary>The logarithm of the sum of exponentials: one output for a row.</summary>
internal readonly unsafe struct LogSumExp : IRowFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "logsumexp",
        Title = "Log-sum-exp",
        Summary = "The logarithm of the sum of the exponentials of a row: a smooth maximum, one number for each row.",
        Paper = "Blanchard, Higham & Higham, Accurately Computing the Log-Sum-Exp and Softmax Functions, IMA Journal of Numerical Analysis, 2021",
        Range = "(-∞, ∞)",
        Monotone = true,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.None,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.OneTranscendental,
        Peers =
        [
            new("PyTorch", "torch.logsumexp", "asks for the axis"),
            new("Keras", "ops.logsumexp", "over all axes by default", null),
            new("JAX", "jax.nn.logsumexp", "over all axes by default", null),
            new("ONNX", "ReduceLogSumExp", "over all axes by default", null),
        ],
        Strengths =
        [
            "Never overflows, and keeps the digits of what lies beside a dominant term.",
            "Its gradient is softmax.",
        ],
        Weaknesses =
        [
            "At least the maximum, and more by up to the logarithm of the length of the row.",
        ],
        WhenToUse = "As a smooth maximum or pooling, and for the normaliser of a softmax.",
    };

    /// <inheritdoc/>
    public static string Formula => "max(x) + log1p(sum_(j != argmax) exp(x_j - max(x)))";

    /// <inheritdoc/>
    public static string Derivative => "dy/dx_j = exp(x_j - y)";

    /// <inheritdoc/>
    public static string FormulaLatex => @"\ln \sum_j e^{x_j}";

    /// <inheritdoc/>
    public static string DerivativeLatex => @"\frac{\partial y}{\partial x_j} = e^{x_j - y}";

    /// <inheritdoc/>
    public static bool KeepsLength => false;

    /// <inheritdoc/>
    public static int OutputLength(int length, double parameter) => length > 0
        ? 1
        : throw new ArgumentException($"{Facts.Name} is of rows of at least 1 element, not of 0", nameof(length));

    /// <inheritdoc/>
    public static void Forward<A, V, TScalar>(in RowOperands<TScalar> row)
        where A : struct, IRowArithmetic<TScalar>
        where V : struct, IDoubleLanes<V>
        where TScalar : unmanaged =>
        Store<A, V, TScalar>(row, 0);

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
        ExponentialLoops<A, V, TScalar>.Share(row.Room, row.Result, row.Length, sum, RowLoops<A, V, TScalar>.Scalar(row.Gradient));
    }

    /// <summary>Stores the logarithm of the sum of the exponentials of a row, less another number.</summary>
    internal static void Store<A, V, TScalar>(in RowOperands<TScalar> row, double less)
        where A : struct, IRowArithmetic<TScalar>
        where V : struct, IDoubleLanes<V>
        where TScalar : unmanaged
    {
        double maximum = A.Maximum<V>(row.Input, row.Length);
        double result = maximum;
        if (double.IsFinite(maximum))
        {
            double logarithm = ExponentialLoops<A, V, TScalar>.LogOfSum(row.Input, row.Length, maximum);
            result = maximum + (logarithm - less);

            // Where the terms cancel, the logarithm needs more digits than a float result shows elsewhere.
            if (A.HasSpareDigits && Math.Abs(result) < logarithm / 64)
            {
                result = maximum + (ExponentialLoops<PreciseRows<A, TScalar>, V, TScalar>.LogOfSum(row.Input, row.Length, maximum) - less);
            }
        }

        RowLoops<A, V, TScalar>.Store(result, row.Result);
    }
}
