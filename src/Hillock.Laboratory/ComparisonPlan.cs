using System.Globalization;
using Hillock.Activations;
using Hillock.Activations.Random;
using Hillock.Data;
using Hillock.Laboratory.Trials;
using Hillock.Networks;

namespace Hillock.Laboratory;

/// <summary>A comparison that is decided but not run: its protocol and the pure list of its trials. Nothing is trained or written yet.</summary>
public sealed class ComparisonPlan
{
    /// <summary>A gigabyte of weights, and with gradients and an optimiser's state four.</summary>
    private const long MostParameters = 1 << 28;

    private readonly Specification _shared;
    private readonly ILookup<string, Trial> _trialsOf;

    private ComparisonPlan(DataSource data, ComparisonOptions options, Protocol protocol, string[] unfit)
    {
        Data = data;
        Options = options;
        Protocol = protocol;
        _shared = new(SharedEntries(data, protocol));
        Trials =
        [
            .. from repeat in Enumerable.Range(1, protocol.Repeats)
               from fold in Enumerable.Range(1, protocol.Folds ?? 1)
               from activation in options.Activations.DistinctBy(activation => activation.Specification)
               select new Trial(TrialId(activation, repeat, fold), activation, repeat, fold),
        ];
        _trialsOf = Trials.ToLookup(trial => trial.Activation.Specification);
        Specification = new([
            .. _shared.Entries,
            new("candidates", string.Join("; ", options.Activations.Select(activation => activation.Specification))),
            new("repeats", Invariant($"{protocol.Repeats}")),
        ]);
        Warnings = [.. data.Warnings, .. RareClasses(data, protocol), .. SameFunctions(options.Activations), .. unfit];
    }

    /// <summary>What is learned from.</summary>
    public DataSource Data { get; }

    /// <summary>The question.</summary>
    public ComparisonOptions Options { get; }

    /// <summary>How the candidates are compared, with everything that the options left to the data decided.</summary>
    public Protocol Protocol { get; }

    /// <summary>The trials, each function once: by repeat, then by fold, then in the order of the candidates.</summary>
    public IReadOnlyList<Trial> Trials { get; }

    /// <summary>What is suspicious about the data or the question, one line each.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The data in short.</summary>
    public DataSummary Summary => new()
    {
        Name = Data.Name,
        Description = Data.Description,
        Samples = Data.Count,
        TestSamples = Protocol.Holdout ? Data.TestPart!.Count : null,
        Features = Data.Features,
        Classes = Data.Classes,
        Task = Data.Task,
        Fingerprint = Data.Fingerprint,
    };

    internal Specification Specification { get; }

    /// <summary>Decides a comparison.</summary>
    /// <param name="data">What to learn from.</param>
    /// <param name="options">What to compare, and how.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="LaboratoryException">The data do not allow the comparison.</exception>
    /// <exception cref="FormatException">The network's text is not understood, or has no place for several candidates.</exception>
    /// <exception cref="NetworkDescriptionException">The network does not fit the data, or cannot use a candidate.</exception>
    public static ComparisonPlan Create(DataSource data, ComparisonOptions options)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        CheckData(data, options);
        Protocol protocol = ProtocolDecision.Decide(data, options);
        (Activation[] fit, string[] unfit) = Fit(protocol, options);
        NetworkDescription network = TrialNetwork.Describe(protocol, fit[0], protocol.Input);
        if (network.ParameterCount > MostParameters)
        {
            throw new LaboratoryException($"the network {protocol.Network} has {network.ParameterCount:N0} weights and biases; at most {MostParameters:N0} are supported");
        }

        CheckPlaces(protocol, fit, network);
        return new(data, options with { Activations = fit }, protocol with { Parameters = network.ParameterCount }, unfit);
    }

    /// <summary>
    /// The key of everything drawn in a fold. The candidate has no part in it: all candidates see the same splits, batches, weights and draws, so that
    /// their scores are paired.
    /// </summary>
    internal RandomKey FoldKey(int repeat, int fold) => RepeatKey(repeat).Derive("fold").Derive(fold);

    /// <summary>The rows of the data to train on and, without a holdout, to test on.</summary>
    internal Split Split(int repeat, int fold)
    {
        if (Protocol.Folds is not int folds)
        {
            return new([.. Enumerable.Range(0, Data.Count)], [.. Enumerable.Range(0, Data.TestPart!.Count)]);
        }

        return Folds.Split(Folds.Assign(Strata(Data), folds, RepeatKey(repeat).Derive("folds")), fold - 1);
    }

    /// <summary>Finds the trials of a candidate, by repeat, then by fold.</summary>
    internal IEnumerable<Trial> TrialsOf(Activation activation) => _trialsOf[activation.Specification];

    /// <summary>The class of each row; one class for all where numbers are learned.</summary>
    internal static ReadOnlySpan<int> Strata(DataSource data) => data.Task == TaskKind.Classification ? data.Labels : new int[data.Count];

    private RandomKey RepeatKey(int repeat) => RandomKey.FromSeed(Protocol.Seed).Derive("compare").Derive(Data.Fingerprint).Derive(repeat);

    private string TrialId(Activation activation, int repeat, int fold) => new Specification([
        .. _shared.Entries,
        new("activation", activation.Specification),
        new("repeat", Invariant($"{repeat}")),
        new("fold", Invariant($"{fold}")),
    ]).Hash;

    private static IEnumerable<KeyValuePair<string, string>> SharedEntries(DataSource data, Protocol protocol)
    {
        string rates = string.Join(" ", protocol.SearchRates.Select(rate => Invariant($"{rate:R}")));
        yield return new("protocol", ProtocolDecision.Version);
        yield return new("data", data.Fingerprint);
        yield return new("test", protocol.Holdout ? data.TestPart!.Fingerprint : Invariant($"{protocol.Folds} folds"));
        yield return new("network", protocol.Network);
        yield return new("loss", protocol.Loss.ToString());
        yield return new("optimizer", protocol.Optimizer.ToString());
        yield return new("epochs", Invariant($"{protocol.Epochs}"));
        yield return new("batch", Invariant($"{protocol.BatchSize}"));
        yield return new("learning rate", protocol.LearningRate is double rate ? Invariant($"{rate:R}") : Invariant($"{rates} for {protocol.SearchEpochs} epochs"));
        yield return new("seed", Invariant($"{protocol.Seed}"));
    }

    private static void CheckData(DataSource data, ComparisonOptions options)
    {
        if (data.Task == TaskKind.NextCharacter)
        {
            throw new LaboratoryException($"{data.Name}: candidates are compared by classes or numbers, not by the next characters of a text");
        }

        if (data.Task == TaskKind.Classification && data.Classes.Count < 2)
        {
            throw new LaboratoryException($"{data.Name}: all samples are of one class, and there is nothing to tell apart");
        }

        if (options.Holdout && data.TestPart is null)
        {
            throw new LaboratoryException($"{data.Name} has no test part of its own to hold out; compare by folds instead");
        }

        // R² needs two samples to a test part.
        int least = options.Holdout ? 2 : data.Task == TaskKind.Regression ? 2 * options.Folds : options.Folds;
        if (data.Count < least)
        {
            string use = options.Holdout ? "training" : $"{options.Folds} folds" + (data.Task == TaskKind.Regression ? " of a regression" : "");
            throw new LaboratoryException($"{data.Name} has too few samples, {data.Count}: at least {least} are needed for {use}");
        }
    }

    /// <summary>The candidates that the network can use, and a line on each that it cannot.</summary>
    private static (Activation[] Fit, string[] Unfit) Fit(Protocol protocol, ComparisonOptions options)
    {
        List<Activation> fit = [];
        List<string> unfit = [];
        Exception? first = null;
        foreach (Activation activation in options.Activations)
        {
            if (HiddenActivation.Complaint(activation) is { } complaint)
            {
                LaboratoryException undefined = new(complaint);
                first ??= options.LeavesOutUnfit ? undefined : throw undefined;
                unfit.Add($"{activation.Name} is left out: {complaint}");
                continue;
            }

            try
            {
                _ = TrialNetwork.Describe(protocol, activation, protocol.Input);
                fit.Add(activation);
            }
            catch (NetworkDescriptionException failure) when (options.LeavesOutUnfit)
            {
                first ??= failure;
                unfit.Add($"{activation.Name} is left out: {failure.Message}");
            }
        }

        return fit.Count > 0 ? ([.. fit], [.. unfit]) : throw first!;
    }

    /// <summary>Makes sure that the candidates make a difference.</summary>
    private static void CheckPlaces(Protocol protocol, Activation[] candidates, NetworkDescription network)
    {
        if (candidates.Length > 1
            && !CandidatePlaces.Exist(probe => TrialNetwork.Describe(protocol, probe, protocol.Input)))
        {
            throw new FormatException(
                network.Layers.All(layer => layer is DenseLayer or FlattenLayer)
                    ? "a network without hidden layers has no activations to compare; give it at least one, such as mlp:32"
                    : $"the network {protocol.Network} has no place for the candidates: write the word activation where they go");
        }
    }

    private static IEnumerable<string> RareClasses(DataSource data, Protocol protocol)
    {
        if (protocol.Folds is not int folds || data.Task != TaskKind.Classification)
        {
            yield break;
        }

        int[] counts = new int[data.Classes.Count];
        foreach (int label in data.Labels)
        {
            counts[label]++;
        }

        const int Named = 3;
        string[] rare =
        [
            .. from i in Enumerable.Range(0, counts.Length)
               where counts[i] < folds
               select $"class '{data.Classes[i]}' has {counts[i]} {(counts[i] == 1 ? "sample" : "samples")}",
        ];
        if (rare.Length > 0)
        {
            string more = rare.Length > Named ? $" and {rare.Length - Named} more" : "";
            yield return $"{string.Join(", ", rare.Take(Named))}{more}, fewer than the {folds} folds: some test parts hold none of {(rare.Length == 1 ? "it" : "them")}";
        }
    }

    private static IEnumerable<string> SameFunctions(IReadOnlyList<Activation> activations) =>
        from same in activations.GroupBy(activation => activation.Specification)
        where same.Count() > 1
        select $"{string.Join(" and ", same.Select(activation => activation.Name))} are the same function, {same.Key}, trained once";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
