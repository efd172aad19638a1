using System.Globalization;
using Hillock.Activations;
using Hillock.Data;

namespace Hillock.Laboratory.Tests.Models;

/// <summary>Training and prediction with samples that a program holds.</summary>
public class RowsInMemoryTests
{
    [Fact]
    public void AModelTrainedOnRowsJudgesRows()
    {
        // Two clouds far apart.
        double[][] rows = [.. Enumerable.Range(0, 80).Select(i => new[] { (i % 2 * 10) + (i * 0.01), i * 0.02 })];
        string[] classes = [.. Enumerable.Range(0, 80).Select(i => i % 2 == 0 ? "left" : "right")];
        ModelTrainingOptions options = new() { Network = "mlp:4", Activation = Activation.Parse("tanh"), Epochs = 30, LearningRate = 0.05 };
        TrainedModel model = ModelTraining.Create(DataSources.FromRows(["x", "y"], rows, classes), options).Run().Model;
        IReadOnlyList<Prediction> predictions = model.Predict(DataSources.FromRows(["x", "y"], [[0, 0.5], [10, 0.5]]));
        predictions.Select(p => p.Label).ShouldBe(["left", "right"]);
        predictions.Select(p => p.Class).ShouldBe([0, 1]);
        foreach (Prediction prediction in predictions)
        {
            string probability = prediction.Probabilities[prediction.Class!.Value].ToString("0.0000", CultureInfo.InvariantCulture);
            prediction.ToString().ShouldBe($"{prediction.Label} ({probability})");
        }

        Should.Throw<DataException>(() => model.Predict(DataSources.FromRows(["x"], [[0]])));
    }

    [Fact]
    public void AValueIsShownAsANumber()
    {
        new Prediction(null, null, [], -1.5).ToString().ShouldBe("-1.5");
    }
}
