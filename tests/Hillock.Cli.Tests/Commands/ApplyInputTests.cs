using System.Text;
using Hillock.Cli.CommandLine;

namespace Hillock.Cli.Tests.Commands;

/// <summary>What <c>hillock apply</c> says of a function or of a file that it cannot take: one line, and nothing is written.</summary>
public sealed class ApplyInputTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("sigmod", "did you mean 'sigmoid'?")]
    [InlineData("leaky_relu(alpha=nan)", "alpha must be a finite number")]
    [InlineData("swish(beta=learn(init=1e9))", "must be a finite number from")]
    [InlineData("leaky_relu(alpha=uniform(0.5, 0.1))", "must be less than the second")]
    [InlineData("relu,tanh", "relu,tanh")]
    [InlineData("{x * sigmod(x)}", "unknown function 'sigmod'")]
    public void A_function_that_is_none(string function, string message)
    {
        File.WriteAllBytes(folder["x.npy"], Numpy("<f4", "False", "(1,)", 4));
        Line(ExitCode.Usage, function).ShouldContain(message);
    }

    [Fact]
    public void A_formula_too_deep_or_too_long()
    {
        File.WriteAllBytes(folder["x.npy"], Numpy("<f4", "False", "(1,)", 4));
        Line(ExitCode.Usage, new string('(', 100_000) + "x" + new string(')', 100_000)).Length.ShouldBeLessThan(400);
        Line(ExitCode.Usage, "x" + string.Concat(Enumerable.Repeat("+x", 50_000))).Length.ShouldBeLessThan(400);
    }

    [Theory]
    [InlineData("<f4", "False", "(3,)", 4, "cut short")]
    [InlineData("<f4", "False", "(1,)", 8, "goes on after its last value")]
    [InlineData("|O", "False", "(1,)", 8, "it holds Python objects")]
    [InlineData("<f8", "False", "(2000000000, 2000000000, 2000000000)", 8, "has more than")]
    [InlineData("<f8", "False", "(99999999999999999999,)", 8, "an axis of more than")]
    public void A_file_that_is_no_array(string type, string columnMajor, string shape, int bytes, string message)
    {
        File.WriteAllBytes(folder["x.npy"], Numpy(type, columnMajor, shape, bytes));
        string line = Line(ExitCode.Failure, "relu");
        line.ShouldContain("x.npy");
        line.ShouldContain(message);
    }

    [Fact]
    public void A_file_in_column_major_order_is_read()
    {
        File.WriteAllBytes(folder["x.npy"], Numpy("<f8", "True", "(2, 3)", 48));
        InProcess.Run("apply", "sigmoid", "-i", folder["x.npy"], "-o", folder["y.npy"]).ShouldBe(
            new Outcome(0, "", $"wrote {folder["y.npy"]}: float64 (2, 3)\n"));
    }

    private static byte[] Numpy(string type, string columnMajor, string shape, int bytes)
    {
        string header = $"{{'descr': '{type}', 'fortran_order': {columnMajor}, 'shape': {shape}, }}".PadRight(117) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. new byte[bytes]];
    }

    private string Line(int code, string function)
    {
        Outcome run = InProcess.Run("apply", function, "-i", folder["x.npy"], "-o", folder["y.npy"]);
        run.Code.ShouldBe(code);
        File.Exists(folder["y.npy"]).ShouldBeFalse();
        return run.ErrorLine();
    }
}
