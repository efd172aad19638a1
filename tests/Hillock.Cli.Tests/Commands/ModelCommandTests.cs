using System.Globalization;
using System.Text.Json;
using Hillock.Cli.CommandLine;

namespace Hillock.Cli.Tests.Commands;

/// <summary><c>hillock train</c>, <c>evaluate</c> and <c>predict</c>.</summary>
public sealed class ModelCommandTests : IDisposable
{
    private static readonly string Espresso = Path.Combine(Repository.Root, "samples", "espresso.csv");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_trained_model_is_judged_in_another_run_as_at_the_end_of_its_training()
    {
        string model = folder["digits.safetensors"];
        Outcome train = InProcess.Run("train", "digits", "--samples", "500", "--network", "conv:4x3,activation,pool:2,dense:16,activation", "--epochs", "3", "--out", model, "--json");
        train.Code.ShouldBe(ExitCode.Success, train.Error);
        JsonElement trained = Parse(train.Output);
        trained.GetProperty("schema").GetString().ShouldBe("hillock.train/1");
        trained.GetProperty("epochs").GetArrayLength().ShouldBe(3);
        trained.GetProperty("test_samples").GetInt32().ShouldBe(trained.GetProperty("test").GetProperty("samples").GetInt32());

        Outcome evaluate = InProcess.Run("evaluate", model, "digits", "--samples", "500", "--json");
        evaluate.Code.ShouldBe(ExitCode.Success, evaluate.Error);
        JsonElement judged = Parse(evaluate.Output);
        judged.GetProperty("schema").GetString().ShouldBe("hillock.evaluate/1");
        judged.GetProperty("scores").GetRawText().Replace(" ", "", StringComparison.Ordinal)
            .ShouldBe(trained.GetProperty("test").GetRawText().Replace(" ", "", StringComparison.Ordinal));

        // What the matrix says has to come to the same as the score, and as the predictions counted one by one.
        int[][] confusion = [.. judged.GetProperty("confusion").EnumerateArray().Select(r => r.EnumerateArray().Select(c => c.GetInt32()).ToArray())];
        int samples = judged.GetProperty("scores").GetProperty("samples").GetInt32();
        confusion.Sum(r => r.Sum()).ShouldBe(samples);
        ((double)confusion.Select((r, c) => r[c]).Sum() / samples).ShouldBe(judged.GetProperty("scores").GetProperty("accuracy").GetDouble());
        JsonElement[] classes = [.. judged.GetProperty("classes").EnumerateArray()];
        for (int c = 0; c < classes.Length; c++)
        {
            classes[c].GetProperty("recall").GetDouble().ShouldBe((double)confusion[c][c] / confusion[c].Sum());
            int taken = confusion.Sum(r => r[c]);
            (classes[c].GetProperty("precision") is { ValueKind: JsonValueKind.Number } p ? p.GetDouble() : (double?)null).ShouldBe(
                taken == 0 ? null : (double)confusion[c][c] / taken);
        }

        JsonElement predicted = Parse(InProcess.Run("predict", model, "digits", "--samples", "500", "--json").Output);
        predicted.GetProperty("schema").GetString().ShouldBe("hillock.predict/1");
        JsonElement[] predictions = [.. predicted.GetProperty("predictions").EnumerateArray()];
        predictions.Length.ShouldBe(samples);
        predictions.CountBy(p => p.GetProperty("class").GetString()!).ToDictionary().ShouldBe(
            classes.Select((c, i) => KeyValuePair.Create(c.GetProperty("class").GetString()!, confusion.Sum(r => r[i]))).Where(p => p.Value > 0),
            ignoreOrder: true);
        predictions.ShouldAllBe(p => Math.Abs(p.GetProperty("probabilities").EnumerateArray().Sum(v => v.GetDouble()) - 1) < 1e-5);
    }

    [Fact]
    public void A_table_is_told_without_its_target_row_by_row_or_whole_with_a_header_or_without()
    {
        string model = TrainEspresso();
        string[] lines = File.ReadAllLines(Espresso);
        string[] whole = Lines(InProcess.Run("predict", model, Espresso));
        whole[0].ShouldBe("line\tclass\tprobability");
        whole.Length.ShouldBe(lines.Length);
        for (int i = 1; i < whole.Length; i++)
        {
            string[] parts = whole[i].Split('\t');
            parts[0].ShouldBe($"{i + 1}");
            parts[1].ShouldBeOneOf("no", "yes");
            double.Parse(parts[2], CultureInfo.InvariantCulture).ShouldBeInRange(0.5, 1);
        }

        // What is told of a row wherever it stands.
        string[] Told(string file) => [.. Lines(InProcess.Run("predict", model, folder[file])).Skip(1).Select(line => line[(line.IndexOf('\t', StringComparison.Ordinal) + 1)..])];
        string[] told = [.. whole.Skip(1).Select(line => line[(line.IndexOf('\t', StringComparison.Ordinal) + 1)..])];

        string WithoutTarget(string line) => line[..line.LastIndexOf(',')];
        File.WriteAllLines(folder["inputs.csv"], lines.Select(WithoutTarget));
        Lines(InProcess.Run("predict", model, folder["inputs.csv"])).ShouldBe(whole);
        string Reordered(string line) => string.Join(',', line.Split(',').Reverse().Append("a note"));
        File.WriteAllLines(folder["reordered.csv"], lines.Select(Reordered));
        Told("reordered.csv").ShouldBe(told);
        File.WriteAllLines(folder["bare.csv"], lines.Skip(1).Take(5).Select(WithoutTarget));
        Told("bare.csv").ShouldBe(told[..5]);
        File.WriteAllLines(folder["one.csv"], [lines[0], lines[3]]);
        Told("one.csv").ShouldBe([told[2]]);
        File.WriteAllLines(folder["open.csv"], [lines[0], WithoutTarget(lines[3]) + ","]);
        Told("open.csv").ShouldBe([told[2]]);
        JsonElement json = Parse(InProcess.Run("predict", model, folder["one.csv"], "--json").Output).GetProperty("predictions")[0];
        (json.GetProperty("row").GetInt32(), json.GetProperty("line").GetInt32()).ShouldBe((1, 2));
    }

    [Fact]
    public void A_regression_speaks_the_unit_of_its_target()
    {
        File.WriteAllLines(folder["line.csv"], Enumerable.Range(0, 400).Select(i => FormattableString.Invariant($"{i * 0.01:0.00},{1000 + i * 0.5:0.0}")));
        string model = folder["line.safetensors"];
        InProcess.Run("train", folder["line.csv"], "--network", "linear", "--epochs", "60", "--lr", "0.01", "--test", "0", "--out", model).Code.ShouldBe(ExitCode.Success);
        File.WriteAllLines(folder["new.csv"], ["1.00", "3.00"]);
        string[] told = Lines(InProcess.Run("predict", model, folder["new.csv"]));
        told[0].ShouldBe("line\tvalue");
        double[] values = [.. told.Skip(1).Select(l => double.Parse(l.Split('\t')[1], CultureInfo.InvariantCulture))];
        values[0].ShouldBe(1050, 1);
        values[1].ShouldBe(1150, 1);
        JsonElement scores = Parse(InProcess.Run("evaluate", model, folder["line.csv"], "--json").Output).GetProperty("scores");
        scores.GetProperty("r2").GetDouble().ShouldBeGreaterThan(0.999);
        scores.GetProperty("rmse").GetDouble().ShouldBeInRange(0, 2);
        scores.GetProperty("accuracy").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void The_same_command_writes_the_same_file_on_any_number_of_threads()
    {
        byte[][] files = [.. new[] { "1", "2", "3" }.Select(threads => File.ReadAllBytes(TrainEspresso("--threads", threads)))];
        files[1].ShouldBe(files[0]);
        files[2].ShouldBe(files[0]);
    }

    [Fact]
    public void A_training_with_checkpoints_goes_on_where_it_stopped()
    {
        string[] command = ["train", "digits", "--samples", "300", "--network", "mlp:16", "--optimizer", "rmsprop", "--weight-decay", "0.001", "--schedule", "warmup(5)"];
        string[] kept = [.. command, "--checkpoints", folder["checkpoints"]];
        InProcess.Run([.. command, "--epochs", "4", "--out", folder["whole.safetensors"]]).Code.ShouldBe(ExitCode.Success);
        InProcess.Run([.. kept, "--epochs", "2", "--out", folder["half.safetensors"]]).Code.ShouldBe(ExitCode.Success);
        InProcess.Run([.. kept, "--epochs", "4", "--out", folder["rest.safetensors"]]).Code.ShouldBe(ExitCode.Success);
        File.ReadAllBytes(folder["rest.safetensors"]).ShouldBe(File.ReadAllBytes(folder["whole.safetensors"]));

        Outcome other = InProcess.Run([.. kept, "--epochs", "4", "--lr", "0.5", "--out", folder["other.safetensors"]]);
        other.Code.ShouldBe(ExitCode.Failure);
        other.Error.ShouldContain("a checkpoint of another training");
    }

    [Fact]
    public void A_text_is_learned_judged_and_continued()
    {
        string model = folder["text.safetensors"];
        string text = folder["text.txt"];
        string beginning = folder["beginning.txt"];
        File.WriteAllText(text, string.Concat(Enumerable.Repeat("abacus ", 100)));
        File.WriteAllText(beginning, "an aba");
        Outcome train = InProcess.Run("train", text, "--task", "next-character", "--context", "8", "--network", "embedding:4,gru:8", "--epochs", "4", "--out", model);
        train.Code.ShouldBe(ExitCode.Success, train.Error);
        train.Output.ShouldContain("630 characters, 6 different, in windows of 8, next character");
        train.Output.ShouldMatch(@"loss [0-9.]+ nats \([0-9.]+ bits\) per character, accuracy [0-9.]+ on 64 characters");
        JsonElement judged = Parse(InProcess.Run("evaluate", model, text, "--json").Output);
        JsonElement scores = judged.GetProperty("scores");
        scores.GetProperty("bits_per_character").GetDouble().ShouldBe(scores.GetProperty("log_loss").GetDouble() / Math.Log(2), 1e-12);
        judged.GetProperty("confusion").ValueKind.ShouldBe(JsonValueKind.Null);

        Outcome predict = InProcess.Run("predict", model, beginning, "--length", "20", "--temperature", "0.5", "--seed", "3");
        predict.Code.ShouldBe(ExitCode.Success, predict.Error);
        predict.Output.TrimEnd('\n').Length.ShouldBe(20);
        JsonElement document = Parse(InProcess.Run("predict", model, beginning, "--length", "20", "--temperature", "0.5", "--seed", "3", "--json").Output);
        document.GetProperty("schema").GetString().ShouldBe("hillock.continuation/1");
        document.GetProperty("text").GetString().ShouldBe(predict.Output.TrimEnd('\n'));

        InProcess.Run("train", text, "--context", "8", "--out", model).Error.ShouldBe($"hillock: {text}: a context can be chosen where the next characters of a text are learned\n");
        InProcess.Run("compare", text, "--task", "next-character").Code.ShouldBe(ExitCode.Usage);
    }

    [Fact]
    public void Other_columns_and_classes_are_refused_by_name()
    {
        string model = TrainEspresso();
        string[] lines = File.ReadAllLines(Espresso);
        File.WriteAllLines(folder["renamed.csv"], [lines[0].Replace("water_c", "temperature", StringComparison.Ordinal), .. lines.Skip(1)]);
        Failure("predict", model, folder["renamed.csv"]).ShouldContain("has no column 'water_c', and the model was trained on it; the columns here are ");
        File.WriteAllLines(folder["few.csv"], lines.Select(l => string.Join(',', l.Split(',').Take(3))));
        Failure("predict", model, folder["few.csv"]).ShouldContain("has no column 'water_c', '");
        File.WriteAllLines(folder["inputs.csv"], lines.Select(l => l[..l.LastIndexOf(',')]));
        Failure("evaluate", model, folder["inputs.csv"]).ShouldContain("has no column for the target, column 6 (good)");
        File.WriteAllLines(folder["maybe.csv"], [lines[0], lines[1][..lines[1].LastIndexOf(',')] + ",maybe"]);
        Failure("evaluate", model, folder["maybe.csv"]).ShouldContain("class 'maybe' is not among those trained on: no, yes");
        Failure("evaluate", model, "digits").ShouldContain("digits holds images of 16×16×1, and the model was trained on a table with 5 input columns");
    }

    [Fact]
    public void A_file_that_is_no_model_is_refused()
    {
        Failure("evaluate", folder["absent"], "digits").ShouldContain("there is no model '");
        Failure("predict", Espresso, "digits").ShouldContain("not a safetensors file");
        string model = TrainEspresso();
        File.WriteAllBytes(folder["cut"], File.ReadAllBytes(model)[..^4]);
        Failure("predict", folder["cut"], Espresso).ShouldContain("cut off");
        Failure("evaluate", folder.Path, Espresso).ShouldContain("is a folder, and a model is a file");
        Failure("evaluate", Espresso, model).ShouldContain($"{Espresso} is no model, and {model} is one: the model comes before the data");
    }

    [Fact]
    public void A_training_that_fails_leaves_no_file()
    {
        string model = folder["model"];
        Failure("train", "moons", "--lr", "1000", "--optimizer", "sgd", "--network", "mlp:64,64", "--out", model).ShouldContain("a learning rate below 1000 may help");
        File.Exists(model).ShouldBeFalse();
        using CancellationTokenSource stop = new();
        stop.Cancel();
        InProcess.Run(["train", "moons", "--out", model], t => t, stop.Token).Code.ShouldBe(ExitCode.Interrupted);
        Directory.GetFiles(folder.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--network: network 'nosuch:3', at 1: 'nosuch:3' is no layer", "--network", "nosuch:3")]
    [InlineData("--network: layer 1 (conv:6x5) needs images", "--network", "lenet")]
    [InlineData("ends with dense:9", "--network", "relu,dense:9")]
    [InlineData("--test: a share is 0 or from 0.01 to 0.9, not '1'", "--test", "1")]
    [InlineData("--patience needs samples to judge by, and --test 0 holds out none", "--patience", "2", "--test", "0")]
    [InlineData("unknown activation 'nosuch'", "--activation", "nosuch")]
    public void A_bad_option_is_a_usage_error(string expected, params string[] options)
    {
        Outcome run = InProcess.Run(["train", "moons", "--out", folder["model"], .. options]);
        run.Code.ShouldBe(ExitCode.Usage);
        run.ErrorLine().ShouldContain(expected);
    }

    [Fact]
    public void The_pages_tell_scores_and_the_matrix()
    {
        string model = folder["model"];
        Outcome train = InProcess.Run("train", Espresso, "--epochs", "3", "--patience", "2", "--out", model);
        train.Output.ShouldContain("mlp:32,32 with relu, 1,473 parameters");
        train.Output.ShouldContain("480 samples, 3 epochs in batches of 16, Adam at 0.001, seed 1");
        train.Output.ShouldContain($"; the model is {model}");
        string page = InProcess.Run("evaluate", model, Espresso).Output;
        page.ShouldContain("log-loss");
        page.ShouldContain("precision");
        page.ShouldContain("→ yes");
    }

    private static JsonElement Parse(string output) => JsonDocument.Parse(output).RootElement;

    private static string[] Lines(Outcome run)
    {
        run.Code.ShouldBe(ExitCode.Success, run.Error);
        return run.Output.TrimEnd('\n').Split('\n');
    }

    private static string Failure(params string[] arguments)
    {
        Outcome run = InProcess.Run(arguments);
        run.Code.ShouldBe(ExitCode.Failure);
        return run.ErrorLine();
    }

    private string TrainEspresso(params string[] options)
    {
        string model = folder[$"espresso{string.Concat(options)}.safetensors"];
        InProcess.Run(["train", Espresso, "--activation", "prelu", "--epochs", "4", "--out", model, .. options]).Code.ShouldBe(ExitCode.Success);
        return model;
    }
}
