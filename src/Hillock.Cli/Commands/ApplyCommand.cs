using System.CommandLine;
using Hillock.Activations;
using Hillock.Activations.Catalogue;
using Hillock.Cli.CommandLine;
using Hillock.Cli.Output;
using Hillock.Interchange;
using Hillock.Interchange.Npy;
using Hillock.Networks;

namespace Hillock.Cli.Commands;

/// <summary><c>hillock apply NAME</c>: an activation over arrays in NumPy's files.</summary>
internal static class ApplyCommand
{
    private const string Standard = "-";

    /// <summary>As many axes as NumPy's arrays can have.</summary>
    private const int MaximumRank = 64;

    private sealed record Request(Activation Activation, string Input, string Output, string? Gradient, string? GradientOutput, int? Axis, ulong? Seed, int Threads);

    /// <summary>Makes the command.</summary>
    public static Command Create(Func<ParseResult, Terminal> terminalFor, CancellationToken cancellationToken)
    {
        Argument<Activation?> name = new("NAME")
        {
            Description = "The activation, such as gelu or leaky_relu(alpha=0.1)",
            CustomParser = result => Options.Read(result, "", Activation.Parse),
        };
        Option<string?> input = Options.Text("--input", "The inputs: float32 or float64 of any shape; - for standard input", "X.npy");
        input.Aliases.Add("-i");
        input.Required = true;
        Option<string?> output = Options.Text("--output", "The file for the outputs, which may be that of --input; - for standard output", "Y.npy");
        output.Aliases.Add("-o");
        output.Required = true;
        Option<string?> gradient = Options.Text("--gradient", "The gradient of the outputs, of their shape and type", "G.npy");
        Option<string?> gradientOutput = Options.Text("--gradient-output", "The file for the gradient of the inputs, which may be that of --gradient", "DX.npy");
        Option<int?> axis = Options.WholeNumber(
            "--axis", "The axis along which a function of rows such as softmax runs; negative ones count from the end (-1 unless given)", -MaximumRank, MaximumRank - 1);
        Option<bool> training = new("--training") { Description = "Draw random parameters as in training; otherwise they stand at their means" };
        Option<ulong?> seed = Options.Seed("--seed", "Where the draws of --training start (0 unless given)");
        Option<int?> threads = Options.WholeNumber("--threads", "Threads that share the work; all cores unless given", 1, 1024);
        ToolCommand command = new(
            "apply",
            "Computes an activation, and its gradient, over the arrays of .npy files",
            [
                "hillock apply gelu --input x.npy --output y.npy",
                "hillock apply mish --input x.npy --output y.npy --gradient g.npy --gradient-output dx.npy",
                "hillock apply softmax --axis 1 --input x.npy --output y.npy",
                "hillock apply rrelu --input - --output - --training --seed 1 < x.npy > y.npy",
            ]) { name, input, output, gradient, gradientOutput, axis, training, seed, threads };
        command.SetAction(parsed => Run(
            new Request(
                parsed.GetRequiredValue(name)!,
                parsed.GetRequiredValue(input)!,
                parsed.GetRequiredValue(output)!,
                parsed.GetValue(gradient),
                parsed.GetValue(gradientOutput),
                parsed.GetValue(axis),
                parsed.GetValue(training) ? parsed.GetValue(seed) ?? 0 : parsed.GetValue(seed) is null
                    ? null
                    : throw new UsageException("--seed needs --training: without it nothing is drawn"),
                parsed.GetValue(threads) ?? Environment.ProcessorCount),
            terminalFor(parsed),
            cancellationToken));
        return command;
    }

    private static void Run(Request request, Terminal terminal, CancellationToken cancellationToken)
    {
        Validate(request);
        NpyArray input = Read(request.Input);
        NpyArray? gradient = request.Gradient is { } path ? Read(path) : null;
        ArrayActivation applied = new(request.Activation, request.Axis ?? -1, request.Seed, request.Threads);
        CheckShapes(request, applied, input, gradient);
        cancellationToken.ThrowIfCancellationRequested();
        NpyArray output = applied.Forward(input);
        NpyArray? inputGradient = gradient is null ? null : applied.Backward(input, gradient);
        cancellationToken.ThrowIfCancellationRequested();
        Write(request.Output, output, terminal);
        if (inputGradient is not null)
        {
            Write(request.GradientOutput!, inputGradient, terminal);
        }
    }

    private static void CheckShapes(Request request, ArrayActivation applied, NpyArray input, NpyArray? gradient)
    {
        int[] shape;
        try
        {
            shape = applied.OutputShape(input);
        }
        catch (ArgumentException failure)
        {
            // The runtime names the parameter of our method after the message, which says nothing here.
            string message = failure.Message.Split(" (Parameter", 2)[0];
            throw new InterchangeException($"{request.Input} is {input.TypeText} {input.ShapeText}: {message}");
        }

        if (gradient is not null && (!gradient.Shape.SequenceEqual(shape) || gradient.TypeText != input.TypeText))
        {
            string expected = request.Activation.Definition.KeepsLength ? request.Input : "the outputs";
            throw new InterchangeException(
                $"{request.Gradient} is {gradient.TypeText} {gradient.ShapeText}; it must be as {expected}, {input.TypeText} {NpyArray.Text(shape)}");
        }
    }

    private static void Validate(Request request)
    {
        if (request.Axis is not null && request.Activation.Definition.IsElementwise)
        {
            throw new UsageException($"--axis: {request.Activation.Name} is element-wise, so that no axis matters to it");
        }

        if (request.Gradient is null != request.GradientOutput is null)
        {
            throw new UsageException("--gradient and --gradient-output go together");
        }

        if (request.Input == Standard && request.Gradient == Standard)
        {
            throw new UsageException("--input and --gradient cannot both be standard input");
        }

        if (request.GradientOutput == Standard && request.Output == Standard)
        {
            throw new UsageException("--output and --gradient-output cannot both be standard output");
        }

        // All is read before anything is written, and each file is replaced at once: an array may take its own place, but no other's.
        CommandFiles files = new();
        if (request.Gradient is { } gradient and not Standard && !CommandFiles.IsSame(gradient, request.GradientOutput!))
        {
            files.Reads("the file of --gradient", gradient);
        }

        if (request.Input != Standard && !CommandFiles.IsSame(request.Input, request.Output))
        {
            files.Reads("the file of --input", request.Input);
        }

        files.Writes("--output", request.Output == Standard ? null : request.Output)
            .Writes("--gradient-output", request.GradientOutput == Standard ? null : request.GradientOutput);
    }

    private static NpyArray Read(string path)
    {
        if (path == Standard)
        {
            using Stream standard = Console.OpenStandardInput();
            return NpyFile.Read(standard, "standard input");
        }

        try
        {
            using FileStream file = File.OpenRead(path);
            return NpyFile.Read(file, path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            string reason = Directory.Exists(path) ? "it is a folder"
                : failure is FileNotFoundException or DirectoryNotFoundException ? "there is no such file"
                : failure is UnauthorizedAccessException ? "it is not allowed"
                : failure.Message.ReplaceLineEndings(" ");
            throw new IOException($"{path} cannot be read: {reason}", failure);
        }
    }

    private static void Write(string path, NpyArray array, Terminal terminal)
    {
        if (path == Standard)
        {
            using Stream standard = Console.OpenStandardOutput();
            NpyFile.Write(standard, array);
            return;
        }

        FileWriter.Write(path, stream => NpyFile.Write(stream, array));
        if (!terminal.Quiet)
        {
            // Results may be on their way to standard output.
            terminal.Error.WriteLine(terminal.Plain($"wrote {path}: {array.TypeText} {array.ShapeText}"));
        }
    }
}
