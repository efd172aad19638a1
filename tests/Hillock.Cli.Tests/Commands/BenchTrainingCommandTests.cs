using System.Text.Json;
using Hillock.Cli.CommandLine;

namespace Hillock.Cli.Tests.Commands;

public class BenchTrainingCommandTests
{
    [Fact]
    public void The_document_has_the_schema_and_a_result_for_each_workload_and_activation()
    {
        Outcome run = InProcess.Run("bench", "training", "--workloads", "mlp-small", "--activations", "relu,leaky_relu(alpha=0.1)", "--threads", "2", "--json");
        run.Code.ShouldBe(ExitCode.Success);
        JsonElement document = JsonDocument.Parse(run.Output).RootElement;
        document.EnumerateObject().Select(p => p.Name).ShouldBe(["schema", "results"]);
        document.GetProperty("schema").GetString().ShouldBe("hillock.bench.training/1");
        JsonElement[] results = [.. document.GetProperty("results").EnumerateArray()];
        results.ShouldAllBe(r =>
            r.EnumerateObject().Select(p => p.Name).SequenceEqual(new[] { "workload", "activation", "batch", "threads", "milliseconds", "allocated_bytes", "memory_bytes" }));
        results.Select(r => (r.GetProperty("workload").GetString(), r.GetProperty("activation").GetString())).ShouldBe(
            [("mlp-small", "relu"), ("mlp-small", "leaky_relu(alpha=0.1)")]);
        results.ShouldAllBe(r => r.GetProperty("batch").GetInt32() == 32 && r.GetProperty("threads").GetInt32() == 2);
        results.ShouldAllBe(r => r.GetProperty("milliseconds").GetDouble() > 0 && r.GetProperty("allocated_bytes").GetInt64() >= 0);
        results.ShouldAllBe(r => r.GetProperty("memory_bytes").GetInt64() > 2 * 32 * 64 * sizeof(float));
    }

    [Fact]
    public void The_table_says_what_its_numbers_are()
    {
        Outcome run = InProcess.Run("bench", "training", "--workloads", "mlp-small", "--activations", "tanh");
        run.Code.ShouldBe(ExitCode.Success);
        run.Output.ShouldContain("mlp-small");
        run.Output.ShouldContain("Milliseconds per step of training (forward, loss, backward, update) on one thread, medians.");
    }

    [Theory]
    [InlineData("--workloads: there is no workload 'mlp'; known are mlp-small, mlp-mnist, cnn-cifar, lstm-rows", "--workloads", "mlp")]
    [InlineData("--workloads: there is no workload ''", "--workloads", "mlp-small,")]
    [InlineData("unknown activation 'nosuch'", "--activations", "nosuch")]
    [InlineData("--threads must be a whole number from 1 to 1024", "--threads", "0")]
    public void A_bad_value_is_a_usage_error(string expected, params string[] arguments)
    {
        Outcome run = InProcess.Run(["bench", "training", .. arguments]);
        run.Code.ShouldBe(ExitCode.Usage);
        run.ErrorLine().ShouldContain(expected);
    }
}
