using System.Text.Json.Serialization;
using Hillock.Networks.Execution;

namespace Hillock.Networks;

/// <summary>How the outputs of branches become one.</summary>
public enum BranchJoin
{
    /// <summary>Their channels follow each other.</summary>
    Concatenate,

    /// <summary>They are added.</summary>
    Add,
}

/// <summary>Lets branches of layers see the same input and joins what they give.</summary>
/// <param name="Branches">The branches, at least one; an empty branch gives the input itself.</param>
/// <param name="Join">How they are joined.</param>
public sealed record ParallelLayer(IReadOnlyList<IReadOnlyList<LayerDescription>> Branches, BranchJoin Join = BranchJoin.Concatenate) : LayerDescription
{
    /// <summary>The branches.</summary>
    public IReadOnlyList<IReadOnlyList<LayerDescription>> Branches { get; init; } = Branches is { Count: > 0 }
        ? [.. Branches.Select(branch => (IReadOnlyList<LayerDescription>)[.. branch])]
        : throw new ArgumentException("at least one branch is needed", nameof(Branches));

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Text =>
        $"{(Join == BranchJoin.Add ? "add" : "concat")}({string.Join('|', Branches.Select(ResidualLayer.Joined))})";

    /// <inheritdoc/>
    public bool Equals(ParallelLayer? other) => other is not null && Join == other.Join && Branches.Count == other.Branches.Count
        && Branches.Zip(other.Branches, Enumerable.SequenceEqual).All(equal => equal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Join, Branches.Count);

    internal override bool IsCausal => Branches.All(branch => branch.All(layer => layer.IsCausal));

    internal override TensorShape Declare(LayerNode node)
    {
        node.NeedsNumbers();
        TensorShape[] shapes = [.. Branches.Select((layers, i) => node.Branch($"branch{i}", layers))];
        foreach (TensorShape shape in shapes)
        {
            bool fits = Join == BranchJoin.Add ? shape == shapes[0] : shape.Rank == shapes[0].Rank && shape.WithChannels(1) == shapes[0].WithChannels(1);
            if (!fits)
            {
                throw node.Error($"joins branches of {shapes[0]} and {shape}: they must have the same {(Join == BranchJoin.Add ? "shape" : "positions")}");
            }
        }

        return Join == BranchJoin.Add ? shapes[0] : shapes[0].WithChannels(shapes.Sum(shape => shape.Channels));
    }

    internal override PlanValue Build(PlanBuilder plan, LayerNode node, PlanValue input)
    {
        PlanValue[] ways = ForkStep.Add(plan, input, Branches.Count);
        PlanValue[] outputs = [.. node.Branches.Zip(ways, plan.Chain)];
        return Join == BranchJoin.Add ? outputs.Aggregate((sum, next) => AddStep.Add(plan, sum, next)) : ConcatenateStep.Add(plan, node.Output, outputs);
    }
}
