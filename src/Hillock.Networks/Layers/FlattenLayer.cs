using System.Text.Json.Serialization;
using Hillock.Networks.Execution;

namespace Hillock.Networks;

/// <summary>Makes plain features of all positions and channels. Costs nothing: the numbers stay where they are.</summary>
public sealed record FlattenLayer : LayerDescription
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Text => "flatten";

    internal override bool PassesSignals => true;

    internal override TensorShape Declare(LayerNode node) => TensorShape.Features(node.NeedsNumbers().Size);

    internal override PlanValue Build(PlanBuilder plan, LayerNode node, PlanValue input) =>
        new(node.Output, input.Data, input.Gradient) { MayBeOverwritten = input.MayBeOverwritten };
}
