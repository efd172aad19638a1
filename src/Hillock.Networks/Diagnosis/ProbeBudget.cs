using Hillock.Networks.Execution;

namespace Hillock.Networks;

/// <summary>
/// Decides at which steps and epochs a probe looks so that it costs a few hundredths of the training. It counts work and reads no clock: the same training is looked at
/// in the same places on every machine. Work is in nanoseconds of one thread of a processor with registers of 512 bits, roughly: only ratios matter.
/// </summary>
internal sealed class ProbeBudget
{
    /// <summary>Every how many steps a probe looks where that is cheap enough.</summary>
    public const int UsualSteps = 50;

    private const double Share = 0.04;

    // A step.
    private const double PerStep = 2200;
    private const double PerProduct = 0.006;
    private const double PerNumber = 0.4;
    private const double PerParameter = 0.64;

    // A look, beside the step that is looked at.
    private const double PerLook = 1000;
    private const double PerLookedNumber = 4.6;
    private const double PerLookedParameter = 0.2;

    // An epoch that is looked at: its summing up, and the slopes by which units that seem dead are watched at every step.
    private const double PerLayer = 3000;
    private const double PerUnit = 60;
    private const double PerWatchedSlope = 1;

    private readonly double _epoch;
    private readonly double _lookedEpoch;

    /// <summary>Estimates the work.</summary>
    /// <param name="network">The network.</param>
    /// <param name="measures">What is looked at.</param>
    /// <param name="batchSize">The samples of a step.</param>
    /// <param name="stepsOfEpoch">The steps of an epoch.</param>
    /// <param name="mostNumbers">How many numbers of a layer are looked at.</param>
    public ProbeBudget(Network network, IReadOnlyList<LayerMeasure> measures, int batchSize, long stepsOfEpoch, int mostNumbers)
    {
        LayerNode[] nodes = [.. LayerNode.All(network.Description.Nodes)];
        double parameters = network.Layout.Length;
        double step = PerStep + (PerParameter * parameters) + (batchSize * nodes.Sum(node => (PerProduct * Products(node)) + (PerNumber * node.Output.Size)));
        double numbers = measures.Sum(measure => Math.Min((double)batchSize * measure.Size, Math.Max(mostNumbers, measure.Size)));
        double look = PerLook + (PerLookedNumber * numbers) + (PerLookedParameter * parameters);
        Every = (int)Math.Min(int.MaxValue, Math.Max(UsualSteps, Math.Ceiling(look / (Share * step))));
        _epoch = step * stepsOfEpoch;
        _lookedEpoch = (look * Math.Ceiling((double)stepsOfEpoch / Every)) + (PerLookedParameter * parameters)
            + measures.Sum(measure => PerLayer + (PerUnit * measure.Channels));
    }

    /// <summary>Every how many steps to look.</summary>
    public int Every { get; }

    /// <summary>The work of all looks so far; a training that goes on from a checkpoint takes it over.</summary>
    public double Spent { get; set; }

    /// <summary>How much of it was for watching units in the last epoch that was looked at: as much is foreseen for the next.</summary>
    public double Watched { get; set; }

    /// <summary>
    /// Whether to look at an epoch, counted from 1: at the first, and at a later one where the looks so far and this one, as far as it can be foreseen, keep to their
    /// share.
    /// </summary>
    public bool LooksAt(int epoch) => epoch == 1 || Spent + _lookedEpoch + Watched <= Share * _epoch * epoch;

    /// <summary>An epoch was looked at.</summary>
    /// <param name="watchedSlopes">How many slopes were computed to watch units that seemed dead.</param>
    public void Spend(long watchedSlopes)
    {
        Watched = PerWatchedSlope * watchedSlopes;
        Spent += _lookedEpoch + Watched;
    }

    /// <summary>How often the layer multiplies for a sample on its way forward; three times as often with the way back.</summary>
    private static double Products(LayerNode node) => node.Description is EmbeddingLayer
        ? 0
        : 3.0 * (node.Description is RecurrentLayer ? node.Input.Positions : node.Output.Positions)
            * node.Tensors.Where(tensor => tensor.Kind == TensorKind.Weight).Sum(tensor => (double)tensor.Length);
}
