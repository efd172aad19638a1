namespace Hillock.Networks;

/// <summary>
/// A network in a file: its description, its parameters, and texts with whatever else is needed to use it, such as the names of the classes and how
/// inputs are prepared. Loaded anywhere, it gives the same outputs to the bit.
/// </summary>
/// <remarks>
/// The file is a safetensors file, which other programs can open too: the tensors have the names and dimensions of <see cref="Network.Tensors"/>
/// and the type F32; the header's <c>__metadata__</c> has <c>format</c> (<c>hillock.model/2</c>), <c>network</c> (the document of
/// <see cref="NetworkJson"/>), <c>crc32c</c> and the caller's texts. The checksum is that of the whole file with zeros in the place of its own eight
/// digits, so that no byte can change unnoticed. Files of the format <c>hillock.model/1</c>, whose checksum is that of the numbers alone, are read too,
/// and unchecked where they have none: a program that makes a file or changes one on purpose gives it that format.
/// </remarks>
public sealed class ModelFile
{
    internal const string NetworkKey = "network";
    private const string Format = "hillock.model";

    private ModelFile(Network network, IReadOnlyDictionary<string, string> metadata)
    {
        Network = network;
        Metadata = metadata;
    }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>The texts that were saved with it, by name.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Saves a network: the file is written beside its place and renamed, so that there is never half of one.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="network">The network.</param>
    /// <param name="metadata">Texts that go with it, by name: anything but <c>format</c>, <c>network</c> and <c>crc32c</c>. Null for none.</param>
    /// <exception cref="ArgumentException">A text has a name that the file needs itself.</exception>
    /// <exception cref="IOException">It cannot be written: nothing is left behind, and a file that was there is as it was.</exception>
    public static void Save(string path, Network network, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(network);
        Dictionary<string, string> texts = new(StringComparer.Ordinal)
        {
            [NetworkKey] = NetworkJson.Write(network.Description),
        };
        foreach ((string name, string text) in metadata ?? new Dictionary<string, string>())
        {
            if (name is SafetensorsWriter.Format or SafetensorsWriter.Checksum || !texts.TryAdd(name, text))
            {
                throw new ArgumentException($"the name '{name}' is the file's own: give the text another", nameof(metadata));
            }
        }

        SafetensorsWriter.Write(path, Format, texts, [.. StoredTensor.All("", network.Tensors, network.Parameters)]);
    }

    /// <summary>Loads what <see cref="Save"/> saved. The file need not be trusted: it is read as data, and strictly.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelFileException">The file holds no network; one line says what is wrong.</exception>
    /// <exception cref="IOException">It does not exist or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static ModelFile Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        using SafetensorsReader file = new(path);
        Dictionary<string, string> metadata = new(file.Metadata, StringComparer.Ordinal);
        file.RequireFormat(Format, "a model");
        NetworkDescription description = ReadDescription(file);
        metadata.Remove(SafetensorsWriter.Format);
        metadata.Remove(NetworkKey);
        metadata.Remove(SafetensorsWriter.Checksum);
        file.Require(description.Layout.Tensors.Select(tensor => (tensor.Name, tensor.Dimensions)));
        Network network;
        try
        {
            network = Network.CreateEmpty(description);
        }
        catch (OverflowException exception)
        {
            throw file.Error("the network has more parameters than an array can hold", exception);
        }

        foreach (NetworkTensor tensor in network.Tensors)
        {
            file.Read(tensor.Name, network.Values(tensor));
        }

        return new ModelFile(network, metadata);
    }

    /// <summary>The network that a file describes.</summary>
    internal static NetworkDescription ReadDescription(SafetensorsReader file)
    {
        string json = file.Metadata.GetValueOrDefault(NetworkKey)
            ?? throw file.Error($"its metadata have no '{NetworkKey}', the description of the network");
        try
        {
            return NetworkJson.Read(json);
        }
        catch (FormatException exception)
        {
            throw file.Error(exception.Message, exception);
        }
    }
}
