#:project ../src/Hillock.Laboratory/Hillock.Laboratory.csproj
using Hillock.Activations;
using Hillock.Data;
using Hillock.Laboratory;

// 600 points around the origin: which of three rings does a point lie in?
Random random = new(1);
double[][] points = [.. Enumerable.Range(0, 600).Select(_ => new[] { (random.NextDouble() * 6) - 3, (random.NextDouble() * 6) - 3 })];
string[] rings = [.. points.Select(p => double.Hypot(p[0], p[1]) switch { < 1 => "inner", < 2 => "middle", _ => "outer" })];

DataSource data = DataSources.FromRows(["x", "y"], points, rings);
ModelTrainingOptions options = new() { Network = "mlp:16,16", Activation = Activation.Parse("mish"), Epochs = 60, LearningRate = 0.01 };
ModelTrainingResult result = ModelTraining.Create(data, options).Run();
Console.WriteLine($"accuracy on points held out: {result.Test!.Scores.Accuracy:0.000}");

string file = Path.Combine(Path.GetTempPath(), "rings.safetensors");
result.Model.Save(file);
TrainedModel model = TrainedModel.Load(file);
foreach (Prediction prediction in model.Predict(DataSources.FromRows(["x", "y"], [[0.2, -0.3], [1.1, 1.1], [-2.5, 2]])))
{
    Console.WriteLine(prediction);
}
