using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Rows;

/// <summary>An activation of whole rows, such as softmax: each output may depend on all inputs of its row.</summary>
internal unsafe interface IRowFormula
{
    /// <summary>What there is to say about the function.</summary>
    static abstract ActivationFacts Facts { get; }

    /// <summary>The formula as text.</summary>
    static abstract string Formula { get; }

    /// <summary>The derivative as text.</summary>
    static abstract string Derivative { get; }

    /// <summary>The outputs y_i in LaTeX.</summary>
    static abstract string FormulaLatex { get; }

    /// <summary>The derivative in LaTeX, an equation.</summary>
    static abstract string DerivativeLatex { get; }

    /// <summary>Whether there are as many outputs as inputs, whatever the row.</summary>
    static virtual bool KeepsLength => true;

    /// <summary>Whether an output of joined axes is that of the first of them, so that the axes after the function's own may be taken as part of it.</summary>
    static virtual bool JoinsAxes => false;

    /// <summary>The number of outputs of a row.</summary>
    /// <param name="length">The number of inputs, 0 or more.</param>
    /// <param name="parameter">The first parameter; 0 where there is none.</param>
    /// <exception cref="ArgumentException">No row can be so long.</exception>
    static virtual int OutputLength(int length, double parameter) => length;

    /// <summary>Whether the gradient can be computed from the outputs.</summary>
    static virtual bool HasBackwardFromOutput => false;

    /// <summary>Computes one row.</summary>
    /// <typeparam name="A">The arithmetic.</typeparam>
    /// <typeparam name="V">The registers.</typeparam>
    /// <typeparam name="TScalar">float or double.</typeparam>
    static abstract void Forward<A, V, TScalar>(in RowOperands<TScalar> row)
        where A : struct, IRowArithmetic<TScalar>
        where V : struct, IDoubleLanes<V>
        where TScalar : unmanaged;

    /// <summary>Computes the gradient by one row of inputs.</summary>
    /// <typeparam name="A">The arithmetic.</typeparam>
    /// <typeparam name="V">The registers.</typeparam>
    /// <typeparam name="TScalar">float or double.</typeparam>
    static abstract void Backward<A, V, TScalar>(in RowOperands<TScalar> row)
        where A : struct, IRowArithmetic<TScalar>
        where V : struct, IDoubleLanes<V>
        where TScalar : unmanaged;

    /// <summary>Computes the gradient by one row of inputs from the outputs.</summary>
    /// <typeparam name="A">The arithmetic.</typeparam>
    /// <typeparam name="V">The registers.</typeparam>
    /// <typeparam name="TScalar">float or double.</typeparam>
    static virtual void BackwardFromOutput<A, V, TScalar>(in RowOperands<TScalar> row)
        where A : struct, IRowArithmetic<TScalar>
        where V : struct, IDoubleLanes<V>
        where TScalar : unmanaged => throw new NotSupportedException();
}
