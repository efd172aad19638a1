using FsCheck;
using FsCheck.Fluent;
using Hillock.Cli.Output;

namespace Hillock.Cli.Tests.Output;

public class WordsTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(1, "1")]
    [InlineData(0.0123456, "0.0123")]
    [InlineData(123456, "123456")]
    [InlineData(1234.5678, "1235")]
    [InlineData(0.000012345, "1.23e-5")]
    [InlineData(12345678, "1.23e7")]
    [InlineData(-0.5, "-0.5")]
    [InlineData(double.NaN, "-")]
    [InlineData(double.PositiveInfinity, "∞")]
    public void ANumberHasAFewDigits(double value, string text) => Words.Significant(value, 3).ShouldBe(text);

    [Fact]
    public void TheDigitsShownAreRight() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NormalFloat>(), x =>
        {
            double value = x.Get;
            double read = double.Parse(Words.Significant(value, 4));
            Math.Abs(read - value).ShouldBeLessThanOrEqualTo((0.0005001 * Math.Abs(value)) + double.Epsilon);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0.04, "0.0 s")]
    [InlineData(9.94, "9.9 s")]
    [InlineData(33.4, "33 s")]
    [InlineData(125, "2:05 min")]
    [InlineData(3725, "1:02:05 h")]
    public void ADurationIsSaidAsPeopleSayIt(double seconds, string text) => Words.Duration(TimeSpan.FromSeconds(seconds)).ShouldBe(text);

    [Theory]
    [InlineData(0.97155, "0.9716")]
    [InlineData(-12.5, "-12.5000")]
    [InlineData(-6391852439937650.0, "-6.392e15")]
    public void AScoreHasFourDecimalsUntilItMeansNothing(double value, string text) => Words.Fixed(value).ShouldBe(text);

    [Theory]
    [InlineData(0, "0 trials")]
    [InlineData(1, "1 trial")]
    [InlineData(2, "2 trials")]
    public void OneIsSingular(int number, string text) => Words.Count(number, "trial").ShouldBe(text);

    [Fact]
    public void ALineIsNotBrokenBesideAnEqualsSign() => TextPage.Wrap("not worse (p = 0.5) at all", 11).ShouldBe(["not worse", "(p = 0.5)", "at all"]);

    [Fact]
    public void WrappedTextHasTheSameWordsAndFits()
    {
        Gen<string> word = Gen.Elements("a", "bb", "ccc", "dddd", "eeeeeeeeee");
        Prop.ForAll(word.ListOf().ToArbitrary(), Gen.Choose(10, 40).ToArbitrary(), (words, width) =>
        {
            string[] lines = [.. TextPage.Wrap(string.Join(' ', words), width)];
            lines.SelectMany(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ShouldBe(words);
            lines.ShouldAllBe(l => l.Length <= width);
        }).QuickCheckThrowOnFailure();
    }
}
