using System.Runtime.CompilerServices;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Custom;

/// <content>The steps: one loop for each operation.</content>
internal static unsafe partial class FormulaMachine<T, V, TScalar>
{
    /// <summary>Where an operand's numbers lie; an index is taken under its mask, which is 0 where one register serves all elements.</summary>
    private struct Operands
    {
        public double* Values;
        public double* Slopes;
        public nint ValueMask;
        public nint SlopeMask;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly T Value(nint i) => T.Load(ref Values[i & ValueMask]);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly Dual<T> Dual(nint i) => new(Value(i), T.Load(ref Slopes[i & SlopeMask]));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Store(nint i, Dual<T> number)
        {
            T.Store(number.Value, ref Values[i]);
            T.Store(number.Slope, ref Slopes[i]);
        }
    }

    /// <summary>An instruction on a tile: one loop for each operation.</summary>
    private struct Step : IOperationVisitor
    {
        public Operation Operation;
        public int Length;
        public bool WithSlope;
        public Operands A;
        public Operands B;
        public Operands C;
        public Operands Result;

        public readonly void Unary<TOperation>()
            where TOperation : struct, IUnaryOperation
        {
            if (WithSlope)
            {
                UnaryWithSlope<TOperation>(A, Result, Length);
            }
            else
            {
                UnaryValue<TOperation>(A, Result, Length);
            }
        }

        public readonly void Binary<TOperation>()
            where TOperation : struct, IBinaryOperation<TOperation>
        {
            if (WithSlope)
            {
                BinaryWithSlope<TOperation>(A, B, Result, Length);
            }
            else
            {
                BinaryValue<TOperation>(A, B, Result, Length);
            }
        }

        public readonly void IfPositive()
        {
            if (WithSlope)
            {
                ConditionalWithSlope(A, B, C, Result, Length);
            }
            else
            {
                ConditionalValue(A, B, C, Result, Length);
            }
        }

        // The operands are copied, or they would be read anew after every store. The primitives are made for numbers, so NaN, which a root or a
        // logarithm may have given, is carried past them.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void UnaryValue<TOperation>(Operands first, Operands target, int length)
            where TOperation : struct, IUnaryOperation
        {
            Operands a = first;
            Operands result = target;
            for (nint i = 0; i < length; i += V.Count)
            {
                T x = a.Value(i);
                T.Store(T.KeepNaN(x, TOperation.Of(x)), ref result.Values[i]);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void UnaryWithSlope<TOperation>(Operands first, Operands target, int length)
            where TOperation : struct, IUnaryOperation
        {
            Operands a = first;
            Operands result = target;
            for (nint i = 0; i < length; i += V.Count)
            {
                Dual<T> x = a.Dual(i);
                Dual<T> y = TOperation.Of(x);
                result.Store(i, new(T.KeepNaN(x.Value, y.Value), T.KeepNaN(x.Value, y.Slope)));
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void BinaryValue<TOperation>(Operands first, Operands second, Operands target, int length)
            where TOperation : struct, IBinaryOperation<TOperation>
        {
            Operands a = first;
            Operands b = second;
            Operands result = target;
            for (nint i = 0; i < length; i += V.Count)
            {
                T.Store(TOperation.Of(a.Value(i), b.Value(i)), ref result.Values[i]);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void BinaryWithSlope<TOperation>(Operands first, Operands second, Operands target, int length)
            where TOperation : struct, IBinaryOperation<TOperation>
        {
            Operands a = first;
            Operands b = second;
            Operands result = target;
            for (nint i = 0; i < length; i += V.Count)
            {
                result.Store(i, TOperation.WithSlope(a.Dual(i), b.Dual(i)));
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void ConditionalValue(Operands first, Operands second, Operands third, Operands target, int length)
        {
            Operands a = first;
            Operands b = second;
            Operands c = third;
            Operands result = target;
            for (nint i = 0; i < length; i += V.Count)
            {
                T.Store(T.IfPositive(a.Value(i), b.Value(i), c.Value(i)), ref result.Values[i]);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void ConditionalWithSlope(Operands first, Operands second, Operands third, Operands target, int length)
        {
            Operands a = first;
            Operands b = second;
            Operands c = third;
            Operands result = target;
            for (nint i = 0; i < length; i += V.Count)
            {
                result.Store(i, Dual<T>.IfPositive(new(a.Value(i), default), b.Dual(i), c.Dual(i)));
            }
        }
    }
}
