using Hillock.Cli.CommandLine;
using Hillock.Interchange.Npy;

namespace Hillock.Cli.Tests.Commands;

/// <summary>No command writes over what it reads, or twice into one place.</summary>
public sealed class CommandFilesTests : IDisposable
{
    private const string Over = "and would be written over: name another place";
    private const string Twice = "too: give each a place of its own";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("--out {0}/data.csv is the data " + Over, "train", "{0}/data.csv", "--out", "{0}/data.csv")]
    [InlineData("is the data " + Over, "train", "{0}/data.csv", "--out", "{0}/other/../data.csv")]
    [InlineData("is the data " + Over, "train", "{0}/data.csv", "--out", "{0}/link.csv")]
    [InlineData("is the data " + Over, "train", "{0}/linked/data.csv", "--out", "{0}/data.csv")]
    [InlineData("--report {0}/data.csv is the data " + Over, "train", "{0}/data.csv", "--out", "{0}/m", "--report", "{0}/data.csv")]
    [InlineData("--report {0}/m is the file of --out " + Twice, "train", "{0}/data.csv", "--out", "{0}/m", "--report", "{0}/m")]
    [InlineData("--report {0}/m is the file of --out " + Twice, "train", "digits", "--out", "{0}/m", "--report", "{0}/m")]
    [InlineData("--tensorboard {0}/m is a folder, and the file of --out " + Twice, "train", "{0}/data.csv", "--out", "{0}/m", "--tensorboard", "{0}/m")]
    [InlineData("lies in the file of --out " + Twice, "train", "{0}/data.csv", "--out", "{0}/m", "--tensorboard", "{0}/m/events")]
    [InlineData("is the file of --out " + Twice, "train", "{0}/data.csv", "--out", "{0}/c/checkpoint.safetensors", "--checkpoints", "{0}/c")]
    [InlineData("--out {0}/texts/a/1.txt is a file of the data " + Over, "train", "{0}/texts", "--out", "{0}/texts/a/1.txt")]
    [InlineData("--out {0} writes {0}/trials.csv, which is the data " + Over + " for --out", "compare", "{0}/trials.csv", "--out", "{0}")]
    [InlineData("--report {0}/data.csv is the data " + Over, "diagnose", "{0}/model", "{0}/data.csv", "--report", "{0}/data.csv")]
    [InlineData("--report {0}/model is the model " + Over, "diagnose", "{0}/model", "{0}/data.csv", "--report", "{0}/model")]
    [InlineData("--output {0}/g.npy is the file of --gradient " + Over, "apply", "gelu", "-i", "{0}/x.npy", "-o", "{0}/g.npy", "--gradient", "{0}/g.npy", "--gradient-output", "{0}/d.npy")]
    [InlineData("--gradient-output {0}/x.npy is the file of --input " + Over, "apply", "gelu", "-i", "{0}/x.npy", "-o", "{0}/y.npy", "--gradient", "{0}/g.npy", "--gradient-output", "{0}/x.npy")]
    public void What_is_read_is_not_written_over_and_no_place_is_written_twice(string expected, params string[] command)
    {
        foreach (string file in (string[])["data.csv", "trials.csv", "model", "x.npy", "g.npy"])
        {
            File.WriteAllText(folder[file], $"the content of {file}");
        }

        Directory.CreateDirectory(folder["texts/a"]);
        File.WriteAllText(folder["texts/a/1.txt"], "a text");
        File.CreateSymbolicLink(folder["link.csv"], folder["data.csv"]);
        Directory.CreateSymbolicLink(folder["linked"], folder.Path);
        string Here(string text) => text.Replace("{0}", folder.Path, StringComparison.Ordinal);
        string[] before = Contents();

        Outcome outcome = InProcess.Run([.. command.Select(Here)]);
        outcome.Code.ShouldBe(ExitCode.Usage, outcome.Error);
        outcome.ErrorLine().ShouldContain(Here(expected));
        Contents().ShouldBe(before);
    }

    /// <summary>Those of a set that is known by name lie where --data-dir says, in a folder of its name or there itself.</summary>
    [Theory]
    [InlineData("sets", "sets/mnist/train-images-idx3-ubyte.gz")]
    [InlineData("sets/mnist", "sets/mnist/t10k-labels-idx1-ubyte")]
    [InlineData("sets", "link.gz")]
    public void Files_of_known_sets_are_not_written_over(string place, string output)
    {
        Directory.CreateDirectory(folder["sets/mnist"]);
        foreach (string file in (string[])["train-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte"])
        {
            File.WriteAllText(folder[$"sets/mnist/{file}"], $"the content of {file}");
        }

        File.CreateSymbolicLink(folder["link.gz"], folder["sets/mnist/train-images-idx3-ubyte.gz"]);
        string[] before = Contents();
        Outcome outcome = InProcess.Run("train", "mnist", "--data-dir", folder[place], "--out", folder[output]);
        outcome.Code.ShouldBe(ExitCode.Usage, outcome.Error);
        outcome.ErrorLine().ShouldContain($"--out {folder[output]} is a file of mnist {Over}");
        Contents().ShouldBe(before);
    }

    [Fact]
    public void A_model_may_lie_in_the_folder_of_its_data_and_be_trained_anew()
    {
        for (int i = 0; i < 12; i++)
        {
            Directory.CreateDirectory(folder[$"texts/{i % 2}"]);
            File.WriteAllText(folder[$"texts/{i % 2}/{i}.txt"], i % 2 == 0 ? "good and better" : "bad and worse");
        }

        for (int run = 0; run < 2; run++)
        {
            Outcome outcome = InProcess.Run("train", folder["texts"], "--epochs", "1", "--out", folder["texts/model.safetensors"]);
            outcome.Code.ShouldBe(ExitCode.Success, outcome.Error);
        }
    }

    [Fact]
    public void An_array_may_take_its_own_place()
    {
        foreach (string file in (string[])["x.npy", "g.npy"])
        {
            using FileStream stream = File.Create(folder[file]);
            NpyFile.Write(stream, new NpyArray<float>([3], [-1f, 0f, 2f]));
        }

        Outcome outcome = InProcess.Run(
            "apply", "relu", "-i", folder["x.npy"], "-o", folder["x.npy"], "--gradient", folder["g.npy"], "--gradient-output", folder["g.npy"]);
        outcome.Code.ShouldBe(ExitCode.Success, outcome.Error);
        Values("x.npy").ShouldBe([0f, 0f, 2f]);
        Values("g.npy").ShouldBe([0f, 0f, 2f]);
    }

    private float[] Values(string file)
    {
        using FileStream stream = File.OpenRead(folder[file]);
        return ((NpyArray<float>)NpyFile.Read(stream, file)).Values;
    }

    private string[] Contents() =>
        [.. Directory.EnumerateFiles(folder.Path, "*", new EnumerationOptions { AttributesToSkip = FileAttributes.ReparsePoint, RecurseSubdirectories = true })
            .Order(StringComparer.Ordinal).Select(file => $"{file}: {File.ReadAllText(file)}")];
}
