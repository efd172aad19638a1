#:project ../src/Hillock.Laboratory/Hillock.Laboratory.csproj
using Hillock.Activations;
using Hillock.Data;
using Hillock.Laboratory;

Activation mish = Activation.Parse("mish");
float[] x = [-2, -1, 0, 1, 2], y = new float[5], slope = new float[5];
mish.Evaluate(x, y);
mish.Slope(x, slope);
Console.WriteLine($"mish({x[3]}) = {y[3]}, mish'({x[3]}) = {slope[3]}");

DataSource data = DataSources.Open("samples/espresso.csv");
ComparisonResult result = Comparison.Run(data, new() { Activations = Activation.ParseList("relu,tanh,leaky_relu(alpha=learn)") });
Console.WriteLine($"Use {result.Recommended}: {result.Reason}");
