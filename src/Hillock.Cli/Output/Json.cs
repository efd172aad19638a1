using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Hillock.Cli.Output;

/// <summary>Writes the documents of <c>--json</c>.</summary>
internal static class Json
{
    // The text goes to files and pipes, never into markup, so nothing but what JSON asks for is escaped.
    private static readonly JsonDocuments Documents = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",

        // A slope without bound is "Infinity", the mean of a function that is not defined everywhere "NaN".
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    });

    /// <summary>The document of <c>hillock list</c> as text.</summary>
    public static string Text(ListDocument document) => Text(document, Documents.ListDocument);

    /// <summary>The document of <c>hillock show</c> as text.</summary>
    public static string Text(ShowDocument document) => Text(document, Documents.ShowDocument);

    /// <summary>The document of <c>hillock verify</c> as text.</summary>
    public static string Text(VerificationDocument document) => Text(document, Documents.VerificationDocument);

    /// <summary>The document of <c>hillock bench activations</c> as text.</summary>
    public static string Text(BenchmarkDocument document) => Text(document, Documents.BenchmarkDocument);

    /// <summary>The document of <c>hillock bench gemm</c> as text.</summary>
    public static string Text(GemmDocument document) => Text(document, Documents.GemmDocument);

    /// <summary>The document of <c>hillock bench training</c> as text.</summary>
    public static string Text(TrainingBenchmarkDocument document) => Text(document, Documents.TrainingBenchmarkDocument);

    /// <summary>The document of <c>hillock compare</c> as text.</summary>
    public static string Text(ComparisonDocument document) => Text(document, Documents.ComparisonDocument);

    /// <summary>Reads the document of <c>benchmarks/activations_torch.py</c>.</summary>
    /// <exception cref="FormatException">The text is not such a document.</exception>
    public static TorchDocument ReadTorch(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, Documents.TorchDocument) is { Schema: TorchDocument.Name, Results: not null } document
                ? document
                : throw new FormatException($"is no document of the schema {TorchDocument.Name}");
        }
        catch (JsonException failure)
        {
            throw new FormatException($"is not JSON as benchmarks/activations_torch.py --json writes it: {failure.Message.Split('\n')[0]}", failure);
        }
    }

    /// <summary>The document of <c>hillock train</c> as text.</summary>
    public static string Text(TrainingDocument document) => Text(document, Documents.TrainingDocument);

    /// <summary>The document of <c>hillock evaluate</c> as text.</summary>
    public static string Text(EvaluationDocument document) => Text(document, Documents.EvaluationDocument);

    /// <summary>The document of <c>hillock diagnose</c> as text.</summary>
    public static string Text(DiagnosisDocument document) => Text(document, Documents.DiagnosisDocument);

    /// <summary>The document of <c>hillock predict</c> as text.</summary>
    public static string Text(PredictionDocument document) => Text(document, Documents.PredictionDocument);

    /// <summary>The document of <c>hillock predict</c> with a model that continues a text, as text.</summary>
    public static string Text(ContinuationDocument document) => Text(document, Documents.ContinuationDocument);

    /// <summary>The document of <c>hillock claims list</c> as text.</summary>
    public static string Text(ClaimListDocument document) => Text(document, Documents.ClaimListDocument);

    /// <summary>The document of <c>hillock claims run</c> as text.</summary>
    public static string Text(ClaimsDocument document) => Text(document, Documents.ClaimsDocument);

    /// <summary>Reads the document of <c>hillock claims run</c>.</summary>
    /// <exception cref="FormatException">The text is not such a document.</exception>
    public static ClaimsDocument ReadClaims(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, Documents.ClaimsDocument) is { Schema: ClaimsDocument.Name, Claims: not null } document
                ? document
                : throw new FormatException($"is no document of the schema {ClaimsDocument.Name}");
        }
        catch (JsonException failure)
        {
            throw new FormatException($"is not JSON as hillock claims run writes it: {failure.Message.Split('\n')[0]}", failure);
        }
    }

    private static string Text<T>(T document, JsonTypeInfo<T> type) => JsonSerializer.Serialize(document, type) + "\n";
}

/// <summary>The code that writes the documents, made when the tool is built.</summary>
[JsonSerializable(typeof(ListDocument))]
[JsonSerializable(typeof(ShowDocument))]
[JsonSerializable(typeof(ComparisonDocument))]
[JsonSerializable(typeof(VerificationDocument))]
[JsonSerializable(typeof(BenchmarkDocument))]
[JsonSerializable(typeof(GemmDocument))]
[JsonSerializable(typeof(TrainingBenchmarkDocument))]
[JsonSerializable(typeof(TorchDocument))]
[JsonSerializable(typeof(TrainingDocument))]
[JsonSerializable(typeof(EvaluationDocument))]
[JsonSerializable(typeof(DiagnosisDocument))]
[JsonSerializable(typeof(PredictionDocument))]
[JsonSerializable(typeof(ContinuationDocument))]
[JsonSerializable(typeof(ClaimListDocument))]
[JsonSerializable(typeof(ClaimsDocument))]
internal sealed partial class JsonDocuments : JsonSerializerContext;
