using System.CommandLine;
using System.Globalization;
using Hillock.Cli.Benchmarks;
using Hillock.Cli.CommandLine;
using Hillock.Cli.Output;
using Spectre.Console;

namespace Hillock.Cli.Commands;

/// <summary><c>hillock bench gemm</c>: how fast products of matrices are beside fused multiply-adds in registers.</summary>
internal static class BenchGemmCommand
{
    private const int LargestSize = 8192;

    /// <summary>Command lines that work.</summary>
    public static readonly IReadOnlyList<string> Examples =
    [
        "hillock bench gemm --sizes 512,128x256x784",
        "hillock bench gemm --threads 2 --json",
    ];

    private static readonly int[] DefaultSizes = [64, 128, 256, 512, 1024, 2048];

    /// <summary>Makes the command.</summary>
    public static Command Create(Func<ParseResult, Terminal> terminalFor, CancellationToken cancellationToken)
    {
        Option<IReadOnlyList<GemmSize>?> sizes = Options.Parsed("--sizes", "N for N×N times N×N, or MxNxK (64 to 2048 unless given)", "N,MxNxK,...", ReadSizes);
        Option<int?> threads = Options.WholeNumber("--threads", "Threads that share a product (1 unless given)", 1, 1024);
        Option<bool> json = new("--json") { Description = "Print one JSON document" };
        ToolCommand command = new(
            "gemm",
            "Times products of matrices of floats beside the fused multiply-adds that one thread does in its registers, in GFLOP/s",
            Examples) { sizes, threads, json };
        command.SetAction(parsed => Run(
            terminalFor(parsed),
            parsed.GetValue(sizes) ?? [.. DefaultSizes.Select(n => new GemmSize(n, n, n))],
            parsed.GetValue(threads) ?? 1,
            parsed.GetValue(json),
            cancellationToken));
        return command;
    }

    /// <summary>Reads sizes such as 512,128x256x784.</summary>
    private static IReadOnlyList<GemmSize> ReadSizes(string text)
    {
        return [.. text.Split(',').Select(Read).Distinct()];

        static GemmSize Read(string part)
        {
            int[] numbers = [.. part.Trim().Split('x', 'X').Select(Number)];
            return numbers switch
            {
                [> 0] => new GemmSize(numbers[0], numbers[0], numbers[0]),
                [> 0, > 0, > 0] => new GemmSize(numbers[0], numbers[1], numbers[2]),
                _ => throw new FormatException($"a size is N or MxNxK, whole numbers from 1 to {LargestSize}, not '{part.Trim()}'"),
            };
        }

        static int Number(string digits) =>
            int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= LargestSize ? number : 0;
    }

    private static void Run(Terminal terminal, IReadOnlyList<GemmSize> sizes, int threads, bool json, CancellationToken cancellationToken)
    {
        List<GemmTiming> results = [];
        using GemmBenchmark benchmark = new(threads);
        using (ProgressLine line = new(terminal, TimeProvider.System))
        {
            foreach (GemmSize size in sizes)
            {
                results.Add(benchmark.Measure(size.M, size.N, size.K, cancellationToken));
                line.Report($"{size.M} × {size.N} × {size.K}", (double)results.Count / sizes.Count);
            }
        }

        if (json)
        {
            terminal.Output.Write(Json.Text(new GemmDocument("hillock.bench.gemm/1", benchmark.FmaGflops, results)));
        }
        else
        {
            Write(terminal, results, threads, benchmark.FmaGflops);
        }
    }

    private static void Write(Terminal terminal, List<GemmTiming> results, int threads, double fmaGflops)
    {
        FittedTable table = new(terminal);
        table.AddColumn("m", priority: 0, right: true);
        table.AddColumn("n", priority: 0, right: true);
        table.AddColumn("k", priority: 0, right: true);
        table.AddColumn("GFLOP/s", priority: 0, right: true);
        table.AddColumn("of the FMA rate", priority: 1, right: true);
        foreach (GemmTiming result in results)
        {
            table.AddRow(
            [
                new($"{result.M}"),
                new($"{result.N}"),
                new($"{result.K}"),
                new($"{result.Gflops:0.0}", Decoration: Decoration.Bold),
                new($"{result.Gflops / (fmaGflops * threads):0.00}"),
            ]);
        }

        table.Write();
        terminal.Output.WriteLine();
        terminal.Output.WriteLine(
            $"m × k times k × n floats on {(threads == 1 ? "one thread" : $"{threads} threads")}; one thread does {fmaGflops:0.0} GFLOP/s of fused multiply-adds in its "
            + "registers. Medians of interleaved runs.");
    }

    /// <summary>The sizes of a product.</summary>
    private sealed record GemmSize(int M, int N, int K);
}
