namespace Hillock.Activations.Numbers;

/// <summary>
/// A formula as a tree: run over expressions, a formula writes itself down, and over dual numbers of expressions it writes its own
/// derivative. Constants are folded and neutral elements dropped while the tree grows.
/// </summary>
public readonly record struct Expression : IReal<Expression>
{
    private readonly ExpressionNode? _node;

    internal Expression(ExpressionNode node) => _node = node;

    /// <summary>The tree; <c>default</c> stands for zero, as with other numbers.</summary>
    internal ExpressionNode Node => _node ?? ExpressionNode.Zero;

    /// <summary>A variable or a parameter.</summary>
    public static Expression Symbol(string name) => new(new ExpressionNode.Symbol(name));

    /// <inheritdoc/>
    public static Expression Constant(double value) => new(new ExpressionNode.Number(value));

    /// <inheritdoc/>
    public static Expression operator +(Expression left, Expression right) => new(ExpressionNode.Sum(left.Node, right.Node));

    /// <inheritdoc/>
    public static Expression operator -(Expression left, Expression right) => new(ExpressionNode.Difference(left.Node, right.Node));

    /// <inheritdoc/>
    public static Expression operator *(Expression left, Expression right) => new(ExpressionNode.Product(left.Node, right.Node));

    /// <inheritdoc/>
    public static Expression operator /(Expression left, Expression right) => new(ExpressionNode.Quotient(left.Node, right.Node));

    /// <inheritdoc/>
    public static Expression operator -(Expression value) => new(ExpressionNode.Negation(value.Node));

    /// <inheritdoc/>
    public static Expression MultiplyAdd(Expression a, Expression b, Expression c) => (a * b) + c;

    /// <inheritdoc/>
    public static Expression IfPositive(Expression condition, Expression positive, Expression otherwise) =>
        positive == otherwise ? positive : condition.Node is ExpressionNode.Number number ? (number.Value > 0 ? positive : otherwise) : new(new ExpressionNode.IfPositive(condition.Node, positive.Node, otherwise.Node));

    /// <inheritdoc/>
    public static Expression TimesSlope(Expression factor, Expression slope) => factor * slope;

    /// <inheritdoc/>
    public static Expression Abs(Expression x) => x.Node is ExpressionNode.Number number ? Constant(Math.Abs(number.Value)) : Call("abs", x);

    /// <inheritdoc/>
    public static Expression Sqrt(Expression x) => Call("sqrt", x);

    /// <inheritdoc/>
    public static Expression Round(Expression x) => Call("round", x);

    /// <inheritdoc/>
    public static Expression Sin(Expression x) => Call("sin", x);

    /// <inheritdoc/>
    public static Expression Cos(Expression x) => Call("cos", x);

    /// <inheritdoc/>
    public static Expression Pow(Expression x, Expression y) => new(new ExpressionNode.RealPower(x.Node, y.Node));

    /// <summary>x^y with its derivatives as one writes them.</summary>
    public static Expression Pow(Expression x, Expression y, out Expression byBase, out Expression byExponent)
    {
        Expression value = Pow(x, y);
        byBase = y * Pow(x, y - Constant(1));
        byExponent = value * Log(x);
        return value;
    }

    /// <inheritdoc/>
    public static Expression Exp(Expression x) => Call("exp", x);

    /// <inheritdoc/>
    public static Expression ExpM1(Expression x) => Call("expm1", x);

    /// <inheritdoc/>
    public static Expression Log(Expression x) => Call("log", x);

    /// <inheritdoc/>
    public static Expression Log1P(Expression x) => Call("log1p", x);

    /// <inheritdoc/>
    public static Expression Tanh(Expression x) => Call("tanh", x);

    /// <inheritdoc/>
    public static Expression Sigmoid(Expression x) => Call("sigmoid", x);

    /// <inheritdoc/>
    public static Expression SoftPlus(Expression x) => Call("softplus", x);

    /// <inheritdoc/>
    public static Expression Erf(Expression x) => Call("erf", x);

    /// <inheritdoc/>
    public static Expression Erfc(Expression x) => Call("erfc", x);

    /// <inheritdoc/>
    public static Expression NormalCdf(Expression x) => Call("normal_cdf", x);

    /// <inheritdoc/>
    public static Expression TanhSoftPlus(Expression x) => Tanh(SoftPlus(x));

    /// <summary>A whole power.</summary>
    internal static Expression Power(Expression operand, int exponent) => exponent switch
    {
        0 => Constant(1),
        1 => operand,
        _ => new(new ExpressionNode.Power(operand.Node, exponent)),
    };

    /// <summary>The formula as text, such as <c>x &gt; 0 ? x : alpha * x</c>; what is longer than 2000 characters ends there with " ...".</summary>
    public override string ToString() => Node.Text();

    private static Expression Call(string function, Expression argument) => new(new ExpressionNode.Call(function, argument.Node));
}
