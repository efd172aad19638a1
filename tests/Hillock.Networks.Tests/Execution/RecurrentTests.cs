using Hillock.Activations.Random;
using Hillock.Networks.Execution;
using Hillock.Networks.Numerics;

namespace Hillock.Networks.Tests.Execution;

/// <summary>Recurrent layers against what PyTorch 1.13 gives for the same weights, in double precision.</summary>
public unsafe class RecurrentTests
{
    private const int Samples = 2;
    private const int Length = 4;
    private const int Channels = 2;
    private const int Units = 3;

    private static readonly float[] Plain =
    [
        -0.0351417732f, 0.0779664414f, 0.0701968573f, 0.0718663785f, 0.128705387f, -0.0776146034f, -0.0831498292f, 0.0760183844f, 0.0649932169f, 0.0220949528f,
        0.124349787f, -0.029794998f, -0.33429535f, 0.910638259f, -0.434023763f, -0.331833846f, 0.0916314406f, -0.0540951782f, -0.480752726f, 0.90842383f,
        -0.336853087f, -0.420013551f, 0.131540891f, 0.0375030726f,
    ];

    private static readonly float[] Lstm =
    [
        0.0633823898f, -0.0539959868f, 0.0942297167f, -0.107473294f, 0.0956704149f, -0.089717821f, 0.0310402474f, -0.0241059263f, 0.113617583f, -0.0792079532f,
        0.0692573053f, -0.0406980914f, -0.106044306f, -0.10304819f, -0.102754956f, -0.11393095f, 0.0204850339f, -0.137716853f, -0.146432935f, -0.150650398f,
        -0.12622565f, -0.10038529f, -0.037785701f, -0.0893046675f,
    ];

    private static readonly float[] Gru =
    [
        0.211278536f, -0.0480980369f, 0.213174379f, -0.0495585239f, 0.283404116f, -0.0684339009f, 0.238483878f, 0.0892984141f, 0.328890258f, 0.0431179981f,
        0.252987258f, 0.0282981662f, -0.081363438f, -0.0724699437f, -0.342469948f, -0.0240060109f, 0.136319926f, -0.318834368f, -0.0685999218f, -0.00842866992f,
        -0.442945628f, 0.0629593227f, 0.103798184f, -0.252196422f,
    ];

    [Fact]
    public void A_plain_layer_agrees_with_PyTorch() => Check(new SimpleRecurrentLayer(Units), Plain, [0], [0], [[(1, 0), (2, 0)]]);

    [Fact]
    public void Lstm_agrees_with_PyTorch() =>
        Check(new LstmLayer(Units), Lstm, [0, 1, 3, 2], [0, 1, 3, 2], [[(1, 0), (2, 0)], [(1, 1), (2, 1)], [(1, 3), (2, 3)], [(1, 2), (2, 2)]]);

    [Fact]
    public void Gru_agrees_with_PyTorch() =>
        Check(new GruLayer(Units), Gru, [2, 0, 1], [0, 1, 2], [[(1, 2)], [(1, 0), (2, 0)], [(1, 1), (2, 1)], [(2, 2)]]);

    [Theory]
    [InlineData("rnn", 6)]
    [InlineData("lstm", 6)]
    [InlineData("gru", 6)]
    public void Padding_changes_neither_states_nor_gradients(string word, int units)
    {
        string text = $"{word}:{units}/bidirectional/sequence,{word}:5";
        Network network = Network.Create(
            NetworkText.Parse(text, TensorShape.Sequence(Length, Channels), Hillock.Activations.Activation.Parse("relu"), 3, Loss.SoftmaxCrossEntropy), RandomKey.FromSeed(2));
        float[] samples = [.. Fill(Samples * Length * Channels, 5)];
        (float[] expected, float[] gradients) = Pass(samples);

        // What stands at padding is nobody's concern.
        for (int i = 2 * Channels; i < Length * Channels; i++)
        {
            samples[i] = 7 - i;
        }

        (float[] outputs, float[] others) = Pass(samples);
        outputs.ShouldBe(expected);
        others.ShouldBe(gradients);

        (float[] Outputs, float[] Gradients) Pass(float[] values)
        {
            AlignedBuffer inputs = new(values.Length);
            values.CopyTo(inputs.Span);
            NetworkPlan plan = new(network, Samples, trains: true);
            int* lengths = stackalloc int[Samples] { 2, Length };
            float[] given = plan.Forward(inputs.Pointer, Samples, null, lengths).ToArray();
            plan.OutputGradient(Samples).Fill(0.25f);
            AlignedBuffer result = new(network.Layout.Length);
            plan.Backward(result.Pointer);
            return (given, result.Span.ToArray());
        }
    }

    [Fact]
    public void The_bias_of_the_forget_gate_starts_at_one()
    {
        Network network = Network.Create(Describe(new LstmLayer(Units)), RandomKey.FromSeed(1));
        network.Values(network.Tensors.Single(tensor => tensor.Name == "0.bias")).ToArray().ShouldBe([0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0]);
    }

    [Theory]
    [InlineData("lstm:4", 3, "layer 1 (lstm:4) needs sequences of length × channels, and its input is 3 features")]
    [InlineData("gru:4/activation=rrelu", 0, "layer 1 (gru:4/activation=")]
    [InlineData("rnn:4/activation=softmax", 0, "layer 1 (rnn:4/activation=softmax) needs activations of single numbers")]
    [InlineData("lstm:4/bidirectional/reverse", 0, "reads in both directions")]
    public void What_cannot_be_is_refused(string text, int features, string message)
    {
        TensorShape input = features > 0 ? TensorShape.Features(features) : TensorShape.Sequence(Length, Channels);
        Should.Throw<NetworkDescriptionException>(
            () => NetworkText.Parse(text, input, Hillock.Activations.Activation.Parse("relu"), 3, Loss.SoftmaxCrossEntropy)).Message.ShouldContain(message);
    }

    /// <summary>Compares all states, and the last ones.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="expected">The states.</param>
    /// <param name="input">For each gate of our weights of the input, which of PyTorch's it is.</param>
    /// <param name="recurrent">The same for the weights of the state.</param>
    /// <param name="bias">For each gate of our bias, the sum of which of PyTorch's (kind 1 of the input, 2 of the state; gate).</param>
    private static void Check(RecurrentLayer layer, float[] expected, int[] input, int[] recurrent, (int Kind, int Gate)[][] bias)
    {
        float[] all = States(layer with { Sequence = true }, input, recurrent, bias);
        float[] last = States(layer, input, recurrent, bias);
        for (int i = 0; i < expected.Length; i++)
        {
            all[i].ShouldBe(expected[i], 3e-7, $"{i}");
        }

        last.ShouldBe([.. all[((Length - 1) * Units)..(Length * Units)], .. all[^Units..]]);
    }

    private static float[] States(RecurrentLayer layer, int[] input, int[] recurrent, (int Kind, int Gate)[][] bias)
    {
        Network network = Network.Create(Describe(layer), RandomKey.FromSeed(1));
        int gates = input.Length;
        Transpose(Fill(gates * Units * Channels, 1), input, Channels, Values("weight"));
        Transpose(Fill(gates * Units * Units, 2), recurrent, Units, Values("recurrent_weight"));
        Span<float> biases = Values("bias");
        for (int i = 0; i < biases.Length; i++)
        {
            biases[i] = bias[i / Units].Sum(part => Fill(gates * Units, part.Kind + 2)[part.Gate * Units + i % Units]);
        }

        AlignedBuffer samples = new(Samples * Length * Channels);
        Fill(samples.Length, 5).Select(x => 4 * x).ToArray().CopyTo(samples.Span);
        return new NetworkPlan(network, Samples, trains: false).Forward(samples.Pointer, Samples).ToArray();

        Span<float> Values(string name) => network.Values(network.Tensors.Single(tensor => tensor.Name == $"0.{name}"));
    }

    private static NetworkDescription Describe(RecurrentLayer layer) => new(TensorShape.Sequence(Length, Channels), [layer], Loss.SoftmaxCrossEntropy);

    /// <summary>The numbers that the PyTorch script used too.</summary>
    private static float[] Fill(int count, int seed) => [.. Enumerable.Range(0, count).Select(i => ((i * 7 + seed * 13) % 31 - 15) / 32f)];

    private static void Transpose(float[] source, int[] gates, int inputs, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            (int row, int column) = Math.DivRem(i, gates.Length * Units);
            destination[i] = source[(gates[column / Units] * Units + column % Units) * inputs + row];
        }
    }
}
