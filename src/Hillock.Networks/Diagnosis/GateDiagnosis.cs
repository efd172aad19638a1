using Hillock.Activations;

namespace Hillock.Networks;

/// <summary>The names of the gates of recurrent layers.</summary>
public static class GateNames
{
    /// <summary>The input gate i of <see cref="LstmLayer"/>.</summary>
    public const string Input = "input gate";

    /// <summary>The forget gate k of <see cref="LstmLayer"/>: open, it keeps the cell.</summary>
    public const string Forget = "forget gate";

    /// <summary>The output gate o of <see cref="LstmLayer"/>.</summary>
    public const string Output = "output gate";

    /// <summary>The reset gate r of <see cref="GruLayer"/>.</summary>
    public const string Reset = "reset gate";

    /// <summary>The update gate z of <see cref="GruLayer"/>: open, it keeps the state.</summary>
    public const string Update = "update gate";

    /// <summary>What goes into the cell of <see cref="LstmLayer"/> or into the state of <see cref="GruLayer"/>, g or n.</summary>
    public const string Candidate = "candidate";

    /// <summary>The state h of <see cref="SimpleRecurrentLayer"/>.</summary>
    public const string State = "state";
}

/// <summary>What one gate of a recurrent layer does in all its units, over samples and positions without padding.</summary>
public sealed record GateDiagnosis
{
    /// <summary>Which gate: one of <see cref="GateNames"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is the second direction of a layer that reads in both.</summary>
    public required bool SecondDirection { get; init; }

    /// <summary>The activation.</summary>
    public required Activation Activation { get; init; }

    /// <summary>The share of units whose slope is at most 10⁻⁴ of its maximum everywhere.</summary>
    public required double Dead { get; init; }

    /// <summary>The share of cases (unit, sample and position) with a slope of at most 5 % of its maximum.</summary>
    public required double Saturated { get; init; }

    /// <summary>The share of units that are held on a flat side (<see cref="UnitDiagnosis.Stuck"/>).</summary>
    public required double Stuck { get; init; }

    /// <summary>What the activation reads.</summary>
    public required SignalMoments Input { get; init; }

    /// <summary>The gate: near 0 it is closed, near 1 open.</summary>
    public required SignalMoments Output { get; init; }

    /// <summary>Every unit.</summary>
    public required IReadOnlyList<UnitDiagnosis> UnitDetails { get; init; }
}
