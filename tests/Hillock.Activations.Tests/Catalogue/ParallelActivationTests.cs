using System.Runtime.InteropServices;
using Hillock.Activations.Catalogue;

namespace Hillock.Activations.Tests.Catalogue;

/// <summary>Threads change the time that a kernel takes and nothing else.</summary>
public class ParallelActivationTests
{
    private const int Length = (1 << 20) + 48_016;

    private static readonly float[] Input = [.. Enumerable.Range(0, Length).Select(i => ((i * 2654435761L % 16000) * 0.001f) - 8)];
    private static readonly float[] Gradient = [.. Enumerable.Range(0, Length).Select(i => 1 - (i % 17 * 0.1f))];

    [Theory]
    [InlineData("relu", 2)]
    [InlineData("gelu", 2)]
    [InlineData("tanh", 5)]
    [InlineData("swish", 3)]
    public void Bits_do_not_depend_on_the_number_of_threads(string name, int threads)
    {
        ActivationDefinition definition = Functions.Named(name);
        ActivationArguments<float> arguments = ActivationArguments.Constants<float>(Functions.Defaults<float>(definition));
        float[] expected = new float[Length];
        float[] result = new float[Length];
        definition.Forward(Input, expected, 16, arguments);
        definition.Forward(Input, result, 16, arguments, threads);
        Bits(result).SequenceEqual(Bits(expected)).ShouldBeTrue();
        definition.Backward(Input, Gradient, expected, 16, arguments);
        definition.Backward(Input, Gradient, result, 16, arguments, threads);
        Bits(result).SequenceEqual(Bits(expected)).ShouldBeTrue();

        float[] inPlace = [.. Gradient];
        definition.Backward(Input, inPlace, inPlace, 16, arguments, threads);
        Bits(inPlace).SequenceEqual(Bits(expected)).ShouldBeTrue();
    }

    public static TheoryData<string> RowNames => Functions.RowNames;

    [Theory]
    [MemberData(nameof(RowNames))]
    public void Bits_of_functions_of_rows_do_not_depend_on_the_number_of_threads(string name)
    {
        ActivationDefinition definition = Functions.Named(name);
        ActivationArguments<float> arguments = ActivationArguments.Constants<float>(Functions.Defaults<float>(definition));
        const int rowLength = 56;
        float[] input = Input[..^(Length % rowLength)];
        int outputs = input.Length / rowLength * definition.OutputLength(rowLength, arguments);
        float[] gradient = [.. Enumerable.Range(0, outputs).Select(i => 1 - (i % 17 * 0.1f))];
        float[] output = new float[outputs];
        float[] inputGradient = new float[input.Length];
        definition.Forward(input, output, rowLength, arguments, 1);
        definition.Backward(input, gradient, inputGradient, rowLength, arguments, 1);
        foreach (int threads in new[] { 2, 5 })
        {
            float[] result = new float[outputs];
            definition.Forward(input, result, rowLength, arguments, threads);
            Bits(result).SequenceEqual(Bits(output)).ShouldBeTrue();
            float[] resultGradient = new float[input.Length];
            definition.Backward(input, gradient, resultGradient, rowLength, arguments, threads);
            Bits(resultGradient).SequenceEqual(Bits(inputGradient)).ShouldBeTrue();
        }
    }

    [Fact]
    public void Doubles_do_not_depend_on_the_number_of_threads()
    {
        ActivationDefinition definition = Functions.Named("mish");
        double[] input = [.. Input.Select(x => (double)x)];
        double[] gradient = [.. Gradient.Select(x => (double)x)];
        double[] expected = new double[Length];
        double[] result = new double[Length];
        definition.Forward(input, expected, Length, default);
        definition.Forward(input, result, Length, default, 2);
        result.SequenceEqual(expected).ShouldBeTrue();
        definition.Backward(input, gradient, expected, Length, default);
        definition.Backward(input, gradient, result, Length, default, 2);
        result.SequenceEqual(expected).ShouldBeTrue();
    }

    [Fact]
    public void A_parameter_of_each_element_goes_with_its_element()
    {
        ActivationDefinition leaky = Functions.Named("leaky_relu");
        float[] alpha = [.. Enumerable.Range(0, Length).Select(i => i % 101 * 0.01f)];
        float[] expected = new float[Length];
        float[] result = new float[Length];
        leaky.Forward(Input, expected, Length, new ActivationArguments<float>(alpha));
        leaky.Forward(Input, result, Length, new ActivationArguments<float>(alpha), 2);
        Bits(result).SequenceEqual(Bits(expected)).ShouldBeTrue();
    }

    [Fact]
    public void Wrong_calls_are_refused_as_on_one_thread()
    {
        ActivationDefinition tanh = Functions.Named("tanh");
        float[] memory = new float[Length];
        Should.Throw<ArgumentException>(() => tanh.Forward(memory, memory.AsSpan(1), Length, default, 2)).Message.ShouldContain($"{Length - 1}");
        Should.Throw<ArgumentException>(() => tanh.Forward(memory.AsSpan(0, Length - 200_000), memory.AsSpan(200_000), Length, default, 2))
            .Message.ShouldContain("overlap");
        Should.Throw<ArgumentOutOfRangeException>(() => tanh.Forward(memory, memory, Length, default, 0)).ParamName.ShouldBe("threads");
        Should.Throw<ArgumentException>(() => Functions.Named("softmax").Forward(memory, memory, 1000, default, 2)).Message.ShouldContain("rows of 1000");
    }

    private static ReadOnlySpan<int> Bits(float[] values) => MemoryMarshal.Cast<float, int>(values);
}
