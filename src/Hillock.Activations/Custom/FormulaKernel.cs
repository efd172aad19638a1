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
        ReadOnlySpan<float> input, ReadOnlySpan<float> gradient, Span<float> result, in FormulaArguments<float> parameters, RegisterWidth width)
    {
        switch (width)
        {
            case RegisterWidth.Bits512:
                FormulaMachine<SingleReal<DoubleLanes8>, DoubleLanes8, float>.Run(_program, input, gradient, result, parameters, _limits);
                break;
            case RegisterWidth.Bits256:
                FormulaMachine<SingleReal<DoubleLanes4>, DoubleLanes4, float>.Run(_program, input, gradient, result, parameters, _limits);
                break;
            case RegisterWidth.Bits128:
                FormulaMachine<SingleReal<DoubleLanes2>, DoubleLanes2, float>.Run(_program, input, gradient, result, parameters, _limits);
                break;
            default:
                FormulaMachine<SingleReal<DoubleLanes1>, DoubleLanes1, float>.Run(_program, input, gradient, result, parameters, _limits);
                break;
        }
    }

    /// <summary>Computes doubles.</summary>
    public void Run(
        ReadOnlySpan<double> input, ReadOnlySpan<double> gradient, Span<double> result, in FormulaArguments<double> parameters, RegisterWidth width)
    {
        switch (width)
        {
            case RegisterWidth.Bits512:
                FormulaMachine<DoubleReal<DoubleLanes8>, DoubleLanes8, double>.Run(_program, input, gradient, result, parameters, _limits);
                break;
            case RegisterWidth.Bits256:
                FormulaMachine<DoubleReal<DoubleLanes4>, DoubleLanes4, double>.Run(_program, input, gradient, result, parameters, _limits);
                break;
            case RegisterWidth.Bits128:
                FormulaMachine<DoubleReal<DoubleLanes2>, DoubleLanes2, double>.Run(_program, input, gradient, result, parameters, _limits);
                break;
            default:
                FormulaMachine<DoubleReal<DoubleLanes1>, DoubleLanes1, double>.Run(_program, input, gradient, result, parameters, _limits);
                break;
        }
    }
}
