using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using Hillock.Networks.Execution;
using Hillock.Networks.Numerics;

namespace Hillock.Networks;

/// <summary>
/// A convolution (in the field's sense, a cross-correlation) over images, with square kernels, or along sequences: filters that each see a patch of
/// the input, with the same weights everywhere. The weights are stored as [kernel row, kernel column, channel of the group, filter]; along sequences
/// there is one kernel row.
/// </summary>
/// <param name="Filters">The number of filters, which are the output's channels; at least 1.</param>
/// <param name="Kernel">The positions that a filter sees in each dimension; at least 1.</param>
public sealed record ConvolutionLayer(int Filters, int Kernel) : LayerDescription
{
    /// <summary>The number of filters.</summary>
    public int Filters { get; init; } = AtLeast(1, Filters, nameof(Filters));

    /// <summary>The positions that a filter sees in each dimension.</summary>
    public int Kernel { get; init; } = AtLeast(1, Kernel, nameof(Kernel));

    /// <summary>The distance between the patches of two outputs; at least 1.</summary>
    public int Stride { get; init => field = AtLeast(1, value, nameof(Stride)); } = 1;

    /// <summary>
    /// The zeros put around the input, at least 0; null for as many as keep its size when the stride is 1 (where their number is odd, one more at the end).
    /// </summary>
    public int? Padding { get; init => field = value is int zeros ? AtLeast(0, zeros, nameof(Padding)) : null; }

    /// <summary>The distance between two positions that a filter sees; at least 1.</summary>
    public int Dilation { get; init => field = AtLeast(1, value, nameof(Dilation)); } = 1;

    /// <summary>Into how many groups channels and filters are divided, the filters of a group seeing its channels only; must divide both.</summary>
    public int Groups { get; init => field = AtLeast(1, value, nameof(Groups)); } = 1;

    /// <summary>Whether every channel is a group of its own, whatever <see cref="Groups"/> says; the filters are then a multiple of the channels.</summary>
    public bool Depthwise { get; init; }

    /// <summary>Whether every filter adds a bias.</summary>
    public bool Bias { get; init; } = true;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Text
    {
        get
        {
            StringBuilder text = new();
            text.Append(CultureInfo.InvariantCulture, $"conv:{Filters}x{Kernel}");
            Option(Stride != 1, $"stride={Stride}");
            Option(Padding != null, $"padding={Padding}");
            Option(Dilation != 1, $"dilation={Dilation}");
            Option(Groups != 1 && !Depthwise, $"groups={Groups}");
            Option(Depthwise, "depthwise");
            Option(!Bias, "nobias");
            return text.ToString();

            void Option(bool given, string option)
            {
                if (given)
                {
                    text.Append('/').Append(option);
                }
            }
        }
    }

    /// <summary>Reads <c>conv:32x5</c> and its options.</summary>
    internal static ConvolutionLayer Read(LayerWord word)
    {
        (int filters, int kernel) = word.Counts("conv:32x5 (filters x size)");
        return new ConvolutionLayer(filters, kernel)
        {
            Stride = word.Option("stride") ?? 1,
            Padding = word.Option("padding", least: 0),
            Dilation = word.Option("dilation") ?? 1,
            Groups = word.Option("groups") ?? 1,
            Depthwise = word.Flag("depthwise"),
            Bias = !word.Flag("nobias"),
        };
    }

    internal override TensorShape Declare(LayerNode node)
    {
        if (node.Input.Rank == 1)
        {
            throw node.Error($"needs images of height × width × channels or sequences of length × channels, and its input is {node.Input}");
        }

        ConvolutionShape shape = Shape(node.Input);
        if (shape.Channels % shape.Groups != 0 || Filters % shape.Groups != 0)
        {
            throw node.Error($"has {shape.Groups} groups, which do not divide {shape.Channels} channels and {Filters} filters");
        }

        long span = (Kernel - 1L) * Dilation + 1;
        if (span > shape.Width + shape.Padding.Left + shape.Padding.Right || (node.Input.Rank == 3 && span > shape.Height + shape.Padding.Top + shape.Padding.Bottom))
        {
            throw node.Error($"sees {span} positions at once, more than its input of {node.Input} has with its padding");
        }

        int patch = shape.KernelHeight * shape.KernelWidth;
        node.Weight(
            "weight", [shape.KernelHeight, shape.KernelWidth, shape.GroupChannels, Filters], patch * shape.GroupChannels, patch * shape.GroupFilters);
        if (Bias)
        {
            node.Constant("bias", TensorKind.Unregularised, [Filters]);
        }

        return node.Input.Rank == 2 ? TensorShape.Sequence(shape.OutputWidth, Filters) : TensorShape.Image(shape.OutputHeight, shape.OutputWidth, Filters);
    }

    internal override PlanValue Build(PlanBuilder plan, LayerNode node, PlanValue input) => ConvolutionStep.Add(plan, node, Shape(node.Input), input);

    private ConvolutionShape Shape(TensorShape input)
    {
        bool flat = input.Rank == 2;
        int reach = Dilation * (Kernel - 1);
        int before = Padding ?? reach / 2;
        int after = Padding ?? reach - reach / 2;
        return new ConvolutionShape
        {
            Height = flat ? 1 : input.Dimensions[0],
            Width = input.Dimensions[^2],
            Channels = input.Channels,
            Filters = Filters,
            KernelHeight = flat ? 1 : Kernel,
            KernelWidth = Kernel,
            StrideY = flat ? 1 : Stride,
            StrideX = Stride,
            DilationY = flat ? 1 : Dilation,
            DilationX = Dilation,
            Groups = Depthwise ? input.Channels : Groups,
            Padding = flat ? new Margin(0, before, 0, after) : new Margin(before, before, after, after),
        };
    }
}
