using Hillock.Data.Files;
using Hillock.Data.Sound;
using Hillock.Networks;

namespace Hillock.Data.Tests.Sound;

/// <summary>Folders and archives of sounds, and their preparation.</summary>
public sealed class RecordingTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Folders_name_the_classes()
    {
        foreach (string path in new[] { "yes/b.wav", "no/a.WAV", "no/c.wav", "yes/.hidden.wav", "notes.md" })
        {
            _folder.Write(path, Wav.Bytes(8000, Wav.Tone(8000, 440, 400)));
        }

        DataSource source = DataSources.Open(_folder.Root);
        source.Classes.ShouldBe(["no", "yes"]);
        source.Labels.ToArray().ShouldBe([0, 0, 1]);
        source.TestPart.ShouldBeNull();
        source.Features.ShouldBe(400);
        source.Description.ShouldBe("3 recordings of 0.05 to 0.05 s at 8000 Hz, classification of 2 classes (by folder)");
    }

    [Fact]
    public void Names_tell_classes_and_takes()
    {
        (string, byte[])[] files =
        [
            .. from digit in new[] { 10, 9 }
               from take in new[] { 0, 4, 5, 12 }
               select ($"recordings/{digit}_anna_{take}.wav", Wav.Bytes(8000, Wav.Tone(8000, 100 * digit, 200 + take))),
        ];
        DataSource source = DataSources.Open(_folder.Write("sounds.zip", Wav.Zip(files)));
        source.Name.ShouldBe("sounds.zip");
        source.Classes.ShouldBe(["9", "10"]);
        source.Labels.ToArray().ShouldBe([1, 1, 0, 0]);
        source.TestPart!.Labels.ToArray().ShouldBe([1, 1, 0, 0]);
        source.TestPart.Features.ShouldBe(204);
        source.Features.ShouldBe(212);
        source.Description.ShouldEndWith("classification of 2 classes (by file name), and 4 test recordings (takes 0 to 4)");
    }

    [Fact]
    public void The_test_part_is_a_folder_or_the_last_tenth_by_name()
    {
        for (int i = 0; i < 20; i++)
        {
            _folder.Write($"a/{(char)('a' + i)}.wav", Wav.Bytes(8000, 1, (short)i));
            _folder.Write($"b/{(char)('a' + i)}.wav", Wav.Bytes(8000, 2, (short)i));
            _folder.Write($"parts/{(i < 17 ? "train" : "test")}/{i % 2}/{i}.wav", Wav.Bytes(8000, 3, (short)i));
        }

        Directory.Delete(_folder.At("b"), recursive: true);
        _folder.Write("b/only.wav", Wav.Bytes(8000, 1));
        DataSource parts = DataSources.Open(_folder.At("parts"));
        (parts.Count, parts.TestPart!.Count).ShouldBe((17, 3));
        Directory.Delete(_folder.At("parts"), recursive: true);
        DataSource source = DataSources.Open(_folder.Root);
        (source.Count, source.TestPart!.Count).ShouldBe((19, 2));
        source.Description.ShouldEndWith("(the last tenth of every class by name)");
    }

    [Fact]
    public void What_cannot_be_learned_from_is_refused()
    {
        string one = _folder.Write("folder/a_b_7.wav", Wav.Bytes(8000, 1, 2));
        Fails(_folder.At("folder")).ShouldContain("all samples are of the class 'a'");
        _folder.Write("folder/b.wav", Wav.Bytes(8000, 1, 2));
        Fails(_folder.At("folder")).ShouldContain("the class of b.wav cannot be told");
        _folder.Write("folder/b.wav", "no sound");
        File.Move(_folder.At("folder/b.wav"), _folder.At("folder/b_c_8.wav"));
        Fails(_folder.At("folder")).ShouldBe($"{_folder.At("folder/b_c_8.wav")} is no WAV file: it does not begin with RIFF and WAVE");
        File.Exists(one).ShouldBeTrue();
        Directory.CreateDirectory(_folder.At("empty"));
        Fails(_folder.At("empty")).ShouldContain("no WAV files");
        Should.Throw<DataException>(() => DataSources.Open(_folder.At("folder"), new DataOptions { MelBands = 0 })).Message.ShouldContain("1 to 256");
        Should.Throw<DataException>(() => DataSources.Open(_folder.At("folder"), new DataOptions { Target = "x" })).Message.ShouldContain("is no table");
    }

    [Fact]
    public void Archives_are_limited_and_have_to_be_whole()
    {
        byte[] zip = Wav.Zip(("a_1.wav", new byte[100_000]), ("b_1.wav", Wav.Bytes(8000, 1, 2)));
        zip.Length.ShouldBeLessThan(2000);
        using (FileTree tree = FileTree.OfZip("bomb.zip", zip, mostBytes: 50_000))
        {
            tree.Read("b_1.wav").Length.ShouldBe(48);
            Should.Throw<DataException>(() => tree.Read("a_1.wav")).Message
                .ShouldBe("bomb.zip: a_1.wav is too large: the files of bomb.zip may hold 50000 bytes in all, and with this one they hold more");
        }

        string path = _folder.Write("cut.zip", zip[..^30]);
        Fails(path).ShouldBe($"{path} is damaged: it is no whole zip archive");
        string other = _folder.Write("other.zip", Wav.Zip(("a.png", [1, 2, 3])));
        Fails(other).ShouldBe($"{other} is an archive, and has no WAV files, no folders of texts and no texts with a file for each class");
        Fails(_folder.Write("empty.zip", Wav.Zip())).ShouldContain("is an archive, and has no WAV files");
    }

    [Fact]
    public void The_preparation_learns_from_the_training_rows_alone()
    {
        // 30 short sounds, of which one is longer, and a very long and loud one that is not trained on.
        for (int i = 0; i < 30; i++)
        {
            _folder.Write($"{i % 2}/{i:00}.wav", Wav.Bytes(8000, Wav.Tone(8000, 300 + 100 * i, i == 7 ? 600 : 360)));
        }

        _folder.Write("0/0.wav", Wav.Bytes(8000, [.. Wav.Tone(8000, 1000, 4000).Select(s => (short)(3 * s))]));
        _folder.Write("1/0.wav", Wav.Bytes(16_000, Wav.Tone(16_000, 1000, 100)));
        DataSource source = DataSources.Open(_folder.Root, new DataOptions { MelBands = 12 });
        int[] training = [.. Enumerable.Range(0, source.Count).Where(i => i != 0)];
        RecordingPreparation preparation = (RecordingPreparation)source.Fit(training);
        preparation.Shape.ShouldBe(TensorShape.Sequence(3, 12));
        preparation.TopFrequency.ShouldBe(4000);
        Dataset data = preparation.Apply(source, training);
        data.Shape.ShouldBe(preparation.Shape);
        ((RecordingPreparation)source.Fit([0, 1])).Means.ShouldNotBe(preparation.Means);

        // Every band of whole sounds is standardised.
        Dataset few = source.Fit([1, 2]).Apply(source, [1, 2]);
        for (int band = 0; band < 12; band++)
        {
            double[] values = [.. Enumerable.Range(0, 6).Select(frame => (double)few.Inputs[frame * 12 + band])];
            values.Average().ShouldBe(0, 1e-5);
            values.Sum(value => value * value).ShouldBe(6, 1e-4);
        }
    }

    [Fact]
    public void Short_sounds_are_filled_up_and_long_ones_cut()
    {
        short[] tone = Wav.Tone(8000, 300, 440);
        _folder.Write("0/a.wav", Wav.Bytes(8000, tone));
        _folder.Write("1/b.wav", Wav.Bytes(8000, tone[..280]));
        _folder.Write("1/c.wav", Wav.Bytes(8000, [.. tone, .. tone]));
        DataSource source = DataSources.Open(_folder.Root);
        Dataset data = source.Fit([0, 1]).Apply(source, [0, 1, 2]);
        data.Shape.ShouldBe(TensorShape.Sequence(4, 40));
        float[] whole = data.Inputs[..160].ToArray();
        data.Inputs.Slice(160, 80).ToArray().ShouldBe(whole[..80]);
        data.Inputs.Slice(240, 80).ToArray().ShouldAllBe(value => value == 0);
        data.Inputs.Slice(320, 160).ToArray().ShouldBe(whole);
        data.Lengths.ToArray().ShouldBe([4, 2, 4]);
    }

    [Fact]
    public void Another_kind_of_data_is_refused()
    {
        _folder.Write("0/a.wav", Wav.Bytes(8000, 1, 2));
        _folder.Write("1/b.wav", Wav.Bytes(8000, 1, 3));
        DataSource source = DataSources.Open(_folder.Root);
        DataSource moons = DataSources.Open("moons", new DataOptions { Samples = 10 });
        Should.Throw<DataException>(() => source.Fit([0, 1]).Apply(moons, [0])).Message.ShouldContain("moons holds a table with 2 input columns, and the model was trained on sounds");
    }

    [DataFact]
    public void Spoken_digits_are_ten_classes_with_held_out_takes()
    {
        DataSource source = DataSources.Open(SharedData.At("fsdd/recordings.zip"));
        source.Description.ShouldBe(
            "2700 recordings of 0.14 to 2.28 s at 8000 Hz, classification of 10 classes (by file name), and 300 test recordings (takes 0 to 4)");
        source.Classes.ShouldBe(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
        Preparation preparation = source.Fit([.. Enumerable.Range(0, 600).Select(i => i * 4)]);
        preparation.Shape.Channels.ShouldBe(40);
        preparation.Shape.Positions.ShouldBeInRange(50, 80);
        preparation.Apply(source.TestPart!, [0, 299]).Inputs.ToArray().ShouldAllBe(value => float.IsFinite(value));
    }

    private static string Fails(string path) => Should.Throw<DataException>(() => DataSources.Open(path)).Message;
}
