using Hillock.Cli.CommandLine;

namespace Hillock.Cli.Tests.CommandLine;

/// <summary>What is wrong with a command line is said in one line, before anything is done.</summary>
public class UsageTests
{
    [Theory]
    [InlineData("comapre", "unknown command 'comapre'; did you mean 'compare'?")]
    [InlineData("frobnicate", "unknown command 'frobnicate'; see 'hillock --help'")]
    [InlineData("--verbos", "unknown option '--verbos'")]
    [InlineData("compare --flods 3", "unknown option '--flods'; did you mean '--folds'?")]
    [InlineData("compare digits --flods=3", "unknown option '--flods'; did you mean '--folds'?")]
    [InlineData("compare --zzz", "unknown option '--zzz'; see 'hillock compare --help'")]
    [InlineData("compare -x", "unknown option '-x'")]
    [InlineData("show -x^2", "unknown option '-x^2'; a formula that begins with a minus is written in braces, '{-x^2}', or in parentheses")]
    [InlineData("list --jsn", "unknown option '--jsn'; did you mean '--json'?")]
    [InlineData("list extra", "unexpected argument 'extra'")]
    [InlineData("compare digits moons", "unexpected argument 'moons'")]
    [InlineData("compare --folds 0", "--folds must be a whole number from 2 to 1000, not '0'")]
    [InlineData("compare --folds 1", "--folds must be a whole number from 2")]
    [InlineData("compare --folds 2.5", "--folds must be a whole number from 2")]
    [InlineData("compare --folds", "hillock: --folds needs a value, --folds N; see 'hillock compare --help'")]
    [InlineData("compare --missing", "hillock: --missing needs a value, --missing TEXT;")]
    [InlineData("compare --folds 3 --folds 4", "hillock: --folds is given 2 times; once is allowed")]
    [InlineData("compare --activations relu, gelu", "the space in 'relu, gelu' makes two words of it: leave it out, or put the list in quotes")]
    [InlineData("compare moons --activations relu, gelu", "the space in 'relu, gelu'")]
    [InlineData("compare --repeats 0", "--repeats must be a whole number from 1")]
    [InlineData("compare --epochs 0", "--epochs must be a whole number from 1")]
    [InlineData("compare --epochs 99999999999999999999", "--epochs must be a whole number from 1")]
    [InlineData("compare --batch -3", "--batch must be a whole number from 1")]
    [InlineData("compare --threads 0", "--threads must be a whole number from 1")]
    [InlineData("compare --samples 1", "--samples must be a whole number from 2")]
    [InlineData("compare --seed -1", "--seed must be a whole number from 0")]
    [InlineData("compare --lr -1", "--lr must be a number above 0 and at most 1000, not '-1'")]
    [InlineData("compare --lr 0", "--lr must be a number above 0")]
    [InlineData("compare --lr NaN", "--lr must be a number above 0")]
    [InlineData("compare --lr inf", "--lr must be a number above 0")]
    [InlineData("compare --optimizer adagrad", "--optimizer must be adam or adamw or sgd, not 'adagrad'")]
    [InlineData("compare --task guess", "--task must be classification or regression, not 'guess'")]
    [InlineData("compare --header maybe", "--header must be yes or no, not 'maybe'")]
    [InlineData("compare --network cnn:3", "--network: network 'cnn:3', at 1: 'cnn:3' is no layer")]
    [InlineData("compare --network mlp:0", "--network: ")]
    [InlineData("compare --network mlp:64,,2", "--network: ")]
    [InlineData("compare --activations rellu", "--activations: unknown activation 'rellu'; did you mean 'relu'?")]
    [InlineData("compare --activations leaky_relu(alpha=-inf)", "leaky_relu's alpha must be a finite number")]
    [InlineData("compare --activations leaky_relu(beta=1)", "unknown parameter 'beta'; leaky_relu has alpha")]
    [InlineData("compare --activations leaky_relu(alpha=1", "a closing parenthesis is missing")]
    [InlineData("compare --activations relu,relu", "'relu' is listed twice")]
    [InlineData("compare --activations ,", "the name of an activation is expected")]
    [InlineData("compare --holdout=5", "--holdout takes no value, and '5' is given")]
    [InlineData("compare --holdout --folds 3", "--holdout and --folds exclude each other")]
    [InlineData("compare --holdout --repeats 3", "--holdout and --repeats exclude each other")]
    [InlineData("bench", "hillock: bench needs activations, gemm or training; see 'hillock bench --help'")]
    [InlineData("show", "hillock: show needs NAME; see 'hillock show --help'")]
    [InlineData("show relo", "unknown activation 'relo'; did you mean 'relu'?")]
    [InlineData("show relu tanh", "unexpected argument 'tanh'")]
    [InlineData("plot relu", "hillock: plot needs --output FILE.svg; see 'hillock plot --help'")]
    [InlineData("plot -o x.svg", "hillock: plot needs NAME; see 'hillock plot --help'")]
    [InlineData("plot relu nope -o x.svg", "unknown activation 'nope'")]
    [InlineData("plot relu -o x.png", "its file must end in .svg (or be - for standard output), not 'x.png'")]
    [InlineData("plot relu -o x", "must end in .svg")]
    [InlineData("plot relu -o x.svg --range 5,-5", "--range: give two numbers")]
    [InlineData("plot relu -o x.svg --range 1", "--range: give two numbers")]
    [InlineData("plot relu -o x.svg --range nan,1", "--range: give two numbers")]
    [InlineData("plot relu -o x.svg --range -inf,inf", "--range: give two numbers")]
    public void AMistakeIsOneLineAndExitCode2(string line, string part)
    {
        Outcome outcome = InProcess.Run(line.Split(' '));
        outcome.Code.ShouldBe(ExitCode.Usage);
        outcome.ErrorLine().ShouldContain(part);
        File.Exists("x.svg").ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void EmptyValuesAreRefused(string empty)
    {
        foreach (string option in new[] { "--activations", "--target", "--leave-out", "--out", "--data-dir", "--network" })
        {
            Outcome outcome = InProcess.Run("compare", option, empty);
            outcome.Code.ShouldBe(ExitCode.Usage);
            outcome.ErrorLine().ShouldContain(option);
        }
    }

    [Theory]
    [InlineData("compare", "hillock compare mnist --holdout")]
    [InlineData("list", "hillock list --json")]
    [InlineData("show", "hillock show prelu")]
    [InlineData("plot", "hillock plot gelu -o gelu.svg")]
    public void HelpShowsExamples(string command, string example)
    {
        foreach (string help in new[] { "--help", "-h", "-?" })
        {
            Outcome outcome = InProcess.Run(command, help);
            outcome.Code.ShouldBe(0);
            outcome.Error.ShouldBe("");
            outcome.Output.ShouldContain("Examples:");
            outcome.Output.ShouldContain(example);
        }
    }

    [Fact]
    public void HelpOfCompareNamesEveryOption()
    {
        string help = InProcess.Run("compare", "--help").Output;
        string[] options =
        [
            "--activations", "--network", "--epochs", "--batch", "--optimizer", "--lr", "--folds", "--repeats", "--holdout", "--target", "--leave-out", "--task", "--header",
            "--missing", "--data-dir", "--samples", "--seed", "--threads", "--out", "--json", "--quiet", "--no-color",
        ];
        options.ShouldAllBe(o => help.Contains(o + " "));
        help.ShouldContain("digits");
        help.ShouldContain("mnist");
    }

    [Fact]
    public void HelpOfCompareSaysThatAnyFileWillDo()
    {
        string help = InProcess.Run("compare", "--help").Output;
        help.ShouldContain("  <DATA>  ");
        help.ShouldContain("Your own file");
    }

    [Theory]
    [InlineData(80)]
    [InlineData(200)]
    public void HelpFitsTheWidth(int width)
    {
        string help = InProcess.Run(["compare", "--help"], t => t with { Width = width }).Output;
        help[..help.IndexOf("Examples:", StringComparison.Ordinal)].Split('\n').ShouldAllBe(line => line.Length <= Math.Min(width, 110));
    }

    [Fact]
    public void WithoutACommandThereIsHelp()
    {
        Outcome outcome = InProcess.Run();
        outcome.Code.ShouldBe(0);
        outcome.Output.ShouldBe(InProcess.Run("--help").Output);
        outcome.Output.ShouldContain("compare");
    }

    [Fact]
    public void HelpIsGivenWhateverElseIsOnTheLine() => InProcess.Run("compare", "--folds", "0", "--help").Code.ShouldBe(0);

    [Fact]
    public void TheVersionIsOneLine()
    {
        Outcome outcome = InProcess.Run("--version");
        outcome.Code.ShouldBe(0);
        outcome.Output.ShouldMatch(@"^hillock \d+\.\d+\.\d+\n$");
    }

    /// <summary>The examples of the help are read by the same parser as anything else; they must not be refused.</summary>
    [Fact]
    public void TheExamplesOfTheHelpAreUnderstood()
    {
        foreach (string command in new[] { "compare", "list", "show", "plot" })
        {
            string help = InProcess.Run(command, "--help").Output;
            foreach (string example in help[help.IndexOf("Examples:", StringComparison.Ordinal)..].Split('\n').Skip(1).Where(l => l.Trim().Length > 0))
            {
                string[] words = ShellWords.Split(example.Trim());
                words[0].ShouldBe("hillock");
                Outcome outcome = InProcess.Run([.. words.Skip(1), "--definitely-unknown"]);
                outcome.ErrorLine().ShouldContain("unknown option '--definitely-unknown'", customMessage: example);
            }
        }
    }
}
