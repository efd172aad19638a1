using Hillock.Activations;
using Hillock.Data;
using Hillock.Laboratory;
using Hillock.Networks;

namespace Hillock.Cli.Commands;

/// <summary>
/// A tiny comparison of the same candidates while the data are read: the runtime compiles what the comparison needs on a core that has nothing to do yet.
/// It shares nothing with the comparison and has no influence on it.
/// </summary>
internal static class Rehearsal
{
    /// <summary>Two networks to each candidate, of one step each.</summary>
    private const int Samples = 32;

    /// <summary>Starts it, unless all is to be done on one thread.</summary>
    /// <param name="options">What is going to be compared.</param>
    public static void Start(ComparisonOptions options)
    {
        if (options.Threads != 1 && Environment.ProcessorCount > 1)
        {
            new Thread(() => Run(options)) { IsBackground = true, Priority = ThreadPriority.BelowNormal }.Start();
        }
    }

    private static void Run(ComparisonOptions options)
    {
        try
        {
            Comparison.Run(DataSources.Open("moons", new DataOptions { Samples = Samples }), new ComparisonOptions
            {
                Activations = options.Activations,
                LeavesOutUnfit = true,
                Network = "mlp:16,16",
                Folds = 2,
                Epochs = 1,
                BatchSize = Samples,
                Optimizer = options.Optimizer,
                LearningRate = 0.001,
                Threads = 1,
            });
        }
        catch (NetworkDescriptionException)
        {
            // No candidate fits this network; the comparison says what is wrong, if anything is.
        }
    }
}
