using Hillock.Activations;
using Hillock.Networks.Execution;

namespace Hillock.Networks;

/// <summary>
/// Gated recurrent units (Cho et al. 2014) in the variant that cuDNN, PyTorch and Keras compute, where the reset gate follows the product: with s the activation
/// of the gates and f the other one, r, z = s(x·W + h·U + b), n = f(x·W + b + r·(h·U + b')) and h' = (1 - z)·n + z·h. (In the paper the reset gate comes before
/// the product: (r·h)·U.)
/// </summary>
/// <remarks>
/// The columns of <c>weight</c> hold the candidate n, the reset gate r and the update gate z; those of <c>recurrent_weight</c> hold r, z, n; those of <c>bias</c>
/// hold n, r, z and the recurrent bias b' of the candidate.
/// </remarks>
/// <param name="Units">The units of the state; at least 1.</param>
public sealed record GruLayer(int Units) : GatedRecurrentLayer(Units)
{
    private protected override string Word => "gru";

    private protected override int GateCount => 3;

    private protected override int BiasCount => 4;

    private protected override IEnumerable<(Activation Activation, string Prefix, int Gates)> Activations =>
        [(GateActivation, "gate_", 2), (Activation, "candidate_", 1)];

    private protected override RecurrentCell Cell(PlanBuilder plan, int steps, CellActivation[] activations) => new GruCell(Units, activations[0], activations[1]);
}
