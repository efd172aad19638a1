using Hillock.Activations.Catalogue;

namespace Hillock.Activations.Tests.Kernels;

/// <summary>What is wrong with a span is told by the name of the parameter that the caller knows.</summary>
public class SpanChecksTests
{
    [Theory]
    [InlineData("gelu", 6)]
    [InlineData("softmax", 6)]
    [InlineData("swiglu", 3)]
    [InlineData("x * sigmoid(2 * x)", 6)]
    public void Spans_are_named_as_the_parameters_are(string text, int outputs)
    {
        Activation activation = Activation.Parse(text);
        float[] x = new float[6];
        float[] y = new float[outputs];
        Complaint(() => activation.Evaluate(x, new float[outputs - 1]), "output");
        Complaint(() => activation.Slope(x, new float[5]), "slope");
        Complaint(() => activation.Definition.Backward(x, new float[outputs - 1], new float[6], 6, default), "outputGradient");
        Complaint(() => activation.Definition.Backward(x, y, new float[7], 6, default), "inputGradient");
        Complaint(() => activation.Evaluate(x, x.AsSpan(1, outputs - 1)), "output");
    }

    [Fact]
    public void Overlaps_are_told_by_name()
    {
        Activation gelu = Activation.Parse("gelu");
        float[] x = new float[9];
        Complaint(() => gelu.Evaluate(x.AsSpan(0, 6), x.AsSpan(1, 6)), "output", "overlaps the input by an offset of 1");
        Complaint(() => gelu.Slope(x.AsSpan(0, 6), x.AsSpan(1, 6)), "slope", "overlaps the input by an offset of 1");
        Complaint(() => gelu.Definition.Backward(new float[6], x.AsSpan(0, 6), x.AsSpan(2, 6), 6, default), "inputGradient", "overlaps the gradient by an offset of 2");
    }

    [Fact]
    public void Gradients_by_parameters_are_contributions()
    {
        Activation leaky = Activation.Parse("leaky_relu(alpha=learn)");
        float[] alpha = [0.1f];
        Complaint(() => leaky.Definition.ParameterGradient(new float[6], new float[6], new float[5], 6, 0, new ActivationArguments<float>(alpha)), "contributions");
        Complaint(() => leaky.Definition.ParameterGradient(new float[6], new float[5], new float[6], 6, 0, new ActivationArguments<float>(alpha)), "outputGradient");
    }

    [Fact]
    public void Gradients_by_parameters_are_sums_or_contributions_and_lie_apart()
    {
        ActivationDefinition pelu = Activation.Parse("pelu").Definition;
        float[] parameters = [1, 2];
        float[] memory = new float[12];
        Complaint(() => Backward(default(ParameterGradients<float>).With(1, new float[5])), "parameterGradients", "5 values for parameter 2 of pelu; allowed: 0 for none, 1 for the sum, or 6");
        Complaint(() => Backward(default(ParameterGradients<float>).With(2, new float[1])), "parameterGradients", "1 values for parameter 3 of pelu; allowed: none");
        Complaint(() => Backward(default(ParameterGradients<float>).With(0, memory.AsSpan(3, 1))), "parameterGradients", "overlaps the input by an offset of 3");
        Complaint(() => Backward(ParameterGradients.Sums<float>(memory.AsSpan(8, 2)).With(1, memory.AsSpan(6, 6))), "parameterGradients", "overlaps the gradient by another parameter");
        Should.Throw<ArgumentOutOfRangeException>(() => default(ParameterGradients<float>).With(12, new float[1]));

        // Nothing is asked for, nothing happens; sums over nothing are 0.
        Backward(default);
        float[] sums = [3, 3];
        pelu.Backward(ReadOnlySpan<float>.Empty, [], [], 0, ActivationArguments.Constants<float>(parameters), ParameterGradients.Sums<float>(sums));
        sums.ShouldBe([0, 0]);

        void Backward(ParameterGradients<float> gradients) =>
            pelu.Backward(memory.AsSpan(0, 6), new float[6], [], 6, ActivationArguments.Constants<float>(parameters), gradients);
    }

    private static void Complaint(Action call, string name, string part = "elements; it must have as many as")
    {
        ArgumentException complaint = Should.Throw<ArgumentException>(call);
        complaint.ParamName.ShouldBe(name);
        complaint.Message.ShouldStartWith(name);
        complaint.Message.ShouldContain(part);
    }
}
