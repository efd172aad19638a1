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
        AccuracyResult result = AccuracyVerifier.Verify(new Activation(Functions.Named(name)), new() { Samples = 1 << 21, Threads = 2 });
        result.Count.ShouldBeGreaterThan(2_000_000);
        result.Value.Violations.ShouldBe(0, result.ToString());
        result.Slope.Violations.ShouldBe(0, result.ToString());
    }

    /// <summary>What is constant, or the identity, as far as one looks, but not beyond; and poles.</summary>
    [Theory]
    [InlineData("threshold(threshold=1000000,value=-0.3)")]
    [InlineData("hard_sigmoid(beta=100)")]
    [InlineData("hardtanh(lower=1000000, upper=1000000)")]
    [InlineData("keras_relu(theta=-1000000)")]
    [InlineData("pow(beta=-1)")]
    [InlineData("pow(beta=-2)")]
    public void Right_results_are_not_called_wrong(string text)
    {
        foreach (NumberType type in Enum.GetValues<NumberType>())
        {
            AccuracyResult result = AccuracyVerifier.Verify(Activation.Parse(text), new() { Type = type, Samples = 1 << 13 });
            result.WithinContract.ShouldBeTrue($"{result}{Failures(result)}");
        }
    }

    /// <summary>The elementary functions among the activations keep the narrower bound.</summary>
    [Theory]
    [InlineData("exp")]
    [InlineData("tanh")]
    [InlineData("sigmoid")]
    [InlineData("softplus")]
    [InlineData("erf")]
    public void Elementary_functions_are_within_a_unit(string name) =>
        AccuracyVerifier.Verify(new Activation(Functions.Named(name)), new() { Samples = 1 << 23, Threads = 2 }).Value.WorstUlp.ShouldBeLessThan(1);

    [Theory]
    [MemberData(nameof(Names))]
    public void Doubles_keep_the_contract_in_every_binade(string name)
    {
        AccuracyResult result = AccuracyVerifier.Verify(new Activation(Functions.Named(name)), new() { Type = NumberType.Binary64, Samples = 1 << 13, Threads = 2 });
        result.Count.ShouldBeGreaterThanOrEqualTo(1 << 13);
        result.WithinContract.ShouldBeTrue($"{result}{Failures(result)}");
    }

    /// <summary>With parameters that overflow what the defaults do not, cancel more, or are no short numbers.</summary>
    [Theory]
    [InlineData("star_relu(scale=-3.3,bias=0.7)")]
    [InlineData("pau(init=swish)")]
    [InlineData("squareplus(b=0.001)")]
    [InlineData("srs(alpha=50,beta=0.3)")]
    [InlineData("pdelu(alpha=0.37,t=0.3)")]
    [InlineData("pdelu(t=0.999)")]
    [InlineData("isru(alpha=1000)")]
    [InlineData("isrlu(alpha=0.001)")]
    [InlineData("aria2(alpha=13.7,beta=0.3)")]
    [InlineData("snake(alpha=0.3)")]
    [InlineData("snake(alpha=300)")]
    [InlineData("softplus(beta=3)")]
    [InlineData("softplus(beta=0.1)")]
    [InlineData("softplus(beta=20)")]
    [InlineData("elu(alpha=50)")]
    [InlineData("celu(alpha=0.37)")]
    [InlineData("celu(alpha=1000)")]
    [InlineData("pelu(a=100,b=0.1)")]
    [InlineData("pelu(a=0.3,b=3)")]
    [InlineData("smelu(beta=3)")]
    [InlineData("srs(alpha=2,beta=5.4)")]
    [InlineData("aria2(alpha=100,beta=0.01)")]
    [InlineData("aria2(alpha=100)")]
    public void Doubles_keep_the_contract_with_other_parameters(string specification)
    {
        AccuracyResult result = AccuracyVerifier.Verify(Activation.Parse(specification), new() { Type = NumberType.Binary64, Samples = 1 << 13, Threads = 2 });
        result.WithinContract.ShouldBeTrue($"{result}{Failures(result)}");
    }

    /// <summary>Powers of what underflows, waves of angles that are no floats, quotients that overflow.</summary>
    [Theory]
    [InlineData("aria2(alpha=0.01)")]
    [InlineData("aria2(alpha=0.1,beta=50)")]
    [InlineData("snake(alpha=0.37)")]
    [InlineData("snake(alpha=1000)")]
    [InlineData("inverse_leaky_relu(a=0.5)")]
    [InlineData("inverse_leaky_relu(a=0.001)")]
    [InlineData("elu(alpha=50)")]
    [InlineData("pelu(a=0.3,b=3)")]
    [InlineData("srs(alpha=2,beta=5.4)")]
    [InlineData("srs(alpha=0.25,beta=0.5)")]
    [InlineData("srs(alpha=1000,beta=1000)")]
    [InlineData("aria2(alpha=3,beta=2)")]
    [InlineData("aria2(alpha=0.5,beta=6)")]
    [InlineData("eswish(beta=1.1)")]
    [InlineData("isru(alpha=37.7)")]
    [InlineData("isrlu(alpha=0.001)")]
    [InlineData("squareplus(b=0.000001)")]
    [InlineData("squareplus(b=1000000)")]
    [InlineData("smelu(beta=0.7)")]
    [InlineData("smelu(beta=1000)")]
    [InlineData("srelu(t_left=-1.3,a_left=0.17,t_right=0.9,a_right=2.3)")]
    [InlineData("srelu(t_left=-1.3,a_left=-0.17,t_right=0.9,a_right=-2.3)")]
    [InlineData("arelu(alpha=0.37,beta=-100)")]
    public void Floats_keep_the_contract_with_other_parameters(string specification)
    {
        AccuracyResult result = AccuracyVerifier.Verify(Activation.Parse(specification), new() { Samples = 1 << 16, Threads = 2 });
        result.WithinContract.ShouldBeTrue($"{result}{Failures(result)}");
    }

    /// <summary>Next to the root of dSiLU, where terms of 1 leave a value of 1e-8; the values by mpmath.</summary>
    [Theory]
    [InlineData(-1.278464436531067f, 2.3138140656545527e-8)]
    [InlineData(-1.2784645557403564f, -2.8270396683554367e-9)]
    [InlineData(-1.278464674949646f, -2.8792215825246924e-8)]
    [InlineData(-1.2793999910354614f, -0.0002036232727133807)]
    [InlineData(-1.277500033378601f, 0.00021021787490234744)]
    public void A_root_keeps_its_digits(float x, double expected)
    {
        float[] values = new float[16];
        Activation.Parse("dsilu").Evaluate(Enumerable.Repeat(x, 16).ToArray(), values);
        ((double)values[0]).ShouldBe(expected, Math.Abs(expected) * 1.2e-7);
    }

    /// <summary>A zero keeps its sign in doubles as it does in floats.</summary>
    [Theory]
    [InlineData("isru")]
    [InlineData("isrlu")]
    [InlineData("aria2")]
    [InlineData("logish")]
    [InlineData("serf")]
    [InlineData("srs")]
    [InlineData("tanhexp")]
    [InlineData("elu(alpha=2)")]
    [InlineData("celu(alpha=2)")]
    [InlineData("pelu(a=2,b=3)")]
    public void Zeros_keep_their_sign(string specification)
    {
        double[] values = new double[2];
        Activation.Parse(specification).Evaluate([-0.0, 0.0], values);
        double.IsNegative(values[0]).ShouldBeTrue();
        double.IsNegative(values[1]).ShouldBeFalse();
        values[0].ShouldBe(0);
        values[1].ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Special_values_and_identities_hold(string name)
    {
        foreach (NumberType type in new[] { NumberType.Binary32, NumberType.Binary64 })
        {
            AccuracyResult result = AccuracyVerifier.Verify(new Activation(Functions.Named(name)), new() { Type = type, Samples = 1 });
            result.SpecialValues.Count.ShouldBe(13);
            result.SpecialValues.Where(s => !s.Passed).ShouldBeEmpty();
            result.Identities.Where(i => !i.Passed).ShouldBeEmpty();
        }
    }

    [Fact]
    public void The_exact_identities_of_the_contract_are_among_those_checked()
    {
        Statements("tanh").ShouldContain("tanh(±0) = ±0");
        Statements("tanh").ShouldContain("|tanh(x)| ≤ 1");
        Statements("tanh").ShouldContain("odd: f(-x) = -f(x)");
        Statements("exp").ShouldContain("exp(±0) = 1");
        Statements("sigmoid").ShouldContain("sigmoid(±0) = ½");
        Statements("sigmoid").ShouldContain("sigmoid(x) + sigmoid(-x) = 1 to a unit");
        Statements("relu").ShouldContain("relu(x) ∈ {0, x}");
        Statements("lisht").ShouldContain("even: f(-x) = f(x)");

        static IEnumerable<string> Statements(string name) =>
            AccuracyVerifier.Verify(new Activation(Functions.Named(name)), new() { Samples = 1 }).Identities.Select(i => i.Statement);
    }

    [Theory]
    [InlineData(NumberType.Binary32)]
    [InlineData(NumberType.Binary64)]
    public void The_result_does_not_depend_on_threads(NumberType type)
    {
        Activation tanh = new(Functions.Named("tanh"));
        AccuracyResult one = AccuracyVerifier.Verify(tanh, new() { Type = type, Samples = 1 << 14 });
        AccuracyResult three = AccuracyVerifier.Verify(tanh, new() { Type = type, Samples = 1 << 14, Threads = 3 });
        three.Value.ShouldBe(one.Value);
        three.Slope.ShouldBe(one.Slope);
        three.Count.ShouldBe(one.Count);
    }

    [Theory]
    [InlineData(NumberType.Binary32)]
    [InlineData(NumberType.Binary64)]
    public void A_kernel_with_errors_is_found_out(NumberType type)
    {
        AccuracyResult result = AccuracyVerifier.Verify(new Activation(new ElementwiseActivation<FaultySigmoid>()), new() { Type = type, Samples = 1 << 14 });
        result.WithinContract.ShouldBeFalse();
        result.Value.Violations.ShouldBeGreaterThan(0);
        double.IsNaN(result.Value.FirstViolation).ShouldBeFalse();
    }

    [Fact]
    public void An_identity_that_fails_is_told_with_its_place()
    {
        AccuracyResult result = AccuracyVerifier.Verify(new Activation(new ElementwiseActivation<Lopsided>()), new() { Samples = 1 << 10 });
        IdentityResult odd = result.Identities.ShouldHaveSingleItem();
        odd.Passed.ShouldBeFalse();
        odd.FailsAt.ShouldNotBe(double.NaN);
        result.WithinContract.ShouldBeFalse();
    }

    [Fact]
    public void Parameters_are_those_of_the_activation()
    {
        AccuracyResult result = AccuracyVerifier.Verify(Activation.Parse("quick_gelu"), new() { Type = NumberType.Binary64, Samples = 1 << 13 });
        result.Name.ShouldBe("quick_gelu");
        result.WithinContract.ShouldBeTrue(Failures(result));
        AccuracyVerifier.Verify(Activation.Parse("x * sigmoid(1.702 * x)"), new() { Samples = 1 << 16 }).WithinContract.ShouldBeTrue();
    }

    [Fact]
    public void What_cannot_be_verified_is_refused()
    {
        Should.Throw<ArgumentException>(() => AccuracyVerifier.Verify(new Activation(Functions.Named("softmax")), new())).Message.ShouldContain("softmax");
        Should.Throw<ArgumentException>(() => AccuracyVerifier.Verify(new Activation(Functions.Named("tanh")), new() { Type = NumberType.Binary64, Exhaustive = true }))
            .Message.ShouldContain("too many doubles");
        Should.Throw<ArgumentOutOfRangeException>(() => AccuracyVerifier.Verify(new Activation(Functions.Named("tanh")), new() { Threads = 0 }));
    }

    /// <summary>The nearest float is judged beyond the digits of a double: in the middle of two floats the double-double decides.</summary>
    [Fact]
    public void Ties_are_decided_beyond_double()
    {
        double middle = 1 + double.ScaleB(1, -24);
        ErrorMeasure.IsDoubtful(middle).ShouldBeTrue();
        ErrorMeasure.IsDoubtful(1.25).ShouldBeFalse();
        ErrorMeasure.Nearest((DoubleDouble)middle + double.ScaleB(1, -80)).ShouldBe(MathF.BitIncrement(1));
        ErrorMeasure.Nearest((DoubleDouble)middle - double.ScaleB(1, -80)).ShouldBe(1);
        ErrorMeasure.Nearest(middle).ShouldBe(1);
    }

    /// <summary>1.5·x is a float or the middle of two: the even one is right, the first few of a block by the reference and the others as halves.</summary>
    [Fact]
    public void A_law_of_ties_is_told_from_errors()
    {
        float[] odd = [.. Enumerable.Range(0, 4096).Select(i => 1048576 + ((2 * i) + 1) / 8f)];
        ActivationDefinition scaled = Activation.Parse("eswish").Definition;
        SingleWorker right = new(scaled, [1.5], odd);
        right.Run(0, odd.Length);
        right.Tally.Value.Rounded.ShouldBe(odd.Length);
        right.Tally.Value.WorstUlp.ShouldBe(0.5);

        SingleWorker wrong = new(new ElementwiseActivation<HalfTheDigits>(), [], odd);
        wrong.Run(0, odd.Length);
        wrong.Tally.Value.Rounded.ShouldBe(0);
    }

    [Fact]
    public void Subnormal_results_are_nearest_beyond_doubt_unless_they_lie_in_a_middle()
    {
        const double unit = float.Epsilon;
        double[] expected = [.. Enumerable.Range(0, 64).Select(i => (i + 0.3) * unit)];
        float[] results = [.. expected.Select(e => (float)e)];
        ErrorMeasure.AreNearest(results, expected, exactly: false).ShouldBeTrue();

        expected[1] = 1.5 * unit * (1 + 1e-10);
        results[1] = (float)expected[1];
        ErrorMeasure.IsDoubtful(expected[1]).ShouldBeTrue();
        ErrorMeasure.AreNearest(results, expected, exactly: false).ShouldBeFalse();

        expected[1] = 3 * unit;
        results[1] = 4 * float.Epsilon;
        ErrorMeasure.AreNearest(results, expected, exactly: false).ShouldBeFalse();
    }

    private static string Failures(AccuracyResult result) => string.Join(
        "; ",
        result.SpecialValues.Where(s => !s.Passed).Select(s => $"{s.At}: {s.Value:R}, {s.Slope:R}").Concat(result.Identities.Where(i => !i.Passed).Select(i => $"{i.Statement} at {i.FailsAt:R}")));

    /// <summary>x, but for floats a little more on the right: its doubles are odd.</summary>
    private readonly struct Lopsided : IElementwiseFormula
    {
        public static ActivationFacts Facts => Formulas.Identity.Facts with { Name = "lopsided" };

        public static T Value<T>(T x, P<T> p)
            where T : struct, Hillock.Activations.Numbers.IReal<T> =>
            typeof(T) == typeof(DoubleDouble) || typeof(T) == typeof(SummandBound<DoubleDouble>) ? x : T.IfPositive(x, 2 * x, x);
    }

    /// <summary>Float arithmetic where it does not suffice: 1/(1 + e^-x) in floats loses digits.</summary>
    private readonly struct FaultySigmoid : IElementwiseFormula
    {
        public static ActivationFacts Facts => Formulas.Sigmoid.Facts;

        public static bool FloatArithmeticSuffices => true;

        public static T Value<T>(T x, P<T> p)
            where T : struct, Hillock.Activations.Numbers.IReal<T> => T.Constant(1) / (1 + T.Exp(-x)) * x;
    }

    /// <summary>1.5·x of the upper half of x (Veltkamp's split), which in doubles is a float whole.</summary>
    private readonly struct HalfTheDigits : IElementwiseFormula
    {
        public static ActivationFacts Facts => Formulas.Identity.Facts;

        public static bool FloatArithmeticSuffices => true;

        public static T Value<T>(T x, P<T> p)
            where T : struct, Hillock.Activations.Numbers.IReal<T>
        {
            T spread = 4097 * x;
            return 1.5 * (spread - (spread - x));
        }
    }
}
