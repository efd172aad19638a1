using System.Diagnostics;
using System.Runtime.InteropServices;
using Hillock.Activations.Random;
using Hillock.Laboratory.Statistics;
using Hillock.Networks;

namespace Hillock.Laboratory.Trials;

/// <summary>Runs one trial on the calling thread. The same trial gives the same bits, times aside, whoever runs it.</summary>
internal static class TrialRunner
{
    /// <summary>
    /// Training that ends with this many times the loss of knowing nothing has blown up, though its numbers are still finite: it counts as diverged.
    /// </summary>
    private const double BlownUp = 10;

    /// <summary>Searches a learning rate where none is given, trains, tests and diagnoses.</summary>
    /// <param name="protocol">How.</param>
    /// <param name="trial">What.</param>
    /// <param name="fold">On which samples.</param>
    /// <param name="progress">Is told of every epoch of the search and of the training; null for nobody.</param>
    /// <param name="cancellationToken">Stops the work; nothing of the trial remains.</param>
    public static TrialResult Run(Protocol protocol, Trial trial, FoldData fold, IProgress<EpochResult>? progress, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        SearchedRate[] search = [.. protocol.SearchRates.Select(rate => Try(protocol, trial, fold, rate, progress, cancellationToken))];
        TrialResult untrained = new()
        {
            Id = trial.Id,
            Activation = trial.Activation.Specification,
            Repeat = trial.Repeat,
            Fold = trial.Fold,
            TrainingSamples = fold.Training.Count,
            TestSamples = fold.Test.Count,
            Diverged = true,
            LearningRate = protocol.LearningRate ?? Best(search),
            Search = search,
        };
        TrialResult result = untrained.LearningRate is double rate ? Train(protocol, trial, fold, rate, untrained, progress, cancellationToken) : untrained;
        return result with { Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds };
    }

    /// <summary>The smallest, and so the steadiest, of the rates that do about as well as the best; null where all diverged.</summary>
    internal static double? Best(IReadOnlyCollection<SearchedRate> search)
    {
        double? least = search.Min(tried => tried.ValidationLoss);
        return search.Where(tried => tried.ValidationLoss <= LearningRateGrid.Tolerance * least).Min(tried => (double?)tried.Rate);
    }

    private static SearchedRate Try(
        Protocol protocol, Trial trial, FoldData fold, double rate, IProgress<EpochResult>? progress, CancellationToken cancellationToken)
    {
        Network network = NewNetwork(protocol, trial, fold.SearchTraining.Shape, fold.Key.Derive("search network"));
        TrainingResult training = Trainer.Train(
            network,
            fold.SearchTraining,
            fold.SearchValidation,
            Options(protocol, rate, protocol.SearchEpochs),
            fold.Key.Derive("search training"),
            progress,
            cancellationToken);
        IEnumerable<EpochResult> judged = training.Epochs.TakeLast(LearningRateGrid.JudgedEpochs(protocol.SearchEpochs));
        return new(rate, training.Diverged ? null : Finite(judged.Average(epoch => epoch.ValidationLoss)));
    }

    private static TrialResult Train(
        Protocol protocol, Trial trial, FoldData fold, double rate, TrialResult untrained, IProgress<EpochResult>? progress, CancellationToken cancellationToken)
    {
        Network network = NewNetwork(protocol, trial, fold.Training.Shape, fold.Key.Derive("network"));
        // Gradients are compared before the first step: a trained network's are all near zero, and their ratio says nothing of how it could learn.
        DiagnosisResult initial = NetworkDiagnosis.Measure(network, fold.Training, cancellationToken);
        TrainingOptions options = Options(protocol, rate, protocol.Epochs);
        long start = Stopwatch.GetTimestamp();
        EpochClock clock = new(progress);
        TrainingResult training = Trainer.Train(network, fold.Training, fold.Test, options, fold.Key.Derive("training"), clock, cancellationToken);
        TrialResult trained = untrained with
        {
            TrainingSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds,
            SecondsPerEpoch = Sample.Median(clock.Seconds) ?? 0,
            Epochs = [.. training.Epochs.Select(epoch => new EpochRecord(Finite(epoch.TrainingLoss), Finite(epoch.ValidationLoss), Finite(epoch.ValidationScore)))],
        };

        // No probe looks on during the training: of networks as small as these it would take a good part of the time of an epoch, which is a result.
        DiagnosisResult diagnosis = NetworkDiagnosis.Measure(network, fold.Training, cancellationToken);
        TrainingHistory history = new() { Start = DiagnosisSummary.Of(initial), Losses = [.. training.Epochs.Select(epoch => epoch.TrainingLoss)] };
        trained = trained with { Findings = NetworkFindings.Find(network.Description, diagnosis, fold.Training, history, TrainingSettings.Of(options)) };
        if (training.Diverged || training.Epochs[^1].TrainingLoss > BlownUp * LossOfIgnorance(fold.Training))
        {
            return trained;
        }

        Evaluation evaluation = Evaluator.Evaluate(network, fold.Test, cancellationToken);
        double? score = Finite(evaluation.Accuracy ?? evaluation.R2);
        double? secondary = Finite(evaluation.Rmse * fold.TargetScale ?? evaluation.Loss);
        if (score is null || secondary is null)
        {
            return trained;
        }

        return trained with
        {
            Diverged = false,
            Score = score,
            SecondaryScore = secondary,
            SampleOutcomes = protocol.Holdout ? Outcomes(network, evaluation, fold.Test, cancellationToken) : null,
            Dead = diagnosis.Dead,
            Saturated = diagnosis.Saturated,
            Sparsity = diagnosis.Sparsity,
            GradientRatio = Finite(initial.GradientRatio),
            Layers =
            [
                .. diagnosis.Hidden.Zip(initial.Hidden, (layer, before) => new TrialLayer
                {
                    Units = layer.Units,
                    Dead = layer.Dead,
                    Saturated = layer.Saturated,
                    Sparsity = layer.Sparsity,
                    GradientNorm = before.SampleGradientNorm,
                    Learned = [.. layer.LearnedParameters.Select(learned => new LearnedValues(learned.Name, learned.Values))],
                }),
            ],
        };
    }

    /// <summary>The loss of knowing nothing: of the mean for standardised targets, of equal probabilities for classes.</summary>
    private static double LossOfIgnorance(Dataset training) => training.Classes == 0 ? 1 : Math.Log(training.Classes);

    /// <summary>One bit for each sample, right or wrong; for a regression the squared errors of the standardised targets.</summary>
    private static byte[] Outcomes(Network network, Evaluation evaluation, Dataset test, CancellationToken cancellationToken)
    {
        if (evaluation.Correct.Count > 0)
        {
            byte[] bits = new byte[(evaluation.Count + 7) / 8];
            for (int i = 0; i < evaluation.Count; i++)
            {
                bits[i / 8] |= (byte)((evaluation.Correct[i] ? 1 : 0) << (i % 8));
            }

            return bits;
        }

        float[] errors = network.Predict(test, cancellationToken);
        for (int i = 0; i < errors.Length; i++)
        {
            float error = errors[i] - test.Targets[i];
            errors[i] = error * error;
        }

        return MemoryMarshal.AsBytes<float>(errors).ToArray();
    }

    private static Network NewNetwork(Protocol protocol, Trial trial, TensorShape input, RandomKey key) =>
        Network.Create(TrialNetwork.Describe(protocol, trial.Activation, input), key);

    private static TrainingOptions Options(Protocol protocol, double rate, int epochs) =>
        new() { Optimizer = protocol.Optimizer, LearningRate = rate, Epochs = epochs, BatchSize = protocol.BatchSize };

    /// <summary>Times the epochs as they are reported.</summary>
    private sealed class EpochClock(IProgress<EpochResult>? inner) : IProgress<EpochResult>
    {
        private long _last = Stopwatch.GetTimestamp();

        public List<double> Seconds { get; } = [];

        public void Report(EpochResult value)
        {
            Seconds.Add(Stopwatch.GetElapsedTime(_last).TotalSeconds);
            inner?.Report(value);
            _last = Stopwatch.GetTimestamp();
        }
    }

    private static double? Finite(double? value) => value is double number && double.IsFinite(number) ? number : null;
}
