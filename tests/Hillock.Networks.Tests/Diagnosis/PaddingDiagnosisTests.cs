using Hillock.Activations;
using Hillock.Activations.Random;

namespace Hillock.Networks.Tests.Diagnosis;

/// <summary>What is measured of sequences of unequal lengths is measured of their real positions.</summary>
public class PaddingDiagnosisTests
{
    private const int Length = 8;
    private const int More = 11;
    private const int Channels = 3;
    private const int Vocabulary = 6;
    private static readonly int[] Lengths = [8, 4, 5, 1, 8, 7, 2, 6];

    public static TheoryData<string> Networks => [
        "conv:8x3,relu,globalavgpool",
        "conv:5x1,tanh,conv:4x3/stride=2,gelu,lstm:3",
        "conv:4x2/padding=0,batchnorm,relu,conv:4x3/dilation=2,prelu,globalpool",
        "residual(conv:3x3,layernorm,swish(beta=learn(channel))),concat(conv:4x3|conv:2x1|),relu,globalavgpool",
        "conv:6x3,glu,pool:2,relu,gru:3/sequence,relu,globalavgpool",
        "conv:4x1,relu,attention:1,softmax,globalavgpool",
    ];

    [Theory]
    [MemberData(nameof(Networks))]
    public void More_padding_changes_nothing(string text) =>
        ShouldBeTheSame(Measure(text, Length, padding: 0), Measure(text, More, padding: 0), tolerance: 2e-5);

    [Theory]
    [MemberData(nameof(Networks))]
    public void What_stands_at_padding_changes_nothing(string text)
    {
        DiagnosisResult expected = Measure(text, More, padding: 0);
        ShouldBeTheSame(expected, Measure(text, More, padding: 40), tolerance: 0);
        ShouldBeTheSame(expected, Measure(text, More, padding: float.NaN), tolerance: 0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void An_embedding_has_no_zeros_and_its_moments_are_those_of_the_words(int padding)
    {
        const string text = "embedding:8,conv:8x3,relu,globalavgpool";
        DiagnosisResult result = Measure(text, More, padding);
        LayerDiagnosis embedding = result.Layers[0];
        embedding.Sparsity.ShouldBe(0);
        embedding.Histogram.Total.ShouldBe(8 * Lengths.Sum());
        ShouldBeTheSame(Measure(text, Length, padding), result, tolerance: 2e-5);

        // What the rows of the words hold, looked up by hand.
        Network network = Make(text, More);
        float[] table = network.Values(network.Tensors[0]).ToArray();
        int[] words = [.. Lengths.SelectMany((length, sample) => Enumerable.Range(0, length).Select(position => (int)Values(sample, position, words: true)))];
        double[] numbers = [.. words.SelectMany(word => table[(word * 8)..((word + 1) * 8)]).Select(number => (double)number)];
        embedding.Output.Mean.ShouldBe(numbers.Average(), 1e-6);
        embedding.Output.Variance.ShouldBe(numbers.Average(number => number * number) - (numbers.Average() * numbers.Average()), 1e-6);
    }

    /// <summary>All units see 1 at real positions and 0, which wakes the last of them, at padding; pieces of the longest lie all in padding.</summary>
    [Theory]
    [InlineData(2, 12)]
    [InlineData(8, 12)]
    [InlineData(8, 3000)]
    public void A_unit_that_is_active_at_padding_alone_is_dead(int units, int length)
    {
        Network network = Network.Create(
            NetworkText.Parse($"conv:{units}x1,relu,globalavgpool", TensorShape.Sequence(length, 1), Activation.Parse("relu"), 2, Loss.SoftmaxCrossEntropy), RandomKey.FromSeed(1));
        network.Values(network.Tensors[0]).Fill(1);
        network.Values(network.Tensors[0])[^1] = -1;
        network.Values(network.Tensors[1]).Clear();
        network.Values(network.Tensors[1])[^1] = 0.5f;
        float[] inputs = new float[3 * length];
        int[] lengths = [2, 1, 3];
        for (int sample = 0; sample < lengths.Length; sample++)
        {
            inputs.AsSpan(sample * length, lengths[sample]).Fill(1);
        }

        Dataset data = Dataset.Classification(inputs, TensorShape.Sequence(length, 1), [0, 1, 0], 2).WithLengths(lengths);
        TrainingProbe probe = new(1);
        DiagnosisResult result = NetworkDiagnosis.Measure(network, data);
        Trainer.Train(network, data, null, new TrainingOptions { Epochs = 1, BatchSize = 3, LearningRate = 1e-6 }, RandomKey.FromSeed(2), probe);
        foreach (DiagnosisResult found in new[] { result, probe.Epochs.ShouldHaveSingleItem() })
        {
            found.Inputs.ShouldBe(new SignalMoments(1, 0, 0));
            LayerDiagnosis layer = found.Layers[0];
            double share = 1.0 / units;
            layer.Dead.ShouldBe(share);
            layer.Saturated.ShouldBe(share);
            layer.Sparsity.ShouldBe(share);
            layer.Sums.Mean.ShouldBe(1 - (1.5 * share), 1e-9);
            layer.Output.Mean.ShouldBe(1 - share, 1e-9);
            layer.UnitDetails[^1].Active.ShouldBe(0);
        }
    }

    private static void ShouldBeTheSame(DiagnosisResult expected, DiagnosisResult actual, double tolerance)
    {
        Same(expected.Inputs?.Mean, actual.Inputs?.Mean);
        Same(expected.Inputs?.Variance, actual.Inputs?.Variance);
        Same(expected.Loss, actual.Loss);
        actual.Layers.Count.ShouldBe(expected.Layers.Count);
        foreach ((LayerDiagnosis e, LayerDiagnosis a) in expected.Layers.Zip(actual.Layers))
        {
            e.NotFinite.ShouldBe(0);
            a.NotFinite.ShouldBe(0);
            a.Dead.ShouldBe(e.Dead);
            a.Saturated.ShouldBe(e.Saturated);
            a.Stuck.ShouldBe(e.Stuck);
            a.Linear.ShouldBe(e.Linear);
            a.Sparsity.ShouldBe(e.Sparsity);
            a.Histogram.Counts.ShouldBe(e.Histogram.Counts);
            foreach ((SignalMoments e, SignalMoments a) moments in new[] { (e.Sums, a.Sums), (e.Input, a.Input), (e.Output, a.Output) })
            {
                Same(moments.e.Mean, moments.a.Mean);
                Same(moments.e.Variance, moments.a.Variance);
                Same(moments.e.UnitVariance, moments.a.UnitVariance);
            }

            Same(e.GradientNorm, a.GradientNorm);
            Same(e.SampleGradientNorm, a.SampleGradientNorm);
            Same(e.WeightGradientNorm, a.WeightGradientNorm);
            a.UnitDetails.Select(unit => (unit.Dead, unit.Saturated, unit.Active)).ShouldBe(e.UnitDetails.Select(unit => (unit.Dead, unit.Saturated, unit.Active)));
            foreach ((UnitDiagnosis e, UnitDiagnosis a) units in e.UnitDetails.Zip(a.UnitDetails))
            {
                Same(units.e.LeastSlope, units.a.LeastSlope);
                Same(units.e.GreatestSlope, units.a.GreatestSlope);
                Same(units.e.Mean, units.a.Mean);
                Same(units.e.Deviation, units.a.Deviation);
            }
        }

        void Same(double? e, double? a)
        {
            a.HasValue.ShouldBe(e.HasValue);
            if (e is { } value && !double.IsNaN(value))
            {
                Math.Abs(a!.Value - value).ShouldBeLessThanOrEqualTo(tolerance * Math.Max(1, Math.Abs(value)));
            }
        }
    }

    private static DiagnosisResult Measure(string text, int length, float padding)
    {
        bool words = text.StartsWith("embedding", StringComparison.Ordinal);
        int channels = words ? 1 : Channels;
        float[] inputs = new float[Lengths.Length * length * channels];
        for (int i = 0; i < inputs.Length; i++)
        {
            int sample = i / channels / length;
            int position = i / channels % length;
            inputs[i] = position < Lengths[sample] ? Values(sample, (position * channels) + (i % channels), words) : padding;
        }

        int[] labels = [.. Lengths.Select(real => real % 3)];
        Network network = Make(text, length);
        return NetworkDiagnosis.Measure(network, Dataset.Classification(inputs, network.Description.Input, labels, 3).WithLengths(Lengths));
    }

    private static float Values(int sample, int number, bool words)
    {
        float[] values = new float[More * Channels];
        RandomStream random = new(RandomKey.FromSeed(1).Derive(sample));
        if (words)
        {
            random.FillUniform(values, 0, Vocabulary);
            return MathF.Floor(values[number]);
        }

        random.FillNormal(values, 0, 1);
        return values[number];
    }

    private static Network Make(string text, int length) => Network.Create(
        NetworkText.Parse(
            text,
            text.StartsWith("embedding", StringComparison.Ordinal) ? TensorShape.Tokens(length, Vocabulary) : TensorShape.Sequence(length, Channels),
            Activation.Parse("relu"),
            3,
            Loss.SoftmaxCrossEntropy),
        RandomKey.FromSeed(2));
}
