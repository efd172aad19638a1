using System.Text;
using Hillock.Data.Tests.Sound;
using Hillock.Data.Text;
using Hillock.Networks;

namespace Hillock.Data.Tests.Text;

/// <summary>Texts in files, folders and tables, and their preparation.</summary>
public sealed class TextTests : IDisposable
{
    private const string Sentences = "a good film , really\na bad film , sadly\na film of our time\nit's good\n";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("It's GOOD, isn't it?!", "it's|good|,|isn't|it|?|!")]
    [InlineData("'quoted' dogs' tails", "'|quoted|'|dogs|'|tails")]
    [InlineData("  naïve\tcafe\u0301 x2 3.5 ", "naïve|cafe\u0301|x2|3|.|5")]
    [InlineData("ab\U0001F600c", "ab|\U0001F600|c")]
    [InlineData(" \n ", "")]
    public void Words_are_cut_from_signs(string text, string tokens) =>
        string.Join('|', Tokens.Of(text, TextUnit.Words)).ShouldBe(tokens);

    [Fact]
    public void Characters_stay_as_they_are() => Tokens.Of("aB \U0001F600", TextUnit.Characters).ShouldBe(["a", "B", " ", "\U0001F600"]);

    [Theory]
    [InlineData("movies.neg", "movies.pos", "neg", "pos")]
    [InlineData("bad.txt", "good.txt", "bad", "good")]
    public void A_file_for_each_class_has_a_text_in_every_line(string first, string second, string firstClass, string secondClass)
    {
        _folder.Write(first, Sentences);
        _folder.Write(second, "fine\r\n\r\n  \r\nvery fine indeed");
        DataSource source = DataSources.Open(_folder.Root);
        source.Classes.ShouldBe([firstClass, secondClass]);
        source.Labels.ToArray().ShouldBe([0, 0, 0, 0, 1, 1]);
        source.Features.ShouldBe(5);
        source.Description.ShouldBe("6 texts of 1 to 5 words and signs, 14 different, classification of 2 classes (by file)");
        string zip = _folder.Write("z/movies.zip", Wav.Zip(($"m/{first}", Encoding.UTF8.GetBytes(Sentences)), ($"m/{second}", "fine\nvery fine indeed"u8.ToArray())));
        DataSources.Open(zip).Fingerprint.ShouldBe(source.Fingerprint);
    }

    [Fact]
    public void Folders_of_files_have_classes_and_a_test_part()
    {
        _folder.Write("train/pos/1.txt", "very good\nindeed");
        _folder.Write("train/neg/2.txt", "very bad");
        _folder.Write("test/neg/3.txt", "awful");
        DataSource source = DataSources.Open(_folder.Root);
        source.Classes.ShouldBe(["neg", "pos"]);
        source.Description.ShouldBe("2 texts of 2 to 3 words and signs, 4 different, classification of 2 classes (by folder), and 1 test texts");
        source.TestPart!.Labels.ToArray().ShouldBe([0]);
        _folder.Write("test/other/4.txt", "strange");
        Fails(_folder.Root).ShouldContain("no training sample is of the test part's class 'other'");
    }

    [Theory]
    [InlineData("label,text\nham,\"see you later, then\"\nspam,win a prize now\nham,are you coming home\nspam,call this number now\n")]
    [InlineData("text,label\n\"see you later, then\",ham\nwin a prize now,spam\nare you coming home,ham\ncall this number now,spam\n")]
    [InlineData("ham\tsee you later, then\nspam\twin a prize now\nham\tare you coming home\nspam\tcall this number now\n")]
    [InlineData("__label__ham see you later, then\n__label__spam win a prize now\n__label__ham are you coming home\n__label__spam call this number now")]
    public void Lines_with_a_label_are_texts(string content)
    {
        DataSource source = DataSources.Open(_folder.Write("messages", content));
        source.Classes.ShouldBe(["ham", "spam"]);
        source.Labels.ToArray().ShouldBe([0, 1, 0, 1]);
        source.Features.ShouldBe(5);
        source.Description.ShouldStartWith("4 texts of 4 to 5 words and signs, 15 different, classification of 2 classes (");
        TextPreparation preparation = (TextPreparation)source.Fit([0, 1, 2, 3]);
        preparation.Vocabulary.ShouldBe(["now", "you"]);
    }

    [Fact]
    public void Quotes_of_tabbed_lines_are_ordinary() =>
        DataSources.Open(_folder.Write("a.tsv", "x\t\"never closed again\ny\tthis is a text\nx\tand one more text\ny\tthe last of all\n")).Count.ShouldBe(4);

    [Fact]
    public void The_vocabulary_is_that_of_the_training_texts()
    {
        _folder.Write("m.neg", "b b b a a c z\nz z a b");
        _folder.Write("m.pos", "q q q q q q q q q q\na d");
        DataSource source = DataSources.Open(_folder.Root);
        TextPreparation preparation = (TextPreparation)source.Fit([0, 1, 3]);
        preparation.Vocabulary.ShouldBe(["a", "b", "z"]);
        preparation.Shape.ShouldBe(TensorShape.Tokens(7, 5));
        Dataset data = preparation.Apply(source, [1, 2, 3]);
        data.Shape.ShouldBe(preparation.Shape);
        data.Inputs.ToArray().ShouldBe([4, 4, 2, 3, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 2, 1, 0, 0, 0, 0, 0]);
        data.Labels.ToArray().ShouldBe([0, 1, 1]);
        data.Lengths.ToArray().ShouldBe([4, 7, 2]);
        preparation.ApplyInputs(source, [3, 2]).Lengths.ToArray().ShouldBe([2, 7]);
        preparation.Apply(source, [2, 2]).Lengths.ToArray().ShouldBeEmpty();
    }

    [Fact]
    public void Characters_have_a_vocabulary_too()
    {
        _folder.Write("m.neg", "aba\nb");
        _folder.Write("m.pos", "ac");
        DataSource source = DataSources.Open(_folder.Root, new DataOptions { TextUnit = TextUnit.Characters });
        source.Description.ShouldStartWith("3 texts of 1 to 3 characters, 3 different");
        Preparation preparation = source.Fit([0, 1, 2]);
        preparation.Apply(source, [0, 2]).Inputs.ToArray().ShouldBe([2, 3, 2, 2, 1, 0]);
        source.Fingerprint.ShouldNotBe(DataSources.Open(_folder.Root).Fingerprint);
    }

    [Fact]
    public void What_is_no_text_is_refused_and_what_is_not_utf8_is_told()
    {
        string file = _folder.Write("m.neg", [1, 2, 0, 4]);
        _folder.Write("m.pos", "fine");
        Fails(_folder.Root).ShouldBe($"{file} is no text: it has control characters");
        _folder.Write("m.neg", Encoding.Latin1.GetBytes("naïf\ncafé"));
        DataSource source = DataSources.Open(_folder.Root);
        source.Warnings.ShouldBe([$"{file} is not UTF-8, and is read as Latin-1"]);
        source.Count.ShouldBe(3);
        _folder.Write("m.neg", "\n\n");
        Fails(_folder.Root).ShouldContain("all samples are of the class 'pos'");
        _folder.Write("m.pos", "");
        Fails(_folder.Root).ShouldContain("its files hold no text");
    }

    [Fact]
    public void Tables_stay_tables()
    {
        DataSources.Open(_folder.Write("a.tsv", "1\t2.5\n2\t3.5\n1\t4.5\n2\t5\n")).Description.ShouldContain("1 numeric column");
        DataSources.Open(_folder.Write("b.csv", "colour,class\nred,x\nblue,y\nred,y\nblue,x\n")).Description.ShouldContain("1 categorical column");
        DataSources.Open(_folder.Write("c.csv", "size,note,class\n1,this is a note,x\n2,another little note,y\n3,the last of them,y\n4,or maybe not so,x\n"))
            .Description.ShouldContain("1 numeric column, 1 left out");
    }

    [DataFact]
    public void Reviews_are_two_classes()
    {
        DataSource source = DataSources.Open(SharedData.At("text/rt_polarity"));
        source.Count.ShouldBe(10_662);
        source.Classes.ShouldBe(["neg", "pos"]);
        source.Labels.ToArray().Count(label => label == 1).ShouldBe(5331);
        source.Warnings.ShouldBeEmpty();
        Preparation preparation = source.Fit([.. Enumerable.Range(0, 10_662).Where(i => i % 10 != 0)]);
        preparation.Shape.Vocabulary.ShouldBeInRange(8000, 12_000);
        preparation.Shape.Size.ShouldBeInRange(35, 45);
        preparation.Apply(source, [0, 10]).Count.ShouldBe(2);
    }

    private static string Fails(string path) => Should.Throw<DataException>(() => DataSources.Open(path)).Message;
}
