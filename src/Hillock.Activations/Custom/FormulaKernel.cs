using Hillock.Activations.Kernels;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Custom;

/// <summary>A formula made ready to compute its value or one of its derivatives, at any register width.</summary>
internal sealed class FormulaKernel
{
    private readonly FormulaProgram _program;
    private readonly FormulaLimits _limits;

    /// <summary>Makes the kernel.</summary>
    /// <param name="graph">A formula without powers.</param>
    /// <param name="parameters">How many parameters it has.</param>
    /// <param name="differentiated">The node by which to differentiate, or null for the value.</param>
    public FormulaKernel(FormulaGraph graph, int parameters, FormulaNode? differentiated)
    {
        _program = FormulaProgram.Compile(graph, parameters, differentiated is { } variable ? node => node == variable : null);
        _limits = new FormulaLimits(graph, differentiated);
    }

    /// <summary>Computes doubles, or floats in double lanes rounded once.</summary>
    public void Run<TScalar>(
        ReadOnlySpan<TScalar> input, ReadOnlySpan<TScalar> gradient, Span<TScalar> result, in FormulaArguments<TScalar> parameters, RegisterWidth width)
        where TScalar : unmanaged =>
        width.Visit(new Elements<TScalar>(this, input, gradient, result, parameters));

    private readonly ref struct Elements<TScalar>(
        FormulaKernel kernel, ReadOnlySpan<TScalar> input, ReadOnlySpan<TScalar> gradient, Span<TScalar> result, FormulaArguments<TScalar> parameters) : IRegisterVisitor
        where TScalar : unmanaged
    {
        private readonly ReadOnlySpan<TScalar> _input = input;
        private readonly ReadOnlySpan<TScalar> _gradient = gradient;
        private readonly Span<TScalar> _result = result;
        private readonly FormulaArguments<TScalar> _parameters = parameters;

        public void Visit<F, V>()
            where F : struct, ISingleLanes<F>
            where V : struct, IDoubleLanes<V>
        {
            if (typeof(TScalar) == typeof(double))
            {
                FormulaMachine<DoubleReal<V>, V, TScalar>.Run(kernel._program, _input, _gradient, _result, _parameters, kernel._limits);
            }
            else
            {
                FormulaMachine<SingleReal<V>, V, TScalar>.Run(kernel._program, _input, _gradient, _result, _parameters, kernel._limits);
            }
        }
    }
}
