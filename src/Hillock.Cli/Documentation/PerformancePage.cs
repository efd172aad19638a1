using Hillock.Cli.Benchmarks;
using Hillock.Cli.Commands;
using Hillock.Cli.Output;

namespace Hillock.Cli.Documentation;

/// <summary>The times of all kernels as a page of the documentation.</summary>
internal static class PerformancePage
{
    /// <summary>The page of a run.</summary>
    public static string Text(IReadOnlyList<ActivationTiming> timings, int threads, TorchDocument? torch)
    {
        MarkdownPage page = new();
        page.Heading(1, "Performance");
        page.Paragraph(
            $"Nanoseconds per element ({timings[0].Type}), medians of runs that take turns in one process, {(threads == 1 ? "one thread" : $"{threads} threads")}. *Copy* is the identity by "
            + "the loop of the kernels, with ordinary stores; *memmove* the runtime's copy; *TensorPrimitives* the function of System.Numerics.Tensors 11.0.0, where "
            + "it has one. "
            + (torch is null ? "" : $"*PyTorch* is version {torch.Torch} on one thread of the same machine, by `benchmarks/activations_torch.py`. ")
            + "Made by "
            + $"`hillock bench activations{(timings[0].Type == "double" ? " --type double" : "")}{(threads == 1 ? "" : $" --threads {threads}")} --markdown` on {Machine.Description}.");
        page.Table(
            ["activation", $"{timings[0].Type}s", "forward", "backward", "copy", "memmove", "TensorPrimitives", .. torch is null ? Array.Empty<string>() : ["PyTorch forward", "PyTorch backward"]],
            timings.Select(t => (IReadOnlyList<string>)
            [
                $"`{t.Activation}`",
                BenchCommand.Size(t.Size),
                $"{t.ForwardNs:0.000}",
                $"{t.BackwardNs:0.000}",
                $"{t.CopyNs:0.000}",
                $"{t.MemmoveNs:0.000}",
                t.TensorPrimitivesNs is { } peer ? $"{peer:0.000}" : "",
                .. torch is null ? Array.Empty<string>() : [Other(torch.Of(t)?.ForwardNs), Other(torch.Of(t)?.BackwardNs)],
            ]),
            numbersFrom: 1);
        return page.ToString();
    }

    private static string Other(double? nanoseconds) => nanoseconds is { } time ? $"{time:0.000}" : "";
}
