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

    /// <summary>Computes floats, in double lanes rounded once.</summary>
    public void Run(
        ReadOnlySpan<float> input, ReadOnlySpan<float> gradient, Span<float> result, in FormulaArguments<float> parameters, RegisterWidth width) =>
        width.Visit(new Floats(this, input, gradient, result, parameters));

    /// <summary>Computes doubles.</summary>
    public void Run(
        ReadOnlySpan<double> input, ReadOnlySpan<double> gradient, Span<double> result, in FormulaArguments<double> parameters, RegisterWidth width) =>
        width.Visit(new Doubles(this, input, gradient, result, parameters));

    private readonly ref struct Floats(
        FormulaKernel kernel, ReadOnlySpan<float> input, ReadOnlySpan<float> gradient, Span<float> result, FormulaArguments<float> parameters) : IRegisterVisitor
    {
        private readonly ReadOnlySpan<float> _input = input;
        private readonly ReadOnlySpan<float> _gradient = gradient;
        private readonly Span<float> _result = result;
        private readonly FormulaArguments<float> _parameters = parameters;

        public void Visit<F, V>()
            where F : struct, ISingleLanes<F>
            where V : struct, IDoubleLanes<V> =>
            FormulaMachine<SingleReal<V>, V, float>.Run(kernel._program, _input, _gradient, _result, _parameters, kernel._limits);
    }

    private readonly ref struct Doubles(
        FormulaKernel kernel, ReadOnlySpan<double> input, ReadOnlySpan<double> gradient, Span<double> result, FormulaArguments<double> parameters) : IRegisterVisitor
    {
        private readonly ReadOnlySpan<double> _input = input;
        private readonly ReadOnlySpan<double> _gradient = gradient;
        private readonly Span<double> _result = result;
        private readonly FormulaArguments<double> _parameters = parameters;

        public void Visit<F, V>()
            where F : struct, ISingleLanes<F>
            where V : struct, IDoubleLanes<V> =>
            FormulaMachine<DoubleReal<V>, V, double>.Run(kernel._program, _input, _gradient, _result, _parameters, kernel._limits);
    }
}
