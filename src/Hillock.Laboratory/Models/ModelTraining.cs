using Hillock.Activations;
using Hillock.Activations.Random;
using Hillock.Data;
using Hillock.Laboratory.Trials;
using Hillock.Networks;

namespace Hillock.Laboratory;

/// <summary>A training that is decided but not run: its samples are prepared and its network is described.</summary>
public sealed class ModelTraining
{
    /// <summary>What learns the next characters of a text where no network is given.</summary>
    private const string TextNetwork = "lstm:256";

    /// <summary>At how many samples of a stream the network is looked at after its training.</summary>
    private const int SamplesAfter = 10_000;

    /// <summary>At how many samples the network is looked at before its training.</summary>
    private const int SamplesBefore = 1000;

    private readonly ModelTrainingOptions _options;
    private readonly Preparation _preparation;
    private readonly Dataset _training;
    private readonly Dataset? _test;
    private readonly StreamedData? _streams;
    private readonly TrainingOptions _trainingOptions;

    private ModelTraining(ModelTrainingOptions options, Preparation preparation, Dataset training, Dataset? test, StreamedData? streams = null)
    {
        _options = options;
        _preparation = preparation;
        _training = training;
        _test = test;
        _streams = streams;
        TrainingSamples = streams?.Samples.Count ?? training.Count;
        TestSamples = streams is null ? test?.Count ?? 0 : streams.HeldOut?.Count ?? 0;
        int samples = (int)Math.Min(int.MaxValue, TrainingSamples);
        (int outputs, Loss loss) = TrainedModel.OutputsFor(preparation);
        bool text = preparation.Task == TaskKind.NextCharacter;
        NetworkText = options.Network ?? (text ? TextNetwork : Sizing.Network(preparation.Shape, outputs, samples).Text);
        NetworkDescription Describe(Activation activation) =>
            Networks.NetworkText.Parse(NetworkText, preparation.Shape, activation, outputs, loss, everyPosition: text);
        Network = Describe(options.Activation ?? Activation.Parse("relu"));
        if (CandidatePlaces.Exist(Describe))
        {
            Activation = options.Activation ?? Activation.Parse("relu");
        }
        else if (options.Activation is { } unused)
        {
            throw new FormatException(
                $"the network {NetworkText} has no place for {unused.Name}: write the word activation where it goes, or ask for no activation");
        }

        _trainingOptions = new TrainingOptions
        {
            Optimizer = options.Optimizer,
            LearningRate = options.LearningRate ?? (options.Optimizer == OptimizerKind.Sgd ? 0.01 : 0.001),
            Epochs = options.Epochs,
            BatchSize = options.BatchSize ?? Sizing.BatchSize(samples),
            Patience = options.Patience,
            Schedule = options.Schedule,
            WeightDecay = options.WeightDecay,
            Momentum = options.Momentum,
            Nesterov = options.Nesterov,
            ClipValue = options.ClipValue,
            ClipNorm = options.ClipNorm,
            LabelSmoothing = options.LabelSmoothing,
            Augmentation = options.Augmentation,
            CheckpointFolder = options.CheckpointFolder,
            Threads = options.Threads,
        };
    }

    /// <summary>The network.</summary>
    public NetworkDescription Network { get; }

    /// <summary>What stands where <see cref="NetworkText"/> says <c>activation</c>; null where it names all activations itself, or has none.</summary>
    public Activation? Activation { get; }

    /// <summary>The network as it was asked for, or as it was chosen.</summary>
    public string NetworkText { get; }

    /// <summary>The samples that are learned from.</summary>
    public long TrainingSamples { get; }

    /// <summary>The samples that are judged by; 0 for none.</summary>
    public long TestSamples { get; }

    /// <summary>How it is trained.</summary>
    public TrainingSettings Settings => TrainingSettings.Of(_trainingOptions);

    /// <summary>The learning rate.</summary>
    public double LearningRate => _trainingOptions.LearningRate;

    /// <summary>Whether the training ends when the samples held out are judged no better, and its best epoch counts.</summary>
    public bool EndsEarly => _trainingOptions.Patience is not null;

    /// <summary>The samples of a step.</summary>
    public int BatchSize => _trainingOptions.BatchSize;

    /// <summary>Decides a training: which samples are held out, how inputs are prepared, what the network is.</summary>
    /// <param name="data">What to learn from.</param>
    /// <param name="options">How.</param>
    /// <exception cref="FormatException">The network's text is not understood, or has no place for the activation that is asked for.</exception>
    /// <exception cref="ArgumentException">The network does not fit the data, or an option is out of its range.</exception>
    /// <exception cref="LaboratoryException">The data do not allow the training.</exception>
    public static ModelTraining Create(DataSource data, ModelTrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        if (data.Task == TaskKind.Classification && data.Classes.Count < 2)
        {
            throw new LaboratoryException($"{data.Name}: all samples are of one class, and there is nothing to tell apart");
        }

        int[] all = [.. Enumerable.Range(0, data.Count)];
        Split split = options.TestShare == 0 ? new(all, [])
            : data.TestPart is { } part ? new(all, [.. Enumerable.Range(0, part.Count)])
            : HoldOut(data, options);
        if (options.Patience is not null && split.Test.Length == 0)
        {
            throw new LaboratoryException("ending early needs samples to judge by, and none are held out");
        }

        Preparation preparation = data.Fit(split.Training);
        Check(data.Name, preparation, options);
        DataSource testSource = data.TestPart ?? data;
        return new(
            options,
            preparation,
            preparation.Apply(data, split.Training),
            split.Test.Length == 0 ? null : preparation.Apply(testSource, split.Test));
    }

    /// <summary>Decides a training on samples that need not fit into memory: what the network is.</summary>
    /// <param name="data">What to learn from, and what is held out of it; to be kept open.</param>
    /// <param name="options">How; <see cref="ModelTrainingOptions.TestShare"/> is not looked at.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    /// <exception cref="FormatException">The network's text is not understood, or has no place for the activation that is asked for.</exception>
    /// <exception cref="ArgumentException">The network does not fit the data, or an option is out of its range.</exception>
    /// <exception cref="DataException">The data cannot be read.</exception>
    /// <exception cref="LaboratoryException">The data do not allow the training.</exception>
    public static ModelTraining Create(StreamedData data, ModelTrainingOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Patience is not null && data.HeldOut is null)
        {
            throw new LaboratoryException("ending early needs samples to judge by, and none are held out");
        }

        if (data.HeldOut is { } heldOut)
        {
            TrainedModel.CheckJudged(data.Name, heldOut);
        }

        Check(data.Name, data.Preparation, options);
        return new(options, data.Preparation, data.Samples.Some(SamplesAfter, cancellationToken), test: null, data);
    }

    /// <summary>Trains.</summary>
    /// <param name="progress">Is told of every epoch; null for nobody.</param>
    /// <param name="cancellationToken">Stops the training between two steps.</param>
    /// <exception cref="LaboratoryException">The loss is no longer finite.</exception>
    /// <exception cref="TrainingInterruptedException">The training was stopped after an epoch that was not the last.</exception>
    /// <exception cref="OperationCanceledException">The training was stopped before the end of the first epoch.</exception>
    public ModelTrainingResult Run(IProgress<FinishedEpoch>? progress = null, CancellationToken cancellationToken = default)
    {
        RandomKey key = RandomKey.FromSeed(_options.Seed).Derive("train");
        Network network = Networks.Network.Create(Network, key.Derive("network"));
        // A batch is not enough to tell which units are dead.
        DiagnosisResult before = NetworkDiagnosis.Measure(network, Some(_training, key.Derive("looked at")), cancellationToken);
        TrainingProbe probe = new() { EveryEpoch = _options.LooksInsideEveryEpoch };
        FinishedEpochs finished = new(network, _options.Patience is not null, probe, progress);
        TrainingResult training;
        try
        {
            training = _streams is null
                ? Trainer.Train(network, _training, _test, _trainingOptions, key.Derive("training"), probe, finished, cancellationToken)
                : Trainer.Train(network, _streams.Samples, _streams.HeldOut, _trainingOptions, key.Derive("training"), probe, finished, cancellationToken);
        }
        catch (OperationCanceledException stopped) when (finished.Count > 0)
        {
            TrainingHistory known = new() { Start = DiagnosisSummary.Of(before), Epochs = probe.Summaries, Losses = finished.Losses };
            throw new TrainingInterruptedException(new TrainedModel(finished.Network, _preparation, Settings with { Epochs = finished.Epoch }, known), finished.Epoch, stopped);
        }

        if (training.Diverged)
        {
            throw new LaboratoryException(
                $"the loss is no longer a number in epoch {training.Epochs.Count + 1}: a learning rate below {LearningRate} may help");
        }

        TrainingSettings settings = Settings with { Epochs = training.Epochs.Count };
        TrainedModel judged = new(network, _preparation, settings);
        ModelEvaluation? test = _streams?.HeldOut is { } heldOut ? judged.Judge(heldOut, cancellationToken)
            : _test is null ? null : judged.Judge(_test, cancellationToken);
        DiagnosisResult after = NetworkDiagnosis.Measure(network, _training, cancellationToken);
        TrainingHistory history = TrainingHistory.Of(probe, training) with
        {
            Start = DiagnosisSummary.Of(before),
            HeldOut = test is null ? null : HeldOutResult.Of(TestSamples, test.Scores, after.Loss, training.Epochs),
        };
        TrainedModel model = new(network, _preparation, settings, history);
        return new(model, training, test, ModelDiagnosis.Of(model, _training, after), probe.Epochs);
    }

    /// <summary>Samples drawn from a data set, as many as are enough to see which units are dead; in even steps they could be of a few classes.</summary>
    private static Dataset Some(Dataset samples, RandomKey key)
    {
        if (samples.Count <= SamplesBefore)
        {
            return samples;
        }

        int[] rows = [.. Enumerable.Range(0, samples.Count)];
        new RandomStream(key).Shuffle(rows);
        return samples.Subset(rows.AsSpan(0, SamplesBefore));
    }

    /// <summary>Refuses options that do not go with the data, before any work.</summary>
    private static void Check(string name, Preparation preparation, ModelTrainingOptions options)
    {
        if (options.Activation is { } activation && HiddenActivation.Complaint(activation) is { } complaint)
        {
            throw new LaboratoryException(complaint);
        }

        if (options.LabelSmoothing > 0 && TrainedModel.OutputsFor(preparation).Loss != Loss.SoftmaxCrossEntropy)
        {
            throw new LaboratoryException($"label smoothing is for three classes and more, and {name} is a {(preparation.Classes.Count == 2 ? "classification of 2" : "regression")}");
        }

        if (options.Augmentation is { } augmentation)
        {
            TensorShape shape = preparation.Shape;
            int most = shape.Rank == 3 ? Math.Min(shape.Dimensions[0], shape.Dimensions[1]) - 1 : 0;
            if (shape.Rank != 3 || augmentation.Shift > most)
            {
                throw new LaboratoryException(
                    shape.Rank == 3
                        ? $"images of {shape} can be shifted by 0 to {most} pixels, and {augmentation.Shift} is asked for"
                        : $"images can be shifted and flipped, and the samples of {name} have {shape}");
            }
        }
    }

    /// <summary>Holds out a share of the rows, of each class alike.</summary>
    private static Split HoldOut(DataSource data, ModelTrainingOptions options)
    {
        // Dealt out in as many folds as make the share, in hundredths: the first of them are held out.
        const int Parts = 100;
        int held = (int)Math.Round(options.TestShare * Parts);
        RandomKey key = RandomKey.FromSeed(options.Seed).Derive("train").Derive("held out");
        int[] partOf = Folds.Assign(ComparisonPlan.Strata(data), Parts, key);
        int[] all = [.. Enumerable.Range(0, data.Count)];
        Split split = new(Array.FindAll(all, row => partOf[row] * 37 % Parts >= held), Array.FindAll(all, row => partOf[row] * 37 % Parts < held));
        return split.Training.Length > 0 && split.Test.Length > 0
            ? split
            : throw new LaboratoryException($"{data.Name} has too few samples, {data.Count}, to hold some out");
    }
}

/// <summary>What a training came to.</summary>
/// <param name="Model">The model.</param>
/// <param name="Training">Its epochs.</param>
/// <param name="Test">How well it does on the samples that were held out; null where none were.</param>
/// <param name="Diagnosis">What is to be seen inside, and what is wrong.</param>
/// <param name="Probed">What was seen inside in the epochs that were looked at; nothing of those that were taken over from a checkpoint.</param>
public sealed record ModelTrainingResult(
    TrainedModel Model, TrainingResult Training, ModelEvaluation? Test, ModelDiagnosis Diagnosis, IReadOnlyList<DiagnosisResult> Probed);
