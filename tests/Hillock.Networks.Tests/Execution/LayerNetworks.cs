using Hillock.Activations;
using Hillock.Networks.Execution;

namespace Hillock.Networks.Tests.Execution;

/// <summary>A small network around every kind of layer, by name: what the tests of gradients, bits, memory and allocations go through.</summary>
internal static class LayerNetworks
{
    private static readonly Dictionary<string, NetworkDescription> Networks = new()
    {
        ["dense"] = Features(6, [new DenseLayer(5), A("tanh")]),
        ["dense without bias"] = Features(6, [new DenseLayer(5, Bias: false), A("relu")]),
        ["dense over positions"] = Sequence(4, 3, [new DenseLayer(5), A("gelu"), new FlattenLayer()]),
        ["activations alone"] = Features(6, [A("swish(beta=learn(channel))"), A("rrelu"), new DenseLayer(4), A("softmax")]),
        ["gated units"] = Features(6, [new DenseLayer(8), A("swiglu"), new DenseLayer(10), A("glu"), new DenseLayer(6), A("maxout(pieces=3)"), A("crelu")]),
        ["gated convolution"] = Image(4, 3, 2, [new ConvolutionLayer(6, 3), A("geglu"), new FlattenLayer(), A("log_softmax")]),
        ["convolution"] = Image(5, 6, 2, [new ConvolutionLayer(3, 3), A("tanh"), new FlattenLayer()]),
        ["convolution twice"] = Image(6, 5, 2, [new ConvolutionLayer(8, 3), A("mish"), new ConvolutionLayer(17, 3) { Padding = 0 }, A("relu"), new FlattenLayer()]),
        ["convolution strided"] = Image(7, 6, 3, [new DenseLayer(3), new ConvolutionLayer(4, 3) { Stride = 2 }, A("prelu"), new FlattenLayer()]),
        ["convolution dilated"] = Image(7, 7, 2, [new DenseLayer(2), new ConvolutionLayer(3, 3) { Dilation = 2, Padding = 1, Bias = false }, new FlattenLayer()]),
        ["convolution in groups"] = Image(4, 5, 4, [new DenseLayer(4), new ConvolutionLayer(6, 2) { Groups = 2 }, A("leaky_relu(alpha=learn(channel))"), new FlattenLayer()]),
        ["convolution depthwise"] = Image(5, 5, 4, [new DenseLayer(4), new ConvolutionLayer(4, 3) { Depthwise = true }, A("rrelu"), new FlattenLayer()]),
        ["convolution pointwise"] = Image(3, 4, 4, [new DenseLayer(4), new ConvolutionLayer(5, 1), A("elu"), new FlattenLayer()]),
        ["convolution 1d"] = Sequence(9, 3, [new DenseLayer(3), new ConvolutionLayer(5, 4), A("silu"), new ConvolutionLayer(4, 3) { Stride = 2, Padding = 0 }, new FlattenLayer()]),
        ["convolution, masked"] = Image(
            6, 5, 2, [new ConvolutionLayer(32, 3), A("relu"), new PoolLayer(PoolKind.Max, 2), new ConvolutionLayer(16, 3), A("leaky_relu(alpha=-0.2)"), A("tanh"), new FlattenLayer()]),
        ["convolution in groups, masked"] = Image(
            5, 4, 4, [new ConvolutionLayer(32, 3) { Groups = 2 }, A("hardtanh(lower=-0.2, upper=0.3)"), new ConvolutionLayer(32, 3) { Groups = 4 }, A("leaky_relu"), new FlattenLayer()]),
        ["convolution depthwise, masked"] = Image(
            5, 4, 16, [new ConvolutionLayer(16, 3) { Depthwise = true }, A("softshrink(lambda=0.1)"), new GlobalPoolLayer(PoolKind.Average)]),
        ["residual, masked"] = Image(
            4, 4, 3, [new ConvolutionLayer(16, 3), A("relu"), new ResidualLayer([new ConvolutionLayer(16, 3), new BatchNormLayer(), A("relu")]), A("relu"), new FlattenLayer()]),
        ["dense, masked"] = Features(6, [new DenseLayer(48), A("hardshrink(lambda=0.1)"), new DenseLayer(32), A("threshold(threshold=0.1, value=0.1)"), A("relu6")]),
        ["max pooling"] = Image(5, 4, 3, [new ConvolutionLayer(9, 2), new PoolLayer(PoolKind.Max, 2), A("relu"), new FlattenLayer()]),
        ["max pooling overlapping"] = Image(7, 7, 2, [new ConvolutionLayer(9, 1), new PoolLayer(PoolKind.Max, 3) { Stride = 2, Padding = 1 }, new FlattenLayer()]),
        ["average pooling"] = Sequence(7, 3, [new DenseLayer(9), new PoolLayer(PoolKind.Average, 3) { Stride = 2, Padding = 1 }, new FlattenLayer()]),
        ["average pooling side by side"] = Image(4, 4, 2, [new DenseLayer(9), new PoolLayer(PoolKind.Average, 2), new FlattenLayer()]),
        ["global pooling"] = Image(4, 3, 2, [new DenseLayer(9), A("tanh"), new ParallelLayer([[new GlobalPoolLayer(PoolKind.Max)], [new GlobalPoolLayer(PoolKind.Average)]])]),
        ["batch normalisation"] = Image(3, 4, 2, [new ConvolutionLayer(9, 3) { Bias = false }, new BatchNormLayer(), A("relu"), new FlattenLayer()]),
        ["layer normalisation"] = Sequence(4, 3, [new DenseLayer(11), new LayerNormLayer(), A("gelu"), new FlattenLayer()]),
        ["group normalisation"] = Image(3, 3, 2, [new ConvolutionLayer(10, 2), new GroupNormLayer(2), A("silu"), new FlattenLayer()]),
        ["rms normalisation"] = Features(7, [new DenseLayer(11), new RmsNormLayer(), A("tanh")]),
        ["local response normalisation"] = Image(3, 3, 2, [new ConvolutionLayer(9, 2), new LocalResponseNormLayer { Alpha = 0.3, Size = 3 }, new FlattenLayer()]),
        ["dropout"] = Features(7, [new DropoutLayer(0.2), new DenseLayer(11), A("relu"), new DropoutLayer(0.5), new DenseLayer(6), A("tanh")]),
        ["alpha dropout"] = Features(7, [new DenseLayer(11), A("selu"), new AlphaDropoutLayer(0.3)]),
        ["embedding"] = Classify(TensorShape.Tokens(5, 7), [new EmbeddingLayer(4), A("tanh"), new FlattenLayer()]),
        ["residual"] = Image(4, 4, 3, [new DenseLayer(6), new ResidualLayer([new ConvolutionLayer(6, 3), A("relu"), new ConvolutionLayer(6, 3)]), A("relu"), new FlattenLayer()]),
        ["residual with a shortcut"] = Features(
            5, [new DenseLayer(4), new ResidualLayer([new DenseLayer(6), A("swish(beta=learn)")], [A("tanh"), new DenseLayer(6, Bias: false)]), A("mish")]),
        ["residual over the samples"] = Features(5, [new ResidualLayer([new DenseLayer(5), A("tanh")])]),
        ["branches"] = Sequence(
            5, 3, [new ParallelLayer([[new ConvolutionLayer(4, 3), A("relu")], [new ConvolutionLayer(3, 1)], []]), A("tanh"), new GlobalPoolLayer(PoolKind.Average)]),
        ["branches added"] = Features(5, [new DenseLayer(4), new ParallelLayer([[A("tanh")], [new DenseLayer(4)], [A("relu"), new DenseLayer(4)]], BranchJoin.Add)]),
        ["lstm"] = Sequence(5, 3, [new LstmLayer(6)]),
        ["lstm stacked, of sequences"] = Sequence(4, 3, [new DenseLayer(4), new LstmLayer(9) { Sequence = true }, new LstmLayer(5) { Reverse = true, Sequence = true }, new FlattenLayer()]),
        ["lstm in both directions, with other activations"] = Sequence(
            4, 2, [new DenseLayer(3), new LstmLayer(4) { Bidirectional = true, Activation = F("elu"), GateActivation = F("softsign") }]),
        ["lstm with learned activations"] = Sequence(
            3, 3, [new LstmLayer(4) { Activation = F("swish(beta=learn(channel))"), GateActivation = F("swish(beta=learn)"), Bidirectional = true }]),
        ["lstm, every position judged"] = Classify(TensorShape.Tokens(5, 7), [new EmbeddingLayer(4), new LstmLayer(6) { Sequence = true }, new DropoutLayer(0.2)]),
        ["lstm of one position"] = Sequence(1, 3, [new LstmLayer(4)]),
        ["gru"] = Sequence(5, 3, [new DenseLayer(4), new GruLayer(9)]),
        ["gru stacked, in both directions"] = Sequence(4, 3, [new GruLayer(6) { Sequence = true, Bidirectional = true }, new GruLayer(5) { Reverse = true }]),
        ["gru with learned activations"] = Sequence(4, 3, [new GruLayer(5) { Activation = F("swish(beta=learn(channel))"), Sequence = true }, new FlattenLayer()]),
        ["rnn"] = Sequence(5, 3, [new DenseLayer(4), new SimpleRecurrentLayer(17)]),
        ["rnn over the rows of images"] = Image(4, 3, 2, [new RowsLayer(), new SimpleRecurrentLayer(5) { Activation = F("relu") }]),
        ["rnn in both directions"] = Sequence(4, 3, [new SimpleRecurrentLayer(5) { Activation = F("swish"), Sequence = true, Bidirectional = true }, new FlattenLayer()]),
        ["attention"] = Sequence(5, 4, [new AttentionLayer(2), A("tanh"), new FlattenLayer()]),
        ["attention of one head, stacked"] = Sequence(
            4, 3, [new DenseLayer(5), new ResidualLayer([new LayerNormLayer(), new AttentionLayer(1)]), new AttentionLayer(5), new GlobalPoolLayer(PoolKind.Average)]),
        ["attention, causal, every position judged"] = Classify(
            TensorShape.Tokens(6, 7), [new EmbeddingLayer(6), new ResidualLayer([new RmsNormLayer(), new AttentionLayer(3) { Causal = true }])]),
        ["activity penalty"] = Features(5, [new DenseLayer(7), A("relu"), new ActivityPenaltyLayer { L1 = 0.1, L2 = 0.05 }, new DenseLayer(6), A("tanh")]),
    };

    /// <summary>The names.</summary>
    public static TheoryData<string> Names => [.. Networks.Keys];

    /// <summary>The names.</summary>
    public static IEnumerable<string> All => Networks.Keys;

    /// <summary>Whether a dense layer reads something that has positions.</summary>
    public static bool HasDenseOverPositions(NetworkDescription description) =>
        LayerNode.All(description.Nodes).Any(node => node.Description is DenseLayer && node.Input.Rank > 1);

    /// <summary>The network of a name.</summary>
    public static NetworkDescription Named(string name) => Networks[name];

    private static ActivationLayer A(string activation) => new(F(activation));

    private static Activation F(string activation) => Activation.Parse(activation);

    private static NetworkDescription Features(int count, LayerDescription[] layers) => Classify(TensorShape.Features(count), layers);

    private static NetworkDescription Sequence(int length, int channels, LayerDescription[] layers) => Classify(TensorShape.Sequence(length, channels), layers);

    private static NetworkDescription Image(int height, int width, int channels, LayerDescription[] layers) =>
        Classify(TensorShape.Image(height, width, channels), layers);

    private static NetworkDescription Classify(TensorShape input, LayerDescription[] layers) => new(input, [.. layers, new DenseLayer(3)], Loss.SoftmaxCrossEntropy);
}
