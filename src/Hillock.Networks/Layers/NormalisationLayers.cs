using System.Text.Json.Serialization;
using Hillock.Networks.Execution;

namespace Hillock.Networks;

/// <summary>
/// Layer normalisation (Ba, Kiros &amp; Hinton 2016): the channels of each position have mean 0 and variance 1, then y = γ·x̂ + β with learned γ
/// and β for each channel.
/// </summary>
public sealed record LayerNormLayer : LayerDescription
{
    /// <summary>What is added to the variance; above 0.</summary>
    public double Epsilon { get; init => field = NormalisationStep.CheckEpsilon(value); } = 1e-5;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Text => NormalisationStep.Text("layernorm", Epsilon);

    internal override bool PassesSignals => true;

    internal override bool IsCausal => true;

    internal override TensorShape Declare(LayerNode node)
    {
        node.Constant("weight", TensorKind.Unregularised, [node.NeedsNumbers().Channels], 1);
        node.Constant("bias", TensorKind.Unregularised, [node.Input.Channels]);
        return node.Input;
    }

    internal override PlanValue Build(PlanBuilder plan, LayerNode node, PlanValue input) =>
        NormalisationStep.Add(plan, node, groups: 1, perPosition: true, Epsilon, input);
}

/// <summary>
/// Root mean square normalisation (Zhang &amp; Sennrich 2019): y = γ·x/√(mean(x²) + ε) over the channels of each position, with a learned γ for each channel.
/// </summary>
public sealed record RmsNormLayer : LayerDescription
{
    /// <summary>What is added to the mean square; above 0.</summary>
    public double Epsilon { get; init => field = NormalisationStep.CheckEpsilon(value); } = 1e-5;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Text => NormalisationStep.Text("rmsnorm", Epsilon);

    internal override bool PassesSignals => true;

    internal override bool IsCausal => true;

    internal override TensorShape Declare(LayerNode node)
    {
        node.Constant("weight", TensorKind.Unregularised, [node.NeedsNumbers().Channels], 1);
        return node.Input;
    }

    internal override PlanValue Build(PlanBuilder plan, LayerNode node, PlanValue input) =>
        NormalisationStep.Add(plan, node, groups: 1, perPosition: true, Epsilon, input);
}

/// <summary>
/// Group normalisation (Wu &amp; He 2018): the channels are divided into groups, and each group of a sample has mean 0 and variance 1 over all
/// positions, then y = γ·x̂ + β with learned γ and β for each channel. Of a sequence with padding only the real positions count.
/// </summary>
/// <param name="Groups">The number of groups; must divide the channels.</param>
public sealed record GroupNormLayer(int Groups) : LayerDescription
{
    /// <summary>The number of groups.</summary>
    public int Groups { get; init; } = AtLeast(1, Groups, nameof(Groups));

    /// <summary>What is added to the variance; above 0.</summary>
    public double Epsilon { get; init => field = NormalisationStep.CheckEpsilon(value); } = 1e-5;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Text => NormalisationStep.Text($"groupnorm:{Groups}", Epsilon);

    internal override bool PassesSignals => true;

    internal override TensorShape Declare(LayerNode node)
    {
        int channels = node.NeedsNumbers().Channels;
        if (channels % Groups != 0)
        {
            throw node.Error($"has {Groups} groups, which do not divide {channels} channels");
        }

        node.Constant("weight", TensorKind.Unregularised, [channels], 1);
        node.Constant("bias", TensorKind.Unregularised, [channels]);
        return node.Input;
    }

    internal override PlanValue Build(PlanBuilder plan, LayerNode node, PlanValue input) =>
        NormalisationStep.Add(plan, node, Groups, perPosition: false, Epsilon, input);
}
