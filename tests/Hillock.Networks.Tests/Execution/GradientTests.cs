using Hillock.Activations;
using Hillock.Activations.Catalogue;

namespace Hillock.Networks.Tests.Execution;

/// <summary>Gradients of whole networks against central differences of a plain double-precision forward pass.</summary>
public class GradientTests
{
    private const int Inputs = 5;

    public static TheoryData<string, Loss> Cases()
    {
        TheoryData<string, Loss> cases = [];
        // Sums are of either sign, and a layer keeps its width.
        IEnumerable<string> names = ActivationCatalogue.All.Where(d => d.KeepsLength && d.Facts.Domain.Contains(-1)).Select(definition => definition.Facts.Name);
        string[] learned =
        [
            "prelu", "rrelu", "leaky_relu(alpha=learn(channel))", "swish(beta=learn)", "swish(beta=learn(channel))", "elu(alpha=learn)",
            "leaky_relu(alpha=0.3)", "elu(alpha=uniform(0.5, 1.5))", "elu(alpha=normal(1, 0.1))", "rrelu_paper",
        ];
        foreach (string activation in names.Concat(learned))
        {
            cases.Add(activation, Loss.SoftmaxCrossEntropy);
        }

        foreach (string activation in new[] { "tanh", "prelu" })
        {
            cases.Add(activation, Loss.BinaryCrossEntropy);
            cases.Add(activation, Loss.MeanSquaredError);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradients_agree_with_differences_in_double(string activation, Loss loss) =>
        // An exponential of an exponential leaves little room above.
        GradientCheck.Run(
            NetworkDescription.Mlp(Inputs, [7, 6], Activation.Parse(activation), loss == Loss.SoftmaxCrossEntropy ? 4 : 1, loss),
            reach: activation == "exp" ? 0.25f : 2);

    [Fact]
    public void Gradients_agree_where_every_layer_has_another_activation()
    {
        (int Units, string Activation)[] hidden = [(17, "mish"), (3, "leaky_relu(alpha=learn(channel))"), (1, "tanh"), (33, "rrelu")];
        GradientCheck.Run(new NetworkDescription(
            TensorShape.Features(Inputs),
            [
                .. hidden.SelectMany<(int Units, string Activation), LayerDescription>(
                    layer => [new DenseLayer(layer.Units), new ActivationLayer(Activation.Parse(layer.Activation))]),
                new DenseLayer(4),
            ],
            Loss.SoftmaxCrossEntropy));
    }

    [Theory]
    [InlineData("conv:4x3,activation,pool:2,conv:9x3,activation,avgpool:2,dense:6,activation", "tanh")]
    [InlineData("conv:4x3,activation,pool:2,conv:9x3,activation,avgpool:2,dense:6,activation", "gelu")]
    [InlineData("conv:4x3,activation,pool:2,conv:9x3,activation,avgpool:2,dense:6,activation", "leaky_relu(alpha=learn(channel))")]
    [InlineData("conv:4x3,activation,pool:2,conv:9x3,activation,avgpool:2,dense:6,activation", "rrelu")]
    [InlineData("conv:8x3/stride=2,activation,lrn/alpha=0.2,pool:3/stride=2,conv:8x3/groups=2,activation,dropout:0.5,dense:9,activation", "relu")]
    [InlineData("conv:8x3/nobias,batchnorm,activation,residual(conv:9x3/stride=2,groupnorm:3,activation,conv:9x3/depthwise|conv:9x1/stride=2),activation,globalavgpool", "swish(beta=learn)")]
    public void Gradients_of_small_networks_of_all_kinds_of_layers_agree(string text, string activation) => GradientCheck.Run(
        NetworkText.Parse(text, TensorShape.Image(8, 9, 2), Activation.Parse(activation), 4, Loss.SoftmaxCrossEntropy), rows: 3, most: 20);

    [Fact]
    public void Gradients_of_a_linear_model_agree() =>
        GradientCheck.Run(NetworkDescription.Mlp(Inputs, [], Activation.Parse("relu"), 4, Loss.SoftmaxCrossEntropy));
}
