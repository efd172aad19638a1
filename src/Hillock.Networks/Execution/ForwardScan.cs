namespace Hillock.Networks.Execution;

/// <summary>Runs all samples of a data set through a network, block by block, with the evaluation values of the activations' parameters.</summary>
internal sealed unsafe class ForwardScan(Network network, int maximumSamples, WorkerTeam? team = null)
{
    /// <summary>Looks at the outputs of a block of samples.</summary>
    /// <param name="first">The first sample of the block.</param>
    /// <param name="outputs">The outputs of the last layer, row by row.</param>
    public delegate void BlockAction(int first, ReadOnlySpan<float> outputs);

    /// <summary>The buffers that a block goes through.</summary>
    public NetworkPlan Plan { get; } = new(network, Math.Clamp(maximumSamples, 1, network.Description.BlockRows), trains: false, team);

    /// <summary>Runs through the samples.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="count">How many of them.</param>
    /// <param name="action">Is called after every block.</param>
    /// <param name="cancellationToken">Stops the work between two blocks.</param>
    public void Run(Dataset data, int count, BlockAction action, CancellationToken cancellationToken)
    {
        fixed (float* inputs = data.Inputs)
        fixed (int* lengths = data.Lengths)
        {
            for (int first = 0; first < count; first += Plan.MaximumRows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int rows = Math.Min(Plan.MaximumRows, count - first);
                action(first, Plan.Forward(inputs + (nint)first * data.Features, rows, lengths: lengths == null ? null : lengths + first));
            }
        }

        GC.KeepAlive(Plan);
    }
}
