using Hillock.Networks;

namespace Hillock.Laboratory.Diagnosis;

/// <summary>Gates of recurrent layers that do not move.</summary>
internal static class GateRules
{
    private const double Open = 0.95;
    private const double Closed = 0.05;

    /// <summary>
    /// Gates on a flat side in most cases. A forget gate that is open is none: it keeps the cell as the first long short-term memory did, which had no such
    /// gate, and biases that hold it open are a usual start (Jozefowicz, Zaremba and Sutskever 2015).
    /// </summary>
    public static IEnumerable<Finding> SaturatedGates(Patient patient)
    {
        if (patient.Has(FindingCodes.SaturatedUnits))
        {
            yield break;
        }

        (LayerDiagnosis layer, GateDiagnosis gate) = (
            from seen in patient.Layers
            where !UnitRules.IsExplained(patient, seen)
            from found in seen.Gates
            where found.Saturated >= UnitRules.SaturatedCases && Patient.IsFlatOnBothSides(found.Activation)
            where !(found.Name == GateNames.Forget && Active(found) > Open)
            orderby found.Saturated descending
            select (seen, found)).FirstOrDefault();
        if (gate is null)
        {
            yield break;
        }

        bool first = gate.Name is not (GateNames.Candidate or GateNames.State);
        string side = Active(gate) > Open ? first ? ", open" : ", at the upper end" : Active(gate) < Closed ? first ? ", closed" : ", at the lower end" : "";
        int place = Enumerable.Range(0, layer.Gates.Count).First(i => layer.Gates[i] == gate);
        int? since = patient.Since(layer, seen => place < seen.SaturatedGates?.Count && seen.SaturatedGates[place] >= UnitRules.SaturatedCases);
        yield return new Finding
        {
            Code = FindingCodes.SaturatedUnits,
            Layer = layer.Layer,
            Value = gate.Saturated,
            Threshold = UnitRules.SaturatedCases,
            Text = $"{Patient.Name(layer)}: the {gate.Name}s{(gate.SecondDirection ? " of the second direction" : "")} are saturated in {Patient.Percent(gate.Saturated)} of all cases{side}"
                + (since is int epoch ? $" since epoch {epoch}" : ""),
            Cause = $"their sums lie at {Patient.Spread(gate.Input)}, where the slope is at most 5 % of the greatest and hardly any gradient passes{Consequence(gate)}",
            Advice = "start from smaller weights and from biases near 0, lower the learning rate, clip the gradient's norm, or scale the inputs to a standard deviation of 1",
            Remedies = [.. patient.LowerRateRemedy(), Patient.FreshWeights],
        };
    }

    /// <summary>The share of cases above zero.</summary>
    private static double Active(GateDiagnosis gate) => gate.UnitDetails.Average(unit => unit.Active);

    private static string Consequence(GateDiagnosis gate) => (gate.Name, Active(gate)) switch
    {
        (GateNames.Input, < Closed) => "; nothing is written into the cells",
        (GateNames.Forget, < Closed) => "; the cells forget at every position what they held",
        (GateNames.Output, < Closed) => "; nothing comes out of the cells",
        (GateNames.Reset, < Closed) => "; the candidates do not see the state",
        (GateNames.Update, < Closed) => "; the state is replaced at every position",
        (GateNames.Update, > Open) => "; the state stays as it is, whatever is read",
        _ => "",
    };
}
