using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;
using Hillock.Activations.Testing;

namespace Hillock.Activations.Tests.Testing;

/// <summary>The kit finds nothing wrong with the catalogue, and finds what is wrong with formulas that are.</summary>
public class ActivationConformanceTests
{
    public static TheoryData<string> Names => new(ActivationCatalogue.All.Where(d => d.IsElementwise).Select(d => d.Facts.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_catalogue_conforms(string name) => ActivationConformance.Check(Functions.Named(name)).ShouldBeEmpty();

    [Fact]
    public void A_new_activation_is_one_file_and_conforms() => ActivationConformance.Check(new ElementwiseActivation<Own>()).ShouldBeEmpty();

    [Fact]
    public void What_is_wrong_is_named()
    {
        IReadOnlyList<string> failures = ActivationConformance.Check(new ElementwiseActivation<Faulty>());
        failures.ShouldContain("the name 'Bad Name' is not in lower case with words joined by underscores");
        failures.ShouldContain("its title is empty");
        failures.ShouldContain("the default of alpha, 9, is not between 0 and 1");
        failures.ShouldContain(f => f.StartsWith("its formula", StringComparison.Ordinal) && f.EndsWith("does not contain its parameter alpha", StringComparison.Ordinal));
        failures.ShouldContain(f => f.Contains("values of floats are off by more than 2 ULP", StringComparison.Ordinal));
        failures.ShouldContain(f => f.StartsWith("floats: at x = ", StringComparison.Ordinal) && f.Contains(", and with a mask ", StringComparison.Ordinal));
        failures.ShouldContain(f => f.StartsWith("it is said to be monotone and falls at x = ", StringComparison.Ordinal));
    }

    [Fact]
    public void Functions_of_rows_are_refused() =>
        Should.Throw<ArgumentException>(() => ActivationConformance.Check(Functions.Named("softmax"))).Message.ShouldContain("softmax");

    /// <summary>A user's own activation: x·(1 + tanh(alpha·x))/2.</summary>
    private readonly struct Own : IElementwiseFormula
    {
        public static ActivationFacts Facts { get; } = Formulas.Swish.Facts with
        {
            Name = "tanh_gate",
            Parameters = [new("alpha", 0.5, 0, 10, "how sharply the gate opens")],
        };

        public static T Value<T>(T x, P<T> p)
            where T : struct, IReal<T> => T.SigmoidLinear(x, 2 * p.First);
    }

    private readonly struct Faulty : IElementwiseFormula
    {
        public static ActivationFacts Facts { get; } = Formulas.Swish.Facts with
        {
            Name = "Bad Name",
            Title = "",
            Monotone = true,
            Parameters = [new("alpha", 9, 0, 1, "does nothing")],
        };

        public static bool FloatArithmeticSuffices => true;

        public static bool HasTwoSlopes => true;

        public static T Value<T>(T x, P<T> p)
            where T : struct, IReal<T> => x * (T.Constant(1) / (1 + T.Exp(-x)));
    }
}
