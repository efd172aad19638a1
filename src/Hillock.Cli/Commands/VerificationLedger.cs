using System.Text.Json;
using System.Text.Json.Serialization;
using Hillock.Activations;
using Hillock.Activations.Verification;
using Hillock.Cli.CommandLine;
using Hillock.Cli.Output;
using Hillock.Networks;

namespace Hillock.Cli.Commands;

/// <summary>
/// Finished verifications in a file, so that a run of hours can be broken off and continued. A result stands for the kernels that gave it: it is found again only while they
/// give the same bits over a sample.
/// </summary>
internal sealed class VerificationLedger
{
    private const string Schema = "hillock.verify.ledger/1";

    private readonly string _path;
    private readonly Dictionary<string, AccuracyResult> _results;

    private VerificationLedger(string path, Dictionary<string, AccuracyResult> results)
    {
        _path = path;
        _results = results;
    }

    /// <summary>Reads the file, or begins one.</summary>
    /// <exception cref="UsageException">The file is something else.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static VerificationLedger Open(string path)
    {
        if (!File.Exists(path))
        {
            return new(path, []);
        }

        try
        {
            LedgerDocument? document = JsonSerializer.Deserialize(File.ReadAllText(path), VerificationLedgerJson.Default.LedgerDocument);
            return document?.Schema == Schema && document.Results is { } results
                ? new(path, results)
                : throw new UsageException($"--resume: {path} is no file of finished verifications");
        }
        catch (JsonException)
        {
            throw new UsageException($"--resume: {path} is no file of finished verifications");
        }
    }

    /// <summary>The result of a run that is finished, or null.</summary>
    public AccuracyResult? Find(Activation function, AccuracyRun run) => _results.GetValueOrDefault(Key(function, run));

    /// <summary>Keeps the result of a run; it is on the disk when this returns.</summary>
    public void Add(Activation function, AccuracyRun run, AccuracyResult result)
    {
        _results[Key(function, run)] = result;
        FileWriter.Write(_path, JsonSerializer.Serialize(new LedgerDocument(Schema, _results), VerificationLedgerJson.Default.LedgerDocument) + "\n");
    }

    private static string Key(Activation function, AccuracyRun run) =>
        $"{function.Specification} {run.Type} {(run.Exhaustive ? "exhaustive" : "sampled")} {AccuracyVerifier.Fingerprint(function, run.Type):x16}";

    /// <summary>The file.</summary>
    internal sealed record LedgerDocument(string Schema, Dictionary<string, AccuracyResult> Results);
}

/// <summary>The code that reads and writes the file, made when the tool is built.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(VerificationLedger.LedgerDocument))]
internal sealed partial class VerificationLedgerJson : JsonSerializerContext;
