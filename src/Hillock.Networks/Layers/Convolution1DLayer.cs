using System.Text.Json.Serialization;
using Hillock.Networks.Execution;
using Hillock.Networks.Numerics;

namespace Hillock.Networks;

/// <summary>
/// A convolution over sequences (in the field's sense, a cross-correlation); its weights are stored as [1, kernel position, channel of the group, filter].
/// </summary>
/// <param name="Filters">The number of filters, which are the output's channels; at least 1.</param>
/// <param name="Kernel">The positions that a filter sees; at least 1.</param>
public sealed record Convolution1DLayer(int Filters, int Kernel) : ConvolutionLayer(Filters, Kernel)
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Text => TextOf("conv1d");

    internal override TensorShape Declare(LayerNode node)
    {
        if (node.Input.Rank != 2)
        {
            throw node.Error($"needs sequences of length × channels, and its input is {node.Input}");
        }

        ConvolutionShape shape = Shape(node.Input);
        Declare(node, shape);
        return TensorShape.Sequence(shape.OutputWidth, Filters);
    }

    internal override PlanValue Build(PlanBuilder plan, LayerNode node, PlanValue input) => ConvolutionStep.Add(plan, node, Shape(node.Input), input);

    private ConvolutionShape Shape(TensorShape input) => new()
    {
        Height = 1,
        Width = input.Dimensions[0],
        Channels = input.Channels,
        Filters = Filters,
        KernelHeight = 1,
        KernelWidth = Kernel,
        StrideX = Stride,
        DilationX = Dilation,
        Groups = Depthwise ? input.Channels : Groups,
        Padding = new Margin(0, Zeros.Before, 0, Zeros.After),
    };
}
