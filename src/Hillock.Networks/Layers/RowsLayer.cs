using System.Text.Json.Serialization;
using Hillock.Networks.Execution;

namespace Hillock.Networks;

/// <summary>
/// Reads an image row by row: makes of height × width × channels a sequence of height × (width·channels) for recurrent layers and convolutions. Costs nothing: the
/// numbers stay where they are.
/// </summary>
public sealed record RowsLayer : LayerDescription
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Text => "rows";

    internal override bool PassesSignals => true;

    internal override TensorShape Declare(LayerNode node) => node.Input.Rank == 3
        ? TensorShape.Sequence(node.Input.Dimensions[0], node.Input.Size / node.Input.Dimensions[0])
        : throw node.Error($"needs images of height × width × channels, and its input is {node.Input}");

    internal override PlanValue Build(PlanBuilder plan, LayerNode node, PlanValue input) =>
        new(node.Output, input.Data, input.Gradient) { MayBeOverwritten = input.MayBeOverwritten };
}
