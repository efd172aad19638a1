using FsCheck;
using FsCheck.Fluent;
using Hillock.Activations.Catalogue;

namespace Hillock.Activations.Tests.Catalogue;

public class ActivationTextTests
{
    private static readonly IReadOnlyList<ActivationDefinition> Known =
    [
        new NamedDefinition("relu", [], []),
        new NamedDefinition(
            "leaky_relu",
            [new ParameterDeclaration("alpha", 0.01, -10, 10, "slope below zero")],
            [
                new ActivationAlias("prelu", "alpha=learn(layer, init=0.25)", "", ""),
                new ActivationAlias("rrelu", "alpha=uniform(0.125, 0.3333)", "", ""),
            ]),
        new NamedDefinition("swish", [new ParameterDeclaration("beta", 1, 0, 100, "steepness")], [new ActivationAlias("silu", "", "", "")]),
        new NamedDefinition(
            "selu", [new ParameterDeclaration("alpha", 1.67, 0, 10, ""), new ParameterDeclaration("lambda", 1.05, 0, 10, "")], []),
    ];

    [Theory]
    [InlineData("relu", "relu")]
    [InlineData("  relu\t", "relu")]
    [InlineData("ReLU", "ReLU")]
    [InlineData("relu()", "relu()")]
    [InlineData("silu", "silu")]
    [InlineData("leaky_relu( alpha =\n 0.1 )", "leaky_relu( alpha = 0.1 )")]
    [InlineData("rrelu", "rrelu")]
    public void TheNameIsTheTextAsGiven(string text, string name) => Activation.Parse(text, Known).Name.ShouldBe(name);

    [Fact]
    public void AnAliasStandsForItsDefinition()
    {
        Activation.Parse("silu", Known).Definition.Facts.Name.ShouldBe("swish");
        Activation.Parse("prelu", Known).Modes.ShouldBe([new ParameterMode.Learned(ParameterScope.Layer, 0.25)]);
        Activation.Parse("rrelu", Known).Modes.ShouldBe([new ParameterMode.Random(0.125, 0.3333)]);
    }

    [Theory]
    [InlineData("relu()", "relu")]
    [InlineData("prelu", "leaky_relu(alpha=learn(layer, init=0.25))")]
    [InlineData("rrelu", "leaky_relu(alpha=uniform(0.125, 0.3333))")]
    [InlineData("selu(lambda=1e0)", "selu(alpha=1.67, lambda=1)")]
    public void TheSpecificationSpellsOutEveryParameter(string text, string specification) =>
        Activation.Parse(text, Known).Specification.ShouldBe(specification);

    public static TheoryData<string, ParameterMode[]> Modes => new()
    {
        { "leaky_relu", [new ParameterMode.Constant(0.01)] },
        { "leaky_relu(alpha=.1)", [new ParameterMode.Constant(0.1)] },
        { "leaky_relu(alpha=-1e-2)", [new ParameterMode.Constant(-0.01)] },
        { "leaky_relu(ALPHA=+2)", [new ParameterMode.Constant(2)] },
        { "leaky_relu(alpha=learn)", [new ParameterMode.Learned(ParameterScope.Layer, 0.01)] },
        { "leaky_relu(alpha=learn())", [new ParameterMode.Learned(ParameterScope.Layer, 0.01)] },
        { "leaky_relu(alpha=learn(channel))", [new ParameterMode.Learned(ParameterScope.Channel, 0.01)] },
        { "leaky_relu(alpha=learn(init=0.5))", [new ParameterMode.Learned(ParameterScope.Layer, 0.5)] },
        { "leaky_relu(alpha=learn(channel,init=-0.5))", [new ParameterMode.Learned(ParameterScope.Channel, -0.5)] },
        { "leaky_relu(alpha=uniform(0.1, 0.3))", [new ParameterMode.Random(0.1, 0.3)] },
        { "leaky_relu(alpha=normal(0.1, 0.3))", [new ParameterMode.Normal(0.1, 0.3)] },
        { "prelu(alpha=learn(channel))", [new ParameterMode.Learned(ParameterScope.Channel, 0.25)] },
        { "rrelu(alpha=0.2)", [new ParameterMode.Constant(0.2)] },
        { "selu(lambda=1)", [new ParameterMode.Constant(1.67), new ParameterMode.Constant(1)] },
        { "selu(lambda=learn, alpha=2)", [new ParameterMode.Constant(2), new ParameterMode.Learned(ParameterScope.Layer, 1.05)] },
    };

    [Theory]
    [MemberData(nameof(Modes))]
    public void ParametersAreConstantLearnedOrRandom(string text, ParameterMode[] modes) => Activation.Parse(text, Known).Modes.ShouldBe(modes);

    [Fact]
    public void AListedValueIsACandidateEach()
    {
        IReadOnlyList<Activation> all = Activation.ParseList("relu, leaky_relu(alpha=0.01|0.1|learn) ,silu", Known);
        all.Select(a => a.Name).ShouldBe(["relu", "leaky_relu(alpha=0.01)", "leaky_relu(alpha=0.1)", "leaky_relu(alpha=learn)", "silu"]);
        all[2].Modes.ShouldBe([new ParameterMode.Constant(0.1)]);
    }

    [Fact]
    public void ListedValuesOfTwoParametersCombine() =>
        Activation.ParseList("selu(alpha=1|2, lambda=3|4)", Known).Select(a => a.Name).ShouldBe(
            ["selu(alpha=1, lambda=3)", "selu(alpha=1, lambda=4)", "selu(alpha=2, lambda=3)", "selu(alpha=2, lambda=4)"]);

    [Fact]
    public void CommasInParenthesesDoNotSeparate() =>
        Activation.ParseList("leaky_relu(alpha=uniform(0.1,0.2)),selu(alpha=1,lambda=1)", Known).Count.ShouldBe(2);

    [Theory]
    [InlineData("hardtanh(lower=2, upper=1)", "hardtanh's lower must be at most its upper, and 2 is above 1 (in 'hardtanh(lower=2, upper=1)')")]
    [InlineData("clip(upper=-1.5)", "hardtanh's lower must be at most its upper, and -1 is above -1.5 (in 'clip(upper=-1.5)')")]
    [InlineData("hardtanh(lower=-1|3)", "hardtanh's lower must be at most its upper, and 3 is above 1 (in 'hardtanh(lower=3)')")]
    public void BoundsThatCrossAreRefused(string text, string message) =>
        Should.Throw<FormatException>(() => Activation.ParseList(text)).Message.ShouldBe(message);

    /// <summary>Equal bounds make a constant, and what is learned may be anywhere.</summary>
    [Theory]
    [InlineData("hardtanh(lower=1)")]
    [InlineData("hardtanh(lower=learn(init=2))")]
    public void BoundsThatMeetAreNot(string text) => Activation.Parse(text).Name.ShouldBe(text);

    [Theory]
    [InlineData("rellu", "did you mean 'relu'")]
    [InlineData("leakyrelu", "did you mean 'leaky_relu'")]
    [InlineData("Leaky-ReLU", "did you mean 'leaky_relu'")]
    [InlineData("preul", "did you mean 'prelu'")]
    [InlineData("swsih(beta=1)", "did you mean 'swish'")]
    [InlineData("quux", "known are relu, leaky_relu, prelu, rrelu, swish, silu, selu")]
    [InlineData("uniform(relu", "unknown activation 'uniform'")]
    [InlineData("leaky_relu(0.1)", "the value 0.1 has no name; write leaky_relu(alpha=0.1)")]
    [InlineData("leaky_relu(-1)", "the value -1 has no name; write leaky_relu(alpha=-1)")]
    [InlineData("relu(1)", "unknown parameter '1'; relu has no parameters")]
    [InlineData("leaky_relu(beta=1)", "unknown parameter 'beta'; leaky_relu has alpha")]
    [InlineData("relu(alpha=1)", "unknown parameter 'alpha'; relu has no parameters")]
    [InlineData("selu(gamma=1)", "selu has alpha, lambda")]
    [InlineData("leaky_relu(alpha=-inf)", "alpha must be a finite number from -10 to 10, not -inf")]
    [InlineData("leaky_relu(alpha=NaN)", "alpha must be a finite number from -10 to 10, not NaN")]
    [InlineData("leaky_relu(alpha=Infinity)", "must be a finite number")]
    [InlineData("leaky_relu(alpha=1e999)", "must be a finite number")]
    [InlineData("leaky_relu(alpha=10.5)", "from -10 to 10, not 10.5")]
    [InlineData("leaky_relu(alpha=learn(init=11))", "from -10 to 10, not 11")]
    [InlineData("leaky_relu(alpha=uniform(0.1,99))", "from -10 to 10, not 99")]
    [InlineData("leaky_relu(alpha=uniform(0.3,0.1))", "must be less than the second")]
    [InlineData("leaky_relu(alpha=uniform(0.3))", "needs two numbers")]
    [InlineData("leaky_relu(alpha=uniform)", "needs two numbers")]
    [InlineData("leaky_relu(alpha=abc)", "'abc' is no value of leaky_relu's alpha; allowed is a number, learn")]
    [InlineData("leaky_relu(alpha=0,1)", "unknown parameter '1'")]
    [InlineData("leaky_relu(alpha=)", "the value of leaky_relu's alpha is missing")]
    [InlineData("leaky_relu(alpha=0.1|)", "the value of leaky_relu's alpha is missing")]
    [InlineData("leaky_relu(alpha)", "needs a value: alpha=")]
    [InlineData("leaky_relu(=1)", "the name of a parameter is expected")]
    [InlineData("leaky_relu(alpha=1,alpha=2)", "'alpha' of leaky_relu is given twice")]
    [InlineData("leaky_relu(alpha=learn(unit))", "write learn(layer), learn(channel)")]
    [InlineData("leaky_relu(alpha=learn(0))", "write learn(layer), learn(channel)")]
    [InlineData("leaky_relu(alpha=learn(layer,channel))", "write learn(layer), learn(channel)")]
    [InlineData("leaky_relu(alpha=1", "a closing parenthesis is missing")]
    [InlineData("leaky_relu(", "a closing parenthesis is missing")]
    [InlineData("leaky_relu(alpha=learn(", "a closing parenthesis is missing")]
    [InlineData("leaky_relu(alpha=learn(layer", "a closing parenthesis is missing")]
    [InlineData("relu)", "a closing parenthesis has no opening one")]
    [InlineData("relu tanh", "unexpected 'tanh'")]
    [InlineData("relu,,silu", "the name of an activation is expected at ',silu'")]
    [InlineData("relu,", "the name of an activation is missing")]
    [InlineData("", "is empty")]
    [InlineData(" \n", "is empty")]
    [InlineData("relu,relu", "'relu' is listed twice")]
    [InlineData("leaky_relu(alpha=1|1)", "is listed twice")]
    public void WhatIsWrongIsSaidInOneLine(string text, string part)
    {
        string message = Should.Throw<FormatException>(() => Activation.ParseList(text, Known)).Message;
        message.ShouldContain(part);
        message.ShouldNotContain('\n');
    }

    [Theory]
    [InlineData("relu,silu")]
    [InlineData("leaky_relu(alpha=1|2)")]
    [InlineData("")]
    public void OneActivationIsNotAList(string text) => Should.Throw<FormatException>(() => Activation.Parse(text, Known));

    [Fact]
    public void TooManyCombinationsAreRefusedAtOnce()
    {
        string values = string.Join('|', Enumerable.Range(1, 200).Select(i => $"0.{i}"));
        Should.Throw<FormatException>(() => Activation.ParseList($"selu(alpha={values},lambda={values})", Known)).Message.ShouldContain("more than 1000");
    }

    [Fact]
    public void AnyTextGivesActivationsOrAFormatExceptionOfOneLine()
    {
        string[] pieces =
        [
            "relu", "leaky_relu", "selu", "prelu", "alpha", "lambda", "beta", "(", ")", "=", ",", "|", "learn", "uniform", "init", "layer", "channel",
            "0.5", "-1", "inf", "nan", "1e400", " ", "\n", "\u0007", "é", "\ud800", "∞", "", "-", "_", "0x1", "1_0",
        ];
        Gen<string> fromPieces = Gen.Elements(pieces).ListOf().Select(list => string.Concat(list));
        Gen<string> anything = ArbMap.Default.GeneratorFor<string?>().Select(s => s ?? "");
        Prop.ForAll(Gen.OneOf(fromPieces, anything).ToArbitrary(), text =>
        {
            try
            {
                foreach (Activation activation in Activation.ParseList(text, Known))
                {
                    Activation again = Activation.Parse(activation.Name, Known);
                    again.Name.ShouldBe(activation.Name);
                    again.Definition.ShouldBe(activation.Definition);
                    again.Modes.ShouldBe(activation.Modes);
                }
            }
            catch (FormatException refused)
            {
                refused.Message.ShouldNotContain('\n');
                refused.Message.Any(char.IsControl).ShouldBeFalse();
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
    }

    [Fact]
    public void WhateverIsWellFormedIsReadAndItsNameReadsTheSame()
    {
        Gen<double> number = Gen.Choose(-1000, 1000).Select(i => i / 100.0);
        Gen<string> value = Gen.OneOf(
            number.Select(v => $"{v:R}"),
            Gen.Elements("learn", "learn(layer)", "learn(channel)", "learn(channel, init=0.5)"),
            number.Select(v => $"learn(init={v:R})"),
            number.Where(v => v < 9.99).Select(v => $"uniform({v:R}, {v + 0.01:R})"));
        Gen<string> text = Gen.Elements("leaky_relu(alpha={0})", "prelu( alpha={0} )", "rrelu(alpha = {0})").Zip(value, (form, v) => string.Format(form, v));
        Prop.ForAll(text.ToArbitrary(), given =>
        {
            Activation activation = Activation.Parse(given, Known);
            activation.Name.ShouldBe(given);
            Activation.Parse(activation.Name, Known).Modes.ShouldBe(activation.Modes);
            Activation.Parse(activation.Specification, Known).Modes.ShouldBe(activation.Modes);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void EveryNameOfTheCatalogueIsRead()
    {
        foreach (ActivationDefinition definition in ActivationCatalogue.All)
        {
            Activation plain = Activation.Parse(definition.Facts.Name);
            plain.Definition.ShouldBeSameAs(definition);
            plain.Modes.ShouldBe(definition.Facts.Parameters.Select(p => p.Mode));
            foreach (ActivationAlias alias in definition.Facts.Aliases)
            {
                Activation.Parse(alias.Name).Definition.ShouldBeSameAs(definition);
                Activation.Parse(alias.Name).Modes.ShouldBe(Activation.Parse($"{definition.Facts.Name}({alias.Arguments})").Modes);
            }
        }
    }

    /// <summary>A definition with a name and parameters and nothing to compute.</summary>
    private sealed class NamedDefinition(string name, ParameterDeclaration[] parameters, ActivationAlias[] aliases) : ActivationDefinition
    {
        public override ActivationFacts Facts { get; } = new()
        {
            Name = name,
            Title = name,
            Summary = "",
            Paper = "",
            Range = "",
            Monotone = true,
            Smooth = true,
            ZeroCentred = true,
            Saturation = Saturation.None,
            Initialisation = Initialisation.He,
            Cost = CostClass.Free,
            Parameters = parameters,
            Aliases = aliases,
            Peers = [],
            Strengths = [],
            Weaknesses = [],
            WhenToUse = "",
        };

        public override bool IsElementwise => true;

        public override string Formula => "x";

        public override string Derivative => "1";

        public override string FormulaLatex => "";

        public override string? DerivativeLatex => null;

        public override void Forward(ReadOnlySpan<float> input, Span<float> output, int rowLength, in ActivationArguments<float> arguments) =>
            input.CopyTo(output);

        public override void Forward(ReadOnlySpan<double> input, Span<double> output, int rowLength, in ActivationArguments<double> arguments) =>
            input.CopyTo(output);

        public override void Backward(
            ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient, int rowLength, in ActivationArguments<float> arguments) =>
            outputGradient.CopyTo(inputGradient);

        public override void Backward(
            ReadOnlySpan<double> input, ReadOnlySpan<double> outputGradient, Span<double> inputGradient, int rowLength, in ActivationArguments<double> arguments) =>
            outputGradient.CopyTo(inputGradient);

        protected internal override void ParameterGradient(
            ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> contributions, int rowLength, int parameter, in ActivationArguments<float> arguments) =>
            contributions.Clear();

        protected internal override void ParameterGradient(
            ReadOnlySpan<double> input, ReadOnlySpan<double> outputGradient, Span<double> contributions, int rowLength, int parameter, in ActivationArguments<double> arguments) =>
            contributions.Clear();
    }

    // Keras's bound is none unless given, and only such a parameter may be infinite.
    [Fact]
    public void AParameterWithoutABoundMayBeInfinite()
    {
        Activation.Parse("keras_relu(slope=0.1, max=inf)").Modes[1].ShouldBe(new ParameterMode.Constant(double.PositiveInfinity));
        Activation.Parse(Activation.Parse("keras_relu").Specification).Modes.ShouldBe(Activation.Parse("keras_relu").Modes);
        Should.Throw<FormatException>(() => Activation.Parse("keras_relu(max=-inf)")).Message.ShouldContain("must be a finite number");
        Should.Throw<FormatException>(() => Activation.Parse("keras_relu(max=learn)")).Message
            .ShouldContain("learning keras_relu's max needs a finite value to start from");
    }
}
