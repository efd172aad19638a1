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
    public void A_gradient_from_outputs_that_is_another_is_found()
    {
        ActivationConformance.Check(new ElementwiseActivation<FollowingTanh>())
            .ShouldContain(f => f.StartsWith("the derivative is said to be that at the output, and at x = ", StringComparison.Ordinal));
        IReadOnlyList<string> failures = ActivationConformance.Check(new ElementwiseActivation<LinearSlopeTanh>());
        failures.ShouldContain(f => f.StartsWith("floats: the derivative at x = ", StringComparison.Ordinal) && f.Contains("computed from the output", StringComparison.Ordinal));
        failures.ShouldContain(f => f.StartsWith("doubles: the derivative at x = ", StringComparison.Ordinal));
    }

    [Fact]
    public void Facts_that_are_not_are_found()
    {
        IReadOnlyList<string> failures = ActivationConformance.Check(new ElementwiseActivation<Misdescribed>());
        failures.ShouldContain("its range is said to be (5, 6), and its value at x = -20 is -1");
        failures.ShouldContain("it is said not to be monotone and falls nowhere between -20 and 20");
        failures.ShouldContain("its saturation is said to be Left, and its slope far to the left and right is 0 and 0");
        failures.ShouldContain(f => f.StartsWith("it is said not to be centred on zero", StringComparison.Ordinal));
        failures.ShouldContain("it is said not to be smooth, and neither its value nor its derivative jumps between -12 and 12");
        failures.ShouldContain("two of its parameters have the name alpha");
        failures.ShouldContain("the name relu is taken by another function of the catalogue");
        failures.ShouldContain(f => f.StartsWith("the alias sharp cannot be read: ", StringComparison.Ordinal));
        failures.ShouldContain(f => f.StartsWith("the preset of PyTorch's Own cannot be read: ", StringComparison.Ordinal));
    }

    [Fact]
    public void Too_many_parameters_are_named() =>
        ActivationConformance.Check(new ElementwiseActivation<Thirteen>()).ShouldContain("it has 13 parameters; at most 12 are possible");

    [Theory]
    [InlineData("(5, 6)", false)]
    [InlineData("nonsense", false)]
    [InlineData("(1, -1)", false)]
    [InlineData("(-alpha, 1)", false)]
    [InlineData("(-1, 1) or so", false)]
    [InlineData("(-1, ∞)", false)]
    [InlineData("{-1, 1}", false)]
    [InlineData("(-1, 1)", true)]
    [InlineData("[-1, 1], more for others", true)]
    [InlineData("(-1, 0) ∪ {0} ∪ (0, 1]", true)]
    [InlineData("(-√1, 2·e/(2·e))", true)]
    public void Ranges_are_read(string range, bool right)
    {
        Ranged.Range = range;
        ActivationConformance.Check(new ElementwiseActivation<Ranged>()).Any(f => f.StartsWith("its range", StringComparison.Ordinal)).ShouldBe(!right);
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
            Range = "[-0.1392/alpha, ∞)",
            Aliases = [],
            Parameters = [new("alpha", 0.5, 0, 10, "how sharply the gate opens")],
        };

        public static T Value<T>(T x, P<T> p)
            where T : struct, IReal<T> => T.SigmoidLinear(x, 2 * p.First);
    }

    /// <summary>tanh′(tanh x) is not tanh′(x).</summary>
    private readonly struct FollowingTanh : IElementwiseFormula
    {
        public static ActivationFacts Facts { get; } = Formulas.Tanh.Facts with { Name = "following" };

        public static bool SlopeFollowsOutput => true;

        public static T Value<T>(T x, P<T> p)
            where T : struct, IReal<T> => T.Tanh(x);
    }

    /// <summary>1 - y where 1 - y² is right.</summary>
    private readonly struct LinearSlopeTanh : IElementwiseFormula
    {
        public static ActivationFacts Facts { get; } = Formulas.Tanh.Facts with { Name = "linear_slope" };

        public static bool HasSlopeOfOutput => true;

        public static T SlopeOfOutput<T>(T y)
            where T : struct, IReal<T> => 1 - y;

        public static T Value<T>(T x, P<T> p)
            where T : struct, IReal<T> => T.Tanh(x);
    }

    private readonly struct Misdescribed : IElementwiseFormula
    {
        public static ActivationFacts Facts { get; } = Formulas.Tanh.Facts with
        {
            Name = "misdescribed",
            Range = "(5, 6)",
            Monotone = false,
            Smooth = false,
            ZeroCentred = false,
            Saturation = Saturation.Left,
            Parameters = [new("alpha", 1, 0, 2, ""), new("alpha", 1, 0, 2, "")],
            Aliases = [new("relu", "", "", ""), new("sharp", "alpha=", "", "")],
            Peers = [new("PyTorch", "Own", "", "alpha=1)")],
        };

        public static T Value<T>(T x, P<T> p)
            where T : struct, IReal<T> => T.Tanh(p.First * x);
    }

    private readonly struct Thirteen : IElementwiseFormula
    {
        public static ActivationFacts Facts { get; } = Formulas.Tanh.Facts with
        {
            Name = "thirteen",
            Parameters = [.. Enumerable.Range(0, 13).Select(i => new ParameterDeclaration($"p{i}", 0, 0, 1, ""))],
        };

        public static bool HasManyParameters => true;

        public static T Value<T>(T x, P<T> p)
            where T : struct, IReal<T> => T.Tanh(x);
    }

    private readonly struct Ranged : IElementwiseFormula
    {
        [ThreadStatic]
        private static string? range;

        public static string Range { set => range = value; }

        public static ActivationFacts Facts => Formulas.Tanh.Facts with { Name = "ranged", Range = range ?? "" };

        public static T Value<T>(T x, P<T> p)
            where T : struct, IReal<T> => T.Tanh(x);
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
