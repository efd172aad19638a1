using Hillock.Activations.Catalogue;

namespace Hillock.Activations.Tests.Catalogue;

public class FrameworkDefaultsTests
{
    // The documented defaults of PyTorch 2, Keras 3, JAX and ONNX.
    [Theory]
    [InlineData("pytorch:leaky_relu", "leaky_relu(alpha=0.01)")]
    [InlineData("pytorch:LeakyReLU", "leaky_relu(alpha=0.01)")]
    [InlineData("keras:leaky_relu", "leaky_relu(alpha=0.2)")]
    [InlineData("keras:LeakyReLU", "leaky_relu(alpha=0.3)")]
    [InlineData("jax:leaky_relu", "leaky_relu(alpha=0.01)")]
    [InlineData("onnx:leaky_relu", "leaky_relu(alpha=0.01)")]
    [InlineData("pytorch:prelu", "leaky_relu(alpha=learn(layer, init=0.25))")]
    [InlineData("keras:prelu", "leaky_relu(alpha=learn(channel, init=0))")]
    [InlineData("pytorch:rrelu", "leaky_relu(alpha=uniform(0.125, 0.3333333333333333))")]
    [InlineData("pytorch:gelu", "gelu")]
    [InlineData("keras:gelu", "gelu")]
    [InlineData("jax:gelu", "gelu_tanh")]
    [InlineData("onnx:gelu", "gelu")]
    [InlineData("pytorch:hard_sigmoid", "hard_sigmoid(alpha=0.16666666666666666, beta=0.5)")]
    [InlineData("onnx:hard_sigmoid", "hard_sigmoid(alpha=0.2, beta=0.5)")]
    [InlineData("ONNX:HardSigmoid", "hard_sigmoid(alpha=0.2, beta=0.5)")]
    [InlineData("onnx : hard_sigmoid ( beta = 0.4 )", "hard_sigmoid(alpha=0.2, beta=0.4)")]
    [InlineData("onnx:shrink", "hardshrink(lambda=0.5)")]
    [InlineData("onnx:thresholded_relu", "thresholded_relu(theta=1)")]
    [InlineData("keras:swish", "swish(beta=1)")]
    [InlineData("pytorch:swish", "swish(beta=1)")]
    [InlineData("jax:sparse_plus", "smelu(beta=1)")]
    [InlineData("keras:sparse_sigmoid", "hard_sigmoid(alpha=0.5, beta=0.5)")]
    [InlineData("keras:linear", "identity")]
    [InlineData("jax:squareplus", "squareplus(b=4)")]
    public void A_name_after_a_framework_is_its_default(string text, string specification) =>
        Activation.Parse(text).Specification.ShouldBe(specification);

    [Fact]
    public void The_name_is_kept_as_given_and_lists_expand()
    {
        Activation.Parse("keras:leaky_relu").Name.ShouldBe("keras:leaky_relu");
        Activation.ParseList("relu, keras:leaky_relu, onnx:hard_sigmoid(beta=0.4|0.6)").Select(a => a.Name)
            .ShouldBe(["relu", "keras:leaky_relu", "onnx:hard_sigmoid(beta=0.4)", "onnx:hard_sigmoid(beta=0.6)"]);
    }

    [Theory]
    [InlineData("pytroch:relu", "unknown framework 'pytroch'; did you mean 'pytorch'?")]
    [InlineData("caffe:relu", "unknown framework 'caffe'; known are pytorch, keras, jax, onnx")]
    [InlineData("pytorch:leaky_rleu", "pytorch has no 'leaky_rleu'; did you mean 'pytorch:LeakyReLU'?")]
    [InlineData("onnx:clip", "ONNX has no default of 'clip': Clip, without bounds unless they are given")]
    [InlineData("keras:threshold", "Keras has no default of 'threshold': threshold, threshold and value must be given")]
    [InlineData("pytorch:threshold", "PyTorch has no default of 'threshold': nn.Threshold, threshold and value must be given")]
    [InlineData("keras:", "the name of a function is missing after 'keras:'")]
    [InlineData("keras:relu)", "a closing parenthesis has no opening one")]
    public void Mistakes_are_pointed_out(string text, string message) =>
        Should.Throw<FormatException>(() => Activation.Parse(text)).Message.ShouldStartWith(message);

    [Fact]
    public void Every_preset_can_be_asked_for()
    {
        foreach (ActivationDefinition definition in ActivationCatalogue.All)
        {
            foreach (PeerName peer in definition.Facts.Peers.Where(p => p.Preset is not null))
            {
                string shortName = peer.Name[(peer.Name.LastIndexOf('.') + 1)..];
                Activation.Parse($"{peer.Framework}:{shortName}").ShouldNotBeNull();
                FrameworkDefaults.Disagreements(definition).ShouldAllBe(d => d.Activation.Name.Length > 0);
            }
        }
    }

    [Fact]
    public void Disagreements_are_those_of_the_default()
    {
        FrameworkDefaults.Disagreements(Functions.Named("relu")).ShouldBeEmpty();
        FrameworkDefaults.Disagreements(Functions.Named("gelu")).Select(d => (d.Framework, d.Activation.Specification)).ShouldBe(
            [("PyTorch", "gelu"), ("Keras", "gelu"), ("ONNX", "gelu"), ("Keras", "gelu_tanh"), ("JAX", "gelu_tanh")]);
    }
}
