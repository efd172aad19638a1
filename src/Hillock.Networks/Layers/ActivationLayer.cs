using System.Text.Json.Serialization;
using Hillock.Activations;
using Hillock.Activations.Catalogue;
using Hillock.Networks.Execution;

namespace Hillock.Networks;

/// <summary>An activation function of every number (or of every row of channels, where it is a function of rows).</summary>
/// <param name="Activation">The function; what it learns, it learns for the layer or for each channel.</param>
public sealed record ActivationLayer(Activation Activation) : LayerDescription
{
    /// <summary>The function.</summary>
    public Activation Activation { get; init; } = Activation ?? throw new ArgumentNullException(nameof(Activation));

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Text => Activation.Name;

    internal override bool IsCausal => true;

    internal override TensorShape Declare(LayerNode node)
    {
        TensorShape output = node.NeedsNumbers().WithChannels(OutputChannels(node));
        node.ActivationParameters(Activation, output.Channels, mayChangeChannels: true);
        return output;
    }

    /// <summary>The channels that come out: as many as go in, but for gated units and their like.</summary>
    private int OutputChannels(LayerNode node)
    {
        float[] values = [.. Activation.Modes.Select(mode => (float)mode.EvaluationValue)];
        try
        {
            return Math.Max(1, Activation.Definition.OutputLength(node.Input.Channels, ActivationArguments.Constants<float>(values)));
        }
        catch (ArgumentException exception)
        {
            throw node.Error($"cannot read {node.Input}: {exception.Message}");
        }
    }

    internal override PlanValue Build(PlanBuilder plan, LayerNode node, PlanValue input)
    {
        ActivationUnit unit = new(plan, node, Activation, node.ActivationTensors(Activation), input, node.Output);
        if (plan.Steps.Count > 0 && plan.Steps[^1] is IActivationHost host && host.TryHost(unit))
        {
            unit.DeclareUses(plan, plan.Steps[^1]);
        }
        else
        {
            ActivationStep step = new(unit);
            plan.Add(step, unit.Output, [], []);
            unit.DeclareUses(plan, step);
        }

        return unit.Output;
    }
}

/// <summary>An activation as a step of its own.</summary>
internal sealed class ActivationStep(ActivationUnit unit) : PlanStep
{
    public override ActivationUnit? Activation => unit;

    public override void Forward(BatchPass pass)
    {
        unit.Prepare(pass);
        unit.Forward();
    }

    public override void Backward(BatchPass pass) => unit.Backward();
}
