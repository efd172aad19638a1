using System.Globalization;
using Hillock.Data;

namespace Hillock.Laboratory.Tests.Models;

/// <summary>What is said of a training on samples that are not in memory.</summary>
public sealed class StreamedModelTrainingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(2, true)]
    [InlineData(null, true)]
    [InlineData(3, false)]
    public void What_is_compared_with_the_samples_held_out_is_of_all_of_them(int? window, bool classes)
    {
        string path = Path.Combine(_folder.Path, "table.csv");
        File.WriteAllLines(path, [
            "x,y",
            .. Enumerable.Range(0, 1500).Select(row => string.Create(CultureInfo.InvariantCulture, $"{row * 7919 % 1500 / 1500.0},{(classes ? row % 10 < 7 ? "a" : "b" : row % 13 / 4.0)}")),
        ]);
        StreamOptions options = new() { HeldOutShare = 0.3, Window = window };
        using StreamedData data = DataStreams.Open(path, new DataOptions { Task = classes ? TaskKind.Classification : TaskKind.Regression }, options);
        ModelTrainingResult result = ModelTraining.Create(data, new ModelTrainingOptions { Epochs = 1, Network = "mlp:8" }).Run();
        HeldOutResult held = result.Model.History!.HeldOut!;
        int count = (int)data.HeldOut!.Count;
        int[] labels = new int[classes ? count : 0];
        float[] targets = new float[classes ? 0 : count];
        data.HeldOut.Read(0, new float[count * data.HeldOut.Shape.Size], labels, targets, default);
        held.Samples.ShouldBe(count);
        held.Samples.ShouldBeGreaterThan(300);
        held.IsClassification.ShouldBe(classes);
        if (classes)
        {
            double first = labels.Count(label => label == 0) / (double)count;
            held.Guess.ShouldBe(Math.Max(first, 1 - first), 1e-12);
            held.LossOfIgnorance.ShouldBe(-(first * Math.Log(first)) - ((1 - first) * Math.Log(1 - first)), 1e-12);
        }
        else
        {
            double mean = targets.Average(target => (double)target);
            held.Guess.ShouldBe(0);
            held.LossOfIgnorance.ShouldBe(targets.Average(target => (target - mean) * (target - mean)), 1e-9);
        }
    }
}
