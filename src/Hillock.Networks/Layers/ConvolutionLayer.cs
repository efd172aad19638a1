using System.Globalization;
using System.Text;
using Hillock.Networks.Execution;
using Hillock.Networks.Numerics;

namespace Hillock.Networks;

/// <summary>What convolutions over one and two dimensions share: filters that each see a patch of the input, the same weights everywhere.</summary>
/// <param name="Filters">The number of filters, which are the output's channels; at least 1.</param>
/// <param name="Kernel">The positions that a filter sees in each dimension; at least 1.</param>
public abstract record ConvolutionLayer(int Filters, int Kernel) : LayerDescription
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

    /// <summary>The zeros before and after a dimension.</summary>
    private protected (int Before, int After) Zeros =>
        Padding is int zeros ? (zeros, zeros) : (Dilation * (Kernel - 1) / 2, Dilation * (Kernel - 1) - Dilation * (Kernel - 1) / 2);

    /// <summary>The notation of network texts: what differs from the defaults follows after slashes.</summary>
    private protected string TextOf(string name)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{name}:{Filters}x{Kernel}");
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

    /// <summary>Checks the input, declares weights and biases.</summary>
    private protected void Declare(LayerNode node, ConvolutionShape shape)
    {
        if (shape.Channels % shape.Groups != 0 || Filters % shape.Groups != 0)
        {
            throw node.Error($"has {shape.Groups} groups, which do not divide {shape.Channels} channels and {Filters} filters");
        }

        int span = (Kernel - 1) * Dilation + 1;
        if (span > shape.Width + shape.Padding.Left + shape.Padding.Right || (shape.KernelHeight > 1 && span > shape.Height + shape.Padding.Top + shape.Padding.Bottom))
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
    }
}
