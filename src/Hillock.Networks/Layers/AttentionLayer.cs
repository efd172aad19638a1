using System.Text.Json.Serialization;
using Hillock.Networks.Execution;

namespace Hillock.Networks;

/// <summary>
/// Attention of a sequence to itself (Vaswani et al. 2017, Attention is all you need): each position gives the mean of what all positions offer, weighted by
/// how well their keys answer its query, softmax(q·kᵀ/√d)·v. Several heads do so side by side, each with d = channels / heads channels of the queries, keys and
/// values; a last product mixes what they give. The shape stays as it is.
/// </summary>
/// <remarks>
/// <para>Positions that are padding are neither looked at nor look at others. Where a position stands makes no difference, but to a causal layer.</para>
/// <para>
/// Tensors: <c>weight</c> [channels, 3·channels] and <c>bias</c>, whose columns hold queries, keys and values one after the other, head by head;
/// <c>output_weight</c> [channels, channels] and <c>output_bias</c>.
/// </para>
/// </remarks>
/// <param name="Heads">The number of heads; must divide the channels.</param>
public sealed record AttentionLayer(int Heads) : LayerDescription
{
    /// <summary>The number of heads.</summary>
    public int Heads { get; init; } = AtLeast(1, Heads, nameof(Heads));

    /// <summary>Whether a position looks at itself and those before it only.</summary>
    public bool Causal { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Text => $"attention:{Heads}{(Causal ? "/causal" : "")}";

    internal override bool IsCausal => Causal;

    internal override TensorShape Declare(LayerNode node)
    {
        int channels = node.Input.Channels;
        if (node.Input.Rank != 2)
        {
            throw node.Error($"needs sequences of length × channels, and its input is {node.Input}");
        }

        if (channels % Heads != 0)
        {
            throw node.Error($"has {Heads} heads, which do not divide {channels} channels");
        }

        int columns = checked(3 * channels);
        node.Random(
            "weight", TensorKind.Weight, [channels, columns], (values, random) => WeightInitialisation.Fill(values, channels, channels, activation: null, random));
        node.Constant("bias", TensorKind.Unregularised, [columns]);
        node.Weight("output_weight", [channels, channels], channels, channels);
        node.Constant("output_bias", TensorKind.Unregularised, [channels]);
        return node.Input;
    }

    internal override PlanValue Build(PlanBuilder plan, LayerNode node, PlanValue input)
    {
        PlanValue output = plan.Value(node.Output, needsGradient: true, mayBeOverwritten: true);
        AttentionStep step = new(plan, this, node, input, output);
        plan.Add(step, output, [input.Data, output.Data], [input.Data, input.Gradient, output.Gradient]);
        step.DeclareUses(plan);
        plan.AddGradients(step, node.Tensors);
        return output;
    }
}
