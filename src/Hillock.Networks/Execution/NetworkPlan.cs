using Hillock.Activations.Random;

namespace Hillock.Networks.Execution;

/// <summary>
/// A network bound to its largest batch: forward and backward passes that allocate nothing. A smaller batch uses the beginning of every buffer.
/// </summary>
internal sealed unsafe class NetworkPlan
{
    private readonly Network _network;

    /// <summary>Makes a plan.</summary>
    /// <param name="network">The network, whose parameters are read in place.</param>
    /// <param name="maximumRows">The rows of the largest batch.</param>
    /// <param name="trains">Whether there will be backward passes.</param>
    public NetworkPlan(Network network, int maximumRows, bool trains)
    {
        _network = network;
        MaximumRows = maximumRows;
        Layers = [.. network.Layout.Layers.Select(layer => new DensePlan(layer, maximumRows, trains))];
    }

    /// <summary>The rows of the largest batch.</summary>
    public int MaximumRows { get; }

    /// <summary>The layers; the last is the output layer.</summary>
    public DensePlan[] Layers { get; }

    /// <summary>Runs a batch through the network.</summary>
    /// <param name="input">The samples, row by row; pinned.</param>
    /// <param name="rows">Their number.</param>
    /// <param name="draws">What random activation parameters are drawn from; null for their mean.</param>
    /// <returns>The outputs of the last layer.</returns>
    public ReadOnlySpan<float> Forward(float* input, int rows, RandomStream? draws = null)
    {
        foreach (DensePlan layer in Layers)
        {
            layer.Forward(_network.Parameters.Pointer, input, rows, draws);
            input = layer.OutputPointer;
        }

        return Layers[^1].Outputs(rows);
    }

    /// <summary>
    /// Carries the gradient by the outputs, which the caller has put into the last layer's <see cref="DensePlan.Gradient"/>, back through
    /// the network, for the batch of the last forward pass.
    /// </summary>
    /// <param name="input">What the forward pass was given.</param>
    /// <param name="rows">The rows of the batch.</param>
    /// <param name="gradients">Receives the gradients of the parameters, laid out like these.</param>
    public void Backward(float* input, int rows, float* gradients)
    {
        for (int i = Layers.Length - 1; i >= 0; i--)
        {
            DensePlan layer = Layers[i];
            layer.BackwardActivation(gradients, rows);
            layer.BackwardParameters(i > 0 ? Layers[i - 1].OutputPointer : input, gradients, rows);
            if (i > 0)
            {
                layer.BackwardInputs(_network.Parameters.Pointer, Layers[i - 1].GradientPointer, rows);
            }
        }
    }
}
