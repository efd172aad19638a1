using Hillock.Activations;
using Hillock.Networks.Tests.Execution;

namespace Hillock.Networks.Tests;

public class NetworkTextTests
{
    private static readonly Activation Relu = Activation.Parse("relu");
    private static readonly TensorShape Image = TensorShape.Image(32, 32, 3);

    [Theory]
    [InlineData("conv:32x5,relu,pool:2,dense:10", "conv:32x5,relu,pool:2,dense:10")]
    [InlineData("conv:32x5, activation , pool:2", "conv:32x5,relu,pool:2,dense:10")]
    [InlineData("conv:8x3/stride=2/padding=1/nobias,batchnorm,leaky_relu(alpha=learn(channel, init=0.1)),globalavgpool", "conv:8x3/stride=2/padding=1/nobias,batchnorm,leaky_relu(alpha=learn(channel, init=0.1)),globalavgpool,dense:10")]
    [InlineData("conv:6x3/depthwise,conv:4x2/dilation=2/groups=2,avgpool:3/stride=2/padding=1", "conv:6x3/depthwise,conv:4x2/dilation=2/groups=2,avgpool:3/stride=2/padding=1,dense:10")]
    [InlineData("residual(conv:3x3,tanh),concat(conv:2x1|conv:3x3,relu|),add(tanh|relu)", "residual(conv:3x3,tanh),concat(conv:2x1|conv:3x3,relu|),add(tanh|relu),dense:10")]
    [InlineData("rows,attention:2,attention:1/causal,globalpool", "rows,attention:2,attention:1/causal,globalpool,dense:10")]
    [InlineData("groupnorm:3,lrn,lrn/size=3/alpha=0.1/beta=0.5/k=1,layernorm,rmsnorm/epsilon=0.001,dropout:0.25,alphadropout:0.1,penalty/l1=0.1/l2=0", "groupnorm:3,lrn,lrn/size=3/alpha=0.1/beta=0.5/k=1,layernorm,rmsnorm/epsilon=0.001,dropout:0.25,alphadropout:0.1,penalty/l1=0.1/l2=0,dense:10")]
    [InlineData("dense:7/nobias,swiglu,dense:10", null)]
    [InlineData("globalpool,linear_is_no_layer", null)]
    [InlineData("linear", "dense:10")]
    public void Layers_are_read_and_written(string text, string? written)
    {
        if (written is null)
        {
            Should.Throw<Exception>(() => NetworkText.Parse(text, Image, Relu, 10, Loss.SoftmaxCrossEntropy)).Message.ShouldNotContain("\n");
            return;
        }

        NetworkDescription description = NetworkText.Parse(text, Image, Relu, 10, Loss.SoftmaxCrossEntropy);
        string.Join(',', description.Layers.Where(layer => layer is not FlattenLayer).Select(layer => layer.Text)).ShouldBe(written);
        NetworkJson.Write(NetworkText.Parse(NetworkText.Write(description), Image, Relu, 10, Loss.SoftmaxCrossEntropy)).ShouldBe(NetworkJson.Write(description));
    }

    [Theory]
    [InlineData("lstm", "embedding:64,lstm:128/sequence,dense:30")]
    [InlineData("embedding:8,gru:16,dropout:0.1,lstm:16/sequence", "embedding:8,gru:16/sequence,dropout:0.1,lstm:16/sequence,dense:30")]
    [InlineData("mlp:20", "embedding:64,dense:20,relu,dense:30")]
    [InlineData("linear", "embedding:64,dense:30")]
    [InlineData("rmsnorm,residual(layernorm,dense:64,relu)", "embedding:64,rmsnorm,residual(layernorm,dense:64,relu),dense:30")]
    public void Every_position_is_judged_where_that_is_asked_for(string text, string layers)
    {
        NetworkDescription description = NetworkText.Parse(text, TensorShape.Tokens(12, 30), Activation.Parse("relu"), 30, Loss.SoftmaxCrossEntropy, everyPosition: true);
        string.Join(',', description.Layers.Select(layer => layer.Text.Replace("/activation=relu", "", StringComparison.Ordinal))).ShouldBe(layers);
        description.Output.ShouldBe(TensorShape.Sequence(12, 30));
    }

    [Theory]
    [InlineData("embedding:8,conv:8x3", "conv:8x3")]
    [InlineData("lstm:8/bidirectional", "lstm:8/bidirectional")]
    [InlineData("gru:8/reverse", "gru:8/reverse")]
    [InlineData("embedding:8,globalavgpool", "globalavgpool")]
    [InlineData("embedding:8,flatten,dense:4", "flatten")]
    [InlineData("embedding:8,batchnorm", "batchnorm")]
    [InlineData("embedding:8,concat(relu|conv:4x3)", "concat(relu|conv:4x3)")]
    public void A_layer_that_would_see_what_comes_next_is_refused(string text, string layer) =>
        Should.Throw<FormatException>(() => NetworkText.Parse(text, TensorShape.Tokens(12, 30), Relu, 30, Loss.SoftmaxCrossEntropy, everyPosition: true))
            .Message.ShouldBe($"network '{text}': {layer} joins positions or sees those behind, and every position is to be judged by itself and those before it");

    [Fact]
    public void Every_kind_of_layer_is_read_back_from_its_text()
    {
        foreach (string name in LayerNetworks.All)
        {
            NetworkDescription description = LayerNetworks.Named(name);

            // A dense layer over positions cannot be told from one that sees all of them.
            if (!LayerNetworks.HasDenseOverPositions(description))
            {
                NetworkDescription read = NetworkText.Parse(NetworkText.Write(description), description.Input, Relu, description.Outputs, description.Loss);
                NetworkText.Write(read).ShouldBe(NetworkText.Write(description), name);
                read.ParameterCount.ShouldBe(description.ParameterCount, name);
            }
        }
    }

    [Theory]
    [InlineData("", "at 1: a layer is missing")]
    [InlineData("conv:32x5,,relu", "at 11: a layer is missing")]
    [InlineData("conv:32", "at 1: conv is written conv:32x5")]
    [InlineData("conv:32x5/strid=2", "conv has no option 'strid'; it has stride, padding")]
    [InlineData("conv:32x5/stride=0", "conv is written conv/stride=N, where N is a whole number from 1, and '0' was given")]
    [InlineData("conv:8x3,pool", "at 10: pool is written pool:N")]
    [InlineData("flatten:3", "flatten has no value, and ':3' was given")]
    [InlineData("dropout:1", "at 1: dropout:1: the rate 1 is not a probability")]
    [InlineData("conv:8x3,rellu", "at 10: 'rellu' is no layer and no activation; did you mean 'relu'?")]
    [InlineData("dense:8,actvation", "at 9: 'actvation' is no layer and no activation; did you mean 'activation'?")]
    [InlineData("mlp", "at 1: 'mlp' is no layer and no activation; did you mean 'mlp:64'?")]
    [InlineData("quux", "at 1: 'quux' is no layer (dense, conv,")]
    [InlineData("conv:8x3,rellu", "relu")]
    [InlineData("residual(conv:3x3", "'residual(' at 1 is not closed")]
    [InlineData("residual(tanh|tanh|tanh)", "at most one shortcut")]
    [InlineData("tanh)", "at 5: ')' is not expected")]
    [InlineData("conv:8x3/nobias/nobias", "twice")]
    [InlineData("conv:8x3/nobias=1", "has no value")]
    [InlineData("dense:64", "ends with dense:64, and 10 outputs are needed")]
    [InlineData("mlp:0", "'0' is not a number of units")]
    [InlineData("dense:9999999999", "dense is written dense:N")]
    public void What_is_no_network_is_refused_in_one_line_with_its_place(string text, string named)
    {
        string message = Should.Throw<FormatException>(() => NetworkText.Parse(text, Image, Relu, 10, Loss.SoftmaxCrossEntropy)).Message;
        message.ShouldContain(named);
        message.ShouldNotContain("\n");
    }

    [Theory]
    [InlineData("conv:8x5/padding=0,pool:8,pool:8", "layer 3 (pool:8) has a window of 8, more than its input of 3×3×8 has")]
    [InlineData("globalpool,conv:8x3", "layer 2 (conv:8x3) needs images of height × width × channels or sequences of length × channels, and its input is 3 features")]
    [InlineData("conv:8x3/groups=2", "layer 1 (conv:8x3/groups=2) has 2 groups, which do not divide 3 channels and 8 filters")]
    [InlineData("embedding:8", "layer 1 (embedding:8) needs token ids, and its input is 32×32×3")]
    [InlineData("residual(conv:8x3)", "layer 1 (residual(conv:8x3)) adds 32×32×8 to 32×32×3")]
    [InlineData("rows,attention:5", "layer 2 (attention:5) has 5 heads, which do not divide")]
    [InlineData("attention:1", "layer 1 (attention:1) needs sequences of length × channels, and its input is")]
    [InlineData("residual(conv:3x3,groupnorm:2)", "layer 1.body.2 (groupnorm:2) has 2 groups, which do not divide 3 channels")]
    [InlineData("residual(dense:2000000000)", "layer 1.body.1 (dense:2000000000) makes more numbers than an array can hold")]
    [InlineData("concat(pool:2|tanh)", "joins branches of 16×16×3 and 32×32×3")]
    [InlineData("swiglu", "layer 1 (swiglu) cannot read 32×32×3: swiglu takes rows in two halves")]
    public void Layers_that_do_not_fit_are_named(string text, string named)
    {
        string message = Should.Throw<NetworkDescriptionException>(() => NetworkText.Parse(text, Image, Relu, 10, Loss.SoftmaxCrossEntropy)).Message;
        message.ShouldContain(named);
        message.ShouldNotContain("\n");
    }

    [Fact]
    public void Texts_of_perceptrons_give_what_Mlp_gives()
    {
        NetworkDescription expected = NetworkDescription.Mlp(64, [32, 16], Relu, 10, Loss.SoftmaxCrossEntropy);
        NetworkDescription read = NetworkText.Parse("mlp:32,16", TensorShape.Features(64), Relu, 10, Loss.SoftmaxCrossEntropy);
        NetworkJson.Write(read).ShouldBe(NetworkJson.Write(expected));
        NetworkText.Write(read).ShouldBe("mlp:32,16");
        NetworkText.Write(NetworkText.Parse("linear", TensorShape.Features(64), Relu, 10, Loss.SoftmaxCrossEntropy)).ShouldBe("linear");
        NetworkText.Parse("mlp:5", Image, Relu, 1, Loss.MeanSquaredError).Layers[0].ShouldBeOfType<FlattenLayer>();
    }

    [Fact]
    public void Convolutions_run_along_sequences()
    {
        NetworkDescription description = NetworkText.Parse(
            "embedding:16,conv:8x3,relu,globalpool", TensorShape.Tokens(20, 100), Relu, 2, Loss.SoftmaxCrossEntropy);
        description.Layers[1].ShouldBeOfType<ConvolutionLayer>();
        description.ParameterCount.ShouldBe(100 * 16 + 3 * 16 * 8 + 8 + 8 * 2 + 2);
    }

    [Theory]
    [InlineData("lenet", 28, 1, 10, 61706)] // as PyTorch's tutorial and most texts count it
    [InlineData("cnn", 32, 3, 10, 145578)]
    [InlineData("alexnet", 227, 3, 1000, 60965224)] // the paper's net as Caffe's reference model has it
    [InlineData("vgg-small", 32, 3, 10, 814122)]
    [InlineData("resnet-small", 32, 3, 10, 272474)]
    [InlineData("rnn", 28, 1, 10, 21386)]
    [InlineData("lstm", 28, 1, 10, 81674)]
    [InlineData("gru", 28, 1, 10, 61706)]
    public void Presets_have_as_many_parameters_as_published_or_counted_by_hand(string preset, int size, int channels, int classes, long parameters) =>
        NetworkText.Parse(preset, TensorShape.Image(size, size, channels), Relu, classes, Loss.SoftmaxCrossEntropy).ParameterCount.ShouldBe(parameters);

    [Fact]
    public void Alexnet_takes_steps_that_allocate_nothing()
    {
        NetworkDescription description = NetworkText.Parse("alexnet", TensorShape.Image(227, 227, 3), Relu, 10, Loss.SoftmaxCrossEntropy);
        Stepper stepper = new(description, 1, null, reuse: true);
        stepper.Step(0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        stepper.Step(1);
        GC.GetAllocatedBytesForCurrentThread().ShouldBe(before);
        stepper.Network.Parameters.Span[..1000].ToArray().ShouldAllBe(x => float.IsFinite(x));
    }
}
