using Hillock.Data.Tests.Sound;
using Hillock.Data.Text;
using Hillock.Networks;

namespace Hillock.Data.Tests.Text;

/// <summary>Texts of which the next characters are learned.</summary>
public sealed class NextCharacterTests : IDisposable
{
    private static readonly DataOptions Options = new() { Task = TaskKind.NextCharacter, Context = 4 };

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_text_is_cut_into_windows_whose_labels_are_the_characters_behind()
    {
        // 20 characters, of which the tenth at the end is too short for a window.
        DataSource source = DataSources.Open(_folder.Write("a.txt", "abcab\r\nabcabcabcabca\U0001F600"), Options);
        source.Task.ShouldBe(TaskKind.NextCharacter);
        (source.Count, source.Features, source.TestPart).ShouldBe((4, 4, null));
        source.Description.ShouldBe("20 characters, 5 different, in windows of 4, next character");

        NextCharacterPreparation fitted = source.Fit([0, 1, 2, 3]).ShouldBeOfType<NextCharacterPreparation>();
        fitted.Vocabulary.ShouldBe(["a", "b", "c"], "a line's end and a face are there once");
        fitted.Shape.ShouldBe(TensorShape.Tokens(4, 4));
        Dataset samples = fitted.Apply(source, [1, 0]);
        samples.Inputs.ToArray().ShouldBe([2, 0, 1, 2, 1, 2, 3, 1]);
        samples.Labels.ToArray().ShouldBe([0, 1, 2, 3, 2, 3, 1, 2]);
        (samples.Count, samples.LabelsPerSample, samples.Classes).ShouldBe((2, 4, 4));
        fitted.Ids("cab\U0001F600").ShouldBe([3, 1, 2, NextCharacterPreparation.Unknown]);
        fitted.Character(3).ShouldBe("c");

        NextCharacterPreparation stored = PreparationJson.Read(PreparationJson.Write(fitted)).ShouldBeOfType<NextCharacterPreparation>();
        DataSource again = DataSources.Open(_folder.Write("b.txt", "cabac"), new DataOptions { Prepared = stored });
        stored.Apply(again, [0]).Inputs.ToArray().ShouldBe([3, 1, 2, 1]);
        stored.Apply(again, [0]).Labels.ToArray().ShouldBe([1, 2, 1, 3]);
    }

    [Fact]
    public void The_last_tenth_is_the_test_part()
    {
        DataSource source = DataSources.Open(_folder.Write("a.txt", new string('a', 90) + "bcbcbcbcbc"), Options);
        source.Count.ShouldBe(22);
        source.TestPart.ShouldNotBeNull().Count.ShouldBe(2);
        source.Description.ShouldBe("90 characters, 1 different, in windows of 4, next character, and 10 for tests (the last tenth)");
        Preparation fitted = source.Fit([.. Enumerable.Range(0, 22)]);
        fitted.Apply(source.TestPart, [0, 1]).Labels.ToArray().ShouldAllBe(label => label == NextCharacterPreparation.Unknown);
        DataSources.Open(_folder.Write("b.txt", new string('a', 90) + "bcbcbcbcbd"), Options).Fingerprint.ShouldNotBe(source.Fingerprint);
        DataSources.Open(_folder.At("a.txt"), Options with { Context = 5 }).Fingerprint.ShouldNotBe(source.Fingerprint);
        DataSources.ReadText(_folder.Write("c.txt", "\uFEFFone\r\ntwo")).ShouldBe("one\ntwo");
    }

    [Fact]
    public void What_is_no_text_or_too_short_is_refused_in_one_line()
    {
        string text = _folder.Write("a.txt", "abcd");
        Refused(text, Options).ShouldBe($"{text} has 4 characters, and a context of 4 needs at least 5: choose a shorter one");
        Refused(text, Options with { Context = 0 }).ShouldBe($"{text}: a context of 0 characters is asked for, and 1 to 65536 are possible");
        Refused(text, Options with { Target = "2" }).ShouldBe($"{text} is no table: it has no target column to choose");
        Refused(text, new DataOptions { Context = 4 }).ShouldBe($"{text}: a context can be chosen where the next characters of a text are learned");
        Refused("digits", Options).ShouldBe("digits is no text file: next characters can be learned from one only");
        Refused(_folder.Root, Options).ShouldBe($"{_folder.Root} is no text file: next characters can be learned from one only");
        string bytes = _folder.Write("b.txt", new byte[50]);
        Refused(bytes, Options).ShouldBe($"{bytes} is no text: it has control characters");
        Should.Throw<DataException>(() => DataSources.ReadText("no such file")).Message.ShouldBe("there is no file 'no such file'");

        Preparation fitted = DataSources.Open(_folder.Write("c.txt", "abcabcab"), Options).Fit([0]);
        DataSource classes = DataSources.Open("digits", new DataOptions { Samples = 20 });
        Should.Throw<DataException>(() => fitted.Apply(classes, [0])).Message.ShouldBe("digits is a classification, and the model was trained for a text and its next characters");
        Should.Throw<FormatException>(() => PreparationJson.Read("""{"preparation":"next_characters","vocabulary":["a","bc"],"context":4}"""))
            .Message.ShouldContain("entry 2 of the vocabulary is not one character, or is there twice");
    }

    private static string Refused(string path, DataOptions options) => Should.Throw<DataException>(() => DataSources.Open(path, options)).Message;
}
