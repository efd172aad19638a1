using System.Globalization;
using System.Text;

namespace Hillock.Activations.Numbers;

/// <summary>
/// A node of an <see cref="Expression"/>. Records compare by what they contain, so equal trees are equal. Nodes are shared: of a formula that repeats its argument,
/// as |x| does in its derivative, nested n times, the tree has 2^n nodes while n are made. So nothing walks through a tree that <see cref="IsTooLarge"/>.
/// </summary>
internal abstract record ExpressionNode
{
    /// <summary>How long a text may be; what is longer nobody reads.</summary>
    public const int MaximumLength = 2000;

    // A node is a character at least, so that the text of a tree of more nodes is too long as well.
    private const int MaximumSize = MaximumLength;

    public static readonly ExpressionNode Zero = new Number(0);

    private static readonly ExpressionNode One = new Number(1);

    // How tightly the parts of a text hold together: a part is put in parentheses where its surroundings hold tighter.
    private const int ConditionalLevel = 0;
    private const int SumLevel = 1;
    private const int ProductLevel = 2;
    private const int SignLevel = 3;
    private const int PowerLevel = 4;
    private const int AtomLevel = 5;

    private readonly int _size;

    /// <summary>Makes a node above others.</summary>
    protected ExpressionNode(ExpressionNode? first = null, ExpressionNode? second = null, ExpressionNode? third = null) =>
        _size = Math.Min(MaximumSize + 1, 1 + SizeOf(first) + SizeOf(second) + SizeOf(third));

    protected abstract int Level { get; }

    /// <summary>Whether its tree has more nodes than anyone would read.</summary>
    public bool IsTooLarge => _size > MaximumSize;

    /// <summary>Whether two trees are equal; trees that are too large are only where they are the same.</summary>
    public virtual bool Equals(ExpressionNode? other) =>
        ReferenceEquals(this, other) || (other is not null && EqualityContract == other.EqualityContract && _size == other._size && !IsTooLarge);

    /// <inheritdoc/>
    public override int GetHashCode() => _size;

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

    /// <summary>The text; of a long one the beginning, with an ellipsis behind it.</summary>
    public string Text()
    {
        StringBuilder text = new();
        Write(text, ConditionalLevel);
        return text.Length <= MaximumLength ? text.ToString() : $"{text.ToString(0, MaximumLength)} ...";
    }

    /// <summary>Writes the text, in parentheses where it stands inside something that holds tighter than it does.</summary>
    private void Write(StringBuilder text, int surrounding)
    {
        if (text.Length > MaximumLength)
        {
            return;
        }

        if (Level >= surrounding)
        {
            Write(text);
            return;
        }

        text.Append('(');
        Write(text);
        text.Append(')');
    }

    protected abstract void Write(StringBuilder text);

    private static int SizeOf(ExpressionNode? node) => node?._size ?? 0;

    public sealed record Number(double Value) : ExpressionNode
    {
        protected override int Level => Value < 0 ? SignLevel : AtomLevel;

        protected override void Write(StringBuilder text) => text.Append(Value.ToString("R", CultureInfo.InvariantCulture));
    }

    public sealed record Symbol(string Name) : ExpressionNode
    {
        protected override int Level => AtomLevel;

        protected override void Write(StringBuilder text) => text.Append(Name);
    }

    public sealed record Call(string Function, ExpressionNode Argument) : ExpressionNode(Argument)
    {
        protected override int Level => AtomLevel;

        protected override void Write(StringBuilder text)
        {
            text.Append(Function).Append('(');
            Argument.Write(text, ConditionalLevel);
            text.Append(')');
        }
    }

    public sealed record Negative(ExpressionNode Operand) : ExpressionNode(Operand)
    {
        protected override int Level => SignLevel;

        protected override void Write(StringBuilder text)
        {
            text.Append('-');
            Operand.Write(text, SignLevel);
        }
    }

    public sealed record Power(ExpressionNode Base, int Exponent) : ExpressionNode(Base)
    {
        protected override int Level => PowerLevel;

        protected override void Write(StringBuilder text)
        {
            Base.Write(text, AtomLevel);
            text.Append('^').Append(Exponent.ToString(CultureInfo.InvariantCulture));
        }
    }

    public sealed record RealPower(ExpressionNode Base, ExpressionNode Exponent) : ExpressionNode(Base, Exponent)
    {
        protected override int Level => PowerLevel;

        protected override void Write(StringBuilder text)
        {
            Base.Write(text, AtomLevel);
            text.Append('^');
            Exponent.Write(text, AtomLevel);
        }
    }

    public sealed record Binary(char Operator, ExpressionNode Left, ExpressionNode Right) : ExpressionNode(Left, Right)
    {
        protected override int Level => Operator is '+' or '-' ? SumLevel : ProductLevel;

        // The right operand of - and / is a unit of its own.
        protected override void Write(StringBuilder text)
        {
            Left.Write(text, Level);
            text.Append(' ').Append(Operator).Append(' ');
            Right.Write(text, Operator is '+' or '*' ? Level : Level + 1);
        }
    }

    public sealed record IfPositive(ExpressionNode Condition, ExpressionNode Positive, ExpressionNode Otherwise) : ExpressionNode(Condition, Positive, Otherwise)
    {
        protected override int Level => ConditionalLevel;

        protected override void Write(StringBuilder text)
        {
            Condition.Write(text, SumLevel);
            text.Append(" > 0 ? ");
            Positive.Write(text, SumLevel);
            text.Append(" : ");
            Otherwise.Write(text, ConditionalLevel);
        }
    }
}
