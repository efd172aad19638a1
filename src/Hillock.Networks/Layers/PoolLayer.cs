using System.Text.Json.Serialization;
using Hillock.Networks.Execution;

namespace Hillock.Networks;

/// <summary>What a pooling keeps of a window.</summary>
public enum PoolKind
{
    /// <summary>The greatest number; of equal ones the gradient goes to the first. NaN wins.</summary>
    Max,

    /// <summary>The mean; padding does not count.</summary>
    Average,
}

/// <summary>Keeps one number of each window of every channel, over images or sequences.</summary>
/// <param name="Kind">What it keeps.</param>
/// <param name="Size">The positions of a window in each dimension; at least 1. What is left over at the end, smaller than a window, is not seen.</param>
public sealed record PoolLayer(PoolKind Kind, int Size) : LayerDescription
{
    /// <summary>The positions of a window in each dimension.</summary>
    public int Size { get; init; } = AtLeast(1, Size, nameof(Size));

    /// <summary>The distance between two windows, at least 1; null for <see cref="Size"/>, windows side by side.</summary>
    public int? Stride { get; init => field = value is int stride ? AtLeast(1, stride, nameof(Stride)) : null; }

    /// <summary>By how much windows may reach over the edges, at least 0 and at most half their size.</summary>
    public int Padding { get; init => field = AtLeast(0, value, nameof(Padding)); }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Text =>
        $"{(Kind == PoolKind.Max ? "pool" : "avgpool")}:{Size}{(Stride is int stride ? $"/stride={stride}" : "")}{(Padding > 0 ? $"/padding={Padding}" : "")}";

    /// <summary>Reads <c>pool:2</c> and its options.</summary>
    internal static PoolLayer Read(PoolKind kind, LayerWord word) =>
        new(kind, word.Count()) { Stride = word.Option("stride"), Padding = word.Option("padding", least: 0) ?? 0 };

    internal override bool PassesSignals => true;

    internal override TensorShape Declare(LayerNode node)
    {
        if (node.Input.Rank == 1)
        {
            throw node.Error($"needs images or sequences, and its input is {node.Input}");
        }

        if (2 * Padding > Size)
        {
            throw node.Error($"has a padding of {Padding}: at most half the window of {Size} is possible");
        }

        PoolGeometry geometry = Geometry(node.Input);
        if (geometry.WindowHeight > geometry.Height + 2 * geometry.PaddingY || geometry.WindowWidth > geometry.Width + 2 * geometry.PaddingX)
        {
            throw node.Error($"has a window of {Size}, more than its input of {node.Input} has");
        }

        return node.Input.Rank == 2
            ? TensorShape.Sequence(geometry.OutputWidth, node.Input.Channels)
            : TensorShape.Image(geometry.OutputHeight, geometry.OutputWidth, node.Input.Channels);
    }

    internal override PlanValue Build(PlanBuilder plan, LayerNode node, PlanValue input) => PoolStep.Add(plan, Kind, Geometry(node.Input), node.Output, input);

    private PoolGeometry Geometry(TensorShape input)
    {
        int stride = Stride ?? Size;
        return input.Rank == 2
            ? new PoolGeometry(1, input.Dimensions[0], input.Channels, 1, Size, 1, stride, 0, Padding)
            : new PoolGeometry(input.Dimensions[0], input.Dimensions[1], input.Channels, Size, Size, stride, stride, Padding, Padding);
    }
}

/// <summary>Keeps one number of every channel over all positions of an image or a sequence: features remain.</summary>
/// <param name="Kind">What it keeps.</param>
public sealed record GlobalPoolLayer(PoolKind Kind) : LayerDescription
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Text => Kind == PoolKind.Max ? "globalpool" : "globalavgpool";

    internal override bool PassesSignals => true;

    internal override TensorShape Declare(LayerNode node) => node.Input.Rank == 1
        ? throw node.Error($"needs images or sequences, and its input is {node.Input}")
        : TensorShape.Features(node.Input.Channels);

    internal override PlanValue Build(PlanBuilder plan, LayerNode node, PlanValue input)
    {
        int positions = node.Input.Positions;
        return PoolStep.Add(plan, Kind, new PoolGeometry(1, positions, node.Input.Channels, 1, positions, 1, positions, 0, 0), node.Output, input);
    }
}
