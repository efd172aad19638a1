using Hillock.Networks;

namespace Hillock.Laboratory.Trials;

/// <summary>The network and the batch that suit a set of data, by plain rules that anybody can follow by hand.</summary>
internal static class Sizing
{
    private const int LeastFirst = 32;
    private const int GreatestFirst = 256;
    private const int LeastUnits = 16;
    private const int WeightsPerSample = 20;

    private const string TextNetwork = "embedding:32,globalavgpool,dense:32,activation";
    private const string SequenceNetwork = "conv:32x5,activation,pool:2,conv:64x5,activation,globalpool";

    private const string TextRule = "for texts a deep averaging network (Iyyer et al. 2015): the mean of the tokens' embeddings, and a hidden layer";
    private const string SequenceRule = "for sounds two convolutions over time, and the greatest response of each filter";

    /// <summary>The rule of <see cref="HiddenUnits"/> in words.</summary>
    public const string PerceptronRule =
        "two hidden layers: the first as wide as the power of two that holds inputs and outputs, from 32 to 256, the second half of that but at least 32; "
        + "both halved, down to 16, while there are more than 20 weights to a training sample";

    /// <summary>The rule of <see cref="BatchSize"/> in words.</summary>
    public const string BatchRule = "a batch is the greatest power of two that goes 40 times into the training part, from 16 to 128";

    /// <summary>The network that suits samples of a shape, and the rule by which it was chosen.</summary>
    /// <param name="input">The shape.</param>
    /// <param name="outputs">The outputs of the network.</param>
    /// <param name="trainingSamples">The samples of a training part.</param>
    public static (string Text, string Rule) Network(TensorShape input, int outputs, int trainingSamples) =>
        input.IsTokens ? (TextNetwork, TextRule)
        : input.Rank == 2 && input.Positions > 1 ? (SequenceNetwork, SequenceRule)
        : (NetworkDescription.MlpText(HiddenUnits(input.Size, outputs, trainingSamples)), PerceptronRule);

    /// <summary>The units of two hidden layers.</summary>
    /// <param name="inputs">The inputs of the network.</param>
    /// <param name="outputs">Its outputs.</param>
    /// <param name="trainingSamples">The samples of a training part.</param>
    public static IReadOnlyList<int> HiddenUnits(int inputs, int outputs, int trainingSamples)
    {
        int first = LeastFirst;
        while (first < GreatestFirst && first < inputs + outputs)
        {
            first *= 2;
        }

        int second = Math.Max(first / 2, LeastFirst);
        while (first > LeastUnits && (long)inputs * first + (long)first * second + (long)second * outputs > (long)WeightsPerSample * trainingSamples)
        {
            first /= 2;
            second = Math.Max(second / 2, LeastUnits);
        }

        return [first, second];
    }

    /// <summary>The samples of a batch.</summary>
    /// <param name="trainingSamples">The samples of a training part.</param>
    public static int BatchSize(int trainingSamples)
    {
        int batch = 16;
        while (batch < 128 && batch * 2 * 40 <= trainingSamples)
        {
            batch *= 2;
        }

        return batch;
    }
}
