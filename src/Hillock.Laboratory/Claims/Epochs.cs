using Hillock.Activations.Random;
using Hillock.Networks;

namespace Hillock.Laboratory.Claims;

/// <summary>Trains networks for experiments.</summary>
internal static class Epochs
{
    /// <summary>Trains a new network.</summary>
    /// <param name="run">The experiment.</param>
    /// <param name="description">The network.</param>
    /// <param name="data">What it learns from.</param>
    /// <param name="options">How.</param>
    /// <param name="key">Determines its weights and batches.</param>
    /// <param name="validation">Samples on which every epoch is judged.</param>
    /// <returns>The network, and its epochs.</returns>
    public static (Network Network, TrainingResult Course) Train(
        ClaimRun run, NetworkDescription description, Dataset data, TrainingOptions options, RandomKey key, Dataset? validation = null)
    {
        Network network = Network.Create(description, key);
        return (network, Trainer.Train(network, data, validation, options, key, cancellationToken: run.Token));
    }

    /// <summary>Trains epoch by epoch until something is reached.</summary>
    /// <param name="run">The experiment.</param>
    /// <param name="network">The network, which is trained in place.</param>
    /// <param name="data">What it learns from.</param>
    /// <param name="options">How, and for how many epochs at most.</param>
    /// <param name="key">Determines the batches.</param>
    /// <param name="reached">Looks at the network after every epoch, the first being 1, and its mean training loss; true ends the training.</param>
    /// <returns>The epochs that were run.</returns>
    public static int Until(ClaimRun run, Network network, Dataset data, TrainingOptions options, RandomKey key, Func<int, double, bool> reached)
    {
        using WorkerTeam team = new(1);
        TrainingLoop loop = new(network, data, options, key, team);
        for (int epoch = 1; epoch <= options.Epochs; epoch++)
        {
            double loss = loop.RunEpoch(epoch, run.Token);
            if (!double.IsFinite(loss) || reached(epoch, loss))
            {
                return epoch;
            }
        }

        return options.Epochs;
    }

    /// <summary>The share of samples that a network tells wrongly.</summary>
    public static double Error(ClaimRun run, Network network, Dataset data) => 1 - Evaluator.Evaluate(network, data, run.Token).Accuracy!.Value;
}
