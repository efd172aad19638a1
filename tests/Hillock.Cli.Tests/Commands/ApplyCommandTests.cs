using Hillock.Activations;
using Hillock.Activations.Catalogue;
using Hillock.Cli.CommandLine;
using Hillock.Interchange.Npy;

namespace Hillock.Cli.Tests.Commands;

public sealed class ApplyCommandTests : IDisposable
{
    private static readonly float[] X = [-3, -0.5f, 0, 1, 2, float.NaN];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Values_and_gradients_keep_shape_and_type()
    {
        Save("x.npy", new NpyArray<float>([2, 3], X));
        Save("g.npy", new NpyArray<float>([2, 3], [1, 2, 3, 4, 5, 6]));
        Outcome run = InProcess.Run(
            "apply", "mish", "--input", folder["x.npy"], "--output", folder["y.npy"], "--gradient", folder["g.npy"], "--gradient-output", folder["dx.npy"]);
        run.ShouldBe(new Outcome(0, "", $"wrote {folder["y.npy"]}: float32 (2, 3)\nwrote {folder["dx.npy"]}: float32 (2, 3)\n"));

        Activation mish = Activation.Parse("mish");
        float[] y = new float[6];
        float[] slope = new float[6];
        mish.Evaluate(X, y);
        mish.Slope(X, slope);
        NpyArray<float> output = Load<float>("y.npy");
        output.Shape.ShouldBe([2, 3]);
        output.Values.ShouldBe(y);
        for (int i = 0; i < 5; i++)
        {
            Load<float>("dx.npy").Values[i].ShouldBe((i + 1) * slope[i], Math.Abs(slope[i]) * 1e-6);
        }
    }

    [Fact]
    public void Doubles_stay_doubles_and_parameters_count()
    {
        Save("x.npy", new NpyArray<double>([], [-2]));
        InProcess.Run("apply", "leaky_relu(alpha=0.25)", "-i", folder["x.npy"], "-o", folder["x.npy"], "--quiet").ShouldBe(new Outcome(0, "", ""));
        Load<double>("x.npy").Values.ShouldBe([-0.5]);
    }

    [Fact]
    public void Functions_of_rows_run_over_the_last_axis()
    {
        Save("x.npy", new NpyArray<double>([2, 1, 3], [1000, 1001, 1002, 5, 5, 5]));
        InProcess.Run("apply", "softmax", "-i", folder["x.npy"], "-o", folder["y.npy"]).Code.ShouldBe(0);
        double[] y = Load<double>("y.npy").Values;
        double total = 1 + Math.Exp(1) + Math.Exp(2);
        for (int i = 0; i < 3; i++)
        {
            y[i].ShouldBe(Math.Exp(i) / total, 1e-15);
            y[3 + i].ShouldBe(1 / 3.0, 1e-15);
        }
    }

    [Fact]
    public void Functions_of_rows_run_over_any_axis()
    {
        Save("x.npy", new NpyArray<float>([2, 2, 2], [1, 2, 3, 4, 5, 6, -7, 8]));
        Save("g.npy", new NpyArray<float>([2, 1, 2], [1, 2, 3, 4]));
        InProcess.Run(
            "apply", "bilinear", "--axis", "-2", "-i", folder["x.npy"], "-o", folder["y.npy"], "--gradient", folder["g.npy"], "--gradient-output", folder["dx.npy"])
            .ShouldBe(new Outcome(0, "", $"wrote {folder["y.npy"]}: float32 (2, 1, 2)\nwrote {folder["dx.npy"]}: float32 (2, 2, 2)\n"));
        Load<float>("y.npy").Values.ShouldBe([3, 8, -35, 48]);
        Load<float>("dx.npy").Values.ShouldBe([3, 8, 1, 4, -21, 32, 15, 24]);
        InProcess.Run("apply", "hardmax", "--axis=0", "-i", folder["x.npy"], "-o", folder["y.npy"], "--quiet").Code.ShouldBe(0);
        Load<float>("y.npy").Values.ShouldBe([0, 0, 1, 0, 1, 1, 0, 1]);
        InProcess.Run("apply", "swiglu(beta=uniform(1, 2))", "--axis", "1", "--training", "-i", folder["x.npy"], "-o", folder["y.npy"], "--quiet").Code.ShouldBe(0);
        Load<float>("y.npy").Shape.ShouldBe([2, 1, 2]);
    }

    [Theory]
    [InlineData(ExitCode.Usage, "--axis: relu is element-wise, so that no axis matters to it", "relu", "--axis", "0")]
    [InlineData(ExitCode.Failure, "float32 (2, 3): there is no axis 2 in (2, 3): allowed are -2 to 1", "softmax", "--axis", "2")]
    [InlineData(ExitCode.Failure, "float32 (2, 3): glu takes rows in two halves, and a row of 3 has none", "glu", "--quiet")]
    [InlineData(ExitCode.Failure, "float32 (2, 3); it must be as the outputs, float32 (1, 3)", "glu", "--axis", "0")]
    public void An_axis_that_does_not_fit_is_one_line(int code, string message, string name, params string[] options)
    {
        Save("x.npy", new NpyArray<float>([2, 3], X));
        Outcome run = InProcess.Run(
            ["apply", name, "-i", folder["x.npy"], "-o", folder["y.npy"], "--gradient", folder["x.npy"], "--gradient-output", folder["dx.npy"], .. options]);
        run.Code.ShouldBe(code);
        run.ErrorLine().ShouldContain(message);
        File.Exists(folder["y.npy"]).ShouldBeFalse();
    }

    [Fact]
    public void Draws_depend_on_the_seed_alone()
    {
        const int count = 300_000;
        Save("x.npy", new NpyArray<float>([count], [.. Enumerable.Repeat(-1f, count)]));
        Save("g.npy", new NpyArray<float>([count], [.. Enumerable.Repeat(1f, count)]));
        float[] first = Draw("--seed", "7", "--threads", "1");
        Draw("--seed", "7", "--threads", "2").SequenceEqual(first).ShouldBeTrue();
        Draw("--seed", "8").SequenceEqual(first).ShouldBeFalse();
        first.Min().ShouldBeInRange(-0.33334f, -0.333f);
        first.Max().ShouldBeInRange(-0.1255f, -0.125f);

        // The gradient has the slope with which the value was drawn.
        Load<float>("dx.npy").Values.ShouldBe(Load<float>("y.npy").Values.Select(y => -y));
        InProcess.Run("apply", "rrelu", "-i", folder["x.npy"], "-o", folder["y.npy"]).Code.ShouldBe(0);
        Load<float>("y.npy").Values.Distinct().ShouldHaveSingleItem().ShouldBe(-0.22917f, 1e-4f);

        float[] Draw(params string[] options)
        {
            InProcess.Run([
                "apply", "rrelu", "-i", folder["x.npy"], "-o", folder["y.npy"], "--gradient", folder["g.npy"], "--gradient-output", folder["dx.npy"], "--training",
                .. options]).Code.ShouldBe(0);
            return Load<float>("y.npy").Values;
        }
    }

    [Fact]
    public void Standard_input_and_output_are_files_too()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Save("x.npy", new NpyArray<float>([6], X));
        string tool = $"dotnet exec {typeof(Tool).Assembly.Location}";
        using ChildProcess child = ChildProcess.In(folder[""], ["sh", "-c", $"{tool} apply relu -i - -o - < x.npy > y.npy"]);
        child.WaitForEnd().ShouldBe(new Outcome(0, "", ""));
        Load<float>("y.npy").Values.ShouldBe([0, 0, 0, 1, 2, float.NaN]);
    }

    [Fact]
    public void Wrong_command_lines_are_usage_errors()
    {
        Line(ExitCode.Usage, "apply", "relu", "-i", "x", "-o", "y", "--gradient", "g").ShouldContain("--gradient and --gradient-output go together");
        Line(ExitCode.Usage, "apply", "relu", "-i", "-", "-o", "y", "--gradient", "-", "--gradient-output", "d").ShouldContain("both be standard input");
        Line(ExitCode.Usage, "apply", "relu", "-i", "x", "-o", "y", "--gradient", "g", "--gradient-output", "./y").ShouldContain("--gradient-output ./y is the file of --output too");
        Line(ExitCode.Usage, "apply", "rrelu", "-i", "x", "-o", "y", "--seed", "3").ShouldContain("--seed needs --training");
        Line(ExitCode.Usage, "apply", "nosuch", "-i", "x", "-o", "y").ShouldContain("nosuch");
    }

    [Fact]
    public void Bad_files_are_failures_in_one_line_and_leave_nothing()
    {
        string x = folder["x.npy"];
        Line(ExitCode.Failure, "apply", "relu", "-i", x, "-o", folder["y.npy"]).ShouldContain($"{x} cannot be read: there is no such file");
        File.WriteAllText(x, "not an array");
        Line(ExitCode.Failure, "apply", "relu", "-i", x, "-o", folder["y.npy"]).ShouldContain("does not begin with");
        Save("x.npy", new NpyArray<float>([6], X));
        Save("g.npy", new NpyArray<double>([6], new double[6]));
        Line(ExitCode.Failure, "apply", "relu", "-i", x, "-o", folder["y.npy"], "--gradient", folder["g.npy"], "--gradient-output", folder["dx.npy"])
            .ShouldEndWith($"g.npy is float64 (6,); it must be as {x}, float32 (6,)");
        Line(ExitCode.Failure, "apply", "relu", "-i", x, "-o", folder["no/y.npy"]).ShouldContain("cannot write");
        Directory.GetFiles(folder[""]).Length.ShouldBe(2);
    }

    private static string Line(int code, params string[] arguments)
    {
        Outcome run = InProcess.Run(arguments);
        run.Code.ShouldBe(code);
        return run.ErrorLine();
    }

    private void Save(string name, NpyArray array)
    {
        using FileStream stream = File.Create(folder[name]);
        NpyFile.Write(stream, array);
    }

    private NpyArray<T> Load<T>(string name)
        where T : unmanaged
    {
        using FileStream stream = File.OpenRead(folder[name]);
        return NpyFile.Read(stream, name).ShouldBeOfType<NpyArray<T>>();
    }
}
