using Hillock.Networks.Execution;

namespace Hillock.Networks;

/// <summary>The plain recurrent layer (Elman 1990): h' = f(x·W + h·U + b).</summary>
/// <param name="Units">The units of the state; at least 1.</param>
public sealed record SimpleRecurrentLayer(int Units) : RecurrentLayer(Units)
{
    private protected override string Word => "rnn";

    private protected override int GateCount => 1;

    private protected override RecurrentCell Cell(PlanBuilder plan, int steps, CellActivation[] activations) => new SimpleCell(Units, activations[0]);
}
