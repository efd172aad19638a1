using System.Text.Json.Serialization;
using Hillock.Networks.Execution;

namespace Hillock.Networks;

/// <summary>Adds what layers make of the input to the input, or to what a shortcut makes of it (He et al. 2016).</summary>
/// <param name="Body">The layers.</param>
/// <param name="Shortcut">What the input goes through on the other way, to give the same shape; none for the input itself.</param>
public sealed record ResidualLayer(IReadOnlyList<LayerDescription> Body, IReadOnlyList<LayerDescription>? Shortcut = null) : LayerDescription
{
    /// <summary>The layers.</summary>
    public IReadOnlyList<LayerDescription> Body { get; init; } = [.. Body ?? throw new ArgumentNullException(nameof(Body))];

    /// <summary>What the input goes through on the other way.</summary>
    public IReadOnlyList<LayerDescription>? Shortcut { get; init; } = Shortcut is null ? [] : [.. Shortcut];

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Text => Shortcut is { Count: > 0 } ? $"residual({Joined(Body)}|{Joined(Shortcut)})" : $"residual({Joined(Body)})";

    /// <inheritdoc/>
    public bool Equals(ResidualLayer? other) =>
        other is not null && Body.SequenceEqual(other.Body) && (Shortcut ?? []).SequenceEqual(other.Shortcut ?? []);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Body.Count, Shortcut?.Count);

    internal override bool IsCausal => Body.Concat(Shortcut ?? []).All(layer => layer.IsCausal);

    internal override TensorShape Declare(LayerNode node)
    {
        node.NeedsNumbers();
        TensorShape body = node.Branch("body", Body);
        TensorShape shortcut = node.Branch("shortcut", Shortcut ?? []);
        return body == shortcut ? body : throw node.Error($"adds {body} to {shortcut}: give the shortcut layers that make both alike");
    }

    internal override PlanValue Build(PlanBuilder plan, LayerNode node, PlanValue input)
    {
        PlanValue[] ways = ForkStep.Add(plan, input, 2);
        return AddStep.Add(plan, plan.Chain(node.Branches[0], ways[0]), plan.Chain(node.Branches[1], ways[1]));
    }

    internal static string Joined(IReadOnlyList<LayerDescription> layers) => string.Join(',', layers.Select(layer => layer.Text));
}
