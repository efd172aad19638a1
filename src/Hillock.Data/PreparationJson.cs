using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hillock.Data;

/// <summary>Preparations as JSON documents, so that a model can be used where it was not trained.</summary>
public static class PreparationJson
{
    /// <summary>Writes a preparation: its kind (<c>preparation</c>) and all that it learned.</summary>
    /// <param name="preparation">The preparation.</param>
    public static string Write(Preparation preparation) => JsonSerializer.Serialize(preparation, PreparationJsonContext.Default.Preparation);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="json">The document.</param>
    /// <exception cref="FormatException">The document is no preparation; the message is one line that says what is wrong.</exception>
    public static Preparation Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return JsonSerializer.Deserialize(json, PreparationJsonContext.Default.Preparation)
                ?? throw new FormatException("a preparation is described by a JSON object, and this is null");
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or NotSupportedException or OverflowException)
        {
            throw new FormatException($"the preparation of the inputs is not valid: {OneLine.Of(exception.Message)}", exception);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(Preparation))]
internal sealed partial class PreparationJsonContext : JsonSerializerContext;
