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
        results.Select(r => r.GetProperty("name").GetString()).ShouldBe(["silu", "exp"]);
        results.ShouldAllBe(r => r.GetProperty("within_contract").GetBoolean());
        results.ShouldAllBe(r => r.GetProperty("type").GetString() == "float");
        results[1].GetProperty("identities").EnumerateArray().ShouldContain(i => i.GetProperty("statement").GetString() == "exp(±0) = 1" && i.GetProperty("passed").GetBoolean());
        results[0].GetProperty("special_values").EnumerateArray().ShouldContain(v => v.GetProperty("at").GetString() == "-∞" && v.GetProperty("passed").GetBoolean());
        results[0].GetProperty("value").GetProperty("worst_ulp").GetDouble().ShouldBeInRange(0.4, 2);
    }

    [Fact]
    public void The_page_says_how_it_was_made()
    {
        Outcome run = InProcess.Run("verify", "tanh", "--markdown");
        run.Code.ShouldBe(ExitCode.Success);
        run.Output.ShouldStartWith("# Numerics\n");
        run.Output.ShouldContain("`hillock verify --markdown` on ");
        run.Output.ShouldContain("| `tanh` | 0.");
        InProcess.Run("verify", "tanh", "--markdown", "--json").ErrorLine().ShouldContain("not both");
    }

    [Fact]
    public void Doubles_and_formulas_are_verified_too()
    {
        Outcome run = InProcess.Run("verify", "tanh", "quick_gelu", "swish(beta=0.3)", "--type", "double", "--json");
        run.Code.ShouldBe(ExitCode.Success);
        JsonElement[] results = [.. JsonDocument.Parse(run.Output).RootElement.GetProperty("results").EnumerateArray()];
        results.Select(r => r.GetProperty("name").GetString()).ShouldBe(["tanh", "quick_gelu", "swish(beta=0.3)"]);
        results.ShouldAllBe(r => r.GetProperty("type").GetString() == "double");

        Outcome own = InProcess.Run("verify", "x * sigmoid(1.702 * x)");
        own.Code.ShouldBe(ExitCode.Success);
        own.Output.ShouldContain("kept");
        own.Output.ShouldContain("floats each");
    }

    [Fact]
    public void The_page_has_floats_and_doubles()
    {
        string page = InProcess.Run("verify", "relu", "tanh", "--markdown").Output;
        page.ShouldContain("\n## Floats\n");
        page.ShouldContain("\n## Doubles\n");
        page.ShouldContain("tanh(±0) = ±0");
        page.ShouldContain("All of it holds.");
        InProcess.Run("verify", "relu", "--markdown", "--type", "double").Output.ShouldNotContain("## Floats");
    }

    [Fact]
    public void What_is_finished_is_not_done_again()
    {
        using TemporaryFolder folder = new();
        string file = folder["verified.json"];
        string first = InProcess.Run("verify", "relu", "tanh", "--resume", file, "--json").Output;
        string kept = File.ReadAllText(file);
        kept.ShouldContain("hillock.verify.ledger/1");

        // A figure that no run gives shows that it is taken from the file.
        File.WriteAllText(file, kept.Replace("\"Count\": 10", "\"Count\": 77"));
        string second = InProcess.Run("verify", "relu", "tanh", "--resume", file, "--json").Output;
        second.ShouldBe(first.Replace("\"count\": 10", "\"count\": 77"));
        second.ShouldNotBe(first);

        File.WriteAllText(file, "{}");
        Outcome other = InProcess.Run("verify", "relu", "--resume", file);
        other.Code.ShouldBe(ExitCode.Usage);
        other.ErrorLine().ShouldContain("is no file of finished verifications");
    }

    [Fact]
    public void What_cannot_be_verified_is_a_usage_error()
    {
        Line("verify", "tanh", "--type", "double", "--exhaustive").ShouldContain("too many doubles");
        Line("verify", "tanh", "--type", "half").ShouldContain("--type must be float or double, not 'half'");
        Line("verify", "softmax").ShouldContain("softmax is a function of rows");
        Line("verify", "x * sigmod(x)").ShouldContain("did you mean 'sigmoid'?");
        Line("verify", "leaky_relu(alpha=99)").ShouldContain("alpha must be a finite number from -10 to 10");

        static string Line(params string[] arguments)
        {
            Outcome run = InProcess.Run(arguments);
            run.Code.ShouldBe(ExitCode.Usage);
            return run.ErrorLine();
        }
    }

    [Fact]
    public void An_unknown_function_is_a_usage_error()
    {
        Outcome run = InProcess.Run("verify", "softpluss");
        run.Code.ShouldBe(ExitCode.Usage);
        run.ErrorLine().ShouldBe("hillock: unknown function 'softpluss'; did you mean 'softplus'?");
        InProcess.Run("verify", "foo").ErrorLine().ShouldMatch("^hillock: unknown function 'foo'; known are expm1(, [a-z0-9_]+){9} and [0-9]+ more$");
    }
}
