using System.Globalization;
using System.Text;
using Hillock.Data.Tables;
using Hillock.Networks;

namespace Hillock.Data.Tests.Tables;

/// <summary>Tables that are read from their file whenever their rows are wanted.</summary>
public sealed class TableStreamTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("x,colour,y\n1.5,red,a\n,blue,b\n-2e1,red,a\n7,?,b\n", null)]
    [InlineData("x;y\n1,5;2\n2,5;3.5\n-4;9\n", TaskKind.Regression)]
    [InlineData("# 1,\"two\nlines\",1\n\n 3 ,\"a \"\"quoted\"\" one\",0\n5,6 ft 2\",1\n4,plain,0\n", null)]
    [InlineData("x\tn\tclass\n0\t1\t3\n1\t1\t1.0\n2\t1\t1\n-5\t1\t3\n", null)]
    public void Rows_become_the_inputs_that_they_become_in_memory(string text, TaskKind? task)
    {
        string path = _folder.Write("table.csv", text.Replace("# ", "", StringComparison.Ordinal));
        DataOptions options = new() { Task = task };
        DataSource source = DataSources.Open(path, options);
        int[] all = [.. Enumerable.Range(0, source.Count)];
        Dataset expected = source.Fit(all).Apply(source, all);
        using StreamedData stream = DataStreams.Open(path, options, new StreamOptions { HeldOutShare = 0 });
        Samples actual = ReadAll(stream.Samples);
        actual.Inputs.ShouldBe(expected.Inputs.ToArray(), 1e-6f);
        actual.Labels.ShouldBe(expected.Labels.ToArray());
        actual.Targets.ShouldBe(expected.Targets.ToArray(), 1e-6f);
        stream.Preparation.Classes.ShouldBe(source.Classes);
        stream.Description.ShouldBe(source.Description + ", streamed");
        stream.SampleLines.ToArray().ShouldBe([.. source.SampleLines.Select(line => (long)line)]);
        stream.HeldOut.ShouldBeNull();
    }

    [Fact]
    public void Reading_can_begin_at_any_block()
    {
        using StreamedData stream = DataStreams.Open(Write(3000, row => row), options: new StreamOptions { HeldOutShare = 0 });
        Samples all = ReadAll(stream.Samples);
        long size = stream.Samples.BlockSize;
        size.ShouldBeLessThan(1500);
        for (long first = (stream.Samples.Count - 1) / size * size; first >= 0; first -= size)
        {
            Samples block = Read(stream.Samples, first, (int)Math.Min(size, stream.Samples.Count - first));
            block.Inputs.ShouldBe(all.Inputs[(int)(first * stream.Samples.Shape.Size)..][..block.Inputs.Length]);
            block.Targets.ShouldBe(all.Targets[(int)first..][..block.Targets.Length]);
            stream.SampleLines[0].ShouldBe(first + 2);
        }
    }

    [Fact]
    public void A_sample_belongs_to_the_part_that_its_number_and_the_seed_say_and_nothing_is_learned_from_those_held_out()
    {
        StreamOptions options = new() { HeldOutShare = 0.2, Seed = 3 };
        using StreamedData stream = DataStreams.Open(Write(5000, row => row), options: options);
        HashSet<long> held = LinesOf(stream.HeldOut!);
        HashSet<long> learned = LinesOf(stream.Samples);
        held.Overlaps(learned).ShouldBeFalse();
        held.Union(learned).Order().ShouldBe(Enumerable.Range(2, 5000).Select(line => (long)line));
        held.Count.ShouldBeInRange(850, 1150);
        using StreamedData other = DataStreams.Open(Write(5000, row => held.Contains(row + 2) ? -1e6 : row), options: options);
        PreparationJson.Write(other.Preparation).ShouldBe(PreparationJson.Write(stream.Preparation));
        using StreamedData seeded = DataStreams.Open(Write(5000, row => row), options: options with { Seed = 4 });
        LinesOf(seeded.HeldOut!).ShouldNotBe(held);
        seeded.Samples.Fingerprint.ShouldNotBe(stream.Samples.Fingerprint);
    }

    [Fact]
    public void A_file_that_is_sorted_by_its_classes_has_all_of_them()
    {
        StringBuilder text = new("x,y\n");
        for (int row = 0; row < 150_000; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{row * 0.25},{row / 60_000}\n");
        }

        using StreamedData stream = DataStreams.Open(_folder.Write("sorted.csv", text.ToString()));
        stream.Preparation.Classes.ShouldBe(["0", "1", "2"]);
    }

    [Theory]
    [InlineData("oops,1,2", "line 120002, column 1 (x): 'oops' is not a number, and in the first rows the column has numbers")]
    [InlineData("1,2", "line 120002: the row has 2 values, and the first one 3")]
    [InlineData("1,\"2,3", "line 120002: a quoted value is never closed")]
    public void What_cannot_be_used_is_named_by_its_line(string row, string complaint)
    {
        string path = Write(120_000, row => row);
        File.AppendAllText(path, row + "\n");
        string message = Should.Throw<DataException>(() => DataStreams.Open(path)).Message;
        message.ShouldStartWith(path);
        message.ShouldContain(complaint);
    }

    [Fact]
    public void A_few_whole_numbers_that_turn_out_to_be_measured_are_said_to_be_so()
    {
        StringBuilder text = new("x,y\n");
        for (int row = 0; row < 200_000; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{row * 0.25},{(row < 190_000 ? row % 3 : row)}\n");
        }

        string path = _folder.Write("late.csv", text.ToString());
        Should.Throw<DataException>(() => DataStreams.Open(path)).Message.ShouldContain("say --task regression, or --task classification");
        using StreamedData stream = DataStreams.Open(path, new DataOptions { Task = TaskKind.Regression });
        stream.Preparation.Classes.ShouldBeEmpty();
    }

    [Fact]
    public void What_cannot_be_streamed_is_refused_in_a_line_that_says_what_can()
    {
        const string Can = "tables (CSV, TSV), IDX images and CIFAR-10 records can be streamed";
        void Refused(string path, string complaint) => Should.Throw<DataException>(() => DataStreams.Open(path)).Message.ShouldBe(complaint);
        string zip = _folder.Write("sounds.zip", [.. "PK\u0003\u0004"u8]);
        string gzip = _folder.Write("table.csv.gz", TestFolder.Gzip("x,y\n1,2\n"u8.ToArray()));
        string wide = _folder.Write("wide.csv", [0xFF, 0xFE, (byte)'x', 0]);
        Refused(zip, $"{zip} cannot be streamed: {Can}");
        Refused(gzip, $"{gzip} is compressed and cannot be streamed: unpack it; {Can}");
        Refused(wide, $"{wide} is UTF-16 and cannot be streamed: write it as UTF-8; {Can}");
        Refused(_folder.Root, $"{_folder.Root} cannot be streamed: {Can}");
        Refused("nothing.csv", "there is no file or folder 'nothing.csv' to stream");
        Refused("mnist", "mnist is a set that is known by name and fits into memory, and is not streamed; write ./mnist for a file or folder of that name");
        string latin = _folder.Write("latin.csv", [.. "x,y\n1,a\n2,b\n3,"u8, 0xE4, (byte)'\n']);
        Should.Throw<DataException>(() => DataStreams.Open(latin)).Message.ShouldContain("line 4, column 2 (y): the text is not UTF-8");
    }

    [Fact]
    public void A_file_that_becomes_shorter_is_an_error_and_not_an_end()
    {
        string path = Write(3000, row => row);
        using StreamedData stream = DataStreams.Open(path, options: new StreamOptions { HeldOutShare = 0 });
        string[] lines = File.ReadAllLines(path);
        File.WriteAllLines(path, lines[..2000]);
        Should.Throw<DataException>(() => ReadAll(stream.Samples)).Message.ShouldBe($"{path} has become shorter since it was first read");
    }

    [Fact]
    public void A_table_is_read_for_a_model_whatever_the_order_of_its_columns()
    {
        string path = _folder.Write("train.csv", "x,colour,y\n1.5,red,a\n,blue,b\n-2e1,red,a\n7,?,b\n");
        DataSource source = DataSources.Open(path);
        Preparation preparation = source.Fit([0, 1, 2, 3]);
        string other = _folder.Write("other.csv", "id,colour,x\n1,green,3\n2,red,?\n");
        DataOptions options = new() { Prepared = preparation, WithoutTarget = true };
        DataSource inMemory = DataSources.Open(other, options);
        using StreamedData stream = DataStreams.Open(other, options);
        ReadAll(stream.Samples).Inputs.ShouldBe(preparation.ApplyInputs(inMemory, [0, 1]).Inputs.ToArray());
        Should.Throw<DataException>(() => DataStreams.Open(other, options with { WithoutTarget = false })).Message.ShouldContain("has no column for the target");
        string strange = _folder.Write("strange.csv", "x,colour,y\n1,red,c\n");
        Should.Throw<DataException>(() => DataStreams.Open(strange, options with { WithoutTarget = false })).Message
            .ShouldContain("line 2, column 3 (y): class 'c' is not among those trained on: a, b");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    [InlineData(512)]
    public void A_call_that_was_cancelled_can_be_made_again(int first)
    {
        using StreamedData stream = DataStreams.Open(Write(1000, row => row), options: new StreamOptions { HeldOutShare = 0 });
        Samples all = ReadAll(stream.Samples);
        Read(stream.Samples, 0, first);
        CancelWithin(stream.Samples, first);
        Read(stream.Samples, first, 400).Targets.ShouldBe(all.Targets[first..(first + 400)]);
        stream.SampleLines[0].ShouldBe(first + 2);
    }

    /// <summary>Reads into too few inputs: the call throws when it has read some rows.</summary>
    private static void CancelWithin(StreamedDataset stream, long first) =>
        Should.Throw<ArgumentException>(() => stream.Read(first, new float[10 * stream.Shape.Size], [], new float[400], default));

    [Theory]
    [InlineData(0.002, 6, 40)]
    [InlineData(0.125, 1120, 1380)]
    public void The_share_that_is_held_out_is_that_which_is_asked_for(double share, int least, int most)
    {
        using StreamedData stream = DataStreams.Open(Write(10_000, row => row), options: new StreamOptions { HeldOutShare = share });
        stream.HeldOut!.Count.ShouldBeInRange(least, most);
        (stream.HeldOut.Count + stream.Samples.Count).ShouldBe(10_000);
    }

    [Theory]
    [InlineData("x,y\n1,2\n2,\n3,4\n5,6\n", "line 3: the target, column 2 (y), is missing here; the row is left out")]
    [InlineData("x,y\n1,2\n2,\n3,\n5,6\n", "line 3: the target, column 2 (y), is missing here and in 1 more of 4 rows; they are left out")]
    public void Rows_without_a_target_are_told_of_as_those_in_memory(string text, string warning)
    {
        string path = _folder.Write("missing.csv", text);
        DataOptions options = new() { Task = TaskKind.Regression };
        using StreamedData stream = DataStreams.Open(path, options, new StreamOptions { HeldOutShare = 0 });
        stream.Warnings.ShouldHaveSingleItem().ShouldBe($"{path}, {warning}");
        DataSources.Open(path, options).Warnings.ShouldContain($"{path}, {warning}");
    }

    private string Write(int rows, Func<int, double> value)
    {
        StringBuilder text = new("x,z,y\n");
        for (int row = 0; row < rows; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{value(row)},{row % 7},{row * 0.5}\n");
        }

        return _folder.Write("rows.csv", text.ToString());
    }

    private static HashSet<long> LinesOf(StreamedDataset stream)
    {
        Read(stream, 0, (int)stream.Count);
        return [.. ((TableStream)stream).Lines];
    }

    private static Samples ReadAll(StreamedDataset stream) => Read(stream, 0, (int)stream.Count);

    private static Samples Read(StreamedDataset stream, long first, int count)
    {
        Samples samples = new(new float[count * stream.Shape.Size], new int[stream.Classes > 0 ? count : 0], new float[stream.Classes > 0 ? 0 : count]);
        stream.Read(first, samples.Inputs, samples.Labels, samples.Targets, default);
        return samples;
    }

    private sealed record Samples(float[] Inputs, int[] Labels, float[] Targets);
}
