using System.Text.Json;
using System.Text.Json.Serialization;
using Hillock.Activations;

namespace Hillock.Networks;

/// <summary>Network descriptions as JSON documents.</summary>
public static class NetworkJson
{
    /// <summary>Writes a description: input, layers (each with its kind as <c>layer</c>) and loss.</summary>
    /// <param name="description">The description.</param>
    public static string Write(NetworkDescription description) => JsonSerializer.Serialize(description, NetworkJsonContext.Default.NetworkDescription);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="json">The document.</param>
    /// <exception cref="FormatException">The document is no description of a network that can be; the message is one line that says what is wrong.</exception>
    public static NetworkDescription Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return JsonSerializer.Deserialize(json, NetworkJsonContext.Default.NetworkDescription)
                ?? throw new FormatException("a network is described by a JSON object, and this is null");
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or NotSupportedException or OverflowException)
        {
            throw new FormatException($"the description of the network is not valid: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
    }
}

/// <summary>Writes an activation as the text that it is parsed from.</summary>
internal sealed class ActivationJsonConverter : JsonConverter<Activation>
{
    public override Activation Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return Activation.Parse(reader.GetString() ?? throw new JsonException("an activation is a text, and this is null"));
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException)
        {
            throw new JsonException(exception.Message, exception);
        }
    }

    public override void Write(Utf8JsonWriter writer, Activation value, JsonSerializerOptions options) => writer.WriteStringValue(Text(value));

    /// <summary>The name that the user gave, so that reports go on to show it; the full text where the name alone means something else.</summary>
    private static string Text(Activation activation)
    {
        try
        {
            return Activation.Parse(activation.Name).Specification == activation.Specification ? activation.Name : activation.Specification;
        }
        catch (FormatException)
        {
            return activation.Specification;
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    WriteIndented = true,
    NewLine = "\n",
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowOutOfOrderMetadataProperties = true,
    Converters = [typeof(ActivationJsonConverter)])]
[JsonSerializable(typeof(NetworkDescription))]
internal sealed partial class NetworkJsonContext : JsonSerializerContext;
