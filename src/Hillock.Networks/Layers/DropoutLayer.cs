using System.Text.Json.Serialization;
using Hillock.Networks.Execution;

namespace Hillock.Networks;

/// <summary>
/// Sets each number to 0 with a probability in training and scales the others, so that the mean stays (Srivastava et al. 2014); does nothing in evaluation.
/// </summary>
/// <param name="Rate">The probability; at least 0 and below 1.</param>
public sealed record DropoutLayer(double Rate) : LayerDescription
{
    /// <summary>The probability.</summary>
    public double Rate { get; init; } = CheckRate(Rate, nameof(Rate));

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Text => FormattableString.Invariant($"dropout:{Rate}");

    internal override bool PassesSignals => true;

    internal override bool IsCausal => true;

    internal override TensorShape Declare(LayerNode node) => node.NeedsNumbers();

    internal override PlanValue Build(PlanBuilder plan, LayerNode node, PlanValue input) =>
        DropoutStep.Add(plan, node, input, (float)Rate, (float)(1 / (1 - Rate)), 0, 0);

    internal static double CheckRate(double rate, string name) => rate is >= 0 and < 1
        ? rate
        : throw new ArgumentOutOfRangeException(name, rate, FormattableString.Invariant($"the rate {rate} is not a probability of at least 0 and below 1"));
}

/// <summary>
/// Dropout for self-normalising networks: sets each number to -λα, where SELU saturates, with a probability in training, and transforms all so
/// that mean 0 and variance 1 stay (Klambauer et al. 2017); does nothing in evaluation.
/// </summary>
/// <param name="Rate">The probability; at least 0 and below 1.</param>
public sealed record AlphaDropoutLayer(double Rate) : LayerDescription
{
    /// <summary>-λα of SELU.</summary>
    private const double Saturated = -1.0507009873554805 * 1.6732632423543772;

    /// <summary>The probability.</summary>
    public double Rate { get; init; } = DropoutLayer.CheckRate(Rate, nameof(Rate));

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Text => FormattableString.Invariant($"alphadropout:{Rate}");

    internal override bool PassesSignals => true;

    internal override bool IsCausal => true;

    internal override TensorShape Declare(LayerNode node) => node.NeedsNumbers();

    internal override PlanValue Build(PlanBuilder plan, LayerNode node, PlanValue input)
    {
        // Of a variable of mean 0 and variance 1, kept with probability q: E = (1 - q)·s, Var = q + q(1 - q)·s².
        double kept = 1 - Rate;
        double scale = 1 / Math.Sqrt(kept + Saturated * Saturated * kept * Rate);
        double shift = -scale * Rate * Saturated;
        return DropoutStep.Add(plan, node, input, (float)Rate, (float)scale, (float)shift, (float)(scale * Saturated + shift));
    }
}
