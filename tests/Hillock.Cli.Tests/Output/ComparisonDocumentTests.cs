using System.Text.Json;
using Hillock.Cli.Output;
using Hillock.Laboratory;

namespace Hillock.Cli.Tests.Output;

/// <summary>The document's keys and their order are a contract; programs read it.</summary>
public class ComparisonDocumentTests
{
    [Fact]
    public void TheKeysThatAreAskedForComeFirstAndInOrder()
    {
        using JsonDocument document = Document(SampleResults.Folds());
        JsonElement root = document.RootElement;
        Keys(root).ShouldBe(["schema", "data", "protocol", "metric", "candidates", "recommended", "reason", "baseline", "remarks", "warnings", "seconds"]);
        Keys(root.GetProperty("data")).Take(5).ShouldBe(["name", "samples", "features", "classes", "task"]);
        Keys(root.GetProperty("protocol")).Take(7).ShouldBe(["folds", "repeats", "epochs", "batch", "network", "optimizer", "seed"]);
        Keys(root.GetProperty("candidates")[0]).Take(16).ShouldBe(
        [
            "activation", "status", "mean", "std", "low", "high", "folds", "p_value", "learning_rate", "learning_rates", "seconds_per_epoch",
            "dead", "saturated", "sparsity", "gradient_ratio", "parameters",
        ]);
    }

    [Fact]
    public void TheValuesAreThoseOfTheResult()
    {
        ComparisonResult result = SampleResults.Folds();
        using JsonDocument document = Document(result);
        JsonElement root = document.RootElement;
        root.GetProperty("schema").GetString().ShouldBe("hillock.compare/1");
        root.GetProperty("data").GetProperty("classes").GetInt32().ShouldBe(10);
        root.GetProperty("data").GetProperty("task").GetString().ShouldBe("classification");
        root.GetProperty("protocol").GetProperty("optimizer").GetString().ShouldBe("adam");
        root.GetProperty("protocol").GetProperty("network").GetString().ShouldBe("mlp:128,64");
        root.GetProperty("metric").GetString().ShouldBe("accuracy");
        root.GetProperty("recommended").GetString().ShouldBe("relu");
        JsonElement[] candidates = [.. root.GetProperty("candidates").EnumerateArray()];
        candidates.Select(c => c.GetProperty("activation").GetString()).ShouldBe(result.Candidates.Select(c => c.Name));
        candidates[1].GetProperty("mean").GetDouble().ShouldBe(result.Candidates[1].Mean!.Value);
        candidates[1].GetProperty("folds").EnumerateArray().Select(f => f.GetDouble()).ShouldBe(result.Candidates[1].Trials.Select(t => t.Score!.Value));
        candidates[1].GetProperty("learning_rates").GetArrayLength().ShouldBe(5);
        candidates[0].GetProperty("p_value").ValueKind.ShouldBe(JsonValueKind.Null);
        JsonElement alpha = candidates[2].GetProperty("parameters").GetProperty("alpha");
        alpha.GetProperty("mode").GetString().ShouldBe("learn(layer, init=0.25)");
        alpha.GetProperty("learned")[1].GetProperty("mean").GetDouble().ShouldBe(0.33);
        JsonElement sigmoid = candidates.Single(c => c.GetProperty("activation").GetString() == "sigmoid");
        JsonElement finding = sigmoid.GetProperty("findings")[0];
        Keys(finding).ShouldBe(["code", "layer", "value", "threshold", "text", "cause", "advice", "trials"], ignoreOrder: true);
        (finding.GetProperty("code").GetString(), finding.GetProperty("trials").GetInt32(), finding.GetProperty("layer").GetInt32()).ShouldBe(("vanishing_gradient", 4, 1));
        candidates[0].GetProperty("findings").GetArrayLength().ShouldBe(0);
        candidates[0].GetProperty("log_loss").ValueKind.ShouldBe(JsonValueKind.Number);
        candidates[0].GetProperty("rmse").ValueKind.ShouldBe(JsonValueKind.Null);
        candidates[0].GetProperty("log_loss_p_value").ValueKind.ShouldBe(JsonValueKind.Null);
        candidates[1].GetProperty("log_loss_p_value").GetDouble().ShouldBe(result.Candidates[1].SecondaryPValue!.Value);
        candidates[1].GetProperty("rmse_p_value").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void ADivergedCandidateIsLastAndHasNulls()
    {
        using JsonDocument document = Document(SampleResults.Folds());
        JsonElement last = document.RootElement.GetProperty("candidates").EnumerateArray().Last();
        last.GetProperty("status").GetString().ShouldBe("diverged");
        foreach (string key in new[] { "mean", "std", "low", "high", "p_value", "learning_rate", "seconds_per_epoch", "dead", "saturated", "sparsity", "gradient_ratio" })
        {
            last.GetProperty(key).ValueKind.ShouldBe(JsonValueKind.Null, key);
        }

        last.GetProperty("folds").EnumerateArray().ShouldAllBe(f => f.ValueKind == JsonValueKind.Null);
    }

    [Fact]
    public void WhatDoesNotExistIsNull()
    {
        using JsonDocument holdout = Document(SampleResults.Holdout());
        holdout.RootElement.GetProperty("protocol").GetProperty("folds").ValueKind.ShouldBe(JsonValueKind.Null);
        holdout.RootElement.GetProperty("candidates")[0].GetProperty("std").ValueKind.ShouldBe(JsonValueKind.Null);

        using JsonDocument none = Document(SampleResults.AllDiverged());
        none.RootElement.GetProperty("recommended").ValueKind.ShouldBe(JsonValueKind.Null);

        using JsonDocument regression = Document(SampleResults.Awkward());
        regression.RootElement.GetProperty("data").GetProperty("classes").ValueKind.ShouldBe(JsonValueKind.Null);
        regression.RootElement.GetProperty("candidates")[0].GetProperty("rmse").ValueKind.ShouldBe(JsonValueKind.Number);
    }

    [Fact]
    public void WhatIsNotFiniteIsNull()
    {
        ComparisonResult result = SampleResults.Awkward();
        double.IsNaN(result.Candidates[0].SecondsPerEpoch!.Value).ShouldBeTrue();
        using JsonDocument document = Document(result);
        document.RootElement.GetProperty("candidates")[0].GetProperty("seconds_per_epoch").ValueKind.ShouldBe(JsonValueKind.Null);
        document.RootElement.GetProperty("candidates")[0].GetProperty("gradient_ratio").ValueKind.ShouldBe(JsonValueKind.Null);
        document.RootElement.GetProperty("data").GetProperty("name").GetString().ShouldBe("a<b>\"&'\u0001,é.csv");
    }

    private static JsonDocument Document(ComparisonResult result) => JsonDocument.Parse(Json.Text(ComparisonDocument.Of(result)));

    private static IEnumerable<string> Keys(JsonElement element) => element.EnumerateObject().Select(p => p.Name);
}
