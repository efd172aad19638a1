namespace Hillock.Networks.Execution;

/// <summary>What flows between two steps: a batch of samples and, in training, the gradient of the loss by it.</summary>
internal sealed class PlanValue(TensorShape shape, PlanBuffer data, PlanBuffer? gradient)
{
    /// <summary>The shape of a sample.</summary>
    public TensorShape Shape { get; } = shape;

    /// <summary>The numbers, sample by sample.</summary>
    public PlanBuffer Data { get; } = data;

    /// <summary>The gradient, laid out alike; null where nobody needs it: in inference, and before the first layer that learns.</summary>
    public PlanBuffer? Gradient { get; } = gradient;

    /// <summary>How many positions are real; null for what is no sequence, or none that was one from the beginning of the network.</summary>
    public SequenceLengths? Lengths { get; set; }

    /// <summary>
    /// Whether the only reader may put its own output in the place of this value: nobody else reads it, and backward passes of the
    /// step that made it do not need it.
    /// </summary>
    public bool MayBeOverwritten { get; init; }

    /// <summary>Finds the numbers of the real positions that lie beside each other in a batch.</summary>
    /// <param name="rows">How many samples are looked at, from the first on.</param>
    /// <param name="from">The first position to look at, counted through all samples; moves behind those that were found.</param>
    /// <param name="numbers">The numbers of what was found.</param>
    /// <returns>Whether any was found.</returns>
    public bool NextReal(int rows, ref long from, out Span<float> numbers)
    {
        bool found = SequenceLengths.NextReal(Lengths, Shape.Positions, ref from, (long)rows * Shape.Positions, out long first, out int count);
        numbers = Data.Slice(first * Shape.Channels, count * Shape.Channels);
        return found;
    }
}
