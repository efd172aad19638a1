using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Kernels;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Rows;

/// <summary>What is computed of gated units.</summary>
internal enum GatedPass
{
    /// <summary>The function.</summary>
    Forward,

    /// <summary>The gradient by both halves.</summary>
    Backward,

    /// <summary>What each output adds to the gradient of a parameter.</summary>
    ByParameter,
}

/// <summary>The operands of a pass over gated units.</summary>
/// <param name="Input">Rows of two halves.</param>
/// <param name="Gradient">The gradient of the outputs; null in the forward pass.</param>
/// <param name="Result">Receives what the pass computes.</param>
/// <param name="Rows">How many rows there are.</param>
/// <param name="Half">The outputs of a row.</param>
/// <param name="Sources">The parameters of the gate.</param>
/// <param name="Parameter">The parameter by which one differentiates.</param>
internal readonly unsafe record struct GatedOperands<TScalar>(
    nint Input, nint Gradient, nint Result, int Rows, nint Half, ParameterSources<TScalar> Sources, int Parameter)
    where TScalar : unmanaged;

/// <summary>Runs gated units in the registers of the machine: the same that the gate has as an activation of its own.</summary>
/// <typeparam name="TGate">The formula of the gate.</typeparam>
internal static unsafe class GatedKernels<TGate>
    where TGate : struct, IElementwiseFormula
{
    /// <summary>Runs a pass over floats or doubles.</summary>
    public static void Run<TScalar>(GatedPass pass, RegisterWidth width, in GatedOperands<TScalar> operands)
        where TScalar : unmanaged
    {
        if (typeof(TScalar) == typeof(float))
        {
            width.Visit(new Floats(pass, Unsafe.BitCast<GatedOperands<TScalar>, GatedOperands<float>>(operands)));
        }
        else
        {
            width.Visit(new Doubles(pass, Unsafe.BitCast<GatedOperands<TScalar>, GatedOperands<double>>(operands)));
        }
    }

    /// <summary>Registers take the bulk of each row and their scalar twin, whose arithmetic is the same, what is left.</summary>
    private static void Run<T, TTail, TScalar>(GatedPass pass, in GatedOperands<TScalar> operands)
        where T : struct, IReal<T>, IRegister<T, TScalar>
        where TTail : struct, IReal<TTail>, IRegister<TTail, TScalar>
        where TScalar : unmanaged
    {
        nint half = operands.Half;
        nint whole = half - (half % T.Count);
        for (nint row = 0; row < operands.Rows; row++)
        {
            Row<T, TScalar>(pass, operands, row, 0, whole);
            if (whole < half)
            {
                Row<TTail, TScalar>(pass, operands, row, whole, half - whole);
            }
        }
    }

    private static void Row<T, TScalar>(GatedPass pass, in GatedOperands<TScalar> operands, nint row, nint from, nint length)
        where T : struct, IReal<T>, IRegister<T, TScalar>
        where TScalar : unmanaged
    {
        nint half = operands.Half;
        nint output = (row * half) + from;
        TScalar* a = (TScalar*)operands.Input + (2 * row * half) + from;
        TScalar* gradient = (TScalar*)operands.Gradient + output;
        TScalar* result = (TScalar*)operands.Result;
        ParameterSources<TScalar> sources = operands.Sources.From(output);
        switch (pass)
        {
            case GatedPass.Forward:
                GatedLoops<TGate, T, TScalar>.Forward(a, a + half, result + output, length, sources);
                break;
            case GatedPass.Backward:
                TScalar* da = result + (2 * row * half) + from;
                GatedLoops<TGate, T, TScalar>.Backward(a, a + half, gradient, da, da + half, length, sources);
                break;
            default:
                GatedLoops<TGate, T, TScalar>.ByParameter(a, a + half, gradient, result + output, length, sources, operands.Parameter);
                break;
        }
    }

    private readonly struct Floats(GatedPass pass, GatedOperands<float> operands) : IRegisterVisitor
    {
        public void Visit<F, V>()
            where F : struct, ISingleLanes<F>
            where V : struct, IDoubleLanes<V>
        {
            if (TGate.FloatArithmeticSuffices)
            {
                Run<NativeSingle<F, V>, NativeSingle<SingleLanes1, DoubleLanes1>, float>(pass, operands);
            }
            else
            {
                Run<SingleReal<V>, SingleReal<DoubleLanes1>, float>(pass, operands);
            }
        }
    }

    private readonly struct Doubles(GatedPass pass, GatedOperands<double> operands) : IRegisterVisitor
    {
        public void Visit<F, V>()
            where F : struct, ISingleLanes<F>
            where V : struct, IDoubleLanes<V> => Run<DoubleReal<V>, DoubleReal<DoubleLanes1>, double>(pass, operands);
    }
}
