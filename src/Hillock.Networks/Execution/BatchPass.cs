using Hillock.Activations.Random;
using Hillock.Networks.Numerics;

namespace Hillock.Networks.Execution;

/// <summary>What all steps of a pass through a plan share.</summary>
internal sealed unsafe class BatchPass
{
    /// <summary>All parameters of the network.</summary>
    public float* Parameters { get; init; }

    /// <summary>Where gradients of the parameters go, laid out like these; null in a backward pass that wants none.</summary>
    public float* Gradients { get; set; }

    /// <summary>The threads that share the work.</summary>
    public required WorkerTeam Team { get; init; }

    /// <summary>The samples of the batch.</summary>
    public int Rows { get; set; }

    /// <summary>
    /// Whether the pass is one of training: dropout drops, random parameters are drawn, normalisation uses the batch's statistics. A backward pass belongs
    /// to the forward pass before it and has its mode.
    /// </summary>
    public bool Training { get; set; }

    /// <summary>
    /// What this pass draws from: layer i (<see cref="LayerNode.Number"/>) from <c>Draws.Derive(i)</c>, and each piece of its work from a key of its own,
    /// whatever thread does it.
    /// </summary>
    public RandomKey Draws { get; set; }

    /// <summary>What penalties add to the mean loss of the batch.</summary>
    public double Penalty { get; set; }

    /// <summary>The parameters of a tensor.</summary>
    public float* Of(NetworkTensor tensor) => Parameters + tensor.Offset;

    /// <summary>Where a tensor's gradient goes; only where <see cref="Gradients"/> are wanted.</summary>
    public float* GradientOf(NetworkTensor tensor) => Gradients + tensor.Offset;

    /// <summary>
    /// Runs pieces of work, each at most once and in any order. What a piece is must not depend on the number of threads, and pieces must not
    /// write to the same place: then neither do the bits.
    /// </summary>
    /// <param name="count">The number of pieces.</param>
    /// <param name="work">Does the piece of the given index; made once, since a delegate is an allocation.</param>
    public void Run(int count, Action<int> work)
    {
        if (count == 1)
        {
            work(0);
            return;
        }

        Pieces pieces = new(work);
        Team.Run(count, ref pieces);
    }

    private readonly struct Pieces(Action<int> work) : IParallelWork
    {
        public void Run(int part, int worker) => work(part);
    }
}
