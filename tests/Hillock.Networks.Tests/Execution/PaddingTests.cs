using Hillock.Activations;
using Hillock.Activations.Random;
using Hillock.Networks.Execution;
using Hillock.Networks.Numerics;

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
    [InlineData("conv:4x3,relu,globalavgpool")]
    [InlineData("conv:9x5,tanh,conv:4x3/stride=2,gelu,lstm:3")]
    [InlineData("conv:4x2/padding=0,tanh,conv:4x3/dilation=2,globalpool")]
    [InlineData("conv:6x3/depthwise,avgpool:3/stride=2/padding=1,globalpool")]
    [InlineData("conv:4x3,groupnorm:2,tanh,globalavgpool")]
    [InlineData("residual(conv:3x3,batchnorm,relu,conv:3x3),layernorm,gru:3")]
    [InlineData("concat(conv:4x3|conv:3x1|),rmsnorm,conv:5x4,globalpool")]
    [InlineData("conv:4x1,attention:2,relu,globalavgpool")]
    [InlineData("attention:3/causal,conv:4x3,lstm:3")]
    public void A_padded_sequence_gives_what_the_short_one_gives(string text)
    {
        float[] values = Values(Lengths.Length);
        Network padded = Make(text, Length);
        float[] outputs = padded.Predict(Data(values).WithLengths(Lengths));
        for (int sample = 0; sample < Lengths.Length; sample++)
        {
            int length = Lengths[sample];
            if (length == 1 && (text.Contains("pool:2", StringComparison.Ordinal) || text.Contains("padding=0", StringComparison.Ordinal)))
            {
                continue; // No window fits into so short a sequence by itself.
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
    [InlineData("conv:4x3,batchnorm,tanh,flatten")]
    [InlineData("conv:4x1,groupnorm:2,penalty/l1=0.1/l2=0.1,conv:3x3/stride=2/padding=0,globalpool")]
    [InlineData("flatten,dense:4,tanh")]
    [InlineData("residual(attention:1),flatten")]
    public void Training_evaluation_and_diagnosis_do_not_look_at_padding(string text)
    {
        float[] values = Values(Lengths.Length);
        float[] others = [.. values];
        for (int sample = 0; sample < Lengths.Length; sample++)
        {
            others.AsSpan(((sample * Length) + Lengths[sample]) * Channels, (Length - Lengths[sample]) * Channels).Fill(50 + sample);
        }

        string outcome = Outcome(values);
        Outcome(others).ShouldBe(outcome);
        Outcome([.. others.Zip(values, (other, value) => other == value ? value : float.NaN)]).ShouldBe(outcome);
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

    public static TheoryData<string> Networks => [
        "conv:4x3,batchnorm,tanh,globalavgpool",
        "conv:5x1,batchnorm,gelu,lstm:4",
        "batchnorm,conv:6x4/stride=2,groupnorm:2,silu,pool:2,globalavgpool",
        "conv:4x3/padding=0,tanh,conv:4x3/dilation=2,batchnorm,globalpool",
        "residual(conv:3x3,batchnorm,tanh),batchnorm,gru:3",
        "concat(conv:4x3|conv:3x1|),layernorm,conv:4x2,globalavgpool",
        "conv:4x1,tanh,penalty/l1=0.1/l2=0.05,rmsnorm,avgpool:3/stride=2/padding=1,rnn:4/sequence/bidirectional,globalpool",
        "conv:4x1,residual(attention:2),batchnorm,tanh,attention:1/causal,globalavgpool",
        "swish(beta=learn(channel)),conv:4x3/stride=2,lrn,batchnorm,lstm:4/reverse",
    ];

    [Theory]
    [MemberData(nameof(Networks))]
    [InlineData("flatten,dense:4,tanh")]
    [InlineData("conv:4x3,batchnorm,tanh,flatten")]
    [InlineData("lstm:4/sequence,groupnorm:2,gelu,flatten,dense:5,tanh")]
    public void Gradients_agree_with_differences_in_double(string text)
    {
        GradientCheck.Run(Make(text, Length).Description, rows: Lengths.Length, most: 30, lengths: Lengths);
        GradientCheck.Run(Make(text, Length).Description, rows: Lengths.Length, training: false, most: 10, lengths: Lengths);
    }

    [Fact]
    public void Gradients_of_texts_agree_with_differences_in_double() => GradientCheck.Run(
        NetworkText.Parse("embedding:4,batchnorm,conv:4x3,tanh,flatten", TensorShape.Tokens(Length, 6), Activation.Parse("relu"), Classes, Loss.SoftmaxCrossEntropy),
        rows: Lengths.Length,
        most: 30,
        lengths: Lengths);

    /// <summary>The same samples with more padding: sums are cut elsewhere, and that is all.</summary>
    [Theory]
    [MemberData(nameof(Networks))]
    public void More_padding_changes_neither_loss_nor_gradients(string text)
    {
        float[] values = Values(Lengths.Length);
        const int more = Length + 5;
        float[] prolonged = new float[Lengths.Length * more * Channels];
        for (int sample = 0; sample < Lengths.Length; sample++)
        {
            values.AsSpan(sample * Length * Channels, Length * Channels).CopyTo(prolonged.AsSpan(sample * more * Channels));
        }

        float[] expected = Pass(Make(text, Length), values);
        float[] actual = Pass(Make(text, more), prolonged);
        float tolerance = 2e-6f * expected.Max(MathF.Abs);
        actual.Length.ShouldBe(expected.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            actual[i].ShouldBe(expected[i], tolerance, $"{i}");
        }
    }

    /// <summary>What a step of training gives: outputs, gradients and running statistics.</summary>
    private static unsafe float[] Pass(Network network, float[] values)
    {
        AlignedBuffer inputs = new(values.Length);
        values.CopyTo(inputs.Span);
        NetworkPlan plan = new(network, Lengths.Length, trains: true);
        AlignedBuffer gradients = new(network.Layout.Length);
        float[] outputs;
        fixed (int* lengths = Lengths)
        {
            outputs = plan.Forward(inputs.Pointer, Lengths.Length, RandomKey.FromSeed(7), lengths).ToArray();
            int[] labels = [.. Lengths.Select(length => length % Classes)];
            new LossFunction(Loss.SoftmaxCrossEntropy, Classes, labels.Length).Sum(outputs, labels, [], plan.OutputGradient(labels.Length));
            plan.Backward(gradients.Pointer);
        }

        return [
            .. outputs,
            .. network.Tensors.SelectMany(tensor =>
                (tensor.Kind == TensorKind.State ? network.Values(tensor) : gradients.Span.Slice((int)tensor.Offset, (int)tensor.Length)).ToArray()),
        ];
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
