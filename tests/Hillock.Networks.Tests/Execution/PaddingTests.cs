using Hillock.Activations;
using Hillock.Activations.Random;

namespace Hillock.Networks.Tests.Execution;

/// <summary>Sequences of unequal lengths: what stands behind a sequence's end has no influence.</summary>
public class PaddingTests
{
    private const int Length = 8;
    private const int Channels = 3;
    private const int Classes = 3;
    private static readonly int[] Lengths = [8, 4, 5, 1, 8, 7, 2, 6];

    [Theory]
    [InlineData("globalpool")]
    [InlineData("globalavgpool")]
    [InlineData("conv:9x1,tanh,globalavgpool")]
    [InlineData("lstm:5")]
    [InlineData("gru:4/bidirectional/sequence,globalpool")]
    [InlineData("pool:2,gru:4")]
    [InlineData("avgpool:2,globalavgpool")]
    public void A_padded_sequence_gives_what_the_short_one_gives(string text)
    {
        float[] values = Values(Lengths.Length);
        Network padded = Make(text, Length);
        float[] outputs = padded.Predict(Data(values).WithLengths(Lengths));
        for (int sample = 0; sample < Lengths.Length; sample++)
        {
            int length = Lengths[sample];
            if (text.Contains("pool:2", StringComparison.Ordinal) && length % 2 != 0)
            {
                continue; // A short sequence has no window for its last position; a padded one pools it alone.
            }

            Network brief = Make(text, length);
            padded.Tensors.Select(tensor => padded.Values(tensor).ToArray()).Zip(brief.Tensors).ToList()
                .ForEach(pair => pair.First.CopyTo(brief.Values(pair.Second)));
            float[] alone = values[(sample * Length * Channels)..((sample * Length * Channels) + (length * Channels))];
            brief.Predict(Dataset.Classification(alone, TensorShape.Sequence(length, Channels), [0], Classes))
                .ShouldBe(outputs[(sample * Classes)..((sample + 1) * Classes)], $"sample {sample}");
        }
    }

    [Theory]
    [InlineData("globalpool")]
    [InlineData("conv:4x1,relu,globalavgpool")]
    [InlineData("lstm:5/bidirectional")]
    [InlineData("gru:4/sequence,avgpool:3/stride=2/padding=1,lstm:4")]
    public void Training_evaluation_and_diagnosis_do_not_look_at_padding(string text)
    {
        float[] values = Values(Lengths.Length);
        float[] others = [.. values];
        for (int sample = 0; sample < Lengths.Length; sample++)
        {
            others.AsSpan(((sample * Length) + Lengths[sample]) * Channels, (Length - Lengths[sample]) * Channels).Fill(50 + sample);
        }

        Outcome(others).ShouldBe(Outcome(values));
        Train(Data(others)).ShouldNotBe(Train(Data(values)));

        string Outcome(float[] inputs)
        {
            Dataset data = Data(inputs).WithLengths(Lengths);
            return Train(data);
        }

        string Train(Dataset data)
        {
            Network network = Make(text, Length);
            TrainingResult result = Trainer.Train(
                network, data, data.Subset([1, 3, 5]), new TrainingOptions { Epochs = 3, BatchSize = 3 }, RandomKey.FromSeed(4));
            DiagnosisResult diagnosis = NetworkDiagnosis.Measure(network, data);
            return $"{string.Join(' ', result.Epochs)} {string.Join(' ', network.Predict(data))} {Evaluator.Evaluate(network, data).Loss} {diagnosis.GradientRatio}";
        }
    }

    [Fact]
    public void Lengths_out_of_range_are_refused()
    {
        Dataset data = Data(Values(2));
        Should.Throw<ArgumentException>(() => data.WithLengths([1])).Message.ShouldStartWith("2 samples need as many lengths, and 1 were given");
        Should.Throw<ArgumentException>(() => data.WithLengths([1, 9])).Message.ShouldStartWith("the length of sample 1 is 9, and must be from 1 to 8");
        Should.Throw<ArgumentException>(() => data.WithLengths([0, 8])).Message.ShouldStartWith("the length of sample 0 is 0");
        Should.Throw<ArgumentException>(() => Dataset.Classification(new float[4], 2, [0, 1], 2).WithLengths([1, 1])).Message.ShouldStartWith("sequences have lengths");
        data.WithLengths([3, 8]).Subset([1, 0, 0]).Lengths.ToArray().ShouldBe([8, 3, 3]);
    }

    private static Network Make(string text, int length) => Network.Create(
        NetworkText.Parse(text, TensorShape.Sequence(length, Channels), Activation.Parse("relu"), Classes, Loss.SoftmaxCrossEntropy), RandomKey.FromSeed(2));

    private static Dataset Data(float[] values) => Dataset.Classification(
        values, TensorShape.Sequence(Length, Channels), [.. Enumerable.Range(0, values.Length / Length / Channels).Select(i => i % Classes)], Classes);

    private static float[] Values(int samples)
    {
        float[] values = new float[samples * Length * Channels];
        new RandomStream(RandomKey.FromSeed(1)).FillNormal(values, 0, 1);
        return values;
    }
}
