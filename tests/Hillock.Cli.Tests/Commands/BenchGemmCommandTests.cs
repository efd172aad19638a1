using System.Text.Json;
using Hillock.Cli.CommandLine;

namespace Hillock.Cli.Tests.Commands;

public class BenchGemmCommandTests
{
    [Fact]
    public void The_document_has_the_schema_the_rate_of_the_registers_and_a_result_for_each_size()
    {
        Outcome run = InProcess.Run("bench", "gemm", "--sizes", "64,9x300x31", "--threads", "2", "--json");
        run.Code.ShouldBe(ExitCode.Success);
        JsonElement document = JsonDocument.Parse(run.Output).RootElement;
        document.EnumerateObject().Select(p => p.Name).ShouldBe(["schema", "fma_gflops", "results"]);
        document.GetProperty("schema").GetString().ShouldBe("hillock.bench.gemm/1");
        document.GetProperty("fma_gflops").GetDouble().ShouldBeGreaterThan(0);
        JsonElement[] results = [.. document.GetProperty("results").EnumerateArray()];
        results.ShouldAllBe(r => r.EnumerateObject().Select(p => p.Name).SequenceEqual(new[] { "m", "n", "k", "threads", "gflops" }));
        results.Select(r => string.Join(' ', new[] { "m", "n", "k", "threads" }.Select(name => r.GetProperty(name).GetInt32()))).ShouldBe(["64 64 64 2", "9 300 31 2"]);
        results.ShouldAllBe(r => r.GetProperty("gflops").GetDouble() > 0);
    }

    [Fact]
    public void The_table_says_what_its_numbers_are()
    {
        Outcome run = InProcess.Run("bench", "gemm", "--sizes", "50");
        run.Code.ShouldBe(ExitCode.Success);
        run.Output.ShouldContain("of the FMA rate");
        run.Output.ShouldContain("floats on one thread; one thread does");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("8193")]
    [InlineData("4x5")]
    [InlineData("4x5x6x7")]
    [InlineData("4x-5x6")]
    [InlineData("64,")]
    [InlineData("1K")]
    public void A_bad_size_is_a_usage_error(string sizes)
    {
        Outcome run = InProcess.Run("bench", "gemm", "--sizes=" + sizes);
        run.Code.ShouldBe(ExitCode.Usage);
        run.ErrorLine().ShouldContain("--sizes: a size is N or MxNxK, whole numbers from 1 to 8192, not '");
    }
}
