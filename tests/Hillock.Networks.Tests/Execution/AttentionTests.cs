using Hillock.Activations.Random;
using Hillock.Networks.Execution;
using Hillock.Networks.Numerics;

namespace Hillock.Networks.Tests.Execution;

/// <summary>Attention against what PyTorch 1.13's MultiheadAttention gives for the same weights, in double precision.</summary>
public unsafe class AttentionTests
{
    private const int Samples = 2;
    private const int Length = 4;
    private const int Channels = 4;
    private const int Heads = 2;

    private static readonly float[] Plain =
    [
        -0.249550207f, 0.169086671f, -0.381026451f, -0.338912781f, -0.249539191f, 0.164303221f, -0.390604366f, -0.333440659f,
        -0.148691829f, 0.246574132f, -0.326909908f, -0.325325428f, -0.147438009f, 0.242924608f, -0.335462775f, -0.319894107f,
        0.462151301f, 0.428633728f, -0.573633846f, 0.0279336392f, 0.462768739f, 0.425059174f, -0.581400392f, 0.0312358242f,
        0.337745429f, 0.328625341f, -0.649244748f, 0.018896365f, 0.33928954f, 0.325666112f, -0.656707315f, 0.022356836f,
    ];

    private static readonly float[] Causal =
    [
        -0.0380859375f, 0.372558594f, -0.185546875f, -0.338745117f, -0.0343701173f, 0.370676431f, -0.19302702f, -0.351823245f,
        -0.103244987f, 0.297448358f, -0.270608298f, -0.334619425f, -0.147438009f, 0.242924608f, -0.335462775f, -0.319894107f,
        -0.378173828f, -0.374755859f, -1.34008789f, 0.09375f, -0.374302538f, -0.376515244f, -1.34747795f, 0.0807292663f,
        0.122646427f, 0.10690318f, -0.877590068f, 0.0496339349f, 0.33928954f, 0.325666112f, -0.656707315f, 0.022356836f,
    ];

    /// <summary>The first sample has three real positions.</summary>
    private static readonly float[] Padded =
    [
        -0.204263729f, 0.220577681f, -0.323330909f, -0.352189163f, -0.201840946f, 0.219027068f, -0.328854918f, -0.347051698f,
        -0.103244987f, 0.297448358f, -0.270608298f, -0.334619425f, -0.102436826f, 0.294963397f, -0.27638638f, -0.330176032f,
        0.462151301f, 0.428633728f, -0.573633846f, 0.0279336392f, 0.462768739f, 0.425059174f, -0.581400392f, 0.0312358242f,
        0.337745429f, 0.328625341f, -0.649244748f, 0.018896365f, 0.33928954f, 0.325666112f, -0.656707315f, 0.022356836f,
    ];

    [Fact]
    public void All_positions_agree_with_PyTorch() => Check(new AttentionLayer(Heads), Plain, [Length, Length], ofFirst: Length);

    [Fact]
    public void Positions_that_do_not_look_ahead_agree_with_PyTorch() => Check(new AttentionLayer(Heads) { Causal = true }, Causal, [Length, Length], ofFirst: Length);

    [Fact]
    public void Real_positions_agree_with_PyTorch() => Check(new AttentionLayer(Heads), Padded, [3, Length], ofFirst: 3);

    private static void Check(AttentionLayer layer, float[] expected, int[] lengths, int ofFirst)
    {
        Network network = Network.Create(new NetworkDescription(TensorShape.Sequence(Length, Channels), [layer], Loss.SoftmaxCrossEntropy), RandomKey.FromSeed(1));
        Set("weight", Transposed(Fill(3 * Channels * Channels, 1), Channels));
        Set("bias", Fill(3 * Channels, 2));
        Set("output_weight", Transposed(Fill(Channels * Channels, 3), Channels));
        Set("output_bias", Fill(Channels, 4));
        AlignedBuffer samples = new(Samples * Length * Channels);
        Fill(samples.Length, 5).Select(x => 4 * x).ToArray().CopyTo(samples.Span);
        fixed (int* given = lengths)
        {
            float[] actual = new NetworkPlan(network, Samples, trains: false).Forward(samples.Pointer, Samples, draws: null, given).ToArray();
            for (int i = 0; i < expected.Length; i++)
            {
                if (i < ofFirst * Channels || i >= Length * Channels)
                {
                    actual[i].ShouldBe(expected[i], 4e-7, $"{i}");
                }
            }
        }

        void Set(string name, float[] values) => values.CopyTo(network.Values(network.Tensors.Single(tensor => tensor.Name == $"0.{name}")));
    }

    /// <summary>The numbers that the PyTorch script used too.</summary>
    private static float[] Fill(int count, int seed) => [.. Enumerable.Range(0, count).Select(i => ((i * 7 + seed * 13) % 31 - 15) / 32f)];

    /// <summary>PyTorch has a row for each output.</summary>
    private static float[] Transposed(float[] values, int inputs) =>
        [.. Enumerable.Range(0, values.Length).Select(i => values[(i % (values.Length / inputs) * inputs) + (i / (values.Length / inputs))])];
}
