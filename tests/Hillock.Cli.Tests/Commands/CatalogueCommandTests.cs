using System.Text.Json;
using System.Xml.Linq;
using Hillock.Activations.Catalogue;

namespace Hillock.Cli.Tests.Commands;

public class CatalogueCommandTests
{
    private static readonly string[] All = [.. ActivationCatalogue.All.SelectMany(d => d.Facts.Aliases.Select(a => a.Name).Prepend(d.Facts.Name))];

    public static TheoryData<string> Names => [.. All];

    public static TheoryData<string> ElementwiseNames => [.. ActivationCatalogue.All.Where(d => d.IsElementwise).Select(d => d.Facts.Name)];

    [Fact]
    public void ListNamesEveryActivationAndAlias()
    {
        Outcome outcome = InProcess.Run("list");
        outcome.Code.ShouldBe(0);
        outcome.Error.ShouldBe("");
        foreach (string name in All)
        {
            outcome.Output.Split('\n').Count(line => line.TrimStart().StartsWith(name + " ", StringComparison.Ordinal)).ShouldBe(1, name);
        }

        outcome.Output.ShouldNotContain("\u001b");
        outcome.Output.Split('\n').ShouldAllBe(line => line.TrimEnd() == line);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(100)]
    [InlineData(80)]
    [InlineData(60)]
    [InlineData(40)]
    public void ListFitsTheWidth(int width) =>
        InProcess.Run(["list"], t => t with { Width = width }).Output.Split('\n').ShouldAllBe(line => line.Length <= width);

    [Fact]
    public void ListBreaksNoNumberAndNamesWhatItLeavesOut()
    {
        string list = InProcess.Run(["list"], t => t with { Width = 60 }).Output;
        list.ShouldContain("uniform(0.125,");
        list.ShouldContain("Not shown for lack of width: range, cost, title;");
    }

    [Fact]
    public void ListAsJsonHasTheSchemaAndEveryEntry()
    {
        using JsonDocument document = JsonDocument.Parse(InProcess.Run("list", "--json").Output);
        document.RootElement.GetProperty("schema").GetString().ShouldBe("hillock.list/1");
        JsonElement[] entries = [.. document.RootElement.GetProperty("activations").EnumerateArray()];
        entries.Select(e => e.GetProperty("name").GetString()).ShouldBe(ActivationCatalogue.All.Select(d => d.Facts.Name));
        entries[0].EnumerateObject().Select(p => p.Name).ShouldBe(
        [
            "name", "title", "summary", "formula", "derivative", "formula_latex", "derivative_latex", "parameters", "aliases", "domain", "range", "monotone",
            "smooth", "zero_centred", "saturation", "initialisation", "cost", "gradient_from", "kink", "strengths", "weaknesses", "when_to_use", "peers", "paper",
        ]);
    }

    // The domain stands where it is not everything, and what cannot be measured there is no number in JSON either.
    [Fact]
    public void ShowSaysWhereAFunctionIsDefined()
    {
        InProcess.Run("show", "sqrt").Output.ShouldContain("domain            [0, ∞)");
        InProcess.Run("show", "relu").Output.ShouldNotContain("domain");
        using JsonDocument document = JsonDocument.Parse(InProcess.Run("show", "sqrt", "--json").Output);
        document.RootElement.GetProperty("definition").GetProperty("domain").GetString().ShouldBe("[0, ∞)");
        document.RootElement.GetProperty("measured").GetProperty("normal_mean").GetString().ShouldBe("NaN");
        document.RootElement.GetProperty("measured").GetProperty("largest_slope").GetString().ShouldBe("Infinity");
    }

    [Fact]
    public void ShowMeasuresAFormula()
    {
        const string Text = "x * sigmoid(x) * b - 1, b = 2";
        Outcome outcome = InProcess.Run("show", Text);
        outcome.Code.ShouldBe(0);
        outcome.Error.ShouldBe("");
        outcome.Output.ShouldContain("f(x) = x * sigmoid(x) * b - 1");
        outcome.Output.ShouldContain("f′(x) = ");
        outcome.Output.ShouldContain("[-1.557, ∞)");
        outcome.Output.ShouldContain("one exponential");
        outcome.Output.ShouldNotContain("Strengths");
        outcome.Output.ShouldNotContain("Paper");
        using JsonDocument document = JsonDocument.Parse(InProcess.Run("show", Text, "--json").Output);
        document.RootElement.GetProperty("activation").GetString().ShouldBe(Text);
        document.RootElement.GetProperty("built_in").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("x > 0 ? x : a * expm1(x), a = 1", "elu", "nn.ELU")]
    [InlineData("x * sigmoid(1.702 * x)", "quick_gelu", "swish")]
    public void ShowSaysThatAFormulaIsABuiltIn(string formula, string name, string told)
    {
        string output = InProcess.Run("show", formula).Output;
        output.ShouldStartWith($"{formula} is {name}");
        output.ShouldContain("of the catalogue; this is what is known of it.");
        output.ShouldContain(told);
        output.ShouldNotContain("In none of PyTorch");
        using JsonDocument document = JsonDocument.Parse(InProcess.Run("show", formula, "--json").Output);
        document.RootElement.GetProperty("built_in").GetString()!.ShouldStartWith(name);
    }

    [Fact]
    public void ShowSaysWhereMeasuredBoundsHold()
    {
        string wave = InProcess.Run("show", "x * sin(x)").Output;
        wave.ShouldContain("[-36.14, 39.28] between x = -40 and 40");
        wave.ShouldContain("37.75 between -40 and 40");
        string sine = InProcess.Run("show", "sin(2 * x + 0.5 * tanh(x))").Output;
        sine.ShouldNotContain("between");
        InProcess.Run("show", "tanh(x) * sin(x)^3 * cos(x) ").Output.ShouldNotContain("e-1");
    }

    [Fact]
    public void AFormulaThatIsWrongIsAUsageErrorThatNamesTheCharacter()
    {
        Outcome outcome = InProcess.Run("show", "x * sigmod(x)");
        outcome.Code.ShouldBe(2);
        outcome.Output.ShouldBe("");
        outcome.Error.ShouldContain("unknown function 'sigmod' at character 5; did you mean 'sigmoid'?");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ShowTellsEverythingThatTheFileSays(string name)
    {
        Outcome outcome = InProcess.Run("show", name);
        outcome.Code.ShouldBe(0);
        outcome.Error.ShouldBe("");
        string flowing = string.Join(' ', outcome.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        ActivationDefinition definition = Activations.Activation.Parse(name).Definition;
        ActivationFacts facts = definition.Facts;
        string[] told =
        [
            facts.Title, facts.Summary, definition.Formula, definition.Derivative, facts.Range, facts.WhenToUse,
            .. facts.Strengths, .. facts.Weaknesses, .. facts.Parameters.Select(p => p.Meaning), .. facts.Peers.Select(p => p.Name),
            .. facts.Aliases.Select(a => a.Name), .. facts.Aliases.Where(a => a.Name == name).Select(a => a.Paper).DefaultIfEmpty(facts.Paper),
        ];
        told.ShouldAllBe(t => flowing.Contains(string.Join(' ', t.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ShowFallsBackToPlainAscii(string name) =>
        InProcess.Run(["show", name], t => t with { Unicode = false }).Output.ShouldAllBe(c => char.IsAscii(c));

    [Fact]
    public void ShowDrawsTheCurve()
    {
        InProcess.Run("show", "relu").Output.ShouldContain(c => c >= '\u2800' && c <= '\u28ff');
        InProcess.Run(["show", "relu"], t => t with { Unicode = false }).Output.ShouldContain("***");
    }

    [Fact]
    public void ShowAsJsonSetsTheParametersAsAskedFor()
    {
        using JsonDocument document = JsonDocument.Parse(InProcess.Run("show", "leaky_relu(alpha=0.2)", "--json").Output);
        JsonElement root = document.RootElement;
        root.EnumerateObject().Select(p => p.Name).ShouldBe(["schema", "activation", "built_in", "definition", "modes", "measured", "disagreements"]);
        root.GetProperty("schema").GetString().ShouldBe("hillock.show/1");
        root.GetProperty("activation").GetString().ShouldBe("leaky_relu(alpha=0.2)");
        root.GetProperty("modes")[0].GetProperty("value").GetDouble().ShouldBe(0.2);
        root.GetProperty("measured").GetProperty("largest_slope").GetDouble().ShouldBe(1);
    }

    [Fact]
    public void ShowTellsWhereFrameworksDisagree()
    {
        string leaky = InProcess.Run(["show", "leaky_relu"], t => t with { Width = 110 }).Output;
        leaky.ShouldContain("Where frameworks disagree");
        leaky.ShouldContain("nn.LeakyReLU is leaky_relu(alpha=0.01) by default");
        leaky.ShouldContain("layers.LeakyReLU is leaky_relu(alpha=0.3) by default");
        InProcess.Run(["show", "gelu"], t => t with { Width = 110 }).Output.ShouldContain("jax.nn.gelu is gelu_tanh by default");
        InProcess.Run("show", "relu").Output.ShouldNotContain("disagree");

        using JsonDocument document = JsonDocument.Parse(InProcess.Run("show", "onnx:hard_sigmoid", "--json").Output);
        document.RootElement.GetProperty("modes")[0].GetProperty("value").GetDouble().ShouldBe(0.2);
        document.RootElement.GetProperty("disagreements").EnumerateArray().ShouldContain(d =>
            d.GetProperty("framework").GetString() == "ONNX" && d.GetProperty("activation").GetString() == "hard_sigmoid(alpha=0.2, beta=0.5)");
    }

    [Fact]
    public void ShowAsJsonOfARowFunctionHasNothingMeasured()
    {
        using JsonDocument document = JsonDocument.Parse(InProcess.Run("show", "softmax", "--json").Output);
        document.RootElement.GetProperty("measured").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [MemberData(nameof(ElementwiseNames))]
    public void PlotWritesADrawingThatStandsAlone(string name)
    {
        using TemporaryFolder folder = new();
        Outcome outcome = InProcess.Run("plot", name, "-o", folder["f.svg"]);
        outcome.Code.ShouldBe(0);
        outcome.Error.ShouldBe("");
        string text = File.ReadAllText(folder["f.svg"]);
        XElement root = XElement.Parse(text);
        XNamespace svg = "http://www.w3.org/2000/svg";
        root.Name.ShouldBe(svg + "svg");
        root.Descendants(svg + "style").Single().Value.ShouldContain("prefers-color-scheme: dark");
        text.ShouldContain(name);
        text.ShouldNotContain("NaN");
        root.Element(svg + "svg")!.Elements(svg + "path").Count().ShouldBe(2);
        Directory.GetFiles(folder.Path).Length.ShouldBe(1);
    }

    [Fact]
    public void PlotDrawsSeveralOverARange()
    {
        using TemporaryFolder folder = new();
        InProcess.Run("plot", "relu", "leaky_relu(alpha=0.1|0.3)", "mish", "-o", folder["f.svg"], "--range", "-2,3", "--quiet").Output.ShouldBe("");
        string text = File.ReadAllText(folder["f.svg"]);
        foreach (string name in new[] { "relu", "leaky_relu(alpha=0.1)", "leaky_relu(alpha=0.3)", "mish" })
        {
            text.ShouldContain($">{name}<");
        }

        text.ShouldContain(">3.0</text>");
        text.ShouldNotContain(">4.0</text>");
    }

    [Fact]
    public void PlotToStandardOutputIsTheDrawingAndNothingElse()
    {
        Outcome outcome = InProcess.Run("plot", "relu", "-o", "-");
        outcome.Code.ShouldBe(0, outcome.Error);
        XElement.Parse(outcome.Output).Name.LocalName.ShouldBe("svg");
    }

    [Fact]
    public void PlotIntoAFolderThatIsNotThereFails()
    {
        using TemporaryFolder folder = new();
        Outcome outcome = InProcess.Run("plot", "relu", "-o", folder["no/such/f.svg"]);
        outcome.Code.ShouldBe(1);
        outcome.ErrorLine().ShouldBe($"hillock: cannot write {folder["no/such/f.svg"]}: there is no folder {folder["no/such"]} to write into");
        Directory.GetFileSystemEntries(folder.Path).ShouldBeEmpty();
    }
}
