using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Hillock.Data.Tables;

namespace Hillock.Data.Tests.Tables;

/// <summary>Tables of countries that write 91,5 where others write 91.5.</summary>
public sealed class DecimalCommaTests : IDisposable
{
    private const string Espresso = "beans;dose;water;good\nBrazil;18,5;91,8;no\nKenya;17;92,5;yes\nBrazil;19,25;-0,5e1;no\nKenya;17,0;;yes\n";
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    public void Decimal_commas_are_read_and_said(char delimiter)
    {
        DataSource source = Open(Espresso.Replace(';', delimiter));
        source.Description.ShouldContain("2 numeric and 1 categorical column, target column 4 (good)");
        source.Description.ShouldEndWith("with a header, decimal commas)");
        source.Warnings.ShouldBeEmpty();
        Numbers(source, 1).ShouldBe([18.5, 17, 19.25, 17]);
        Numbers(source, 2)[..3].ShouldBe([91.8, 92.5, -5]);
        source.Fingerprint.ShouldBe(Open(Espresso.Replace(',', '.')).Fingerprint, "the same numbers, however they are written");
        Open(Espresso.Replace(',', '.')).Description.ShouldNotContain("comma");
    }

    /// <summary>The comma parts these lines as evenly as the delimiter does, or more so.</summary>
    [Theory]
    [InlineData("1,5;2,5;a\n2,5;1,5;b\n3,5;1,5;a\n")]
    [InlineData("1,5\t2,5\ta\n2,5\t1,5\tb\n3,5\t1,5\ta\n")]
    [InlineData("1,5;2,5;0,5\n2,5;1,5;1,5\n3,5;1,5;0,5\n")]
    [InlineData("x;y;class\n1,5;2,5;a\n2,5;1,5;b\n3,5;1,5;a\n")]
    [InlineData("x, cm;y, cm;class\n1,5;2,5;a\n2,5;1,5;b\n3,5;1,5;a\n")]
    public void A_decimal_comma_is_no_delimiter(string text)
    {
        DataSource source = Open(text);
        source.Features.ShouldBe(2);
        Numbers(source, 0).ShouldBe([1.5, 2.5, 3.5]);
        Numbers(source, 1).ShouldBe([2.5, 1.5, 1.5]);
    }

    [Theory]
    [InlineData("p;q,3,a\nq;r,1,b\np;q,3,a\n")]
    [InlineData("1;x,2,a\n2;y,1,b\n1;x,7,a\n")]
    [InlineData("1,2\n2,1\n3,2\n")]
    public void A_comma_that_parts_values_stays_one(string text) => Open(text).Description.ShouldContain("comma-separated");

    [Fact]
    public void A_target_with_decimal_commas_is_a_regression()
    {
        DataSource source = Open("1;0,5\n2;1,5\n3;0,5\n");
        source.Task.ShouldBe(TaskKind.Regression);
        source.Targets.ToArray().ShouldBe([0.5f, 1.5f, 0.5f]);
        source.Description.ShouldEndWith("(semicolon-separated, no header, decimal commas)");
    }

    [Fact]
    public void Text_with_commas_is_text()
    {
        DataSource source = Open("1;red, blue;1,2,3;a\n2;red;1,2;b\n3;1,5;1,2,3;a\n4;red;x;b\n");
        source.Description.ShouldContain("1 numeric and 2 categorical columns");
        source.Description.ShouldNotContain("decimal commas");
    }

    [Theory]
    [InlineData("1,5;a\n2;b\n2.5;a\n", ", line 3, column 1: '2.5' has a decimal point, while '1,5' in line 1 has a decimal comma; write all values of the column the same way")]
    [InlineData("x;y\n1.5;a\n2,5;b\n2,5;a\n", ", line 3, column 1 (x): '2,5' has a decimal comma, while '1.5' in line 2 has a decimal point; write all values of the column the same way")]
    [InlineData("1;a\n1,234.5;b\n2;a\n", ", line 2, column 1: '1,234.5' is not a number (thousands separators are not read: leave them out)")]
    [InlineData("x;y\n1,5;a\n1.234,5;b\n2;a\n", ", line 3, column 1 (x): '1.234,5' is not a number (thousands separators are not read: leave them out)")]
    [InlineData("1.234.567;a\n2;b\n3;a\n", ", line 1, column 1: '1.234.567' is not a number (thousands separators are not read: leave them out)")]
    [InlineData("1;a\n-12 345,5;b\n3;a\n", ", line 2, column 1: '-12 345,5' is not a number (thousands separators are not read: leave them out)")]
    [InlineData("1,5;2,a\n2,5;1,b\n3,7;7,a\n", ", line 1, column 2: '5;2' is not a number (both commas and semicolons part numbers)")]
    [InlineData("1,a\n\"1,234.5\",b\n3,a\n", ", line 2, column 1: '1,234.5' is not a number (thousands separators are not read: leave them out)")]
    public void Mixed_separators_are_one_clear_line(string text, string expected)
    {
        string path = _folder.Write("t.csv", text);
        Should.Throw<DataException>(() => DataSources.Open(path)).Message.ShouldBe(path + expected);
    }

    [Fact]
    public void What_may_be_a_thousands_separator_is_reported()
    {
        Open("1,234;a\n2;b\n2,500;a\n").Warnings.ShouldHaveSingleItem()
            .ShouldBe($"{_folder.At("t.csv")}, line 1, column 1: '1,234' is read as 1.234; leave thousands separators out if this is one");
        Open("0;1,5;a\n1.234;2;b\n2;2,500;a\n").Warnings.ShouldHaveSingleItem()
            .ShouldBe($"{_folder.At("t.csv")}, line 2, column 1: '1.234' is read as 1.234; leave thousands separators out if this is one");
        Open("1,234;a\n0,125;b\n2,500;a\n").Warnings.ShouldBeEmpty("no thousand begins with 0");
        Open("1.234;a\n2;b\n2.500;a\n").Warnings.ShouldBeEmpty("a decimal point is the rule");
    }

    /// <summary>Any numbers survive being written with decimal commas and read, to the last bit, as with points.</summary>
    [Fact]
    public void Numbers_with_decimal_commas_survive()
    {
        Gen<char> delimiters = Gen.Elements(';', '\t', '|');
        Prop.ForAll(delimiters.ToArbitrary(), ArbMap.Default.ArbFor<NormalFloat[]>(), (delimiter, given) =>
        {
            double[] numbers = [.. given.Select(x => x.Item).Where(x => Math.Abs(x) <= float.MaxValue), 0.5, -1.5e-300, 3.4e38];
            string Table(char point) => string.Join(
                '\n', numbers.Select((x, i) => $"{x.ToString("R", CultureInfo.InvariantCulture).Replace('.', point)}{delimiter}{i}{point}5{delimiter}{i % 2}"));
            DataSource commas = Open(Table(','));
            return Numbers(commas, 0).SequenceEqual(numbers)
                && commas.Description.EndsWith(", decimal commas)", StringComparison.Ordinal)
                && commas.Fingerprint == Open(Table('.')).Fingerprint;
        }).QuickCheckThrowOnFailure();
    }

    private static double[] Numbers(DataSource source, int column)
    {
        Column read = ((TableSource)source).Columns[column];
        return [.. read.Codes.Select(code => code == Column.Missing ? double.NaN : read.Numbers![code])];
    }

    private DataSource Open(string text) => DataSources.Open(_folder.Write("t.csv", text));
}
