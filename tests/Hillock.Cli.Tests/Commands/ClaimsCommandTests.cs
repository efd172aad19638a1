using System.Text.Json;
using Hillock.Laboratory;

namespace Hillock.Cli.Tests.Commands;

public sealed class ClaimsCommandTests
{
    [Fact]
    public void The_list_names_every_claim_and_those_out_of_reach()
    {
        Outcome outcome = InProcess.Run("claims", "list");
        outcome.Code.ShouldBe(0);
        ClaimCatalogue.All.ShouldAllBe(claim => outcome.Output.Contains(claim.Name));
        ClaimCatalogue.OutOfReach.ShouldAllBe(claim => outcome.Output.Contains(claim.Name));

        using JsonDocument document = JsonDocument.Parse(InProcess.Run("claims", "list", "--json").Output);
        document.RootElement.GetProperty("schema").GetString().ShouldBe("hillock.claims.list/1");
        JsonElement[] claims = [.. document.RootElement.GetProperty("claims").EnumerateArray()];
        claims.Length.ShouldBe(ClaimCatalogue.All.Count + ClaimCatalogue.OutOfReach.Count);
        claims.ShouldAllBe(c => c.GetProperty("reproducible").GetBoolean() == (c.GetProperty("number").ValueKind == JsonValueKind.Number));
    }

    [Fact]
    public void A_run_is_a_document_of_the_published_schema()
    {
        Outcome outcome = InProcess.Run("claims", "run", "linear_collapse", "--quick", "--seeds", "2", "--json");
        outcome.Code.ShouldBe(0);
        using JsonDocument document = JsonDocument.Parse(outcome.Output);
        document.RootElement.GetProperty("schema").GetString().ShouldBe("hillock.claims/1");
        JsonElement claim = document.RootElement.GetProperty("claims").EnumerateArray().ShouldHaveSingleItem();
        claim.GetProperty("name").GetString().ShouldBe("linear_collapse");
        claim.GetProperty("claim").GetString()!.ShouldContain("linear map");
        claim.GetProperty("source").GetString().ShouldNotBeNullOrEmpty();
        claim.GetProperty("published").GetString().ShouldNotBeNullOrEmpty();
        claim.GetProperty("measured").GetDouble().ShouldBeInRange(0, 1e-5);
        claim.GetProperty("spread").GetProperty("low").GetDouble().ShouldBeLessThanOrEqualTo(claim.GetProperty("spread").GetProperty("high").GetDouble());
        claim.GetProperty("seeds").GetInt32().ShouldBe(2);
        claim.GetProperty("verdict").GetString().ShouldBe("shown");
        claim.GetProperty("why").GetString().ShouldNotBeNullOrEmpty();
        claim.GetProperty("figures").EnumerateArray().ShouldAllBe(f => f.GetProperty("values").GetArrayLength() == 2);
    }

    [Fact]
    public void A_folder_keeps_what_was_tried_before()
    {
        using TemporaryFolder folder = new();
        string output = Path.Combine(folder.Path, "claims");
        InProcess.Run("claims", "run", "linear_collapse", "--quick", "--seeds", "1", "--out", output).Code.ShouldBe(0);
        Outcome second = InProcess.Run("claims", "run", "zigzag", "--quick", "--seeds", "1", "--out", output);
        second.Code.ShouldBe(0);
        second.Output.ShouldContain("15  zigzag: ");
        string page = File.ReadAllText(Path.Combine(output, "claims.md"));
        page.ShouldContain("[linear_collapse](#linear_collapse)");
        page.ShouldContain("![Units whose incoming weights are all pushed the same way](claims/zigzag.svg)");
        page.ShouldContain("quick run, 1 seed");
        File.ReadAllText(Path.Combine(output, "claims", "zigzag.svg")).ShouldStartWith("<svg");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(output, "claims.json")));
        document.RootElement.GetProperty("claims").EnumerateArray().Select(c => c.GetProperty("number").GetInt32()).ShouldBe([5, 15]);
    }

    [Fact]
    public void A_folder_of_something_else_is_refused()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(Path.Combine(folder.Path, "claims.json"), "{}");
        Outcome outcome = InProcess.Run("claims", "run", "zigzag", "--quick", "--out", folder.Path);
        outcome.Code.ShouldBe(1);
        outcome.ErrorLine().ShouldContain("is no document of the schema hillock.claims/1: choose another folder, or remove it");
    }

    [Theory]
    [InlineData("run needs the NAME of a claim, or --all", "claims", "run")]
    [InlineData("give names or --all, not both", "claims", "run", "zigzag", "--all")]
    [InlineData("there is no claim 'zigzak'; did you mean 'zigzag'?", "claims", "run", "zigzak")]
    [InlineData("imagenet is not reproducible here: 1.2 million images", "claims", "run", "imagenet")]
    [InlineData("--seeds must be a whole number from 1", "claims", "run", "zigzag", "--seeds", "0")]
    [InlineData("claims needs list or run", "claims")]
    public void Wrong_command_lines_are_explained(string message, params string[] arguments)
    {
        Outcome outcome = InProcess.Run(arguments);
        outcome.Code.ShouldBe(2);
        outcome.ErrorLine().ShouldContain(message);
    }
}
