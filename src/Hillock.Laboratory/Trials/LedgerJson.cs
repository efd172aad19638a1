using System.Text.Json.Serialization;

namespace Hillock.Laboratory.Trials;

/// <summary>The first line of a ledger: which comparison it belongs to.</summary>
/// <param name="Format">The name and version of the ledger's format.</param>
/// <param name="Hash">The hash of the specification.</param>
/// <param name="Specification">The specification, key by key.</param>
internal sealed record LedgerHeader(string Format, string Hash, IReadOnlyDictionary<string, string> Specification);

/// <summary>Reads and writes a ledger's lines. Numbers are written with as many digits as bring the same bits back.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(LedgerHeader))]
[JsonSerializable(typeof(TrialResult))]
internal sealed partial class LedgerJson : JsonSerializerContext;
