using Hillock.Cli.CommandLine;
using Hillock.Cli.Output;
using Hillock.Data;
using Hillock.Laboratory;

namespace Hillock.Cli.Commands;

/// <summary>What a network is trained on, in memory or as a stream, and the training.</summary>
/// <param name="Name">The name of the data.</param>
/// <param name="Description">What was detected.</param>
/// <param name="Task">What is learned.</param>
/// <param name="Training">The training.</param>
/// <param name="InMemory">The data, where they are in memory.</param>
/// <param name="Stream">The data, where they are streamed.</param>
internal sealed record TrainingSource(string Name, string Description, TaskKind Task, ModelTraining Training, DataSource? InMemory, StreamedData? Stream) : IDisposable
{
    /// <summary>Opens what a request asks for.</summary>
    public static TrainingSource Open(TrainRequest request, ProgressLine progress, Terminal terminal, CancellationToken cancellationToken)
    {
        if (request.Streams || (request.DataOptions.Task != TaskKind.NextCharacter && Streams(request.Data, terminal)))
        {
            return OpenStream(request, progress, terminal, cancellationToken);
        }

        DataSource data = DataSources.Open(request.Data, request.DataOptions, progress, cancellationToken);
        progress.Clear();
        DataArguments.Warn(data.Warnings, terminal);
        ModelTraining training = NetworkArguments.Checked(() => ModelTraining.Create(data, request.Options));
        return new(data.Name, data.Description, data.Task, training, data, null);
    }

    /// <summary>Whether a file is so large that it can only be streamed, on any machine; the user is told.</summary>
    public static bool Streams(string path, Terminal terminal)
    {
        bool streams = DataStreams.IsNeeded(path);
        if (streams)
        {
            terminal.Error.WriteLine(terminal.Plain($"hillock: {path} has more than 2 GiB and is streamed: it is read as often as it is needed, a part at a time"));
        }

        return streams;
    }

    /// <inheritdoc/>
    public void Dispose() => Stream?.Dispose();

    private static TrainingSource OpenStream(TrainRequest request, ProgressLine progress, Terminal terminal, CancellationToken cancellationToken)
    {
        StreamOptions options = new() { HeldOutShare = request.Options.TestShare, Seed = request.Options.Seed, Window = request.Window };
        StreamedData stream = DataStreams.Open(request.Data, request.DataOptions, options, progress.Of($"reading {request.Data}"), cancellationToken);
        try
        {
            progress.Clear();
            DataArguments.Warn(stream.Warnings, terminal);
            ModelTraining training = NetworkArguments.Checked(() => ModelTraining.Create(stream, request.Options, cancellationToken));
            return new(stream.Name, stream.Description, stream.Preparation.Task, training, null, stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }
}
