using System.Text.Json;
using Hillock.Cli.CommandLine;

namespace Hillock.Cli.Tests.Commands;

public class BenchCommandTests
{
    [Fact]
    public void The_document_has_the_schema_and_a_result_for_each_activation_and_size()
    {
        Outcome run = InProcess.Run("bench", "activations", "--names", "tanh,leaky_relu(alpha=0.1)", "--sizes", "100,4k", "--json");
        run.Code.ShouldBe(ExitCode.Success);
        JsonElement document = JsonDocument.Parse(run.Output).RootElement;
        document.EnumerateObject().Select(p => p.Name).ShouldBe(["schema", "results"]);
        document.GetProperty("schema").GetString().ShouldBe("hillock.bench.activations/1");
        JsonElement[] results = [.. document.GetProperty("results").EnumerateArray()];
        results.Select(r => (r.GetProperty("activation").GetString(), r.GetProperty("size").GetInt32(), r.GetProperty("threads").GetInt32()))
            .ShouldBe([("tanh", 100, 1), ("tanh", 4096, 1), ("leaky_relu(alpha=0.1)", 100, 1), ("leaky_relu(alpha=0.1)", 4096, 1)]);
        foreach (JsonElement result in results)
        {
            result.EnumerateObject().Select(p => p.Name).ShouldBe(
                ["activation", "type", "size", "threads", "forward_ns", "backward_ns", "copy_ns", "memmove_ns", "tensor_primitives_ns"]);
            foreach (string time in new[] { "forward_ns", "backward_ns", "copy_ns", "memmove_ns" })
            {
                result.GetProperty(time).GetDouble().ShouldBeGreaterThan(0, time);
            }
        }

        results[0].GetProperty("tensor_primitives_ns").GetDouble().ShouldBeGreaterThan(0);
        results[2].GetProperty("tensor_primitives_ns").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void Doubles_are_timed_too()
    {
        Outcome run = InProcess.Run("bench", "activations", "--names", "tanh,softmax,relu6", "--sizes", "1k", "--type", "double", "--json");
        run.Code.ShouldBe(ExitCode.Success);
        JsonElement[] results = [.. JsonDocument.Parse(run.Output).RootElement.GetProperty("results").EnumerateArray()];
        results.Select(r => r.GetProperty("type").GetString()).ShouldBe(["double", "double", "double"]);
        results.ShouldAllBe(r => r.GetProperty("tensor_primitives_ns").GetDouble() > 0 && r.GetProperty("backward_ns").GetDouble() > 0);
    }

    [Fact]
    public void Times_of_floats_do_not_stand_beside_doubles()
    {
        using TemporaryFolder folder = new();
        string file = Path.Combine(folder.Path, "torch.json");
        File.WriteAllText(file, """{"schema":"hillock.bench.torch/1","torch":"1.13","results":[]}""");
        Outcome run = InProcess.Run("bench", "activations", "--names", "relu", "--type", "double", "--pytorch", file);
        run.Code.ShouldBe(ExitCode.Usage);
        run.ErrorLine().ShouldContain("--pytorch holds times of floats");
    }

    [Fact]
    public void The_table_says_what_its_numbers_are()
    {
        Outcome run = InProcess.Run("bench", "activations", "--names", "softmax", "--sizes", "2K", "--threads", "2");
        run.Code.ShouldBe(ExitCode.Success);
        run.Output.ShouldContain("softmax");
        run.Output.ShouldContain("Nanoseconds per element");
    }

    [Fact]
    public void The_page_says_how_it_was_made()
    {
        Outcome run = InProcess.Run("bench", "activations", "--names", "relu", "--sizes", "1000", "--markdown");
        run.Code.ShouldBe(ExitCode.Success);
        run.Output.ShouldStartWith("# Performance\n");
        run.Output.ShouldContain("`hillock bench activations --markdown` on ");
        run.Output.ShouldMatch(@"\| `relu` \| 1000 \| \d+\.\d{3} \|");
    }

    [Fact]
    public void The_times_of_PyTorch_stand_beside_ours()
    {
        using TemporaryFolder folder = new();
        string file = Path.Combine(folder.Path, "torch.json");
        File.WriteAllText(file, """{"schema":"hillock.bench.torch/1","torch":"1.13","results":[{"activation":"relu","size":1000,"forward_ns":0.123,"backward_ns":0.456}]}""");
        Outcome page = InProcess.Run("bench", "activations", "--names", "relu,tanh", "--sizes", "1000", "--markdown", "--pytorch", file);
        page.Code.ShouldBe(ExitCode.Success);
        page.Output.ShouldContain("*PyTorch* is version 1.13");
        page.Output.ShouldContain("| 0.123 | 0.456 |");
        page.Output.Split('\n').ShouldContain(line => line.StartsWith("| `tanh`", StringComparison.Ordinal) && line.EndsWith("|  |  |", StringComparison.Ordinal));

        File.WriteAllText(file, "{\"schema\":\"another/1\"}");
        Outcome wrong = InProcess.Run("bench", "activations", "--pytorch", file);
        wrong.Code.ShouldBe(ExitCode.Usage);
        wrong.Error.ShouldContain("no document of the schema hillock.bench.torch/1");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1G")]
    [InlineData("300M")]
    [InlineData("4K,")]
    [InlineData("K")]
    [InlineData("-5")]
    public void A_bad_size_is_a_usage_error(string sizes)
    {
        Outcome run = InProcess.Run("bench", "activations", "--sizes=" + sizes);
        run.Code.ShouldBe(ExitCode.Usage);
        run.ErrorLine().ShouldContain("--sizes: a size is a whole number from 1 to 256M");
    }

    [Theory]
    [InlineData("unknown activation", "bench", "activations", "--names", "nosuch")]
    [InlineData("see 'hillock bench activations --help'", "bench", "activations", "extra")]
    [InlineData("did you mean 'activations'?", "bench", "activation")]
    public void Other_mistakes_are_named(string expected, params string[] arguments)
    {
        Outcome run = InProcess.Run(arguments);
        run.Code.ShouldBe(ExitCode.Usage);
        run.ErrorLine().ShouldContain(expected);
    }
}
