using System.CommandLine;
using System.Globalization;
using Hillock.Activations;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Verification;
using Hillock.Cli.Benchmarks;
using Hillock.Cli.CommandLine;
using Hillock.Cli.Documentation;
using Hillock.Cli.Output;
using Spectre.Console;

namespace Hillock.Cli.Commands;

/// <summary><c>hillock bench</c>; and <c>hillock bench activations</c>: how long activations take beside copying the same memory.</summary>
internal static class BenchCommand
{
    private const int LargestSize = 1 << 28;

    private static readonly int[] DefaultSizes = [4 << 10, 128 << 10, 16 << 20];

    private static readonly string[] Examples =
    [
        "hillock bench activations --names relu,gelu --sizes 4K,128K",
        "hillock bench activations --type double --threads 2 --json",
    ];

    /// <summary>Makes the command.</summary>
    public static Command Create(Func<ParseResult, Terminal> terminalFor, CancellationToken cancellationToken)
    {
        ToolCommand command = new("bench", "Times what Hillock computes on this machine", [.. Examples, .. BenchGemmCommand.Examples, .. BenchTrainingCommand.Examples])
        {
            Activations(terminalFor, cancellationToken),
            BenchGemmCommand.Create(terminalFor, cancellationToken),
            BenchTrainingCommand.Create(terminalFor, cancellationToken),
        };
        command.SetAction(Refuse);
        return command;
    }

    private static void Refuse(ParseResult parsed) => throw new UsageException("bench needs activations, gemm or training; see 'hillock bench --help'");

    private static ToolCommand Activations(Func<ParseResult, Terminal> terminalFor, CancellationToken cancellationToken)
    {
        Option<IReadOnlyList<Activation>?> names = Options.Parsed("--names", "The activations; the whole catalogue unless given", "A,B,...", Activation.ParseList);
        Option<NumberType?> type = Options.Choice("--type", "The numbers: float (unless given) or double", ("float", NumberType.Binary32), ("double", NumberType.Binary64));
        Option<IReadOnlyList<int>?> sizes = Options.Parsed("--sizes", "Numbers at a time (4K,128K,16M unless given)", "N,N,...", ReadSizes);
        Option<int?> threads = Options.WholeNumber("--threads", "Threads for the kernels and the copy by their loop (1 unless given)", 1, 1024);
        Option<bool> json = new("--json") { Description = "Print one JSON document" };
        Option<bool> markdown = new("--markdown") { Description = "Print the page of the documentation" };
        Option<TorchDocument?> torch = Options.Parsed(
            "--pytorch", "PyTorch's times on this machine, for a column beside ours: what benchmarks/activations_torch.py --json printed", "FILE.json", ReadTorch);
        ToolCommand command = new(
            "activations",
            "Times values and gradients beside copies of the same memory, in nanoseconds per element",
            Examples) { names, type, sizes, threads, torch, json, markdown };
        command.SetAction(parsed =>
        {
            NumberType numbers = parsed.GetValue(type) ?? NumberType.Binary32;
            if (numbers == NumberType.Binary64 && parsed.GetValue(torch) is not null)
            {
                throw new UsageException("--pytorch holds times of floats: leave one of --pytorch and --type double out");
            }

            Run(
                terminalFor(parsed),
                parsed.GetValue(names) ?? [.. ActivationCatalogue.All.Select(d => new Activation(d))],
                parsed.GetValue(sizes) ?? DefaultSizes,
                (largest, count) => numbers == NumberType.Binary64 ? new ActivationBenchmark<double>(largest, count) : new ActivationBenchmark<float>(largest, count),
                parsed.GetValue(threads) ?? 1,
                parsed.GetValue(torch),
                Options.Format(parsed, json, markdown),
                cancellationToken);
        });
        return command;
    }

    private static TorchDocument ReadTorch(string path)
    {
        try
        {
            return Json.ReadTorch(File.ReadAllText(path));
        }
        catch (FormatException failure)
        {
            throw new FormatException($"{path} {failure.Message}", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"{path} cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>Reads sizes such as 4K,1000,16M.</summary>
    private static IReadOnlyList<int> ReadSizes(string text)
    {
        return [.. text.Split(',').Select(Read).Distinct()];

        static int Read(string part)
        {
            string size = part.Trim();
            int unit = size.Length == 0 ? 1 : char.ToUpperInvariant(size[^1]) switch { 'K' => 1 << 10, 'M' => 1 << 20, _ => 1 };
            string digits = unit == 1 ? size : size[..^1];
            return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long count) && count >= 1 && count <= LargestSize / unit
                ? (int)count * unit
                : throw new FormatException($"a size is a whole number from 1 to 256M, K and M standing for 1024 and 1024², not '{size}'");
        }
    }

    private static void Run(
        Terminal terminal,
        IReadOnlyList<Activation> activations,
        IReadOnlyList<int> sizes,
        Func<int, int, IActivationBenchmark> benchmarkOf,
        int threads,
        TorchDocument? torch,
        OutputFormat format,
        CancellationToken cancellationToken)
    {
        CheckRows(activations, sizes);
        List<ActivationTiming> results = [];
        IActivationBenchmark benchmark = benchmarkOf(sizes.Max(), threads);
        using (ProgressLine line = new(terminal, TimeProvider.System))
        {
            foreach (Activation activation in activations)
            {
                foreach (ActivationTiming timing in benchmark.Measure(activation, sizes, cancellationToken))
                {
                    results.Add(timing);
                    line.Report($"{activation.Name} at {Size(timing.Size)}", (double)results.Count / (activations.Count * sizes.Count));
                }
            }
        }

        switch (format)
        {
            case OutputFormat.Json:
                terminal.Output.Write(Json.Text(new BenchmarkDocument("hillock.bench.activations/1", results)));
                break;
            case OutputFormat.Markdown:
                terminal.Output.Write(PerformancePage.Text(results, threads, torch));
                break;
            default:
                Write(terminal, results, threads, torch);
                break;
        }
    }

    private static void CheckRows(IReadOnlyList<Activation> activations, IReadOnlyList<int> sizes)
    {
        foreach (Activation activation in activations)
        {
            foreach (int length in sizes.Select(size => BenchmarkRows.LengthOf(activation, size)))
            {
                try
                {
                    _ = activation.OutputLength(length);
                }
                catch (ArgumentException failure)
                {
                    throw new UsageException($"--sizes: {failure.Message.Split(" (Parameter", 2)[0]}");
                }
            }
        }
    }

    private static void Write(Terminal terminal, List<ActivationTiming> results, int threads, TorchDocument? torch)
    {
        FittedTable table = new(terminal);
        table.AddColumn("activation", priority: 0);
        table.AddColumn($"{results[0].Type}s", priority: 0, right: true);
        table.AddColumn("forward", priority: 0, right: true);
        table.AddColumn("backward", priority: 0, right: true);
        table.AddColumn("copy", priority: 1, right: true);
        table.AddColumn("memmove", priority: 2, right: true);
        table.AddColumn("TensorPrimitives", priority: 3, right: true);
        if (torch is not null)
        {
            table.AddColumn("PyTorch fwd", priority: 3, right: true);
            table.AddColumn("bwd", priority: 3, right: true);
        }

        foreach (ActivationTiming result in results)
        {
            List<Cell> cells =
            [
                new(result.Activation, Decoration: Decoration.Bold),
                new(Size(result.Size)),
                new($"{result.ForwardNs:0.000}"),
                new($"{result.BackwardNs:0.000}"),
                new($"{result.CopyNs:0.000}"),
                new($"{result.MemmoveNs:0.000}"),
                new(result.TensorPrimitivesNs is { } peer ? $"{peer:0.000}" : ""),
            ];
            if (torch is not null)
            {
                TorchTiming? other = torch.Of(result);
                cells.Add(new(other is null ? "" : $"{other.ForwardNs:0.000}"));
                cells.Add(new(other is null ? "" : $"{other.BackwardNs:0.000}"));
            }

            table.AddRow([.. cells]);
        }

        table.Write();
        terminal.Output.WriteLine();
        terminal.Output.WriteLine(
            $"Nanoseconds per element, medians of interleaved runs, {(threads == 1 ? "one thread" : $"{threads} threads; memmove and TensorPrimitives one")}.");
    }

    /// <summary>A size as it is given.</summary>
    public static string Size(int size) => size % (1 << 20) == 0 ? $"{size >> 20}M" : size % (1 << 10) == 0 ? $"{size >> 10}K" : $"{size}";
}
