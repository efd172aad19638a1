using Hillock.Activations;
using Hillock.Networks.Execution;

namespace Hillock.Networks;

/// <summary>
/// Long short-term memory (Hochreiter and Schmidhuber 1997) with forget gates (Gers, Schmidhuber and Cummins 2000), whose bias starts at 1 (Jozefowicz, Zaremba and
/// Sutskever 2015): with s the activation of the gates and f the other one, i, k, o = s(x·W + h·U + b), g = f(x·W + h·U + b), c' = k·c + i·g and h' = o·f(c').
/// </summary>
/// <remarks>
/// The columns of the tensors hold the input gate i, the forget gate k, the output gate o and the candidate g, in this order. What f learns it learns
/// for the candidate (<c>candidate_...</c>) and for the cell's output (<c>cell_...</c>).
/// </remarks>
/// <param name="Units">The units of the state; at least 1.</param>
public sealed record LstmLayer(int Units) : GatedRecurrentLayer(Units)
{
    private protected override string Word => "lstm";

    private protected override int GateCount => 4;

    private protected override int? OpenGate => 1;

    private protected override IEnumerable<(Activation Activation, string Prefix, int Gates)> Activations =>
        [(GateActivation, "gate_", 3), (Activation, "candidate_", 1), (Activation, "cell_", 1)];

    private protected override RecurrentCell Cell(PlanBuilder plan, int steps, CellActivation[] activations) => new LstmCell(plan, Units, steps, activations);
}
