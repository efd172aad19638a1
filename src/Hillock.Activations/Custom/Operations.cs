using System.Runtime.CompilerServices;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Custom;

/// <summary>An operation on one number.</summary>
internal interface IUnaryOperation
{
    static abstract T Of<T>(T a)
        where T : struct, IReal<T>;
}

/// <summary>An operation on two numbers.</summary>
/// <typeparam name="TSelf">The operation itself.</typeparam>
internal interface IBinaryOperation<TSelf>
    where TSelf : struct, IBinaryOperation<TSelf>
{
    static abstract T Of<T>(T a, T b)
        where T : struct, IReal<T>;

    /// <summary>The same with derivatives.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual Dual<T> WithSlope<T>(Dual<T> a, Dual<T> b)
        where T : struct, IReal<T> => TSelf.Of(a, b);
}

/// <summary>Receives an operation as a type, so that what is done with it is compiled for it.</summary>
internal interface IOperationVisitor
{
    void Unary<TOperation>()
        where TOperation : struct, IUnaryOperation;

    void Binary<TOperation>()
        where TOperation : struct, IBinaryOperation<TOperation>;

    void IfPositive();
}

/// <summary>The operations, each written once over any number type.</summary>
internal static class Operations
{
    /// <summary>Hands an operation to a visitor.</summary>
    public static void Visit<TVisitor>(Operation operation, ref TVisitor visitor)
        where TVisitor : struct, IOperationVisitor
    {
        switch (operation)
        {
            case Operation.Add: visitor.Binary<Add>(); break;
            case Operation.Subtract: visitor.Binary<Subtract>(); break;
            case Operation.Multiply: visitor.Binary<Multiply>(); break;
            case Operation.Divide: visitor.Binary<Divide>(); break;
            case Operation.Max: visitor.Binary<Max>(); break;
            case Operation.Min: visitor.Binary<Min>(); break;
            case Operation.IfPositive: visitor.IfPositive(); break;
            default: VisitFunction(operation, ref visitor); break;
        }
    }

    private static void VisitFunction<TVisitor>(Operation operation, ref TVisitor visitor)
        where TVisitor : struct, IOperationVisitor
    {
        switch (operation)
        {
            case Operation.Negate: visitor.Unary<Negate>(); break;
            case Operation.Abs: visitor.Unary<Abs>(); break;
            case Operation.Sqrt: visitor.Unary<Sqrt>(); break;
            case Operation.Round: visitor.Unary<Round>(); break;
            case Operation.Sin: visitor.Unary<Sin>(); break;
            case Operation.Cos: visitor.Unary<Cos>(); break;
            case Operation.Exp: visitor.Unary<Exp>(); break;
            case Operation.ExpM1: visitor.Unary<ExpM1>(); break;
            case Operation.Log: visitor.Unary<Log>(); break;
            case Operation.Log1P: visitor.Unary<Log1P>(); break;
            case Operation.Tanh: visitor.Unary<Tanh>(); break;
            case Operation.Sigmoid: visitor.Unary<Sigmoid>(); break;
            case Operation.SoftPlus: visitor.Unary<SoftPlus>(); break;
            case Operation.Erf: visitor.Unary<Erf>(); break;
            case Operation.Erfc: visitor.Unary<Erfc>(); break;
            case Operation.NormalCdf: visitor.Unary<NormalCdf>(); break;
            case Operation.TanhSoftPlus: visitor.Unary<TanhSoftPlus>(); break;
            default: throw new ArgumentOutOfRangeException(nameof(operation), operation, "not an operation on numbers");
        }
    }

    private readonly struct Add : IBinaryOperation<Add>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a, T b)
            where T : struct, IReal<T> => a + b;
    }

    private readonly struct Subtract : IBinaryOperation<Subtract>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a, T b)
            where T : struct, IReal<T> => a - b;
    }

    private readonly struct Multiply : IBinaryOperation<Multiply>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a, T b)
            where T : struct, IReal<T> => a * b;
    }

    private readonly struct Divide : IBinaryOperation<Divide>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a, T b)
            where T : struct, IReal<T> => a / b;
    }

    // Where both are equal, max has the lesser slope and min the greater: the slope from the left, which is what the catalogue's
    // rectifiers have at their kinks.
    private readonly struct Max : IBinaryOperation<Max>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a, T b)
            where T : struct, IReal<T> => T.IfPositive(a - b, a, b);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Dual<T> WithSlope<T>(Dual<T> a, Dual<T> b)
            where T : struct, IReal<T>
        {
            T difference = a.Value - b.Value;
            T atTie = T.IfPositive(a.Slope - b.Slope, b.Slope, a.Slope);
            return new(
                T.IfPositive(difference, a.Value, b.Value),
                T.IfPositive(difference, a.Slope, T.IfPositive(-difference, b.Slope, atTie)));
        }
    }

    private readonly struct Min : IBinaryOperation<Min>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a, T b)
            where T : struct, IReal<T> => T.IfPositive(a - b, b, a);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Dual<T> WithSlope<T>(Dual<T> a, Dual<T> b)
            where T : struct, IReal<T>
        {
            T difference = a.Value - b.Value;
            T atTie = T.IfPositive(a.Slope - b.Slope, a.Slope, b.Slope);
            return new(
                T.IfPositive(difference, b.Value, a.Value),
                T.IfPositive(difference, b.Slope, T.IfPositive(-difference, a.Slope, atTie)));
        }
    }

    private readonly struct Negate : IUnaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a)
            where T : struct, IReal<T> => -a;
    }

    private readonly struct Abs : IUnaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a)
            where T : struct, IReal<T> => T.Abs(a);
    }

    private readonly struct Sqrt : IUnaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a)
            where T : struct, IReal<T> => T.Sqrt(a);
    }

    private readonly struct Round : IUnaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a)
            where T : struct, IReal<T> => T.Round(a);
    }

    private readonly struct Sin : IUnaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a)
            where T : struct, IReal<T> => T.Sin(a);
    }

    private readonly struct Cos : IUnaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a)
            where T : struct, IReal<T> => T.Cos(a);
    }

    private readonly struct Exp : IUnaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a)
            where T : struct, IReal<T> => T.Exp(a);
    }

    private readonly struct ExpM1 : IUnaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a)
            where T : struct, IReal<T> => T.ExpM1(a);
    }

    private readonly struct Log : IUnaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a)
            where T : struct, IReal<T> => T.Log(a);
    }

    private readonly struct Log1P : IUnaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a)
            where T : struct, IReal<T> => T.Log1P(a);
    }

    private readonly struct Tanh : IUnaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a)
            where T : struct, IReal<T> => T.Tanh(a);
    }

    private readonly struct Sigmoid : IUnaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a)
            where T : struct, IReal<T> => T.Sigmoid(a);
    }

    private readonly struct SoftPlus : IUnaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a)
            where T : struct, IReal<T> => T.SoftPlus(a);
    }

    private readonly struct Erf : IUnaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a)
            where T : struct, IReal<T> => T.Erf(a);
    }

    private readonly struct Erfc : IUnaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a)
            where T : struct, IReal<T> => T.Erfc(a);
    }

    private readonly struct NormalCdf : IUnaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a)
            where T : struct, IReal<T> => T.NormalCdf(a);
    }

    private readonly struct TanhSoftPlus : IUnaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a)
            where T : struct, IReal<T> => T.TanhSoftPlus(a);
    }
}
