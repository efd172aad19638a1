using System.Globalization;

namespace Hillock.Activations.Numbers;

/// <summary>A node of an <see cref="Expression"/>. Records compare by what they contain, so equal trees are equal.</summary>
internal abstract record ExpressionNode
{
    public static readonly ExpressionNode Zero = new Number(0);

    private static readonly ExpressionNode One = new Number(1);

    // How tightly the parts of a text hold together: a part is put in parentheses where its surroundings hold tighter.
    private const int ConditionalLevel = 0;
    private const int SumLevel = 1;
    private const int ProductLevel = 2;
    private const int SignLevel = 3;
    private const int PowerLevel = 4;
    private const int AtomLevel = 5;

    protected abstract int Level { get; }

    public static ExpressionNode Sum(ExpressionNode left, ExpressionNode right) => (left, right) switch
    {
        (Number a, Number b) => new Number(a.Value + b.Value),
        (Number { Value: 0 }, _) => right,
        (_, Number { Value: 0 }) => left,
        (_, Negative b) => Difference(left, b.Operand),
        _ when TermOf(left) == TermOf(right) => Product(new Number(CoefficientOf(left) + CoefficientOf(right)), TermOf(left)),
        _ => new Binary('+', left, right),
    };

    public static ExpressionNode Difference(ExpressionNode left, ExpressionNode right) => (left, right) switch
    {
        (Number a, Number b) => new Number(a.Value - b.Value),
        (Number { Value: 0 }, _) => Negation(right),
        (_, Number { Value: 0 }) => left,
        (_, Negative b) => Sum(left, b.Operand),
        _ => new Binary('-', left, right),
    };

    public static ExpressionNode Product(ExpressionNode left, ExpressionNode right) => (left, right) switch
    {
        (Number a, Number b) => new Number(a.Value * b.Value),
        (Number { Value: 0 }, _) or (_, Number { Value: 0 }) => Zero,
        (Number { Value: 1 }, _) => right,
        (_, Number { Value: 1 }) => left,
        (Number { Value: -1 }, _) => Negation(right),
        (Number a, Binary { Operator: '*', Left: Number b } inner) => Product(new Number(a.Value * b.Value), inner.Right),
        (Number a, Binary { Operator: '/', Left: Number b } inner) => Quotient(new Number(a.Value * b.Value), inner.Right),
        (_, Number) => Product(right, left),
        (Negative a, Negative b) => Product(a.Operand, b.Operand),
        (Negative a, _) => Negation(Product(a.Operand, right)),
        (_, Negative b) => Negation(Product(left, b.Operand)),
        (Number, _) => new Binary('*', left, right),
        (_, Binary { Operator: '*', Left: Number number } inner) => Product(number, Product(left, inner.Right)),
        (Binary { Operator: '*', Left: Number number } inner, _) => Product(number, Product(inner.Right, right)),
        _ when BaseOf(left) == BaseOf(right) => new Power(BaseOf(left), ExponentOf(left) + ExponentOf(right)),
        _ => new Binary('*', left, right),
    };

    public static ExpressionNode Quotient(ExpressionNode left, ExpressionNode right) => (left, right) switch
    {
        (Number { Value: 0 }, _) => Zero,
        (_, Number { Value: 1 }) => left,
        _ when left == right => One,
        (Binary { Operator: '*' } product, _) when product.Left == right => product.Right,
        (Binary { Operator: '*' } product, _) when product.Right == right => product.Left,
        _ => new Binary('/', left, right),
    };

    public static ExpressionNode Negation(ExpressionNode operand) => operand switch
    {
        Number number => new Number(-number.Value),
        Negative negative => negative.Operand,
        _ => new Negative(operand),
    };

    private static ExpressionNode TermOf(ExpressionNode node) => node is Binary { Operator: '*', Left: Number } product ? product.Right : node;

    private static double CoefficientOf(ExpressionNode node) => node is Binary { Operator: '*', Left: Number number } ? number.Value : 1;

    private static ExpressionNode BaseOf(ExpressionNode node) => node is Power power ? power.Base : node;

    private static int ExponentOf(ExpressionNode node) => node is Power power ? power.Exponent : 1;

    /// <summary>The text, in parentheses where it stands inside something that holds tighter than it does.</summary>
    public string Text(int surrounding) => Level < surrounding ? $"({Text()})" : Text();

    protected abstract string Text();

    public sealed record Number(double Value) : ExpressionNode
    {
        protected override int Level => Value < 0 ? SignLevel : AtomLevel;

        protected override string Text() => Value.ToString("R", CultureInfo.InvariantCulture);
    }

    public sealed record Symbol(string Name) : ExpressionNode
    {
        protected override int Level => AtomLevel;

        protected override string Text() => Name;
    }

    public sealed record Call(string Function, ExpressionNode Argument) : ExpressionNode
    {
        protected override int Level => AtomLevel;

        protected override string Text() => $"{Function}({Argument.Text(ConditionalLevel)})";
    }

    public sealed record Negative(ExpressionNode Operand) : ExpressionNode
    {
        protected override int Level => SignLevel;

        protected override string Text() => $"-{Operand.Text(SignLevel)}";
    }

    public sealed record Power(ExpressionNode Base, int Exponent) : ExpressionNode
    {
        protected override int Level => PowerLevel;

        protected override string Text() => $"{Base.Text(AtomLevel)}^{Exponent}";
    }

    public sealed record RealPower(ExpressionNode Base, ExpressionNode Exponent) : ExpressionNode
    {
        protected override int Level => PowerLevel;

        protected override string Text() => $"{Base.Text(AtomLevel)}^{Exponent.Text(AtomLevel)}";
    }

    public sealed record Binary(char Operator, ExpressionNode Left, ExpressionNode Right) : ExpressionNode
    {
        protected override int Level => Operator is '+' or '-' ? SumLevel : ProductLevel;

        // The right operand of - and / is a unit of its own.
        protected override string Text() =>
            $"{Left.Text(Level)} {Operator} {Right.Text(Operator is '+' or '*' ? Level : Level + 1)}";
    }

    public sealed record IfPositive(ExpressionNode Condition, ExpressionNode Positive, ExpressionNode Otherwise) : ExpressionNode
    {
        protected override int Level => ConditionalLevel;

        protected override string Text() =>
            $"{Condition.Text(SumLevel)} > 0 ? {Positive.Text(SumLevel)} : {Otherwise.Text(ConditionalLevel)}";
    }
}
