using System.Text.Json.Serialization;
using Hillock.Networks.Execution;
using Hillock.Networks.Numerics;

namespace Hillock.Networks;

/// <summary>
/// A convolution over images (in the field's sense, a cross-correlation) with square kernels; its weights are stored as
/// [kernel row, kernel column, channel of the group, filter].
/// </summary>
/// <param name="Filters">The number of filters, which are the output's channels; at least 1.</param>
/// <param name="Kernel">The height and width of the patch that a filter sees; at least 1.</param>
public sealed record Convolution2DLayer(int Filters, int Kernel) : ConvolutionLayer(Filters, Kernel)
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Text => TextOf("conv");

    internal override TensorShape Declare(LayerNode node)
    {
        if (node.Input.Rank != 3)
        {
            throw node.Error($"needs images of height × width × channels, and its input is {node.Input}");
        }

        ConvolutionShape shape = Shape(node.Input);
        Declare(node, shape);
        return TensorShape.Image(shape.OutputHeight, shape.OutputWidth, Filters);
    }

    internal override PlanValue Build(PlanBuilder plan, LayerNode node, PlanValue input) => ConvolutionStep.Add(plan, node, Shape(node.Input), input);

    private ConvolutionShape Shape(TensorShape input) => new()
    {
        Height = input.Dimensions[0],
        Width = input.Dimensions[1],
        Channels = input.Channels,
        Filters = Filters,
        KernelHeight = Kernel,
        KernelWidth = Kernel,
        StrideY = Stride,
        StrideX = Stride,
        DilationY = Dilation,
        DilationX = Dilation,
        Groups = Depthwise ? input.Channels : Groups,
        Padding = new Margin(Zeros.Before, Zeros.Before, Zeros.After, Zeros.After),
    };
}
