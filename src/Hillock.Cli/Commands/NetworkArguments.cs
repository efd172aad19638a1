using System.CommandLine;
using Hillock.Cli.CommandLine;
using Hillock.Networks;

namespace Hillock.Cli.Commands;

/// <summary>The network of a command.</summary>
internal static class NetworkArguments
{
    /// <summary>The option <c>--network</c>.</summary>
    /// <param name="activation">What stands where the text says activation.</param>
    public static Option<string?> Option(string activation)
    {
        Option<string?> option = Options.Text(
            "--network",
            $"A preset ({string.Join(", ", NetworkPreset.All.Select(preset => preset.Name))}), mlp:128,64, or layers such as "
                + $"conv:32x5,activation,pool:2,dense:64,activation, where activation stands for {activation} (one that suits the data unless given)",
            "NETWORK");
        option.CompletionSources.Add([.. NetworkPreset.All.Select(preset => preset.Name)]);
        return option;
    }

    /// <summary>Does what depends on the network, and turns what is wrong with it into an error of the command line.</summary>
    public static T Checked<T>(Func<T> decide)
    {
        try
        {
            return decide();
        }
        catch (Exception failure) when (failure is FormatException or NetworkDescriptionException)
        {
            throw new UsageException($"--network: {failure.Message}");
        }
    }
}
