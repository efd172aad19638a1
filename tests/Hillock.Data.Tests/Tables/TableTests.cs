using System.Text;

namespace Hillock.Data.Tests.Tables;

/// <summary>How tables are cut, typed and given a task.</summary>
public sealed class TableTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    public void The_delimiter_is_detected(char delimiter)
    {
        DataSource source = Open("1,2.5,a\n2,3.5,b\n3,4.5,a\n".Replace(',', delimiter));
        source.Features.ShouldBe(2);
        source.Count.ShouldBe(3);
        source.Classes.ShouldBe(["a", "b"]);
    }

    [Fact]
    public void Delimiters_inside_text_do_not_mislead()
    {
        DataSource source = Open("1;\"x, y\";a\n2;\"p, q\";b\n3;\"x, y\";a\n4;\"x, y\";a\n");
        source.Description.ShouldBe("4 samples, 1 numeric and 1 categorical column, target column 3: classification of 2 classes (semicolon-separated, no header)");
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Line_ends_of_all_systems_are_read(string end)
    {
        Open(string.Join(end, "1,a", "2,b", "", "3,a", "")).Count.ShouldBe(3);
    }

    [Fact]
    public void Encodings_give_the_same_table()
    {
        string text = "höhe,klasse\n1,ä\n2,ö\n3,ä\n";
        Encoding[] encodings = [new UTF8Encoding(false), new UTF8Encoding(true), new UnicodeEncoding(false, true), new UnicodeEncoding(true, true), Encoding.Latin1];
        foreach (Encoding encoding in encodings)
        {
            string path = _folder.Write("t.csv", [.. encoding.GetPreamble(), .. encoding.GetBytes(text)]);
            DataSource source = DataSources.Open(path, new DataOptions { Target = "klasse" });
            source.Classes.ShouldBe(["ä", "ö"], encoding.EncodingName);
            source.Count.ShouldBe(3);
        }
    }

    [Fact]
    public void Compressed_tables_are_read_whatever_their_name()
    {
        byte[] text = "1,a\n2,b\n3,a\n"u8.ToArray();
        DataSource plain = DataSources.Open(_folder.Write("t.csv", text));
        DataSources.Open(_folder.Write("t.csv.gz", TestFolder.Gzip(text))).Fingerprint.ShouldBe(plain.Fingerprint);
        DataSources.Open(_folder.Write("u.csv", TestFolder.Gzip(text))).Fingerprint.ShouldBe(plain.Fingerprint);
        byte[] members = [.. TestFolder.Gzip(text[..4]), .. TestFolder.Gzip(text[4..])];
        DataSources.Open(_folder.Write("v.csv.gz", members)).Fingerprint.ShouldBe(plain.Fingerprint);
    }

    [Fact]
    public void Quotes_spaces_and_stray_quotes_are_handled()
    {
        DataSource source = Open("\"a, b\" , 1 ,x\n \"say \"\"no\"\"\",2,y\n5'11\",3,x\n\"line\nbreak\",4,x\n\"a, b\",5,x\n");
        Preparation preparation = source.Fit([0, 1, 2, 3, 4]);
        Categories(preparation, 0).ShouldBe(["5'11\"", "a, b", "line\nbreak", "say \"no\""]);
    }

    [Theory]
    [InlineData("age,class\n1,a\n2,b\n3,a\n", true)]
    [InlineData("1,a\n2,b\n3,a\n", false)]
    [InlineData("0,1,2,class\n5,6,7,0\n8,9,10,1\n8,9,10,0\n", true)] // numbers as names, and text above one column of numbers
    [InlineData(",x,y\n0,5,0\n1,6,1\n2,7,1\n", true)] // an index without a name, as pandas writes it
    [InlineData("?,a\n2,b\n3,a\n", false)]
    [InlineData("colour,class\nred,yes\nred,no\nblue,yes\nblue,no\n", true)] // all text, but these two are never seen again
    [InlineData("red,yes\nred,no\nblue,yes\nblue,no\n", false)]
    public void A_header_is_detected(string text, bool header)
    {
        DataSource source = Open(text);
        source.Description.ShouldEndWith(header ? "with a header)" : "no header)");
    }

    [Fact]
    public void A_header_can_be_stated_and_a_guess_is_reported()
    {
        const string Text = "colour,class\nred,yes\nred,no\nblue,yes\nblue,no\n";
        Open(Text).Warnings.ShouldHaveSingleItem().ShouldContain("taken for a header");
        DataSource stated = Open(Text, new DataOptions { Header = false });
        stated.Count.ShouldBe(5);
        stated.Warnings.ShouldBeEmpty();
        Open("red,yes\nblue,no\nred,yes\nblue,yes\n", new DataOptions { Header = true }).Count.ShouldBe(3);
        Open("red,yes\nred,no\nblue,yes\nblue,no\n").Warnings.ShouldHaveSingleItem().ShouldContain("--header yes");
    }

    [Fact]
    public void Missing_values_are_known_and_more_can_be_named()
    {
        const string Text = "1,?,a\n2,NA,b\n3,nan,a\n4,,b\n5,NaN,a\n6,-9,b\n7,7.5,a\n8,6,b\n";
        Numeric(Open(Text).Fit([0, 1, 2, 3, 4, 5, 6, 7]), 1).Mean.ShouldBe(1.5); // (-9 + 7.5 + 6) / 3
        DataSource source = Open(Text, new DataOptions { MissingTokens = ["-9", "never"] });
        Hillock.Data.Tables.NumericPreparation column = Numeric(source.Fit([0, 1, 2, 3, 4, 5, 6, 7]), 1);
        column.Mean.ShouldBe(6.75);
        column.MarksMissing.ShouldBeTrue();
    }

    [Theory]
    [InlineData("1,5", TaskKind.Classification)] // 15 whole numbers, each twice
    [InlineData("1.5,5", TaskKind.Classification)]
    public void Few_whole_numbers_are_classes(string inputs, TaskKind task)
    {
        IEnumerable<string> rows = Enumerable.Range(0, 30).Select(i => $"{inputs},{i % 15}.0");
        DataSource source = Open(string.Join('\n', rows));
        source.Task.ShouldBe(task);
        source.Classes.ShouldBe(Enumerable.Range(0, 15).Select(i => $"{i}"), "in the order of numbers: 10 after 9");
    }

    [Fact]
    public void More_than_twenty_whole_numbers_or_fractions_are_a_regression()
    {
        Open(string.Join('\n', Enumerable.Range(0, 40).Select(i => $"{i},{i % 20}"))).Task.ShouldBe(TaskKind.Classification);
        Open(string.Join('\n', Enumerable.Range(0, 42).Select(i => $"{i},{i % 21}"))).Task.ShouldBe(TaskKind.Regression);
        DataSource fractions = Open("1,0.5\n2,1\n3,1\n4,0.5\n");
        fractions.Task.ShouldBe(TaskKind.Regression);
        fractions.Targets.ToArray().ShouldBe([0.5, 1, 1, 0.5]);
        Open("1,0.5\n2,1\n3,1\n4,0.5\n", new DataOptions { Task = TaskKind.Classification }).Classes.ShouldBe(["0.5", "1"]);
        Open("1,3\n2,4\n3,3\n", new DataOptions { Task = TaskKind.Regression }).Targets.ToArray().ShouldBe([3.0, 4, 3]);
    }

    [Fact]
    public void The_same_number_written_in_two_ways_is_one_class()
    {
        DataSource source = Open("5,1\n6,1.0\n7,2\n8,+2\n9,-0\n10,0\n");
        source.Classes.ShouldBe(["0", "1", "2"]);
        source.Labels.ToArray().ShouldBe([1, 1, 2, 2, 0, 0]);
    }

    [Theory]
    [InlineData("b", "column 2 (b)")]
    [InlineData("B", "column 3 (B)")]
    [InlineData("Cc", "column 4 (cc)")] // in any case where it is clear
    [InlineData("1", "column 1 (a)")]
    [InlineData("-1", "column 5 (3)")]
    [InlineData("3", "column 5 (3)")] // a name goes before a number
    [InlineData(null, "column 5 (3)")]
    public void The_target_is_named_or_numbered(string? target, string label)
    {
        const string Text = "a,b,B,cc,3\n1,2,1,2,1\n2,1,2,1,2\n1,1,2,2,1\n";
        Open(Text, new DataOptions { Target = target }).Description.ShouldContain($"target {label}:");
    }

    [Fact]
    public void Rows_without_a_target_are_left_out_and_reported()
    {
        DataSource source = Open("1,a\n2,\n3,b\n4,?\n5,a\n");
        source.Count.ShouldBe(3);
        source.Warnings.ShouldHaveSingleItem().ShouldBe($"{_folder.At("t.csv")}, line 2: the target, column 2, is missing here and in 1 more of 5 rows; they are left out");
        Numeric(source.Fit([0, 1, 2]), 0).Mean.ShouldBe(3);
    }

    [Fact]
    public void Columns_that_teach_nothing_are_left_out_and_reported()
    {
        DataSource source = Open("id1,1,?,7,a\nid2,2,?,7,b\nid3,3,?,7,a\n");
        source.Features.ShouldBe(2, "the constant column stays");
        source.Warnings.Count.ShouldBe(2);
        source.Warnings[0].ShouldContain("column 1 has another text in every row");
        source.Warnings[1].ShouldContain("column 3 has no values");
        Preparation preparation = source.Fit([0, 1, 2]);
        preparation.Apply(source, [0]).Inputs[1].ShouldBe(0f);
    }

    [Theory]
    [InlineData("id", "height")]
    [InlineData("ID", "-2")]
    [InlineData("1", "3")]
    public void Columns_are_left_out_whatever_they_hold(string first, string second)
    {
        string[] rows = [.. Enumerable.Range(0, 300).Select(i => $"n{i},{i % 7},{i},{i % 2}")];
        rows[7] = "n7,0,typing error,1"; // an error, were it not left out
        string text = "id,width,height,class\n" + string.Join('\n', rows);
        DataSource source = Open(text, new DataOptions { LeaveOut = [first, second] });
        source.Description.ShouldBe(
            "300 samples, 1 numeric column, 2 left out, target column 4 (class): classification of 2 classes (comma-separated, with a header)");
        source.Warnings.ShouldBeEmpty();
        source.Features.ShouldBe(1);
        Preparation preparation = source.Fit([0, 1, 2]);
        preparation.Features.ShouldBe(1);
        preparation.Apply(source, [0, 1, 2]).Inputs.ToArray().ShouldBe([-1.2247449f, 0, 1.2247449f]);

        // The rows of another file need not leave the same columns out.
        DataSource other = Open("n1,0,5,1\nn2,1,6,0\nn2,1,6,0\n");
        preparation.Apply(other, [0, 1]).Inputs.ToArray().ShouldBe([-1.2247449f, 0]);
    }

    [Fact]
    public void Columns_stay_left_out_where_rows_without_a_target_are()
    {
        DataSource source = Open("1,5,a\n2,6,\n3,7,b\n4,8,a\n", new DataOptions { LeaveOut = ["1"] });
        source.Count.ShouldBe(3);
        source.Features.ShouldBe(1);
    }

    [Fact]
    public void Leaving_out_is_offered_where_a_column_looks_like_ids()
    {
        string rows = string.Join('\n', Enumerable.Range(0, 600).Select(i => $"n{i},c{i / 2},{i % 7},{i % 2}"));
        IReadOnlyList<string> warnings = Open(rows).Warnings;
        warnings.Count.ShouldBe(2);
        warnings[0].ShouldEndWith("nothing can be learned from it (--leave-out 1 leaves it out without this warning)");
        warnings[1].ShouldEndWith("column 2 has 300 categories; the 256 most frequent of the training rows are told apart; --leave-out 2 leaves the column out");
        Open(rows, new DataOptions { LeaveOut = ["1", "2"] }).Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Dates_and_running_numbers_are_warned_of()
    {
        static string Rows(Func<int, string> first) => "when,size,class\n" + string.Join('\n', Enumerable.Range(0, 40).Select(i => $"{first(i)},{i * 7 % 11},{i % 2}"));
        Open(Rows(i => $"2024-03-{1 + (i / 2):00}")).Warnings.ShouldHaveSingleItem().ShouldEndWith(
            "column 1 (when) has dates, 20 of them, each taken for a category by which nothing can be told of other days; "
            + "write what matters of it (the month, the weekday) as numbers, or leave it out with --leave-out 1");
        Open(Rows(i => $"{500 + i}")).Warnings.ShouldHaveSingleItem().ShouldEndWith(
            "column 1 (when) counts the rows, as an id does, and is learned from; --leave-out 1 leaves it out");
        Open(Rows(i => $"{500 + i - (i == 7 ? 1 : 0)}")).Warnings.ShouldBeEmpty();
        Open(Rows(i => $"{500 + i}"), new DataOptions { LeaveOut = ["1"] }).Warnings.ShouldBeEmpty();
        Open(Rows(i => $"kind {i / 2}")).Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Rows_know_their_lines()
    {
        Open("a,b\n1,x\n\n2,y\n3,\n4,x\n").SampleLines.ShouldBe([2, 4, 6]);
        DataSources.Open("moons").SampleLines.ShouldBeEmpty();
    }

    [Fact]
    public void A_column_with_one_per_cent_of_text_is_categorical()
    {
        string[] rows = [.. Enumerable.Range(0, 100).Select(i => $"{i % 7},{i % 2}")];
        rows[42] = "unknown,0";
        DataSource source = Open(string.Join('\n', rows));
        source.Description.ShouldContain("1 categorical column");
        source.Warnings.ShouldHaveSingleItem().ShouldContain("line 43, column 1: 'unknown' is not a number");
    }

    private DataSource Open(string text, DataOptions? options = null) => DataSources.Open(_folder.Write("t.csv", text), options);

    private static IReadOnlyList<string> Categories(Preparation preparation, int column) =>
        ((Hillock.Data.Tables.CategoricalPreparation)((Hillock.Data.Tables.TablePreparation)preparation).Columns[column]).Categories;

    private static Hillock.Data.Tables.NumericPreparation Numeric(Preparation preparation, int column) =>
        (Hillock.Data.Tables.NumericPreparation)((Hillock.Data.Tables.TablePreparation)preparation).Columns[column];
}
