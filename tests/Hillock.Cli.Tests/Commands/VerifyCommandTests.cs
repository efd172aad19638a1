using System.Text.Json;
using Hillock.Cli.CommandLine;

namespace Hillock.Cli.Tests.Commands;

public class VerifyCommandTests
{
    [Fact]
    public void The_document_says_what_was_found()
    {
        Outcome run = InProcess.Run("verify", "silu", "exp", "--json");
        run.Code.ShouldBe(ExitCode.Success);
        JsonElement document = JsonDocument.Parse(run.Output).RootElement;
        document.GetProperty("schema").GetString().ShouldBe("hillock.verify/1");
        document.GetProperty("exhaustive").GetBoolean().ShouldBeFalse();
        JsonElement[] results = [.. document.GetProperty("results").EnumerateArray()];
        results.Select(r => r.GetProperty("name").GetString()).ShouldBe(["swish", "exp"]);
        results.ShouldAllBe(r => r.GetProperty("within_contract").GetBoolean());
        results[0].GetProperty("value").GetProperty("worst_ulp").GetDouble().ShouldBeInRange(0.4, 0.6);
    }

    [Fact]
    public void The_page_says_how_it_was_made()
    {
        Outcome run = InProcess.Run("verify", "tanh", "--markdown");
        run.Code.ShouldBe(ExitCode.Success);
        run.Output.ShouldStartWith("# Numerics\n");
        run.Output.ShouldContain("`hillock verify --markdown` on ");
        run.Output.ShouldContain("| `tanh` | 0.5");
        InProcess.Run("verify", "tanh", "--markdown", "--json").ErrorLine().ShouldContain("not both");
    }

    [Fact]
    public void An_unknown_function_is_a_usage_error()
    {
        Outcome run = InProcess.Run("verify", "softpluss");
        run.Code.ShouldBe(ExitCode.Usage);
        run.ErrorLine().ShouldBe("hillock: unknown function 'softpluss'; did you mean 'softplus'?");
    }
}
