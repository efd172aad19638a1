using System.Globalization;
using System.Text;
using Hillock.Cli.CommandLine;

namespace Hillock.Cli.Tests.Commands;

/// <summary><c>--stream</c>: data that are read whenever they are needed, and never held in memory.</summary>
public sealed class StreamCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_larger_than_the_memory_is_learned_from()
    {
        // 78 MB of images, and 40 MiB for all that is managed: in memory they would be 300 MB of inputs.
        const int Count = 100_000;
        const int Pixels = 28 * 28;
        string images = Path.Combine(folder.Path, "train-images-idx3-ubyte");
        using (FileStream file = File.Create(images))
        {
            file.Write([0, 0, 8, 3, .. BigEndian(Count), .. BigEndian(28), .. BigEndian(28)]);
            byte[] image = new byte[Pixels];
            for (int i = 0; i < Count; i++)
            {
                Array.Fill(image, (byte)(i % 10 * 20));
                image[i % Pixels] = 255;
                file.Write(image);
            }
        }

        File.WriteAllBytes(
            Path.Combine(folder.Path, "train-labels-idx1-ubyte"), [0, 0, 8, 1, .. BigEndian(Count), .. Enumerable.Range(0, Count).Select(i => (byte)(i % 10))]);
        string model = Path.Combine(folder.Path, "model.safetensors");
        using ChildProcess training = ChildProcess.WithHeapOf(
            40L << 20, "train", images, "--stream", "--window", "1500", "--network", "linear", "--epochs", "1", "--batch", "500", "--out", model, "--threads", "1", "--quiet");
        Outcome outcome = training.WaitForEnd();
        outcome.Code.ShouldBe(ExitCode.Success, outcome.Error);
        outcome.Output.ShouldContain("100000 images of 28×28, classification of 10 classes, streamed");
        File.Exists(model).ShouldBeTrue();

        static byte[] BigEndian(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
    }

    [Fact]
    public void A_streamed_table_is_learned_from_and_judged_as_one_in_memory()
    {
        string data = WriteTable(4000);
        string model = Path.Combine(folder.Path, "model.safetensors");
        Outcome train = InProcess.Run("train", data, "--stream", "--window", "900", "--epochs", "8", "--lr", "0.01", "--out", model, "--json");
        train.Code.ShouldBe(ExitCode.Success, train.Error);
        using System.Text.Json.JsonDocument document = System.Text.Json.JsonDocument.Parse(train.Output);
        document.RootElement.GetProperty("test").GetProperty("accuracy").GetDouble().ShouldBeGreaterThan(0.95);
        (document.RootElement.GetProperty("training_samples").GetInt32() + document.RootElement.GetProperty("test_samples").GetInt32()).ShouldBe(4000);
        Outcome predicted = InProcess.Run("predict", model, data, "--stream");
        predicted.Code.ShouldBe(ExitCode.Success, predicted.Error);
        predicted.Output.ShouldBe(InProcess.Run("predict", model, data).Output);
        string[] judged = InProcess.Run("evaluate", model, data, "--stream").Output.Split('\n');
        judged[1].ShouldEndWith("4000 samples, streamed");
        judged[2..].ShouldBe(InProcess.Run("evaluate", model, data).Output.Split('\n')[2..]);
    }

    [Fact]
    public void What_fits_into_a_window_is_learned_to_the_same_bits()
    {
        // Nothing is held out of either, and a column of -1 and 1 has the same mean and scale however they are computed.
        string data = Path.Combine(folder.Path, "xor.csv");
        File.WriteAllText(data, "a,b,y\n" + string.Concat(Enumerable.Repeat("1,1,no\n1,-1,yes\n-1,1,yes\n-1,-1,no\n", 25)));
        string[] models = [Path.Combine(folder.Path, "memory"), Path.Combine(folder.Path, "stream")];
        InProcess.Run("train", data, "--test", "0", "--out", models[0]).Code.ShouldBe(ExitCode.Success);
        InProcess.Run("train", data, "--test", "0", "--stream", "--threads", "2", "--out", models[1]).Code.ShouldBe(ExitCode.Success);
        Convert.ToHexString(File.ReadAllBytes(models[1])).Equals(Convert.ToHexString(File.ReadAllBytes(models[0])), StringComparison.Ordinal).ShouldBeTrue();
    }

    [Fact]
    public void What_does_not_go_with_streaming_is_refused()
    {
        string data = WriteTable(500);
        string model = Path.Combine(folder.Path, "model.safetensors");
        InProcess.Run("train", "digits", "--stream", "--out", model).ErrorLine().ShouldContain("digits is a set that is known by name");
        InProcess.Run("train", data, "--stream", "--test", "0", "--patience", "2", "--out", model).Code.ShouldBe(ExitCode.Usage);
        InProcess.Run("train", data, "--epochs", "1", "--out", model).Code.ShouldBe(ExitCode.Success);
        // It is refused before the file is read, which is none.
        InProcess.Run("predict", model, data + ".none", "--stream", "--json").ErrorLine().ShouldContain("take the lines");
    }

    private string WriteTable(int rows)
    {
        StringBuilder text = new("id,x,z,side\n");
        for (int row = 0; row < rows; row++)
        {
            double x = Math.Round(Math.IEEERemainder(row * 0.7548776662, 1), 6);
            double z = Math.Round(Math.IEEERemainder(row * 0.5698402910, 1), 6);
            text.Append(CultureInfo.InvariantCulture, $"r{row},{x},{z},{(x > z ? "below" : "above")}\n");
        }

        string path = Path.Combine(folder.Path, "table.csv");
        File.WriteAllText(path, text.ToString());
        return path;
    }
}
