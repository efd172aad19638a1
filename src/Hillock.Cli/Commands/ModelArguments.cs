using System.CommandLine;
using Hillock.Cli.CommandLine;
using Hillock.Cli.Output;
using Hillock.Data;
using Hillock.Data.Tables;
using Hillock.Laboratory;

namespace Hillock.Cli.Commands;

/// <summary>A trained network and the samples that it is to judge.</summary>
/// <param name="description">What the samples are for.</param>
internal sealed class ModelArguments(string description)
{
    private readonly Argument<string> model = new("MODEL") { HelpName = "MODEL", Description = "The file that hillock train wrote" };
    private readonly DataArguments data = new(description, use: DataUse.Model);

    /// <summary>Adds the arguments to a command.</summary>
    public void AddTo(Command command, IEnumerable<Option> others)
    {
        command.Add(model);
        data.AddTo(command, [], others);
    }

    /// <summary>The path of the model.</summary>
    public string Model(ParseResult parsed) => parsed.GetRequiredValue(model);

    /// <summary>The name or path of the data.</summary>
    public string Data(ParseResult parsed) => data.Name(parsed);

    /// <summary>How to find and read them.</summary>
    public DataOptions DataOptions(ParseResult parsed) => data.Read(parsed);

    /// <summary>Loads the model.</summary>
    /// <exception cref="LaboratoryException">There is none, or the data were given first.</exception>
    /// <exception cref="IOException">It is no model, or cannot be read.</exception>
    public TrainedModel Load(ParseResult parsed)
    {
        string path = Model(parsed);
        try
        {
            return TrainedModel.Load(path);
        }
        catch (Exception failure) when (failure is LaboratoryException or IOException && IsModel(Data(parsed)))
        {
            throw new LaboratoryException($"{path} is no model, and {Data(parsed)} is one: the model comes before the data");
        }
    }

    private static bool IsModel(string path)
    {
        try
        {
            _ = TrainedModel.Load(path);
            return true;
        }
        catch (Exception failure) when (failure is LaboratoryException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The option of commands that can read their samples piece by piece.</summary>
    public Option<bool> Stream { get; } = new("--stream") { Description = "Read a table piece by piece, with little of it in memory; files of more than 2 GiB always are" };

    /// <summary>Whether a table for a model is to be read piece by piece, and not whole; the user is told if it has to be.</summary>
    public bool Streams(ParseResult parsed, TrainedModel trained, Terminal terminal) =>
        parsed.GetValue(Stream) || (trained.Preparation is TablePreparation && TrainingSource.Streams(data.Name(parsed), terminal));

    /// <summary>Opens a table for a model to be read piece by piece.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="trained">The model.</param>
    /// <param name="terminal">Where to write.</param>
    /// <param name="withoutTarget">Whether classes or targets may be missing.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public StreamedData OpenStream(ParseResult parsed, TrainedModel trained, Terminal terminal, bool withoutTarget, CancellationToken cancellationToken)
    {
        string path = data.Name(parsed);
        using ProgressLine progress = new(terminal, TimeProvider.System);
        StreamedData stream = DataStreams.Open(
            path, data.Read(parsed) with { Prepared = trained.Preparation, WithoutTarget = withoutTarget }, null, progress.Of($"reading {path}"), cancellationToken);
        progress.Clear();
        DataArguments.Warn(stream.Warnings, terminal);
        return stream;
    }

    /// <summary>Reads the samples for a model.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="trained">The model.</param>
    /// <param name="terminal">Where to write.</param>
    /// <param name="withoutTarget">Whether classes or targets may be missing.</param>
    /// <param name="trainingPart">Whether of data with a test part of their own the training part is wanted, and not that.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public DataSource Open(ParseResult parsed, TrainedModel trained, Terminal terminal, bool withoutTarget, bool trainingPart, CancellationToken cancellationToken)
    {
        using ProgressLine progress = new(terminal, TimeProvider.System);
        DataSource source = DataSources.Open(
            data.Name(parsed), DataOptions(parsed) with { Prepared = trained.Preparation, WithoutTarget = withoutTarget, Seed = 1 }, progress, cancellationToken);
        progress.Clear();
        DataArguments.Warn(source.Warnings, terminal);
        return trainingPart ? source : source.TestPart ?? source;
    }
}
