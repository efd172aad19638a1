using System.Text.Json;
using Hillock.Cli.CommandLine;

namespace Hillock.Cli.Tests.Commands;

/// <summary>The main job from the command line to the files, on data so small that it takes a blink.</summary>
public class CompareCommandTests
{
    private static readonly string[] Tiny =
        ["compare", "moons", "--samples", "120", "--epochs", "3", "--folds", "3", "--network", "mlp:8,8", "--activations", "relu,tanh,prelu", "--lr", "0.01"];

    [Fact]
    public void ResultsGoToStdoutAndNothingElse()
    {
        Outcome outcome = InProcess.Run(Tiny);
        outcome.Code.ShouldBe(0);
        outcome.Error.ShouldBe("");
        outcome.Output.ShouldContain("120 points of a plane, classification of 2 classes");
        outcome.Output.ShouldContain("mlp:8,8");
        outcome.Output.ShouldContain("Recommended: ");
    }

    [Fact]
    public void SoundsAndTextsAreCompared()
    {
        using TemporaryFolder folder = new();
        for (int i = 0; i < 12; i++)
        {
            // 400 samples of a square wave, higher for the second class.
            byte[] header = [.. "RIFF"u8, 0x44, 3, 0, 0, .. "WAVEfmt "u8, 16, 0, 0, 0, 1, 0, 1, 0, 0x40, 0x1F, 0, 0, 0x80, 0x3E, 0, 0, 2, 0, 16, 0, .. "data"u8, 0x20, 3, 0, 0];
            byte[] sound = [.. Enumerable.Range(0, 800).Select(b => (byte)(b % 2 == 1 && b / (i % 2 == 0 ? 4 : 20) % 2 == 0 ? 16 + i : 0))];
            Directory.CreateDirectory(folder[$"sounds/{i % 2}"]);
            File.WriteAllBytes(folder[$"sounds/{i % 2}/{i}.wav"], [.. header, .. sound]);
        }

        string[] options = ["--epochs", "2", "--folds", "2", "--network", "mlp:4", "--activations", "relu,tanh", "--lr", "0.01"];
        Outcome sounds = InProcess.Run(["compare", folder["sounds"], .. options]);
        sounds.Error.ShouldBe("");
        sounds.Output.ShouldContain("12 recordings of 0.05 to 0.05 s at 8000 Hz, classification of 2 classes");
        File.WriteAllText(folder["texts.csv"], "label,text\na,one little text\nb,another little text\na,this is the third\nb,this is the last\n");
        Outcome texts = InProcess.Run(["compare", folder["texts.csv"], .. options]);
        texts.Code.ShouldBe(0, texts.Error);
        texts.Output.ShouldContain("texts.csv: 4 texts of 3 to 4 words and signs");
        texts.Output.ShouldContain("mlp:4 (4 → 4 → 1, binary cross-entropy)");

        // The network that suits the data, and the candidates that it can use where none are named.
        Outcome suited = InProcess.Run(["compare", folder["sounds"], "--epochs", "1", "--folds", "2", "--lr", "0.01", "--activations", "relu"]);
        suited.Output.ShouldContain("conv:32x5,activation,pool:2,conv:64x5,activation,globalpool (3×40 → 1, 16,801");
        Outcome recurrent = InProcess.Run(["compare", folder["sounds"], "--epochs", "1", "--folds", "2", "--lr", "0.01", "--network", "gru:4/activation=activation"]);
        recurrent.Code.ShouldBe(0, recurrent.Error);
        recurrent.Error.ShouldStartWith("hillock: warning: rrelu is left out: layer 1 (gru:4/activation=");
        Outcome named = InProcess.Run(["compare", folder["sounds"], "--network", "gru:4/activation=activation", "--activations", "tanh,rrelu"]);
        named.Code.ShouldBe(2);
        named.Error.ShouldStartWith("hillock: --network: layer 1 (gru:4/activation=");
    }

    [Fact]
    public void JsonIsOneDocumentAndNothingElse()
    {
        Outcome outcome = InProcess.Run([.. Tiny, "--json"]);
        outcome.Code.ShouldBe(0);
        outcome.Error.ShouldBe("");
        using JsonDocument document = JsonDocument.Parse(outcome.Output);
        JsonElement root = document.RootElement;
        root.GetProperty("candidates").EnumerateArray().Select(c => c.GetProperty("activation").GetString()!).Order().ShouldBe(["prelu", "relu", "tanh"]);
        root.GetProperty("candidates")[0].GetProperty("folds").GetArrayLength().ShouldBe(3);
        root.GetProperty("candidates").EnumerateArray().ShouldAllBe(c => c.GetProperty("learning_rate").GetDouble() == 0.01);
        root.GetProperty("protocol").GetProperty("network").GetString().ShouldBe("mlp:8,8");
        double[] means = [.. root.GetProperty("candidates").EnumerateArray().Select(c => c.GetProperty("mean").GetDouble())];
        means.ShouldBe(means.OrderDescending());
    }

    [Fact]
    public void FormulasCompeteWithBuiltInsAndLearn()
    {
        string[] arguments = [.. Tiny];
        arguments[Array.IndexOf(arguments, "relu,tanh,prelu")] =
            "silu,{x * sigmoid(x)},x * sigmoid(b * x), b = learn(channel, init=1), max(0, x) + a * min(0, x), a = 0.1|0.2";
        using TemporaryFolder folder = new();
        Outcome outcome = InProcess.Run([.. arguments, "--json", "--out", folder["report"]]);
        outcome.Error.ShouldBe("");
        outcome.Code.ShouldBe(0);
        using JsonDocument document = JsonDocument.Parse(outcome.Output);
        Dictionary<string, JsonElement> candidates = document.RootElement.GetProperty("candidates").EnumerateArray()
            .ToDictionary(c => c.GetProperty("activation").GetString()!);
        candidates.Keys.Order(StringComparer.Ordinal).ShouldBe(
        [
            "max(0, x) + a * min(0, x), a = 0.1", "max(0, x) + a * min(0, x), a = 0.2", "silu", "x * sigmoid(b * x), b = learn(channel, init=1)", "x * sigmoid(x)",
        ]);
        candidates["x * sigmoid(x)"].GetProperty("mean").GetDouble().ShouldBe(candidates["silu"].GetProperty("mean").GetDouble());
        InProcess.Run([.. arguments, "--json", "--out", folder["report"]]).Code.ShouldBe(0);
    }

    [Fact]
    public void TheResultDoesNotDependOnTheThreadsNorOnTheRun()
    {
        string one = Documents.WithoutTimes(InProcess.Run([.. Tiny, "--json", "--threads", "1"]).Output);
        Documents.WithoutTimes(InProcess.Run([.. Tiny, "--json", "--threads", "3"]).Output).ShouldBe(one);
        Documents.WithoutTimes(InProcess.Run([.. Tiny, "--json", "--seed", "2"]).Output).ShouldNotBe(one);
    }

    [Fact]
    public void TheFolderHoldsReportResultsTrialsAndLedger()
    {
        using TemporaryFolder folder = new();
        string output = folder["deep/er"];
        Outcome first = InProcess.Run([.. Tiny, "--out", output]);
        first.Code.ShouldBe(0);
        first.Output.ShouldContain("report.html");
        Directory.GetFiles(output).Select(Path.GetFileName).Order().ShouldBe(["ledger.jsonl", "report.html", "results.json", "trials.csv"]);
        File.ReadAllText(Path.Combine(output, "report.html")).ShouldContain("<h2>Ranking</h2>");
        File.ReadAllLines(Path.Combine(output, "trials.csv")).Length.ShouldBe(10);

        string before = File.ReadAllText(Path.Combine(output, "results.json"));
        string ledger = File.ReadAllText(Path.Combine(output, "ledger.jsonl"));
        Outcome second = InProcess.Run([.. Tiny, "--out", output, "--json"]);
        Documents.WithoutTimes(second.Output).ShouldBe(Documents.WithoutTimes(before));
        File.ReadAllText(Path.Combine(output, "ledger.jsonl")).ShouldBe(ledger);
    }

    [Fact]
    public void AFolderOfAnotherSpecificationIsRefused()
    {
        using TemporaryFolder folder = new();
        InProcess.Run([.. Tiny, "--out", folder.Path]).Code.ShouldBe(0);
        Dictionary<string, string> before = Contents(folder.Path);
        Outcome outcome = InProcess.Run([.. Tiny, "--out", folder.Path, "--seed", "7"]);
        outcome.Code.ShouldBe(ExitCode.Failure);
        outcome.ErrorLine().ShouldBe($"hillock: {folder.Path} holds another comparison (other data; seed 1, not 7); choose another folder");
        Contents(folder.Path).ShouldBe(before);
    }

    [Fact]
    public void AFolderThatCannotBeWrittenIsRefusedBeforeTheWork()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["file"], "in the way");
        Outcome outcome = InProcess.Run("compare", "--out", folder["file/out"]);
        outcome.Code.ShouldBe(ExitCode.Failure);
        outcome.ErrorLine().ShouldContain("cannot write into the folder");
        outcome.ErrorLine().ShouldContain(folder["file/out"]);
    }

    [Fact]
    public void ADivergingCandidateIsNoFailure()
    {
        Outcome outcome = InProcess.Run(
            "compare", "moons", "--samples", "60", "--epochs", "4", "--folds", "2", "--network", "mlp:8,8,8", "--optimizer", "sgd", "--lr", "1",
            "--activations", "leaky_relu(alpha=9),tanh", "--json");
        outcome.Code.ShouldBe(0);
        using JsonDocument document = JsonDocument.Parse(outcome.Output);
        JsonElement last = document.RootElement.GetProperty("candidates").EnumerateArray().Last();
        last.GetProperty("activation").GetString().ShouldBe("leaky_relu(alpha=9)");
        last.GetProperty("status").GetString().ShouldBe("diverged");
        last.GetProperty("mean").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void ARegressionIsToldByItsTarget()
    {
        using TemporaryFolder folder = new();
        File.WriteAllLines(folder["line.csv"], ["x,y", .. Enumerable.Range(0, 60).Select(i => $"{i},{(2.5 * i) + (i % 7 * 0.1)}")]);
        Outcome outcome = InProcess.Run(
            "compare", folder["line.csv"], "--epochs", "3", "--folds", "2", "--network", "mlp:4", "--activations", "relu,tanh", "--lr", "0.01", "--json");
        outcome.Code.ShouldBe(0, outcome.Error);
        using JsonDocument document = JsonDocument.Parse(outcome.Output);
        document.RootElement.GetProperty("metric").GetString().ShouldBe("r2");
        document.RootElement.GetProperty("data").GetProperty("task").GetString().ShouldBe("regression");
        document.RootElement.GetProperty("candidates")[0].GetProperty("rmse").ValueKind.ShouldBe(JsonValueKind.Number);
    }

    [Fact]
    public void AHoldoutHasNoDeviation()
    {
        Outcome outcome = InProcess.Run("compare", "moons", "--samples", "120", "--holdout", "--epochs", "2", "--network", "mlp:4", "--activations", "relu,tanh", "--json");
        outcome.Code.ShouldBe(0, outcome.Error);
        using JsonDocument document = JsonDocument.Parse(outcome.Output);
        document.RootElement.GetProperty("protocol").GetProperty("folds").ValueKind.ShouldBe(JsonValueKind.Null);
        document.RootElement.GetProperty("candidates")[0].GetProperty("std").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void AWarningGoesToStderr()
    {
        using TemporaryFolder folder = new();
        File.WriteAllLines(folder["rare.csv"], ["x,y,kind", .. Enumerable.Range(0, 60).Select(i => $"{i * 7 % 60},{i % 5},{(i == 7 ? "rare" : i % 2 == 0 ? "even" : "odd")}")]);
        Outcome outcome = InProcess.Run("compare", folder["rare.csv"], "--epochs", "1", "--folds", "3", "--network", "mlp:4", "--activations", "relu", "--lr", "0.01", "--json");
        outcome.Code.ShouldBe(0, outcome.Error);
        outcome.Error.ShouldStartWith("hillock: warning: class 'rare'");
        JsonDocument.Parse(outcome.Output).Dispose();
    }

    public static TheoryData<string, string, string[]> BadData => new()
    {
        { "empty.csv", "", ["empty.csv"] },
        { "ragged.csv", "a,b,y\n1,2,u\n1,2,v\n1,2\n3,4,u\n", ["ragged.csv", "4"] },
        { "words.csv", "a,y\n" + string.Concat(Enumerable.Range(0, 300).Select(i => i == 17 ? "word,u\n" : $"{i},{(i % 2 == 0 ? "u" : "v")}\n")), ["words.csv", "19"] },
        { "single.csv", "a,y\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"{i},same\n")), ["single.csv", "'same'"] },
        { "few.csv", "a,y\n1,u\n2,v\n3,u\n", ["few.csv", "folds"] },
        { "junk.bin", "\u0000\u0001\u0002\uffff\u0000\u0013", ["junk.bin"] },
    };

    [Theory]
    [MemberData(nameof(BadData))]
    public void BadDataIsOneLineAndExitCode1(string name, string content, string[] parts)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder[name], content);
        Outcome outcome = InProcess.Run("compare", folder[name], "--out", folder["out"]);
        outcome.Code.ShouldBe(ExitCode.Failure);
        string line = outcome.ErrorLine();
        parts.ShouldAllBe(p => line.Contains(p));
        Files(folder["out"]).ShouldBeEmpty();
    }

    [Fact]
    public void ATruncatedImageFileIsOneLineAndExitCode1()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["train-images-idx3-ubyte"], [0, 0, 8, 3, 0, 0, 0, 9, 0, 0, 0, 4, 0, 0, 0, 4, 1, 2, 3]);
        File.WriteAllBytes(folder["train-labels-idx1-ubyte"], [0, 0, 8, 1, 0, 0, 0, 9, 0, 1, 0, 1, 0, 1, 0, 1, 0]);
        Outcome outcome = InProcess.Run("compare", folder["train-images-idx3-ubyte"]);
        outcome.Code.ShouldBe(ExitCode.Failure);
        outcome.ErrorLine().ShouldContain("train-images-idx3-ubyte");
    }

    [Theory]
    [InlineData("--leave-out", "id,note")]
    [InlineData("--leave-out", "ID", "--leave-out", "-2")]
    [InlineData("--leave-out=1, 4")]
    public void ColumnsAreLeftOutByNameOrNumber(params string[] options)
    {
        using TemporaryFolder folder = new();
        File.WriteAllLines(folder["t.csv"], ["id,x,z,note,y", .. Enumerable.Range(0, 40).Select(i => $"n{i},{i % 7}.5,{i % 5},text {i},{(i % 2 == 0 ? "u" : "v")}")]);
        string[] line = ["compare", folder["t.csv"], "--epochs", "1", "--folds", "2", "--network", "mlp:4", "--activations", "relu", "--lr", "0.01"];
        Outcome outcome = InProcess.Run([.. line, .. options]);
        outcome.Code.ShouldBe(0);
        outcome.Error.ShouldBe("");
        outcome.Output.ShouldContain("40 samples, 2 numeric columns, 2 left out");

        // A folder of results is for the columns that it was begun with.
        InProcess.Run([.. line, .. options, "--out", folder["out"]]).Code.ShouldBe(0);
        InProcess.Run([.. line, .. options, "--leave-out", "z", "--out", folder["out"]]).Code.ShouldBe(ExitCode.Failure);
    }

    [Theory]
    [InlineData("y", "the target, column 2 (y), cannot be left out")]
    [InlineData("alhpa", "did you mean 'alpha'?")]
    public void AColumnThatCannotBeLeftOutIsOneLine(string column, string expected)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["t.csv"], "alpha,y\n1,u\n2,v\n3,u\n4,v\n");
        Outcome outcome = InProcess.Run("compare", folder["t.csv"], "--leave-out", column);
        outcome.Code.ShouldBe(ExitCode.Failure);
        outcome.ErrorLine().ShouldContain(expected);
    }

    [Fact]
    public void AnUnknownColumnIsOneLineAndExitCode1()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["t.csv"], "alpha,y\n1,u\n2,v\n3,u\n4,v\n");
        Outcome outcome = InProcess.Run("compare", folder["t.csv"], "--target", "gamma");
        outcome.Code.ShouldBe(ExitCode.Failure);
        outcome.ErrorLine().ShouldContain("gamma");
    }

    [Theory]
    [InlineData("no-such-file.csv", "no-such-file.csv")]
    [InlineData("no/such/folder/x.csv", "no/such/folder/x.csv")]
    public void AMissingFileIsOneLineAndExitCode1(string path, string part)
    {
        Outcome outcome = InProcess.Run("compare", path);
        outcome.Code.ShouldBe(ExitCode.Failure);
        outcome.ErrorLine().ShouldContain(part);
    }

    [Theory]
    [InlineData("dense:8,tanh", "--network: the network dense:8,tanh has no place for the candidates")]
    [InlineData("linear", "--network: a network without hidden layers has no activations to compare")]
    public void ANetworkWithoutAPlaceForTheCandidatesIsOneLineAndExitCode2(string network, string part)
    {
        Outcome outcome = InProcess.Run("compare", "moons", "--network", network, "--activations", "relu,gelu");
        outcome.Code.ShouldBe(ExitCode.Usage);
        outcome.ErrorLine().ShouldContain(part);
    }

    [Fact]
    public void AHoldoutWithoutATestPartIsOneLineAndExitCode1()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["t.csv"], "alpha,y\n1,u\n2,v\n3,u\n4,v\n");
        Outcome outcome = InProcess.Run("compare", folder["t.csv"], "--holdout");
        outcome.Code.ShouldBe(ExitCode.Failure);
        outcome.ErrorLine().ShouldContain("test part");
    }

    [Fact]
    public void InterruptedIsExitCode130()
    {
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        Outcome outcome = InProcess.Run(Tiny, t => t, cancelled.Token);
        outcome.Code.ShouldBe(ExitCode.Interrupted);
        outcome.ErrorLine().ShouldBe("hillock: interrupted");
    }

    [Fact]
    public void InterruptedAtWorkItSaysHowToKeepWhatIsFinished()
    {
        using CancellationTokenSource cancellation = new();
        using Watcher error = new(cancellation);
        Terminal terminal = new(TextWriter.Null, error) { ErrorIsScreen = true };
        Tool.Run([.. Tiny, "--threads", "1"], terminal, cancellation.Token).ShouldBe(ExitCode.Interrupted);
        error.ToString().ShouldEndWith("hillock: interrupted: nothing is kept; --out DIR would keep finished trials\n");
    }

    [Fact]
    public void Where_every_candidate_diverges_a_script_is_told()
    {
        string[] command = ["compare", "moons", "--activations", "exp", "--network", "mlp:8,8", "--folds", "2", "--epochs", "3", "--optimizer", "sgd", "--lr", "1000"];
        Outcome outcome = InProcess.Run(command);
        outcome.Output.ShouldContain("Recommended: none");
        outcome.Code.ShouldBe(ExitCode.Failure, outcome.Error);
        Outcome json = InProcess.Run([.. command, "--json"]);
        json.Code.ShouldBe(ExitCode.Failure);
        JsonDocument.Parse(json.Output).RootElement.GetProperty("recommended").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void ResultsThatCannotBeWrittenAreAFailure()
    {
        using StringWriter error = new() { NewLine = "\n" };
        using StreamWriter full = new(new FullDisk(), bufferSize: 1 << 16);
        Tool.Run(["list"], new Terminal(full, error), CancellationToken.None).ShouldBe(ExitCode.Failure);
        error.ToString().ShouldBe("hillock: cannot write the results: no space\n");
    }

    private static Dictionary<string, string> Contents(string folder) => Directory.GetFiles(folder).ToDictionary(f => f, File.ReadAllText);

    private static string[] Files(string folder) => Directory.Exists(folder) ? Directory.GetFiles(folder) : [];

    /// <summary>Interrupts as soon as it is told how far the work has come.</summary>
    private sealed class Watcher : StringWriter
    {
        private readonly CancellationTokenSource cancellation;

        public Watcher(CancellationTokenSource cancellation)
        {
            this.cancellation = cancellation;
            NewLine = "\n";
        }

        public override void Write(string? value)
        {
            base.Write(value);
            if (value?.Contains("of 9 trials", StringComparison.Ordinal) == true)
            {
                cancellation.Cancel();
            }
        }
    }

    private sealed class FullDisk : MemoryStream
    {
        private bool complained;

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (!complained)
            {
                complained = true;
                throw new IOException("no space");
            }
        }
    }
}
