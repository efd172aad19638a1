using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Hillock.Cli.CommandLine;
using Hillock.Laboratory;
using Hillock.Networks;

namespace Hillock.Cli.Tests.Commands;

/// <summary><c>hillock diagnose</c>, and the findings of <c>hillock train</c>.</summary>
public sealed class DiagnoseCommandTests : IDisposable
{
    private static readonly string[] Sick = ["--network", "mlp:32,16", "--optimizer", "sgd", "--lr", "0.3", "--epochs", "4"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_healthy_network_has_a_row_for_each_layer_and_no_finding()
    {
        string model = Train("--network", "conv:4x3,batchnorm,activation,pool:2,dense:16,activation", "--epochs", "4");
        Outcome text = InProcess.Run("diagnose", model, "digits", "--samples", "600");
        text.Code.ShouldBe(ExitCode.Success, text.Error);
        text.Output.ShouldContain("1 conv:4x3, batchnorm, relu");
        text.Output.ShouldContain("3 dense:10");
        text.Output.ShouldContain("Nothing is wrong.");

        JsonElement document = Diagnose(model);
        document.GetProperty("schema").GetString().ShouldBe("hillock.diagnose/1");
        document.GetProperty("findings").GetArrayLength().ShouldBe(0);
        document.GetProperty("remedies").ValueKind.ShouldBe(JsonValueKind.Null);
        JsonElement[] layers = [.. document.GetProperty("layers").EnumerateArray()];
        layers.Length.ShouldBe(3);
        layers[0].GetProperty("units").GetInt32().ShouldBe(4);
        layers[2].GetProperty("dead").ValueKind.ShouldBe(JsonValueKind.Null);
        long counted = layers[1].GetProperty("histogram").EnumerateArray().Sum(bin => bin.GetProperty("count").GetInt64());
        counted.ShouldBe(16L * document.GetProperty("samples").GetInt32());
    }

    [Fact]
    public void A_training_at_too_high_a_rate_and_its_model_have_the_same_findings_and_remedies_are_tried()
    {
        Outcome train = InProcess.Run(["train", "digits", "--samples", "600", "--out", folder["m"], .. Sick, "--json"]);
        train.Code.ShouldBe(ExitCode.Success, train.Error);
        JsonElement told = JsonDocument.Parse(train.Output).RootElement.GetProperty("findings")[0];
        told.GetProperty("code").GetString().ShouldBe(FindingCodes.DeadUnits);
        told.GetProperty("value").GetDouble().ShouldBeGreaterThan(told.GetProperty("threshold").GetDouble());

        JsonElement document = Diagnose(folder["m"], "--try", "--epochs", "2");
        JsonElement finding = document.GetProperty("findings")[0];
        finding.GetProperty("code").GetString().ShouldBe(FindingCodes.DeadUnits);
        finding.GetProperty("advice").GetString()!.ShouldContain("0.03");

        // The model's file says how the network stood before the training, and in its epochs.
        string since = " since epoch ";
        told.GetProperty("text").GetString()!.ShouldContain(since);
        finding.GetProperty("text").GetString()!.ShouldContain(since);
        string cause = "before the training: steps at a learning rate of 0.3 were too long";
        told.GetProperty("cause").GetString()!.ShouldContain(cause);
        finding.GetProperty("cause").GetString()!.ShouldContain(cause);
        JsonElement[] remedies = [.. document.GetProperty("remedies").EnumerateArray()];
        remedies.Length.ShouldBeInRange(4, 5);
        remedies.Select(remedy => remedy.GetProperty("verdict").GetString()).First().ShouldBe("comparison");

        JsonElement training = document.GetProperty("training");
        (training.GetProperty("optimizer").GetString(), training.GetProperty("momentum").GetDouble(), training.GetProperty("complete").GetBoolean()).ShouldBe(("sgd", 0.9, true));

        Outcome text = InProcess.Run("diagnose", folder["m"], "digits", "--samples", "600");
        text.Output.ShouldContain("1. layer ");
        text.Output.ShouldContain("[dead_units]");
    }

    [Fact]
    public void The_report_has_the_findings_the_pictures_and_the_remedies()
    {
        string model = Train(Sick);
        Outcome outcome = InProcess.Run("diagnose", model, "digits", "--samples", "600", "--try", "--epochs", "1", "--report", folder["made/inside.html"]);
        outcome.Code.ShouldBe(ExitCode.Success, outcome.Error);
        outcome.Output.ShouldContain("the report is " + folder["made/inside.html"]);
        XElement page = Page(folder["made/inside.html"]);
        page.Descendants().Where(e => e.Name == "h2" || e.Name == "h3").Select(h => h.Value).ShouldBe(
            ["Inside the network", "Outputs of the layers", "Layer by layer", "Units", "The layers in figures", "Remedies, 1 epoch each", "What was looked at"]);
        page.Value.ShouldContain("dead_units");
        page.Value.ShouldContain("SGD with momentum at 0.3");

        // The remedies' table is that of the terminal.
        string[] tried = [.. page.Descendants("table").Last().Elements("tr").Skip(1).Select(row => row.Elements("td").First().Value)];
        tried.Length.ShouldBeInRange(4, 5);
        tried.ShouldAllBe(text => outcome.Output.Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public void Remedies_are_trained_as_the_model_was_and_what_its_file_does_not_say_is_told()
    {
        string Tried(string model)
        {
            Outcome outcome = InProcess.Run("diagnose", model, "digits", "--samples", "600", "--try", "--epochs", "1");
            outcome.Code.ShouldBe(ExitCode.Success, outcome.Error);
            return string.Join(' ', outcome.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        }

        string path = Train([.. Sick, "--momentum", "0.5", "--schedule", "cosine", "--weight-decay", "0.001", "--batch", "20"]);
        Tried(path).ShouldContain("trained as the model was: SGD with momentum at 0.3, momentum 0.5, schedule cosine, weight decay 0.001, batches of 20 tried");

        TrainedModel model = TrainedModel.Load(path);
        new TrainedModel(model.Network, model.Preparation, new TrainingSettings(OptimizerKind.Sgd, 0.3, 20, 4) { IsComplete = false }).Save(path);
        Tried(path).ShouldContain("batches of 20; its file does not say all of it, and a momentum of 0.9, a constant learning rate, no weight decay and no clipping are taken");
        new TrainedModel(model.Network, model.Preparation).Save(path);
        Tried(path).ShouldContain("the model's file does not say how it was trained: Adam at 0.001, batches of 16 is taken");
    }

    [Fact]
    public void Gates_of_recurrent_layers_have_a_table_in_text_document_and_report()
    {
        string model = Train("--network", "rows,lstm:8/sequence,gru:4/bidirectional", "--epochs", "1");
        Outcome text = InProcess.Run("diagnose", model, "digits", "--samples", "600", "--report", folder["gates.html"]);
        text.Code.ShouldBe(ExitCode.Success, text.Error);
        text.Output.ShouldContain("1 forget gate, sigmoid");
        text.Output.ShouldContain("2 update gate, second direction, sigmoid");
        Page(folder["gates.html"]).Descendants("td").Count(cell => cell.Value.Contains("gate, ", StringComparison.Ordinal)).ShouldBe(3 + 2 * 2);
        JsonElement[] layers = [.. Diagnose(model).GetProperty("layers").EnumerateArray()];
        layers.Select(layer => layer.GetProperty("gates").GetArrayLength()).ShouldBe([4, 6, 0]);
        JsonElement gate = layers[1].GetProperty("gates")[0];
        (gate.GetProperty("gate").GetString(), gate.GetProperty("second_direction").GetBoolean()).ShouldBe(("reset gate", false));
        gate.GetProperty("saturated").GetDouble().ShouldBeInRange(0, 1);
        gate.GetProperty("output").GetProperty("mean").GetDouble().ShouldBeInRange(0, 1);
    }

    [Fact]
    public void The_report_of_points_in_the_plane_has_their_map_and_what_was_learned()
    {
        string model = folder["moons"];
        InProcess.Run("train", "moons", "--network", "mlp:8", "--activation", "prelu", "--epochs", "3", "--out", model).Code.ShouldBe(ExitCode.Success);
        Outcome outcome = InProcess.Run("diagnose", model, "moons", "--report", folder["moons.html"], "--json");
        outcome.Code.ShouldBe(ExitCode.Success, outcome.Error);
        JsonDocument.Parse(outcome.Output).RootElement.GetProperty("schema").GetString().ShouldBe("hillock.diagnose/1");
        string[] headings = [.. Page(folder["moons.html"]).Descendants("h3").Select(h => h.Value)];
        headings.ShouldBe(["Decision boundary", "Outputs of the layers", "Layer by layer", "Units", "Learned parameters"]);
        Page(folder["moons.html"]).Value.ShouldContain("mlp:8 with prelu, 34 parameters");
    }

    [Fact]
    public void A_report_that_has_no_place_is_refused_before_any_work()
    {
        string model = Train("--network", "mlp:8", "--epochs", "1");
        byte[] before = File.ReadAllBytes(model);
        Outcome itself = InProcess.Run("diagnose", model, "digits", "--samples", "600", "--report", model);
        itself.Code.ShouldBe(ExitCode.Usage);
        itself.ErrorLine().ShouldContain("is the model and would be written over: name another place");
        File.ReadAllBytes(model).ShouldBe(before);
        InProcess.Run("diagnose", model, "digits", "--report", folder.Path).ErrorLine().ShouldContain("it is a folder");
        InProcess.Run("diagnose", model, "digits", "--report", model + "/x.html").ErrorLine().ShouldContain("is a file");
    }

    [Fact]
    public void Numbers_that_are_not_finite_are_named_and_not_propagated()
    {
        string path = Train("--network", "mlp:16", "--epochs", "1");
        TrainedModel model = TrainedModel.Load(path);
        model.Network.Weights(0)[3] = float.NaN;
        model.Save(path);
        Outcome text = InProcess.Run("diagnose", path, "digits", "--samples", "600");
        text.Code.ShouldBe(ExitCode.Success, text.Error);
        text.Output.ShouldContain("of 1.weight (dense:16)");
        JsonElement document = Diagnose(path);
        document.GetProperty("layers").GetArrayLength().ShouldBe(0);
        document.GetProperty("loss").ValueKind.ShouldBe(JsonValueKind.Null);
        document.ToString().ShouldNotContain("\"NaN\"");
        InProcess.Run("diagnose", path, "digits", "--samples", "600", "--report", folder["nan.html"]).Code.ShouldBe(ExitCode.Success);
        XElement page = Page(folder["nan.html"]);
        page.Descendants("svg").ShouldBeEmpty();
        page.Value.ShouldContain("not_finite_parameters");
    }

    [Fact]
    public void What_does_not_fit_is_told_in_one_line()
    {
        string model = Train("--network", "mlp:16", "--epochs", "1");
        InProcess.Run("diagnose", model, "moons").ErrorLine().ShouldContain("16×16");
        InProcess.Run("diagnose", folder["none"], "digits").ErrorLine().ShouldContain("there is no model");
        Outcome idle = InProcess.Run("diagnose", model, "digits", "--epochs", "2");
        idle.Code.ShouldBe(ExitCode.Usage);
        idle.ErrorLine().ShouldContain("--try");
        string empty = folder["empty.csv"];
        File.WriteAllText(empty, "a,b,c\n");
        InProcess.Run("diagnose", model, empty).ErrorLine().ShouldNotContain("Exception");
    }

    private string Train(params string[] options)
    {
        string model = folder["model.safetensors"];
        Outcome train = InProcess.Run(["train", "digits", "--samples", "600", "--out", model, .. options]);
        train.Code.ShouldBe(ExitCode.Success, train.Error);
        return model;
    }

    /// <summary>But for the document type and void elements a report is XML.</summary>
    private static XElement Page(string file) => XElement.Parse(Regex.Replace(File.ReadAllText(file).Replace("<!DOCTYPE html>\n", "", StringComparison.Ordinal), "<meta [^>]*>", ""));

    private static JsonElement Diagnose(string model, params string[] options)
    {
        Outcome outcome = InProcess.Run(["diagnose", model, "digits", "--samples", "600", "--json", .. options]);
        outcome.Code.ShouldBe(ExitCode.Success, outcome.Error);
        return JsonDocument.Parse(outcome.Output).RootElement;
    }
}
