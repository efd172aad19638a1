using Hillock.Activations.Catalogue;
using Hillock.Activations.Verification;

namespace Hillock.Activations.Tests.Verification;

/// <summary>A dense sample of what an exhaustive run proves.</summary>
public class AccuracyTests
{
    public static TheoryData<string> Names => Functions.ElementwiseNames;

    [Theory]
    [MemberData(nameof(Names))]
    public void Floats_keep_the_contract_in_every_binade(string name)
    {
        ActivationDefinition definition = Functions.Named(name);
        AccuracyResult result = AccuracyVerifier.Verify(definition, exhaustive: false, threads: 2, stride: 1021);
        result.Count.ShouldBe(((1L << 32) + 1020) / 1021);
        result.WithinContract.ShouldBeTrue(result.ToString());
        result.Value.WorstUlp.ShouldBeLessThan(1, "values are rounded once from double");
    }

    [Fact]
    public void The_result_does_not_depend_on_threads()
    {
        ActivationDefinition tanh = Functions.Named("tanh");
        AccuracyVerifier.Verify(tanh, false, 1, 65537).ShouldBe(AccuracyVerifier.Verify(tanh, false, 3, 65537));
    }

    [Fact]
    public void A_kernel_with_errors_is_found_out()
    {
        AccuracyResult result = AccuracyVerifier.Verify(new ElementwiseActivation<FaultySigmoid>(), false, 1, 65537);
        result.WithinContract.ShouldBeFalse();
        result.Value.Violations.ShouldBeGreaterThan(0);
        float.IsNaN(result.Value.FirstViolation).ShouldBeFalse();
    }

    [Fact]
    public void Functions_of_rows_are_refused() =>
        Should.Throw<ArgumentException>(() => AccuracyVerifier.Verify(Functions.Named("softmax"), false, 1)).Message.ShouldContain("softmax");

    /// <summary>Float arithmetic where it does not suffice: 1/(1 + e^-x) in floats loses digits.</summary>
    private readonly struct FaultySigmoid : IElementwiseFormula
    {
        public static ActivationFacts Facts => Formulas.Sigmoid.Facts;

        public static bool FloatArithmeticSuffices => true;

        public static T Value<T>(T x, P<T> p)
            where T : struct, Hillock.Activations.Numbers.IReal<T> => T.Constant(1) / (1 + T.Exp(-x)) * x;
    }
}
