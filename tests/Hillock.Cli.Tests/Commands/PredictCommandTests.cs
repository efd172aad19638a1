using System.Text.Json;
using Hillock.Cli.CommandLine;

namespace Hillock.Cli.Tests.Commands;

/// <summary><c>hillock predict</c> on samples of which nobody says what they are.</summary>
public sealed class PredictCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Sounds_need_no_classes_and_are_named()
    {
        for (int i = 0; i < 12; i++)
        {
            WriteSound($"sounds/{(i % 2 == 0 ? "high" : "low")}/{i:00}.wav", i % 2 == 0 ? 4 : 20, i);
        }

        Train(folder["sounds"], "--network", "conv:4x3,activation,globalavgpool");
        WriteSound("new/b.wav", 20, 3);
        WriteSound("new/a.wav", 4, 5);
        Lines("predict", folder["model"], folder["new"]).Select(line => line.Split('\t')[..2]).ShouldBe([["file", "class"], ["a.wav", "high"], ["b.wav", "low"]]);
        Lines("predict", folder["model"], folder["new/b.wav"])[1..].ShouldHaveSingleItem().ShouldStartWith("b.wav\tlow\t");
        JsonElement first = JsonDocument.Parse(InProcess.Run("predict", folder["model"], folder["new"], "--json").Output).RootElement.GetProperty("predictions")[0];
        (first.GetProperty("row").GetInt32(), first.GetProperty("file").GetString(), first.GetProperty("class").GetString()).ShouldBe((1, "a.wav", "high"));
    }

    [Fact]
    public void Texts_are_the_lines_of_a_file_or_files()
    {
        File.WriteAllLines(folder["texts.tsv"], Enumerable.Range(0, 40).Select(i => $"{(i % 2 == 0 ? "warm" : "cold")}\tthe day number {i} was {(i % 2 == 0 ? "hot" : "icy")}"));
        Train(folder["texts.tsv"]);
        File.WriteAllText(folder["new.txt"], "an icy day was the day\n\nthe day was hot\n");
        Lines("predict", folder["model"], folder["new.txt"]).Select(line => line.Split('\t')[..2]).ShouldBe([["line", "class"], ["1", "cold"], ["3", "warm"]]);
        File.WriteAllText(folder["strange.txt"], "the day was hot\nxyzzy qwertz\n");
        InProcess.Run("predict", folder["model"], folder["strange.txt"]).Error.ShouldBe(
            "hillock: warning: strange.txt, line 2: no word is known from the training in this text: what is told of it is a guess\n");
        Directory.CreateDirectory(folder["new"]);
        File.WriteAllText(folder["new/one.txt"], "hot hot day\nthe hot day\n");
        Lines("predict", folder["model"], folder["new"])[1..].ShouldHaveSingleItem().ShouldStartWith("one.txt\twarm\t");
        File.WriteAllText(folder["empty.txt"], "\n\n");
        InProcess.Run("predict", folder["model"], folder["empty.txt"]).ErrorLine().ShouldEndWith("empty.txt holds no text");
    }

    [Fact]
    public void Images_need_no_labels()
    {
        byte[] images = [0, 0, 8, 3, 0, 0, 0, 20, 0, 0, 0, 2, 0, 0, 0, 2, .. Enumerable.Range(0, 20).SelectMany(i => (byte[])(i % 2 == 0 ? [200, (byte)i, 9, 0] : [(byte)i, 0, 5, 220]))];
        File.WriteAllBytes(folder["x-images-idx3-ubyte"], images);
        File.WriteAllBytes(folder["x-labels-idx1-ubyte"], [0, 0, 8, 1, 0, 0, 0, 20, .. Enumerable.Range(0, 20).Select(i => (byte)(i % 2 + 3))]);
        Train(folder["x-images-idx3-ubyte"]);
        File.WriteAllBytes(folder["unseen"], [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 210, 190, 0, 0, 0]);
        Lines("predict", folder["model"], folder["unseen"]).Select(line => line.Split('\t')[..2]).ShouldBe([["sample", "class"], ["1", "4"], ["2", "3"]]);
        InProcess.Run("evaluate", folder["model"], folder["unseen"]).Code.ShouldBe(ExitCode.Failure);
    }

    private void Train(string data, params string[] options) =>
        InProcess.Run(["train", data, .. options, "--epochs", "40", "--lr", "0.02", "--test", "0", "--out", folder["model"]]).Code.ShouldBe(ExitCode.Success);

    private static string[] Lines(params string[] command)
    {
        Outcome outcome = InProcess.Run(command);
        outcome.Code.ShouldBe(ExitCode.Success, outcome.Error);
        return outcome.Output.TrimEnd('\n').Split('\n');
    }

    /// <summary>400 samples of a square wave.</summary>
    private void WriteSound(string name, int halfPeriod, int loudness)
    {
        byte[] header = [.. "RIFF"u8, 0x44, 3, 0, 0, .. "WAVEfmt "u8, 16, 0, 0, 0, 1, 0, 1, 0, 0x40, 0x1F, 0, 0, 0x80, 0x3E, 0, 0, 2, 0, 16, 0, .. "data"u8, 0x20, 3, 0, 0];
        Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
        File.WriteAllBytes(folder[name], [.. header, .. Enumerable.Range(0, 800).Select(b => (byte)(b % 2 == 1 && b / halfPeriod % 2 == 0 ? 16 + loudness : 0))]);
    }
}
