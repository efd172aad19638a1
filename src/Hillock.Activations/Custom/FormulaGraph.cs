using Hillock.Activations.Numbers;
using DoubleNumber = Hillock.Activations.Numbers.DoubleReal<Hillock.Activations.Numbers.DoubleLanes1>;

namespace Hillock.Activations.Custom;

/// <summary>A node of a formula: an operation on earlier nodes.</summary>
/// <param name="Operation">What it does.</param>
/// <param name="A">The first operand's index, or the index of a parameter.</param>
/// <param name="B">The second operand's index.</param>
/// <param name="C">The third operand's index.</param>
/// <param name="Value">A number's value, or the exponent of a power.</param>
internal readonly record struct FormulaNode(Operation Operation, int A = -1, int B = -1, int C = -1, double Value = 0);

/// <summary>
/// A formula as a graph without cycles: every node comes after its operands, equal nodes are one, and what depends on numbers only is a number.
/// </summary>
internal sealed class FormulaGraph
{
    private readonly List<FormulaNode> _nodes = [];
    private readonly Dictionary<FormulaNode, int> _indices = [];
    private bool _toRun;

    /// <summary>The nodes, operands first.</summary>
    public IReadOnlyList<FormulaNode> Nodes => _nodes;

    /// <summary>The index of the node that is the formula's value.</summary>
    public int Root { get; set; }

    /// <summary>The variable x.</summary>
    public int Variable() => Find(new(Operation.Variable));

    /// <summary>A parameter.</summary>
    public int Parameter(int index) => Find(new(Operation.Parameter, index));

    /// <summary>A number.</summary>
    public int Number(double value) => Find(new(Operation.Number, Value: value));

    /// <summary>A whole power.</summary>
    public int Power(int operand, int exponent) => exponent switch
    {
        0 => Number(1),
        1 => operand,
        _ when IsNumber(operand) => PowerOfProducts(operand, exponent),
        _ => Find(new(Operation.Power, operand, Value: exponent)),
    };

    /// <summary>An operation on nodes of this graph.</summary>
    public int Add(Operation operation, int a, int b = -1, int c = -1)
    {
        if (IsNumber(a) && (b < 0 || IsNumber(b)) && (c < 0 || IsNumber(c)))
        {
            return Number(Fold(operation, a, b, c));
        }

        return operation switch
        {
            Operation.Add when Is(a, 0) => b,
            Operation.Add or Operation.Subtract when Is(b, 0) => a,
            Operation.Subtract when Is(a, 0) => Add(Operation.Negate, b),
            Operation.Multiply when Is(a, 1) => b,
            Operation.Multiply or Operation.Divide when Is(b, 1) => a,
            Operation.Divide when _toRun && NumberAt(b) is { } divisor && IsPowerOfTwo(divisor) && double.IsNormal(1 / divisor) => Add(Operation.Multiply, Number(1 / divisor), a),
            Operation.Multiply when _toRun && Product(a, b) is { } product => product,
            Operation.Negate when _nodes[a].Operation == Operation.Negate => _nodes[a].A,
            Operation.IfPositive when IsNumber(a) => _nodes[a].Value > 0 ? b : c,
            Operation.IfPositive when b == c => b,
            Operation.Max or Operation.Min when a == b => a,
            Operation.Max or Operation.Min when IsNumber(a) => Find(new(operation, b, a)),
            _ => Conditioned(operation, a, b) ?? Find(new(operation, a, b, c)),
        };
    }

    /// <summary>The number that a node is, or null.</summary>
    public double? NumberAt(int index) => IsNumber(index) ? _nodes[index].Value : null;

    /// <summary>The nodes that the value depends on.</summary>
    public bool[] Reached()
    {
        bool[] reached = new bool[_nodes.Count];
        reached[Root] = true;
        for (int i = Root; i >= 0; i--)
        {
            FormulaNode node = _nodes[i];
            if (reached[i] && node.Operation is not (Operation.Number or Operation.Variable or Operation.Parameter))
            {
                foreach (int operand in (ReadOnlySpan<int>)[node.A, node.B, node.C])
                {
                    if (operand >= 0)
                    {
                        reached[operand] = true;
                    }
                }
            }
        }

        return reached;
    }

    /// <summary>Whether it has waves.</summary>
    public bool Oscillates() => _nodes.Zip(Reached()).Any(n => n.Second && n.First.Operation is Operation.Sin or Operation.Cos);

    /// <summary>The same formula as it is run: powers are products, since a number type has no powers, and what powers of two would only scale is left out.</summary>
    public FormulaGraph WithoutPowers()
    {
        FormulaGraph other = new() { _toRun = true };
        bool[] reached = Reached();
        int[] index = new int[_nodes.Count];
        for (int i = 0; i < _nodes.Count; i++)
        {
            FormulaNode node = _nodes[i];
            index[i] = !reached[i] ? -1 : node.Operation switch
            {
                Operation.Number or Operation.Variable or Operation.Parameter => other.Find(node),
                Operation.Power => other.PowerOfProducts(index[node.A], (int)node.Value),
                _ => other.Add(node.Operation, index[node.A], node.B < 0 ? -1 : index[node.B], node.C < 0 ? -1 : index[node.C]),
            };
        }

        other.Root = index[Root];
        return other;
    }

    /// <summary>Runs the formula over a number type.</summary>
    /// <typeparam name="T">The number type.</typeparam>
    /// <param name="x">The variable.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="power">What a power is; null where the graph has none.</param>
    public T Evaluate<T>(T x, ReadOnlySpan<T> parameters, Func<T, int, T>? power = null)
        where T : struct, IReal<T>
    {
        T[] values = new T[Root + 1];
        bool[] reached = Reached();
        for (int i = 0; i <= Root; i++)
        {
            FormulaNode node = _nodes[i];
            if (reached[i])
            {
                values[i] = node.Operation switch
                {
                    Operation.Number => T.Constant(node.Value),
                    Operation.Variable => x,
                    Operation.Parameter => parameters[node.A],
                    Operation.Power => power!(values[node.A], (int)node.Value),
                    _ => Apply(
                        node.Operation, values[node.A], node.B < 0 ? default : values[node.B], node.C < 0 ? default : values[node.C]),
                };
            }
        }

        return values[Root];
    }

    /// <summary>The formula's value in doubles, where the graph has no powers.</summary>
    /// <param name="x">The variable.</param>
    /// <param name="parameters">The parameters.</param>
    public double ValueAt(double x, ReadOnlySpan<double> parameters)
    {
        DoubleNumber[] values = new DoubleNumber[parameters.Length];
        for (int p = 0; p < values.Length; p++)
        {
            values[p] = DoubleNumber.Broadcast(parameters[p]);
        }

        double result = 0;
        DoubleNumber.Store(Evaluate<DoubleNumber>(DoubleNumber.Broadcast(x), values), ref result);
        return result;
    }

    private static T Apply<T>(Operation operation, T a, T b, T c)
        where T : struct, IReal<T>
    {
        Application<T> application = new() { A = a, B = b, C = c };
        Operations.Visit(operation, ref application);
        return application.Result;
    }

    private double Fold(Operation operation, int a, int b, int c)
    {
        double result = 0;
        DoubleNumber.Store(Apply(operation, At(a), At(b), At(c)), ref result);
        return result;

        DoubleNumber At(int index) => DoubleNumber.Broadcast(index < 0 ? 0 : _nodes[index].Value);
    }

    // By squaring: x^3 is (x·x)·x.
    private int PowerOfProducts(int operand, int exponent)
    {
        if (exponent < 0)
        {
            return Add(Operation.Divide, Number(1), PowerOfProducts(operand, -exponent));
        }

        if (exponent == 1)
        {
            return operand;
        }

        int lower = PowerOfProducts(operand, exponent % 2 == 0 ? exponent / 2 : exponent - 1);
        return Add(Operation.Multiply, lower, exponent % 2 == 0 ? lower : operand);
    }

    /// <summary>The primitives that exist because what they are composed of overflows or cancels, where a formula composes them; null elsewhere.</summary>
    private int? Conditioned(Operation operation, int a, int b) => operation switch
    {
        // The gate of Mish is one exponential.
        Operation.Tanh when _nodes[a].Operation == Operation.SoftPlus => Find(new(Operation.TanhSoftPlus, _nodes[a].A)),
        Operation.Subtract when Is(b, 1) && _nodes[a].Operation == Operation.Exp => Find(new(Operation.ExpM1, _nodes[a].A)),
        Operation.Log1P when _nodes[a].Operation == Operation.Exp => Find(new(Operation.SoftPlus, _nodes[a].A)),
        Operation.Log when OnePlus(a) is { } rest => Add(Operation.Log1P, rest),

        // 1 + tanh u and 1 + erf u cancel on the left, where 2·σ(2u) and erfc(-u) keep their digits.
        Operation.Add when OnePlus(a, b) is { } rest && _nodes[rest].Operation == Operation.Tanh => Twice(Operation.Sigmoid, Twice(_nodes[rest].A)),
        Operation.Add when OnePlus(a, b) is { } rest && _nodes[rest].Operation == Operation.Erf => Add(Operation.Erfc, Add(Operation.Negate, _nodes[rest].A)),
        Operation.Subtract when Is(a, 1) && _nodes[b].Operation == Operation.Erf => Add(Operation.Erfc, _nodes[b].A),
        Operation.Erfc when OverSqrtTwo(a) is { } normal => Twice(Operation.NormalCdf, Add(Operation.Negate, normal)),
        Operation.Divide when OnePlus(b) is { } rest && _nodes[rest].Operation == Operation.Exp =>
            Add(Operation.Multiply, a, Add(Operation.Sigmoid, Add(Operation.Negate, _nodes[rest].A))),
        _ => null,
    };

    /// <summary>
    /// A product in which powers of two meet another number, or each other's reciprocals: 2·(k·u) is (2k)·u and (½u)·(2v) is u·v. Nothing is rounded anew.
    /// </summary>
    private int? Product(int a, int b) => (Scaled(a), Scaled(b)) switch
    {
        (_, var (factor, node)) when NumberAt(a) is { } number && IsExact(number, factor) => Add(Operation.Multiply, Number(number * factor), node),
        (var (factor, node), _) when NumberAt(b) is { } number && IsExact(number, factor) => Add(Operation.Multiply, Number(number * factor), node),
        (var (left, u), var (right, v)) when IsPowerOfTwo(left) && left * right == 1 => Add(Operation.Multiply, u, v),
        _ => null,
    };

    /// <summary>k and u where a node is k·u with a number k.</summary>
    private (double Factor, int Node)? Scaled(int index) => _nodes[index] switch
    {
        { Operation: Operation.Multiply } product when NumberAt(product.A) is { } factor => (factor, product.B),
        { Operation: Operation.Multiply } product when NumberAt(product.B) is { } factor => (factor, product.A),
        _ => null,
    };

    private static bool IsExact(double a, double b) => (IsPowerOfTwo(a) || IsPowerOfTwo(b)) && double.IsNormal(a * b);

    private static bool IsPowerOfTwo(double value) => double.IsNormal(value) && Math.ScaleB(1, Math.ILogB(value)) == value;

    /// <summary>u where a node is 1 + u.</summary>
    private int? OnePlus(int index) => _nodes[index] is { Operation: Operation.Add } sum ? OnePlus(sum.A, sum.B) : null;

    private int? OnePlus(int a, int b) => Is(a, 1) ? b : Is(b, 1) ? a : null;

    /// <summary>u where a node is u/√2 in any spelling.</summary>
    private int? OverSqrtTwo(int index) => _nodes[index] switch
    {
        { Operation: Operation.Negate } negative when OverSqrtTwo(negative.A) is { } u => Add(Operation.Negate, u),
        { Operation: Operation.Divide } quotient when IsNear(quotient.B, Constants.SqrtTwo) => quotient.A,
        { Operation: Operation.Multiply } product when IsNear(product.A, Constants.SqrtHalf) => product.B,
        { Operation: Operation.Multiply } product when IsNear(product.B, Constants.SqrtHalf) => product.A,
        _ => null,
    };

    private bool IsNear(int index, double value) => NumberAt(index) is { } number && Math.Abs(number - value) <= 4e-16;

    private int Twice(int operand) => Add(Operation.Multiply, Number(2), operand);

    private int Twice(Operation operation, int operand) => Twice(Add(operation, operand));

    private bool IsNumber(int index) => _nodes[index].Operation == Operation.Number;

    private bool Is(int index, double value) => IsNumber(index) && _nodes[index].Value == value;

    private int Find(FormulaNode node)
    {
        if (!_indices.TryGetValue(node, out int index))
        {
            index = _nodes.Count;
            _nodes.Add(node);
            _indices.Add(node, index);
        }

        return index;
    }

    /// <summary>One operation on numbers of any type.</summary>
    private struct Application<T> : IOperationVisitor
        where T : struct, IReal<T>
    {
        public T A;
        public T B;
        public T C;
        public T Result;

        public void Unary<TOperation>()
            where TOperation : struct, IUnaryOperation => Result = TOperation.Of(A);

        public void Binary<TOperation>()
            where TOperation : struct, IBinaryOperation<TOperation> => Result = TOperation.Of(A, B);

        public void IfPositive() => Result = T.IfPositive(A, B, C);
    }
}
