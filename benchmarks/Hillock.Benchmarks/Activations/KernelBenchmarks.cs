using BenchmarkDotNet.Attributes;
using Hillock.Activations;
using Hillock.Activations.Catalogue;

namespace Hillock.Benchmarks.Activations;

/// <summary>
/// How long do value and gradient of each activation take, beside copying the same memory?
/// <c>dotnet run -c Release --project benchmarks/Hillock.Benchmarks -- --filter '*Kernel*'</c>
/// </summary>
[ShortRunJob]
public class KernelBenchmarks
{
    private float[] _input = [];
    private float[] _gradient = [];
    private float[] _output = [];
    private float[] _parameters = [];
    private Activation _activation = Activation.Parse("identity");

    [Params("relu", "leaky_relu", "sigmoid", "tanh", "elu", "gelu", "gelu_tanh", "silu", "mish", "softplus")]
    public string Name { get; set; } = "";

    [Params(4 << 10, 128 << 10, 16 << 20)]
    public int Size { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _activation = Activation.Parse(Name);
        _parameters = [.. _activation.Modes.Select(m => (float)m.EvaluationValue)];
        _input = new float[Size];
        _gradient = new float[Size];
        _output = new float[Size];
        for (int i = 0; i < Size; i++)
        {
            _input[i] = (((i * 2654435761L) % 16000) * 0.001f) - 8;
            _gradient[i] = 1;
        }
    }

    [Benchmark(Baseline = true)]
    public void Copy() => _input.AsSpan().CopyTo(_output);

    [Benchmark]
    public void Forward() =>
        _activation.Definition.Forward(_input, _output, Size, ActivationArguments.Constants<float>(_parameters));

    [Benchmark]
    public void Backward() =>
        _activation.Definition.Backward(_input, _gradient, _output, Size, ActivationArguments.Constants<float>(_parameters));
}
