using System.Buffers;
using System.Runtime.CompilerServices;
using Hillock.Activations.Kernels;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Rows;

/// <summary>Runs a row formula over rows, in registers of the width of the machine.</summary>
/// <typeparam name="TFormula">The formula.</typeparam>
/// <typeparam name="A">The arithmetic.</typeparam>
/// <typeparam name="TScalar">float or double.</typeparam>
internal static unsafe class RowKernels<TFormula, A, TScalar>
    where TFormula : struct, IRowFormula
    where A : struct, IRowArithmetic<TScalar>
    where TScalar : unmanaged
{
    /// <summary>Rows up to this length are worked on on the stack.</summary>
    private const int StackLength = 2048;

    /// <summary>Doubles to a line of the cache: registers that cross no line are read twice as fast.</summary>
    private const int Line = 8;

    /// <summary>Runs a pass over rows.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="width">The width of the registers.</param>
    /// <param name="input">The inputs, or the outputs where the pass starts from these.</param>
    /// <param name="gradient">The gradient of the outputs; null in the forward pass.</param>
    /// <param name="result">Receives the results.</param>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="length">The inputs of a row.</param>
    /// <param name="outputLength">The outputs of a row.</param>
    [SkipLocalsInit]
    public static void Run(RowPass pass, RegisterWidth width, TScalar* input, TScalar* gradient, TScalar* result, int rows, int length, int outputLength)
    {
        double[]? rented = length > StackLength ? ArrayPool<double>.Shared.Rent(length + Line) : null;
        double* room = stackalloc double[rented is null ? length + Line : 1];
        fixed (double* pinned = rented)
        {
            nuint start = (nuint)(rented is null ? room : pinned);
            RowOperands<TScalar> first = new(input, gradient, result, length, outputLength, (double*)((start + (Line * sizeof(double)) - 1) & ~(nuint)((Line * sizeof(double)) - 1)));
            width.Visit(new Visitor(pass, first, rows));
        }

        if (rented is not null)
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    private static void Run<V>(RowPass pass, in RowOperands<TScalar> first, int rows)
        where V : struct, IDoubleLanes<V>
    {
        for (nint row = 0; row < rows; row++)
        {
            switch (pass)
            {
                case RowPass.Forward:
                    TFormula.Forward<A, V, TScalar>(first.Row(row, first.Length, first.OutputLength));
                    break;
                case RowPass.Backward:
                    TFormula.Backward<A, V, TScalar>(first.Row(row, first.Length, first.Length));
                    break;
                default:
                    TFormula.BackwardFromOutput<A, V, TScalar>(first.Row(row, first.OutputLength, first.Length));
                    break;
            }
        }
    }

    private readonly struct Visitor(RowPass pass, RowOperands<TScalar> first, int rows) : IRegisterVisitor
    {
        public void Visit<F, V>()
            where F : struct, ISingleLanes<F>
            where V : struct, IDoubleLanes<V> => Run<V>(pass, first, rows);
    }
}
