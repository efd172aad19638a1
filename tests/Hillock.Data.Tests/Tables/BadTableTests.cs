namespace Hillock.Data.Tests.Tables;

/// <summary>Tables that cannot be learned from: one line that says what is wrong, where, and what to do.</summary>
public sealed class BadTableTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", " is empty")]
    [InlineData("\n \n\r\n", " is empty")]
    [InlineData("age,class\n", " holds nothing but a header")]
    [InlineData("1\n2\n3\n", " has only one column, as no comma, semicolon or tab parts its lines; a target and at least one input are needed; if it is a plain text, hillock train learns how it goes on with --task next-character")]
    [InlineData("First Citizen:\nBefore we proceed, hear me speak.\n", ", line 2: the row has 2 values, the one in line 1 has 1 value; if it is a plain text, hillock train learns how it goes on with --task next-character")]
    [InlineData("1,2,a\n3,4,b\n5,6\n", ", line 3: the row has 2 values, the one in line 1 has 3 values")]
    [InlineData("1,2,a\n\n\"3\n3\",4,b\n5,6,7,8\n", ", line 5: the row has 4 values, the one in line 1 has 3 values")]
    [InlineData("1,a\n2,a\n3,a\n", ": the target, column 2, has the value 'a' in every row: there is nothing to learn")]
    [InlineData("1,7\n2,7.0\n3,7\n", ": the target, column 2, has the value '7' in every row: there is nothing to learn")]
    [InlineData("1,0.5\n2,0.5\n", ": the target, column 2, has the value '0.5' in every row: there is nothing to learn")]
    [InlineData("1,a\n", ": the target, column 2, has the value 'a' in every row: there is nothing to learn")]
    [InlineData("1,a\n2,b\n3,c\n", ": the target, column 2, has a class of its own in every row; name the target with --target")]
    [InlineData("1,1\n2,2\n3,3\n", ": the target, column 2, has a class of its own in every row; say --task regression, or name the target with --target")]
    [InlineData("1,?\n2,\n3,NA\n", ": the target, column 2, has no values; name another with --target")]
    [InlineData("a1,x\nb2,y\nc3,x\n", "no column is left to learn from")]
    [InlineData("1,\"a\n2,b\n3,a\n", ", line 1: a quoted value is never closed")]
    [InlineData("1,a\n2,\"b\"c\n3,a\n", ", line 2: text follows the closing quote of a value")]
    [InlineData("\"1,5\",2,a\n\"2,5\",1,b\n1,1,b\n", "line 1, column 1: '1,5' is not a number (a decimal point is needed, not a comma)")]
    public void A_bad_table_is_one_clear_line(string text, string expected)
    {
        string path = _folder.Write("t.csv", text);
        string message = Fails(path);
        message.ShouldStartWith(path);
        message.ShouldContain(expected);
    }

    [Theory]
    [InlineData("abc", "is not a number")]
    [InlineData("0x1F", "is not a number")]
    [InlineData("1e400", "is beyond the largest number, 3.4e38")]
    [InlineData("-Infinity", "is not a finite number")]
    [InlineData("inf", "is not a number")]
    [InlineData("1_000", "is not a number")]
    [InlineData("\"1,000\"", "is not a number (a decimal point is needed, not a comma)")]
    public void A_few_values_that_are_no_numbers_are_an_error(string value, string why)
    {
        string[] rows = [.. Enumerable.Range(0, 500).Select(i => $"{i}.5,{i * 2},{i % 2}")];
        rows[76] = $"1.5,{value},0";
        rows[300] = $"1.5,{value},0";
        string path = _folder.Write("t.csv", "width,height,class\n" + string.Join('\n', rows));
        string quoted = value.Trim('"');
        Fails(path).ShouldBe(
            $"{path}, line 78, column 2 (height): '{quoted}' {why}, while all but 2 of 500 values are numbers; "
            + $"correct it, or count it as missing with --missing{(quoted[0] == '-' ? '=' : ' ')}{quoted}");
        DataSources.Open(path, new DataOptions { MissingTokens = [quoted] }).Count.ShouldBe(500);
    }

    // However many of a small table's values they are: no such column is categorical.
    [Theory]
    [InlineData("inf", 1, "line 12, column 1 (size): 'inf' is not a number, while all other values are numbers; correct it, or count it as missing with --missing inf")]
    [InlineData("null", 20, "'null' is not a number, while all but 20 of 60 values are numbers; correct it, or count it as missing with --missing null")]
    [InlineData("-", 29, "'-' is not a number, while all but 29 of 60 values are numbers; correct it, or count it as missing with --missing=-")]
    [InlineData("tall", 5, "'tall' is not a number, while all but 5 of 60 values are numbers; correct it, or count it as missing with --missing tall")]
    [InlineData("very tall", 1, "with --missing \"very tall\"")]
    public void Odd_cells_of_a_column_of_measured_numbers_are_an_error(string odd, int count, string expected)
    {
        string path = _folder.Write("t.csv", Measured(i => i < count ? odd : null));
        Fails(path).ShouldContain(expected);
        DataSource read = DataSources.Open(path, new DataOptions { MissingTokens = [odd] });
        read.Description.ShouldContain("1 numeric column");
    }

    [Fact]
    public void Several_odd_texts_are_named()
    {
        string[] odd = ["-", "null", "low", "n/a", "high"];
        Fails(_folder.Write("t.csv", Measured(i => i < 5 ? odd[i] : null)))
            .ShouldEndWith("correct them, or count them as missing with --missing=- --missing null --missing low and so on for 2 more");
    }

    [Theory]
    [InlineData("tall", 7)]
    [InlineData("null", 31)]
    public void A_column_with_many_texts_is_categorical(string text, int count)
    {
        DataSource source = DataSources.Open(_folder.Write("t.csv", Measured(i => i < count ? text : null)));
        source.Description.ShouldContain("1 categorical column");
        if (count * 2 <= 60)
        {
            source.Warnings.ShouldHaveSingleItem().ShouldEndWith($"the column is taken for categorical (--missing {text} counts it as missing)");
        }
    }

    private static string Measured(Func<int, string?> odd) =>
        "size,class\n" + string.Join('\n', Enumerable.Range(0, 60).Select(i => $"{odd((i + 50) % 60) ?? $"{i / 2}.5"},{i % 2}"));

    [Fact]
    public void A_header_that_was_denied_is_offered()
    {
        string path = _folder.Write("t.csv", "x,y\n" + string.Join('\n', Enumerable.Range(0, 500).Select(i => $"{i},{i % 2}")));
        Fails(path, new DataOptions { Header = false }).ShouldEndWith("--missing x, or say --header yes if this line is a header");
    }

    [Theory]
    [InlineData("z", "there is no column 'z'; the columns are x, y, y, c")]
    [InlineData("0", "there is no column 0; columns count from 1 to 4, or from -1 backwards from the last")]
    [InlineData("5", "there is no column 5; columns count from 1 to 4, or from -1 backwards from the last")]
    [InlineData("-5", "there is no column -5; columns count from 1 to 4, or from -1 backwards from the last")]
    [InlineData("y", "columns 2 and 3 are both called 'y'; give the column's number")]
    [InlineData("xy", "there is no column 'xy'; did you mean 'x'?")]
    [InlineData("99999999999", "there is no column '99999999999'; the columns are x, y, y, c")]
    public void An_unknown_target_is_an_error(string target, string expected)
    {
        string path = _folder.Write("t.csv", "x,y,y,c\n1,2,3,0\n2,3,4,1\n3,4,5,0\n");
        Fails(path, new DataOptions { Target = target }).ShouldBe($"{path}: {expected}");
    }

    [Theory]
    [InlineData("beens", "there is no column 'beens'; did you mean 'beans'?")]
    [InlineData("weight", "there is no column 'weight'; the columns are id, beans, good")]
    [InlineData("4", "there is no column 4; columns count from 1 to 3, or from -1 backwards from the last")]
    [InlineData("GOOD", "the target, column 3 (good), cannot be left out; name another with --target")]
    [InlineData("-1", "the target, column 3 (good), cannot be left out; name another with --target")]
    public void A_column_that_cannot_be_left_out_is_an_error(string leftOut, string expected)
    {
        string path = _folder.Write("t.csv", "id,beans,good\na1,2,0\nb2,3,1\nc3,4,0\n");
        Fails(path, new DataOptions { LeaveOut = ["id", leftOut] }).ShouldBe($"{path}: {expected}");
        Fails(path, new DataOptions { LeaveOut = ["id", "2"] }).ShouldBe($"{path}: no column is left to learn from");
    }

    [Fact]
    public void A_name_without_a_header_is_an_error()
    {
        string path = _folder.Write("t.csv", "1,2\n2,1\n3,2\n");
        Fails(path, new DataOptions { Target = "class" }).ShouldBe(
            $"{path}: there is no column 'class'; the file has no header, so columns go by number, 1 to 2");
    }

    [Fact]
    public void A_regression_on_text_is_an_error()
    {
        string path = _folder.Write("t.csv", "1,0.5\n2,b\n3,a\n4,b\n");
        Fails(path, new DataOptions { Task = TaskKind.Regression }).ShouldBe(
            $"{path}, line 2, column 2: a regression needs numbers, and 'b' is not a number");
    }

    [Fact]
    public void Binary_content_is_an_error()
    {
        string nul = _folder.Write("nul.csv", [.. "1,2\n3,4\n"u8, 0, .. "5,6\n"u8]);
        Fails(nul).ShouldStartWith($"{nul} is neither text nor a zip archive nor IDX images nor CIFAR-10 records: it begins with the bytes 312C320A");
        string controls = _folder.Write("controls.csv", [.. Enumerable.Range(0, 3000).Select(i => (byte)(1 + (i % 255)))]);
        Fails(controls).ShouldContain("is neither text nor");
    }

    [Fact]
    public void Damaged_gzip_is_an_error()
    {
        byte[] whole = TestFolder.Gzip([.. Enumerable.Range(0, 20_000).SelectMany(i => System.Text.Encoding.ASCII.GetBytes($"{i * 7919 % 1000},{i % 2}\n"))]);
        DataSources.Open(_folder.Write("t.csv.gz", whole)).Count.ShouldBe(20_000);
        foreach (int length in new[] { 2, 10, 500, whole.Length / 2, whole.Length - 1 })
        {
            string path = _folder.Write("t.csv.gz", whole[..length]);
            Fails(path).ShouldStartWith($"{path} is damaged: its gzip content is ");
        }

        whole[whole.Length / 2] ^= 0x55;
        Fails(_folder.Write("t.csv.gz", whole)).ShouldContain("its gzip content is");
    }

    [Fact]
    public void What_is_not_there_or_no_file_is_an_error()
    {
        Fails(_folder.At("none.csv")).ShouldStartWith($"there is no file or folder '{_folder.At("none.csv")}', and no data set of that name; known by name are digits, ");
        Fails("minst").ShouldBe("there is no file or folder 'minst', and no data set of that name; did you mean 'mnist'?");
        Fails("fashion_mnist").ShouldEndWith("did you mean 'fashion-mnist'?");
        Fails("spiral").ShouldEndWith("did you mean 'spirals'?");
        Fails(_folder.Root).ShouldBe(
            $"{_folder.Root} is a folder, and has no train-images-idx3-ubyte or data_batch_1.bin, no WAV files, no folders of texts and no texts with a file "
            + "for each class; name a file of it");
    }

    [Fact]
    public void A_cancelled_reading_ends()
    {
        string path = _folder.Write("t.csv", "1,2\n2,1\n");
        Should.Throw<OperationCanceledException>(() => DataSources.Open(path, cancellationToken: new CancellationToken(canceled: true)));
    }

    private static string Fails(string path, DataOptions? options = null)
    {
        string message = Should.Throw<DataException>(() => DataSources.Open(path, options)).Message;
        message.ShouldNotContain('\n');
        return message;
    }
}
