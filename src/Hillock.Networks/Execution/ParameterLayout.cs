using Hillock.Activations;
using Hillock.Activations.Catalogue;
using Hillock.Networks.Numerics;

namespace Hillock.Networks.Execution;

/// <summary>
/// Where the numbers that a network learns lie in one buffer: first all weights (which may decay), then all biases and activation parameters
/// (which do not). Gradients and the optimiser's moments have the same layout, so a step is one pass over flat memory. Every part
/// starts on a cache line; the gaps stay zero.
/// </summary>
internal sealed class ParameterLayout
{
    public ParameterLayout(NetworkDescription description)
    {
        int count = description.Hidden.Count + 1;
        int[] inputs = [description.Inputs, .. description.Hidden.Select(layer => layer.Units)];
        int[] units = [.. description.Hidden.Select(layer => layer.Units), description.Outputs];

        int length = 0;
        int Place(int values)
        {
            int start = length;
            length = checked(length + AlignedBuffer.WholeLines(values));
            return start;
        }

        int[] weights = new int[count];
        for (int i = 0; i < count; i++)
        {
            weights[i] = Place(checked(inputs[i] * units[i]));
        }

        WeightLength = length;
        LayerLayout[] layers = new LayerLayout[count];
        for (int i = 0; i < count; i++)
        {
            Activation? activation = i < description.Hidden.Count ? description.Hidden[i].Activation : null;
            int biases = Place(units[i]);
            int[] learned = new int[activation?.Modes.Count ?? 0];
            for (int p = 0; p < learned.Length; p++)
            {
                learned[p] = activation!.Modes[p] is ParameterMode.Learned mode ? Place(mode.Scope == ParameterScope.Channel ? units[i] : 1) : -1;
            }

            layers[i] = new LayerLayout(inputs[i], units[i], activation, weights[i], biases, learned);
        }

        Length = length;
        Layers = layers;
    }

    /// <summary>The layers in the order of the data flow; the last has no activation.</summary>
    public LayerLayout[] Layers { get; }

    /// <summary>The length of the part that holds the weights.</summary>
    public int WeightLength { get; }

    /// <summary>The length of the buffer.</summary>
    public int Length { get; }
}

/// <summary>A layer's place in the buffer of all parameters.</summary>
/// <param name="Inputs">The number of inputs.</param>
/// <param name="Units">The number of units.</param>
/// <param name="Activation">The activation; null for the last layer.</param>
/// <param name="Weights">Where its inputs × units weights start.</param>
/// <param name="Biases">Where its biases start.</param>
/// <param name="Learned">For each parameter of the activation where its values start; -1 for one that is not learned.</param>
internal sealed record LayerLayout(int Inputs, int Units, Activation? Activation, int Weights, int Biases, int[] Learned)
{
    /// <summary>How many values a learned parameter has.</summary>
    public int LearnedCount(int parameter) =>
        Activation!.Modes[parameter] is ParameterMode.Learned { Scope: ParameterScope.Channel } ? Units : 1;
}
