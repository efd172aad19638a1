using Hillock.Networks;

namespace Hillock.Laboratory.Trials;

/// <summary>The learning rates that a trial tries: the same for every candidate.</summary>
internal static class LearningRateGrid
{
    private static readonly double[] AdaptiveRates = [0.0003, 0.001, 0.003, 0.01, 0.03];
    private static readonly double[] GradientRates = [0.003, 0.01, 0.03, 0.1, 0.3];

    /// <summary>A rate does about as well as the best if its loss is at most so many times the least.</summary>
    public const double Tolerance = 1.05;

    /// <summary>The rates, ascending: half a decade apart around the optimiser's habitual rate.</summary>
    public static IReadOnlyList<double> Rates(OptimizerKind optimizer) => optimizer == OptimizerKind.Sgd ? GradientRates : AdaptiveRates;

    /// <summary>
    /// The epochs that each rate gets: half of the training's, rounded up. Less favours rates that are fast at first and restless later.
    /// </summary>
    public static int Epochs(int epochs) => (epochs + 1) / 2;

    /// <summary>
    /// The last epochs whose mean validation loss judges a rate: a third, rounded up, so that a rate that swings is not chosen for a lucky end.
    /// </summary>
    public static int JudgedEpochs(int searchEpochs) => (searchEpochs + 2) / 3;
}
