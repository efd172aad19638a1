using Hillock.Activations.Random;
using Hillock.Data;
using Hillock.Laboratory.Trials;
using Hillock.Networks;

namespace Hillock.Laboratory;

/// <summary>Whether a remedy helped.</summary>
public enum RemedyVerdict
{
    /// <summary>It is what the others are compared with.</summary>
    Comparison,

    /// <summary>Nothing is wrong any more, and the loss is lower.</summary>
    Cured,

    /// <summary>What was found first is gone, or the loss is lower by a tenth, and the loss is not higher.</summary>
    Helped,

    /// <summary>Neither.</summary>
    NoHelp,

    /// <summary>The training diverged.</summary>
    Diverged,
}

/// <summary>One of the trainings that a remedy check compares.</summary>
/// <param name="Text">What was done.</param>
/// <param name="Loss">The loss on samples held out; null where the training diverged.</param>
/// <param name="Score">The accuracy or R² on them; null likewise.</param>
/// <param name="Findings">What is wrong with the network afterwards.</param>
/// <param name="Verdict">Whether it helped.</param>
public sealed record RemedyTrial(string Text, double? Loss, double? Score, IReadOnlyList<Finding> Findings, RemedyVerdict Verdict);

/// <summary>Tries the remedies that findings suggest: equal short trainings on the same samples, in the same order, from the same random numbers.</summary>
public static class RemedyCheck
{
    private const int MostRemedies = 3;
    private const int MostSamples = 20_000;
    private const int HeldOut = 5;
    private const double ClearlyLower = 0.9;

    private static readonly RandomKey Key = RandomKey.FromSeed(1).Derive("remedies");

    /// <summary>
    /// Trains the model as it is for some epochs more, a network like it from fresh weights, and one for each of the two or three remedies that
    /// the findings suggest, each for the same epochs and else as the model was (<see cref="SettingsFor"/>), a schedule that ends with the
    /// training drawn together to them. A fifth of the samples is held out to judge by; of more than 20 000, so many are drawn.
    /// </summary>
    /// <param name="model">The model, which stays as it is.</param>
    /// <param name="data">Samples with their classes or targets; at least five.</param>
    /// <param name="findings">What is wrong with the model.</param>
    /// <param name="epochs">The epochs of each training; at least 1.</param>
    /// <param name="progress">Is told what is tried next, and which share of the trainings is over; null for nobody.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="LaboratoryException">There are too few samples.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static IReadOnlyList<RemedyTrial> Run(
        TrainedModel model,
        DataSource data,
        IReadOnlyList<Finding> findings,
        int epochs = 3,
        IProgress<(string Text, double Share)>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(findings);
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        if (data.Count < HeldOut)
        {
            throw new LaboratoryException($"{data.Name}: to try remedies at least {HeldOut} samples are needed, and there are {data.Count}");
        }

        Remedy[] remedies =
        [
            .. findings.SelectMany(finding => finding.Remedies).Where(remedy => remedy != Diagnosis.Patient.FreshWeights).DistinctBy(remedy => remedy.Text).Take(MostRemedies),
        ];
        int[] rows = [.. Enumerable.Range(0, data.Count)];
        new RandomStream(Key.Derive("samples")).Shuffle(rows);
        (int training, int held) = Parts(data);
        Bench bench = new(
            model,
            SettingsFor(model, data) with { Epochs = epochs },
            model.Preparation.Apply(data, rows.AsSpan(held, training)),
            model.Preparation.Apply(data, rows.AsSpan(0, held)),
            findings);
        List<RemedyTrial> trials = [];
        int count = remedies.Length + 2;
        void Try(string text, Func<RemedyTrial> training)
        {
            progress?.Report((text, (double)trials.Count / count));
            trials.Add(training());
        }

        Try("as it is, trained on", () => bench.Train("as it is, trained on", model.Network.Clone(), new Remedy(""), null, cancellationToken));
        RemedyTrial asItIs = trials[0];
        foreach (Remedy remedy in remedies.Prepend(Diagnosis.Patient.FreshWeights))
        {
            Try(remedy.Text, () => bench.Train(remedy.Text, null, remedy, asItIs, cancellationToken));
        }

        return trials;
    }

    /// <summary>How a model is trained when remedies are tried: as it was; where that is not known, with Adam at 0.001 in batches that suit the samples.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">The samples.</param>
    public static TrainingSettings SettingsFor(TrainedModel model, DataSource data)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        return model.Settings ?? new TrainingSettings(OptimizerKind.Adam, 0.001, Sizing.BatchSize(Parts(data).Training), 1);
    }

    /// <summary>Findings whose advice says what came of it when it was tried.</summary>
    /// <param name="findings">The findings.</param>
    /// <param name="trials">What <see cref="Run"/> gave for them.</param>
    public static IReadOnlyList<Finding> WithOutcomes(IReadOnlyList<Finding> findings, IReadOnlyList<RemedyTrial> trials)
    {
        ArgumentNullException.ThrowIfNull(findings);
        ArgumentNullException.ThrowIfNull(trials);
        return [.. findings.Select(finding => finding with { Advice = finding.Advice + Outcome(finding, trials) })];
    }

    private static string Outcome(Finding finding, IReadOnlyList<RemedyTrial> trials)
    {
        RemedyTrial[] tried = [.. trials.Where(trial => finding.Remedies.Any(remedy => remedy.Text == trial.Text))];
        string Names(bool helped) => string.Join(", ", tried.Where(trial => trial.Verdict is RemedyVerdict.Cured or RemedyVerdict.Helped == helped).Select(trial => trial.Text));
        return (Names(helped: true), Names(helped: false)) switch
        {
            ("", "") => "",
            ("", var vain) => $" (tried, and of no help: {vain})",
            (var good, "") => $" (tried, and of help: {good})",
            var (good, vain) => $" (tried, and of help: {good}; of no help: {vain})",
        };
    }

    /// <summary>How many samples are trained on, and how many held out.</summary>
    private static (int Training, int Held) Parts(DataSource data)
    {
        int used = Math.Min(data.Count, MostSamples);
        return (used - (used / HeldOut), used / HeldOut);
    }

    /// <summary>A network with an activation in the place of its others, or with a normalisation before every one.</summary>
    internal static NetworkDescription Changed(NetworkDescription network, Remedy remedy) => new(network.Input, Changed(network.Layers, remedy), network.Loss);

    private static List<LayerDescription> Changed(IReadOnlyList<LayerDescription> layers, Remedy remedy)
    {
        List<LayerDescription> changed = [];
        foreach (LayerDescription layer in layers)
        {
            if (layer is ActivationLayer && remedy.Normalise && !(changed is [.., BatchNormLayer or LayerNormLayer or RmsNormLayer or GroupNormLayer]))
            {
                changed.Add(new BatchNormLayer());
            }

            changed.Add(layer switch
            {
                ActivationLayer when remedy.Activation is { } activation => new ActivationLayer(activation),
                ResidualLayer residual => residual with
                {
                    Body = Changed(residual.Body, remedy),
                    Shortcut = residual.Shortcut is null ? null : Changed(residual.Shortcut, remedy),
                },
                ParallelLayer parallel => parallel with { Branches = [.. parallel.Branches.Select(branch => Changed(branch, remedy))] },
                _ => layer,
            });
        }

        return changed;
    }

    /// <summary>What all trainings have in common.</summary>
    private sealed record Bench(TrainedModel Model, TrainingSettings Usual, Dataset Training, Dataset Test, IReadOnlyList<Finding> Findings)
    {
        /// <summary>Trains a network and judges it.</summary>
        /// <param name="text">What is done.</param>
        /// <param name="network">The network; null for a new one.</param>
        /// <param name="remedy">What to change.</param>
        /// <param name="comparison">What to compare with; null for the training that is compared with.</param>
        /// <param name="cancellationToken">Stops the work.</param>
        public RemedyTrial Train(string text, Network? network, Remedy remedy, RemedyTrial? comparison, CancellationToken cancellationToken)
        {
            network ??= Network.Create(Changed(Model.Network.Description, remedy), Key.Derive("network"));
            TrainingSettings settings = Usual with { LearningRate = remedy.LearningRate ?? Usual.LearningRate, WeightDecay = remedy.WeightDecay ?? Usual.WeightDecay };
            TrainingProbe probe = new();
            TrainingResult result = Trainer.Train(network, Training, null, settings.Options, Key.Derive("training"), probe, null, cancellationToken);
            if (result.Diverged)
            {
                return new RemedyTrial(text, null, null, [], comparison is null ? RemedyVerdict.Comparison : RemedyVerdict.Diverged);
            }

            Evaluation evaluation = Evaluator.Evaluate(network, Test, cancellationToken);

            // That so few epochs are few is the check's own doing.
            Finding[] findings =
            [
                .. NetworkFindings.Find(
                        network.Description, NetworkDiagnosis.Measure(network, Training, cancellationToken), Training, TrainingHistory.Of(probe, result), settings)
                    .Where(finding => finding.Code != FindingCodes.Undertrained || Findings.Any(own => own.Code == finding.Code)),
            ];
            return new RemedyTrial(
                text, double.IsFinite(evaluation.Loss) ? evaluation.Loss : null, evaluation.Accuracy ?? evaluation.R2, findings, Judge(evaluation.Loss, findings, comparison));
        }

        private RemedyVerdict Judge(double loss, Finding[] findings, RemedyTrial? comparison)
        {
            if (comparison is null)
            {
                return RemedyVerdict.Comparison;
            }

            double before = comparison.Loss ?? double.PositiveInfinity;
            bool gone = Findings.Count == 0 || !Array.Exists(findings, finding => finding.Code == Findings[0].Code);
            return !(loss <= before) ? RemedyVerdict.NoHelp
                : findings.Length == 0 ? RemedyVerdict.Cured
                : gone || loss < ClearlyLower * before ? RemedyVerdict.Helped
                : RemedyVerdict.NoHelp;
        }
    }
}
