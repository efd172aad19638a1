using System.Text.Json.Serialization;
using Hillock.Networks.Execution;

namespace Hillock.Networks;

/// <summary>Makes plain features of all positions and channels. Costs nothing: the numbers stay where they are.</summary>
/// <remarks>
/// Of a sequence with padding all positions come out, the real ones and then zeros: what the numbers at padding were makes no difference, and the layers
/// behind, which see one feature for each position, learn nothing from them.
/// </remarks>
public sealed record FlattenLayer : LayerDescription
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Text => "flatten";

    internal override bool PassesSignals => true;

    internal override TensorShape Declare(LayerNode node) => TensorShape.Features(node.NeedsNumbers().Size);

    internal override PlanValue Build(PlanBuilder plan, LayerNode node, PlanValue input)
    {
        PlanValue output = new(node.Output, input.Data, input.Gradient) { MayBeOverwritten = input.MayBeOverwritten };
        if (input.Lengths != null)
        {
            plan.Add(new FlattenStep(input), output, [input.Data], [input.Gradient]);
        }

        return output;
    }
}

/// <summary>Makes the padding of sequences zero, and the gradient by it.</summary>
internal sealed unsafe class FlattenStep(PlanValue sequences) : PlanStep
{
    public override void Forward(BatchPass pass) =>
        sequences.Lengths!.ClearPadding(sequences.Data.Pointer, pass.Rows, sequences.Shape.Positions, sequences.Shape.Channels);

    public override void Backward(BatchPass pass) =>
        sequences.Lengths!.ClearPadding(sequences.Gradient!.Pointer, pass.Rows, sequences.Shape.Positions, sequences.Shape.Channels);
}
