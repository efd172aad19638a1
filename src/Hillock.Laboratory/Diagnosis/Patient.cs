using System.Globalization;
using Hillock.Activations;
using Hillock.Activations.Catalogue;
using Hillock.Laboratory.Verdict;
using Hillock.Networks;

namespace Hillock.Laboratory.Diagnosis;

/// <summary>What is known about a network: what it does now, what it did in each epoch, how it was trained.</summary>
/// <param name="Network">What the network is.</param>
/// <param name="Now">What a pass over all samples showed.</param>
/// <param name="History">How it came to be that.</param>
/// <param name="Settings">How it was trained; null where that is not known.</param>
/// <param name="LossOfIgnorance">The loss of one that knows only how frequent the classes are, or the mean; null where that is not known.</param>
internal sealed record Patient(
    NetworkDescription Network, DiagnosisResult Now, TrainingHistory History, TrainingSettings? Settings, double? LossOfIgnorance)
{
    private const double GreatMomentum = 0.95;

    /// <summary>What a probe saw in the epochs that it looked at; empty where there was none.</summary>
    public IReadOnlyList<DiagnosisSummary> Epochs => History.Epochs;

    /// <summary>The layers.</summary>
    public IReadOnlyList<LayerDiagnosis> Layers => Now.Layers;

    /// <summary>The layers with an activation.</summary>
    public IReadOnlyList<LayerDiagnosis> Hidden { get; } = [.. Now.Hidden];

    /// <summary>What was found so far.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>The loss as a share of the loss of one that knows nothing; 1 where that is not known.</summary>
    public double Ignorance => LossOfIgnorance is > 0 and { } loss && double.IsFinite(Now.Loss) ? Now.Loss / loss : 1;

    /// <summary>The layer as it was before the training; null where nobody looked.</summary>
    public SummarisedLayer? AtStart(LayerDiagnosis layer) => History.Start?.Layers.FirstOrDefault(seen => seen.Layer == layer.Layer);

    /// <summary>Whether something was found already that explains more.</summary>
    /// <param name="code">What.</param>
    /// <param name="layer">That it must be at this layer or before it; null for anywhere.</param>
    public bool Has(string code, int? layer = null) => Findings.Exists(finding => finding.Code == code && (layer is null || finding.Layer is null || finding.Layer <= layer));

    /// <summary>A layer as sentences name it: <c>layer 2 (dense:256, relu)</c>.</summary>
    public static string Name(LayerDiagnosis layer) =>
        $"layer {layer.Layer} ({layer.Text}{(layer.ActivationName is { } name && name != layer.Text ? $", {name}" : "")})";

    /// <summary>The first epoch from which on something was so until the end; null where it was not so in the last, or nobody looked.</summary>
    public int? Since(LayerDiagnosis layer, Func<SummarisedLayer, bool> holds)
    {
        int? since = null;
        for (int i = Epochs.Count - 1; i >= 0 && Epochs[i].Layers.FirstOrDefault(seen => seen.Layer == layer.Layer) is { } seen && holds(seen); i--)
        {
            since = Epochs[i].Epoch;
        }

        return since;
    }

    /// <summary>A tenth of the learning rate, rounded to a 1 or a 3 with zeros; null where it is not known.</summary>
    public double? LowerRate => Settings is { } settings ? Rounded(settings.LearningRate / 10) : null;

    /// <summary>The steps of a training in words: a momentum near 1 makes them longer than the learning rate says.</summary>
    public static string Steps(TrainingSettings settings) => $"steps at a learning rate of {settings.LearningRate}"
        + (settings is { Optimizer: OptimizerKind.Sgd, Momentum: > GreatMomentum and var momentum } ? $" with a momentum of {momentum}, which makes them up to {Figure(1 / (1 - momentum))} times as long," : "");

    /// <summary>A number rounded to 10^k or 3·10^k.</summary>
    public static double Rounded(double value)
    {
        int halfDecades = (int)Math.Round(2 * Math.Log10(value));
        int decade = (int)Math.Floor(halfDecades / 2.0);
        return double.Parse($"{(halfDecades % 2 == 0 ? 1 : 3)}e{decade}", CultureInfo.InvariantCulture);
    }

    /// <summary>The remedy of a lower learning rate, where the one that was is known.</summary>
    public IEnumerable<Remedy> LowerRateRemedy() =>
        LowerRate is { } rate ? [new Remedy($"a learning rate of {rate}") { LearningRate = rate }] : [];

    /// <summary>The remedy of another activation.</summary>
    public static Remedy Use(string activation) => new($"{activation} in place of the activation") { Activation = Activation.Parse(activation) };

    /// <summary>The remedy of another activation that bears no high learning rate: at a lower one, where the one that was is known.</summary>
    public Remedy UseGently(string activation) => LowerRate is { } rate
        ? new($"{activation} at a learning rate of {rate}") { Activation = Activation.Parse(activation), LearningRate = rate }
        : Use(activation);

    /// <summary>The remedy of normalising.</summary>
    public static Remedy BatchNorm { get; } = new("a batchnorm before every activation") { Normalise = true };

    /// <summary>Training anew from weights that are drawn anew, all else the same.</summary>
    public static Remedy FreshWeights { get; } = new("fresh weights, all else the same");

    /// <summary>Whether a function is flat on both sides, as sigmoid and tanh are.</summary>
    public static bool IsFlatOnBothSides(LayerDiagnosis layer) => IsFlatOnBothSides(layer.Activation);

    /// <summary>Whether a function is flat on both sides; not where there is none.</summary>
    public static bool IsFlatOnBothSides(Activation? activation) => activation?.Definition.Facts.Saturation == Saturation.Both;

    /// <summary>Where numbers lie: their mean and standard deviation.</summary>
    public static string Spread(SignalMoments moments) => $"{Figure(moments.Mean)} ± {Figure(Math.Sqrt(moments.UnitVariance))}";

    /// <summary>A figure with two significant digits, without an exponent where one can do without.</summary>
    public static string Figure(double value)
    {
        double magnitude = Math.Abs(value);
        if (magnitude is > 0 and (< 1e-3 or >= 1e5) || !double.IsFinite(value))
        {
            return value.ToString("0.#e0", CultureInfo.InvariantCulture);
        }

        int decimals = magnitude == 0 ? 0 : 1 - (int)Math.Floor(Math.Log10(magnitude));
        double step = Math.Pow(10, -decimals);
        return (decimals >= 0 ? Math.Round(value, decimals) : Math.Round(value / step) * step).ToString("0.#####", CultureInfo.InvariantCulture);
    }

    /// <summary>A share as a percentage without decimals, except near the ends.</summary>
    public static string Percent(double share) => share is > 0 and < 0.01 or (> 0.99 and < 1) ? Wording.Percent(share) : FormattableString.Invariant($"{100 * share:0} %");
}
