using System.Text.Json;

namespace Hillock.Networks;

/// <summary>
/// The checkpoint of a training: all that it needs to go on to the same bits. A safetensors file with the network's tensors under their names, the
/// optimiser's as <c>first.0.weight</c>, those of the best epoch as <c>best.0.weight</c> where they are kept, and in <c>__metadata__</c> what
/// the training is (<see cref="TrainingSpecification"/>) and how far it has come (<c>state</c>).
/// </summary>
internal sealed class Checkpoint
{
    /// <summary>The file in the folder.</summary>
    public const string FileName = "checkpoint.safetensors";

    private const string Format = "hillock.checkpoint";
    private const string StateKey = "state";

    private readonly string _path;
    private readonly TrainingLoop _loop;
    private readonly int _epochs;
    private readonly IReadOnlyDictionary<string, string> _specification;
    private readonly StoredTensor[] _tensors;

    /// <summary>Makes sure that the folder can be written into.</summary>
    /// <param name="folder">The folder; made where there is none.</param>
    /// <param name="network">The network that is trained.</param>
    /// <param name="best">The network of the best epoch; null where it is not kept.</param>
    /// <param name="loop">The steps, with the optimiser.</param>
    /// <param name="epochs">The most epochs that this training is going to have.</param>
    /// <param name="specification">What the training is.</param>
    /// <exception cref="IOException">The folder cannot be made or written to.</exception>
    public Checkpoint(string folder, Network network, Network? best, TrainingLoop loop, int epochs, IReadOnlyDictionary<string, string> specification)
    {
        FileWriter.RequireWritableFolder(folder);
        _path = Path.Combine(folder, FileName);
        _loop = loop;
        _epochs = epochs;
        _specification = specification;
        NetworkTensor[] learned = [.. network.Tensors.Where(tensor => tensor.Kind != TensorKind.State)];
        _tensors =
        [
            .. StoredTensor.All("", network.Tensors, network.Parameters),
            .. loop.Moments.SelectMany(moment => StoredTensor.All($"{moment.Name}.", learned, moment.Values)),
            .. best is null ? [] : StoredTensor.All("best.", best.Tensors, best.Parameters),
        ];
    }

    /// <summary>Writes the checkpoint of an epoch in the place of the one before.</summary>
    /// <exception cref="IOException">It cannot be written; the one before is as it was.</exception>
    public void Write(TrainingState state) => SafetensorsWriter.Write(
        _path,
        Format,
        new Dictionary<string, string>(_specification, StringComparer.Ordinal)
        {
            [StateKey] = JsonSerializer.Serialize(state, TrainingStateJson.Default.TrainingState),
        },
        _tensors);

    /// <summary>Takes over what the last epoch left; without a checkpoint nothing changes.</summary>
    /// <returns>How far the training has come.</returns>
    /// <exception cref="ModelFileException">The file is damaged, or of another training.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public TrainingState Resume()
    {
        if (!File.Exists(_path))
        {
            return TrainingState.Start;
        }

        using SafetensorsReader file = new(_path);
        file.RequireFormat(Format, "a checkpoint");
        RequireSpecification(file);
        TrainingState state = ReadState(file);
        file.Require(_tensors.Select(tensor => (tensor.Name, tensor.Dimensions)));
        foreach (StoredTensor tensor in _tensors)
        {
            file.Read(tensor.Name, tensor.Values);
        }

        _loop.Resume(state.Epochs.Count);
        return state;
    }

    private void RequireSpecification(SafetensorsReader file)
    {
        foreach ((string name, string expected) in _specification)
        {
            string? found = file.Metadata.GetValueOrDefault(name);
            if (found != expected)
            {
                string difference = found is null || found.Length + expected.Length > 100
                    ? $"its {name} is another"
                    : $"its {name} is {found}, and now it is {expected}";
                throw file.Error($"a checkpoint of another training: {difference}; go on with the same arguments, or give another folder");
            }
        }
    }

    private TrainingState ReadState(SafetensorsReader file)
    {
        TrainingState? state;
        try
        {
            state = JsonSerializer.Deserialize(file.Metadata.GetValueOrDefault(StateKey, "null"), TrainingStateJson.Default.TrainingState);
        }
        catch (JsonException exception)
        {
            throw file.Error($"its '{StateKey}' is not valid: {exception.Message}", exception);
        }

        return state is not { IsConsistent: true } ? throw file.Error($"its '{StateKey}' does not say how far the training has come")
            : state.Epochs.Count > _epochs ? throw file.Error($"it has {state.Epochs.Count} epochs behind it, and the training is to have at most {_epochs}")
            : state;
    }
}
