using Hillock.Networks;
using Hillock.Networks.Execution;

namespace Hillock.Laboratory.Claims;

/// <summary>Runs samples of a data set forward and, by the network's loss, backward through a trace.</summary>
internal sealed class BatchGradient(NetworkDescription description, int maximumRows)
{
    private readonly LossFunction _loss = new(description.Loss, description.Outputs, maximumRows);

    /// <summary>Runs a batch.</summary>
    /// <param name="trace">Receives the gradients of the mean loss.</param>
    /// <param name="data">The data set; its samples belong to classes.</param>
    /// <param name="first">The first sample.</param>
    /// <param name="rows">How many.</param>
    /// <returns>The mean loss of the batch.</returns>
    public double Run(LayerTrace trace, Dataset data, int first, int rows)
    {
        double loss = 0;
        trace.Run(data.Inputs.Slice(first * data.Features, rows * data.Features), rows, (outputs, gradient) =>
            loss = _loss.Sum(outputs, data.Labels.Slice(first, rows), [], gradient) / rows);
        return loss;
    }
}
