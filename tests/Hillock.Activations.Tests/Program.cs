using Hillock.Activations.Tests.Kernels;

namespace Hillock.Activations.Tests;

/// <summary>Prints the width of the registers and the fingerprints of all functions; run once for each instruction set by <see cref="InstructionSetTests"/>.</summary>
internal static class Program
{
    private static void Main()
    {
        Console.WriteLine((int)Fingerprints.BestWidth);
        foreach (string line in Fingerprints.All())
        {
            Console.WriteLine(line);
        }
    }
}
