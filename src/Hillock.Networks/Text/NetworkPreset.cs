namespace Hillock.Networks;

/// <summary>A network with a name.</summary>
/// <param name="Name">The name by which it is asked for.</param>
/// <param name="Layers">
/// Its layers in the notation of <see cref="NetworkText"/>, without the output layer; <c>activation</c> stands for the activation that it is given.
/// </param>
/// <param name="Summary">What it is, in one sentence.</param>
public sealed record NetworkPreset(string Name, string Layers, string Summary)
{
    /// <summary>All presets; besides, <c>mlp:128,64</c> is a perceptron with these hidden layers.</summary>
    public static IReadOnlyList<NetworkPreset> All { get; } =
    [
        new("linear", "", "No hidden layer: logistic or softmax regression, or least squares."),
        new(
            "lenet",
            "conv:6x5,activation,avgpool:2,conv:16x5/padding=0,activation,avgpool:2,dense:120,activation,dense:84,activation",
            "LeNet-5 (LeCun et al. 1998), for images of 28 × 28 pixels."),
        new(
            "cnn",
            "conv:32x5,activation,pool:2,conv:32x5,activation,pool:2,conv:64x5,activation,pool:2,dense:64,activation",
            "Three convolutions with pooling, for images of 32 × 32 pixels."),
        new(
            "alexnet",
            "conv:96x11/stride=4/padding=0,activation,lrn,pool:3/stride=2,conv:256x5/groups=2,activation,lrn,pool:3/stride=2,"
                + "conv:384x3,activation,conv:384x3/groups=2,activation,conv:256x3/groups=2,activation,pool:3/stride=2,"
                + "dropout:0.5,dense:4096,activation,dropout:0.5,dense:4096,activation",
            "AlexNet (Krizhevsky, Sutskever & Hinton 2012), for images of 227 × 227 pixels: 61 million parameters."),
        new(
            "vgg-small",
            "conv:32x3,activation,conv:32x3,activation,pool:2,conv:64x3,activation,conv:64x3,activation,pool:2,"
                + "conv:128x3,activation,conv:128x3,activation,pool:2,dense:256,activation,dropout:0.5",
            "Pairs of 3 × 3 convolutions after VGG (Simonyan & Zisserman 2015), for images of 32 × 32 pixels."),
        new("resnet-small", ResNet(blocks: 3), "ResNet-20 (He et al. 2016) with learned shortcuts where the size changes, for images of 32 × 32 pixels."),
        new("rnn", "rnn:128/activation=activation", "A plain recurrent layer (Elman 1990) of 128 units, for sequences, or images row by row."),
        new("lstm", "lstm:128/activation=activation", "Long short-term memory (Hochreiter & Schmidhuber 1997) of 128 units, for sequences, or images row by row."),
        new("gru", "gru:128/activation=activation", "Gated recurrent units (Cho et al. 2014), 128 of them, for sequences, or images row by row."),
    ];

    private static string ResNet(int blocks)
    {
        List<string> layers = ["conv:16x3/nobias,batchnorm,activation"];
        int from = 16;
        foreach (int filters in new[] { 16, 32, 64 })
        {
            for (int block = 0; block < blocks; block++)
            {
                bool wider = filters != from;
                string stride = wider ? "/stride=2" : "";
                string shortcut = wider ? $"|conv:{filters}x1/stride=2/nobias,batchnorm" : "";
                layers.Add($"residual(conv:{filters}x3{stride}/nobias,batchnorm,activation,conv:{filters}x3/nobias,batchnorm{shortcut}),activation");
                from = filters;
            }
        }

        layers.Add("globalavgpool");
        return string.Join(',', layers);
    }
}
