using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Hillock.Cli.CommandLine;
using Hillock.Laboratory;
using Hillock.Networks;

namespace Hillock.Cli.Tests.Commands;

/// <summary>The switches of <c>hillock train</c>, its report, its event files, and what it does when it is stopped.</summary>
public sealed class TrainCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Everything_that_can_be_switched_on_goes_on_to_the_same_bits()
    {
        string[] command =
        [
            "train", "digits", "--samples", "200", "--network", "conv:4x3,activation,pool:2,dropout:0.2", "--optimizer", "sgd", "--momentum", "0.8", "--nesterov",
            "--clip-norm", "2", "--clip-value", "0.5", "--label-smoothing", "0.1", "--shift", "2", "--flip", "--patience", "3",
        ];
        Outcome whole = InProcess.Run([.. command, "--epochs", "4", "--out", folder["whole"]]);
        whole.Code.ShouldBe(ExitCode.Success, whole.Error);
        Regex.Replace(whole.Output, @"\s+", " ").ShouldContain(
            "besides Nesterov's momentum 0.8, gradients clipped to length 2, gradients clipped at 0.5, label smoothing 0.1, "
            + "images shifted by up to 2 pixels and images mirrored, patience 3");
        string[] kept = [.. command, "--checkpoints", folder["checkpoints"]];
        InProcess.Run([.. kept, "--epochs", "2", "--out", folder["half"]]).Code.ShouldBe(ExitCode.Success);
        InProcess.Run([.. kept, "--epochs", "4", "--out", folder["rest"]]).Code.ShouldBe(ExitCode.Success);
        File.ReadAllBytes(folder["rest"]).ShouldBe(File.ReadAllBytes(folder["whole"]));

        // Each of them makes a difference to what is learned.
        float[] Learned(params string[] options)
        {
            InProcess.Run([.. options, "--epochs", "1", "--out", folder["other"]]).Code.ShouldBe(ExitCode.Success);
            Network network = TrainedModel.Load(folder["other"]).Network;
            return [.. network.Tensors.SelectMany(tensor => network.Values(tensor).ToArray())];
        }

        float[] all = Learned(command);
        Learned(command).ShouldBe(all);
        foreach (string[] left in (string[][])[["--nesterov"], ["--flip"], ["--shift", "2"], ["--label-smoothing", "0.1"], ["--clip-value", "0.5"], ["--momentum", "0.8"]])
        {
            int at = Array.IndexOf(command, left[0]);
            Learned([.. command[..at], .. command[(at + left.Length)..]]).ShouldNotBe(all, left[0]);
        }
    }

    [Theory]
    [InlineData("--momentum is for --optimizer sgd", ExitCode.Usage, "digits", "--momentum", "0.5")]
    [InlineData("--nesterov is for --optimizer sgd", ExitCode.Usage, "digits", "--nesterov", "--optimizer", "adam")]
    [InlineData("--momentum: a momentum is from 0 to 0.99999, not '1'", ExitCode.Usage, "digits", "--optimizer", "sgd", "--momentum", "1")]
    [InlineData("--label-smoothing: a share is from 0 to 0.99, not '1'", ExitCode.Usage, "digits", "--label-smoothing", "1")]
    [InlineData("--flip takes no value, and 'yes' is given", ExitCode.Usage, "digits", "--flip=yes")]
    [InlineData("--quiet takes no value, and '3' is given", ExitCode.Usage, "digits", "--quiet=3")]
    [InlineData("--text-unit must be words or characters, not 'letters'", ExitCode.Usage, "digits", "--text-unit", "letters")]
    [InlineData("label smoothing is for three classes and more, and moons is a classification of 2", ExitCode.Failure, "moons", "--label-smoothing", "0.1")]
    [InlineData("images can be shifted and flipped, and the samples of moons have 2 features", ExitCode.Failure, "moons", "--flip")]
    [InlineData("images of 16×16×1 can be shifted by 0 to 15 pixels, and 16 is asked for", ExitCode.Failure, "digits", "--shift", "16")]
    [InlineData("--network: the network dense:8,tanh has no place for gelu: write the word activation where it goes, or ask for no activation", ExitCode.Usage, "moons", "--network", "dense:8,tanh", "--activation", "gelu")]
    [InlineData("--network: the network linear has no place for relu", ExitCode.Usage, "moons", "--network", "linear", "--activation", "relu")]
    [InlineData("moons has no sounds: there are no mel bands to choose", ExitCode.Failure, "moons", "--mel-bands", "20")]
    [InlineData("moons has no texts: there are no tokens to choose", ExitCode.Failure, "moons", "--text-unit", "words")]
    public void What_does_not_go_together_is_one_line(string expected, int code, params string[] arguments)
    {
        Outcome outcome = InProcess.Run(["train", .. arguments, "--out", folder["sub/model"]]);
        outcome.Code.ShouldBe(code);
        outcome.ErrorLine().ShouldContain(expected);
        Directory.EnumerateFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("dense:8,tanh", "network dense:8,tanh, 33 parameters", null)]
    [InlineData("dense:8,activation", "network dense:8,activation with relu, 33 parameters", "relu")]
    [InlineData("mlp:8", "network mlp:8 with relu, 33 parameters", "relu")]
    public void Only_an_activation_that_the_network_has_a_place_for_is_told(string network, string told, string? name)
    {
        string[] command = ["train", "moons", "--network", network, "--epochs", "1", "--out", folder["model"]];
        Regex.Replace(InProcess.Run(command).Output, @"\s+", " ").ShouldContain(told);
        JsonDocument.Parse(InProcess.Run([.. command, "--json"]).Output).RootElement.GetProperty("activation").GetString().ShouldBe(name);
    }

    [Fact]
    public void Texts_may_be_cut_into_characters()
    {
        File.WriteAllLines(folder["texts.tsv"], Enumerable.Range(0, 40).Select(i => $"{(i % 2 == 0 ? "odd" : "even")}\tthe word of row {i} is {(i % 2 == 0 ? "xx" : "yy")}"));
        string[] command = ["train", folder["texts.tsv"], "--epochs", "8", "--lr", "0.01", "--out", folder["model"]];
        InProcess.Run(command).Output.ShouldContain("words and signs");
        Outcome characters = InProcess.Run([.. command, "--text-unit", "characters", "--network", "gru:8"]);
        characters.Output.ShouldContain("40 texts of 23 to 24 characters");

        // The model says what a token is.
        InProcess.Run("evaluate", folder["model"], folder["texts.tsv"]).Output.ShouldContain("on 40 samples");
    }

    [Theory]
    [InlineData("digits", "accuracy", new[] { "Learning curves", "Class by class", "Inside the network", "How it was made" }, "--samples", "200", "--network", "conv:4x3,activation,globalavgpool")]
    [InlineData("moons", "loss", new[] { "Learning curves", "Inside the network", "How it was made" }, "--test", "0")]
    public void The_report_is_well_formed_and_needs_nothing_but_itself(string data, string headline, string[] headings, params string[] options)
    {
        string report = folder["pages/report.html"];
        Outcome outcome = InProcess.Run(["train", data, .. options, "--epochs", "2", "--out", folder["model"], "--report", report]);
        outcome.Code.ShouldBe(ExitCode.Success, outcome.Error);
        outcome.Output.ShouldContain($", the report {report}");
        string page = File.ReadAllText(report);
        page.ShouldNotContain("<script", Case.Insensitive);
        page.ShouldNotContain("http", Case.Insensitive);
        page.ShouldNotContain("NaN");
        XElement root = XElement.Parse(Regex.Replace(page.Replace("<!DOCTYPE html>\n", ""), "<meta [^>]*>", ""));
        root.Descendants("h2").Select(h => h.Value).ShouldBe(headings);
        root.Descendants("h1").Single().Value.ShouldStartWith(headline);
        root.Descendants("svg").ShouldNotBeEmpty();
    }

    [Fact]
    public void The_report_tells_what_evaluate_tells()
    {
        string[] data = ["digits", "--samples", "300"];
        InProcess.Run(["train", .. data, "--epochs", "3", "--out", folder["model"], "--report", folder["report.html"]]).Code.ShouldBe(ExitCode.Success);
        Outcome evaluate = InProcess.Run(["evaluate", folder["model"], .. data]);
        XElement root = XElement.Parse(Regex.Replace(File.ReadAllText(folder["report.html"]).Replace("<!DOCTYPE html>\n", ""), "<meta [^>]*>", ""));
        string[][] rows = [.. root.Descendants("table").Single().Elements("tr").Skip(1).Select(row => row.Elements("td").Select(cell => cell.Value).ToArray())];
        rows.Length.ShouldBe(10);
        foreach (string[] row in rows)
        {
            evaluate.Output.ShouldMatch($@"(?m)^{row[0]}\s+{row[1]}\s+{row[2]}\s+{row[3]}\s");
        }
    }

    [Fact]
    public void Every_epoch_goes_into_an_event_file()
    {
        Outcome outcome = InProcess.Run("train", "moons", "--epochs", "3", "--network", "mlp:8", "--out", folder["model"], "--tensorboard", folder["runs/one"]);
        outcome.Code.ShouldBe(ExitCode.Success, outcome.Error);
        string text = File.ReadAllText(Directory.GetFiles(folder["runs/one"], "events.out.tfevents.*").ShouldHaveSingleItem(), System.Text.Encoding.Latin1);
        text.ShouldContain("brain.Event:2");
        foreach (string tag in (string[])["loss/training", "loss/held_out", "score/accuracy", "dead/1_relu", "weight_gradient/2_dense:1", "outputs/1_relu", "learned/0.weight"])
        {
            Regex.Count(text, Regex.Escape(tag)).ShouldBe(3, tag);
        }
    }

    [Fact]
    public void Interrupted_it_keeps_the_network_of_the_last_epoch()
    {
        string[] command = ["train", "moons", "--network", "mlp:8", "--out", folder["model"]];
        Outcome stopped = Interrupted([.. command, "--epochs", "100000"], "epoch ");
        stopped.Code.ShouldBe(ExitCode.Interrupted);
        Match epoch = Regex.Match(stopped.Error, @"hillock: interrupted: \S+ is the network of epoch (\d+) of 100000\n$");
        epoch.Success.ShouldBeTrue(stopped.Error);
        TrainedModel kept = TrainedModel.Load(folder["model"]);
        InProcess.Run([.. command, "--epochs", epoch.Groups[1].Value]).Code.ShouldBe(ExitCode.Success);
        TrainedModel whole = TrainedModel.Load(folder["model"]);
        foreach (NetworkTensor tensor in whole.Network.Tensors)
        {
            kept.Network.Values(tensor).SequenceEqual(whole.Network.Values(tensor)).ShouldBeTrue(tensor.Name);
        }

        // Nobody waits for the judgement of samples held out who wants to stop.
        (kept.History!.HeldOut, kept.History.Start!.Loss).ShouldBe((null, whole.History!.Start!.Loss));
        kept.History.Losses.ShouldBe(whole.History.Losses);
        kept.History.Epochs.SelectMany(seen => seen.Layers).ShouldBe(whole.History.Epochs.SelectMany(seen => seen.Layers));

        // With early stopping the network is that of the best epoch; with checkpoints the command goes on.
        Outcome best = Interrupted([.. command, "--epochs", "100000", "--patience", "100000", "--checkpoints", folder["kept"]], "epoch ");
        best.Error.ShouldMatch(@"is the network of epoch \d+ of 100000; the same command goes on\n$");
    }

    private static Outcome Interrupted(string[] command, string at)
    {
        using CancellationTokenSource stop = new();
        using StoppingWriter error = new(at, stop) { NewLine = "\n" };
        Outcome outcome = InProcess.Run(command, terminal => terminal with { Error = error, ErrorIsScreen = true }, stop.Token);
        return outcome with { Error = error.ToString() };
    }

    /// <summary>Presses Ctrl-C when a text is written.</summary>
    private sealed class StoppingWriter(string at, CancellationTokenSource stop) : StringWriter
    {
        public override void Write(string? value)
        {
            base.Write(value);
            if (ToString().Contains(at, StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        }
    }
}
