using System.Buffers.Binary;

namespace Hillock.Data.Tests.Images;

/// <summary>IDX files, whole and damaged.</summary>
public sealed class IdxTests : IDisposable
{
    private const string Images = "train-images-idx3-ubyte";
    private const string Labels = "train-labels-idx1-ubyte";
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", false)]
    [InlineData(".gz", true)]
    [InlineData("", true)] // compressed whatever the name says
    public void A_pair_of_files_is_read(string ending, bool compressed)
    {
        WritePair(ending, compressed);
        DataSource source = DataSources.Open(_folder.At(Images + ending));
        source.Count.ShouldBe(4);
        source.Features.ShouldBe(6);
        source.Classes.ShouldBe(["1", "2", "7"]);
        source.Labels.ToArray().ShouldBe([2, 0, 1, 0]);
        source.Description.ShouldBe("4 images of 2×3, classification of 3 classes");
        source.TestPart.ShouldBeNull();
    }

    [Fact]
    public void Renamed_files_as_often_found_are_read()
    {
        _folder.Write("train-images.idx3-ubyte", Idx([4, 2, 3], Pixels(24)));
        _folder.Write("train-labels.idx1-ubyte", Idx([4], [7, 1, 2, 1]));
        DataSources.Open(_folder.At("train-images.idx3-ubyte")).Count.ShouldBe(4);
        DataSources.Open(_folder.Root).Count.ShouldBe(4);
    }

    [Fact]
    public void A_folder_has_a_test_part_where_its_files_are()
    {
        WritePair("", compressed: false);
        DataSources.Open(_folder.Root).TestPart.ShouldBeNull();
        _folder.Write("t10k-images-idx3-ubyte", Idx([2, 2, 3], Pixels(12)));
        _folder.Write("t10k-labels-idx1-ubyte", Idx([2], [2, 7]));
        DataSource source = DataSources.Open(_folder.Root);
        source.Name.ShouldBe(Path.GetFileName(_folder.Root));
        source.TestPart!.Labels.ToArray().ShouldBe([1, 2]);
        source.TestPart.Classes.ShouldBe(source.Classes);
        Preparation preparation = source.Fit([0, 1, 2, 3]);
        preparation.Apply(source.TestPart, [0, 1]).Count.ShouldBe(2);
    }

    [Fact]
    public void Pixels_are_standardised_by_the_training_images()
    {
        _folder.Write(Images, Idx([3, 1, 2], [10, 30, 30, 50, 255, 0]));
        _folder.Write(Labels, Idx([3], [0, 1, 0]));
        DataSource source = DataSources.Open(_folder.At(Images));
        Preparation preparation = source.Fit([0, 1]);
        float deviation = MathF.Sqrt(200f); // of 10, 30, 30, 50 around 30
        preparation.Apply(source, [1, 2]).Inputs.ToArray().ShouldBe([0, 20 / deviation, 225 / deviation, -30 / deviation], 1e-6);
        _folder.Write(Images, Idx([3, 1, 2], [10, 30, 30, 50, 9, 99]));
        DataSources.Open(_folder.At(Images)).Fit([0, 1]).Apply(source, [0]).Inputs.ToArray()
            .ShouldBe(preparation.Apply(source, [0]).Inputs.ToArray(), "another third image changes nothing");
    }

    [Fact]
    public void Images_of_one_shade_become_zeros()
    {
        _folder.Write(Images, Idx([2, 1, 2], [9, 9, 9, 9]));
        _folder.Write(Labels, Idx([2], [0, 1]));
        DataSource source = DataSources.Open(_folder.At(Images));
        source.Fit([0, 1]).Apply(source, [0]).Inputs.ToArray().ShouldBe([0, 0]);
    }

    [Fact]
    public void A_file_of_another_length_than_its_header_says_is_refused()
    {
        WritePair("", compressed: false);
        byte[] whole = File.ReadAllBytes(_folder.At(Images));
        string path = _folder.Write(Images, whole[..^1]);
        Fails(path).ShouldBe($"{path} is truncated: 39 bytes, and its header says 40 (4×2×3 values)");
        _folder.Write(Images, TestFolder.Gzip(whole[..^1]));
        Fails(path).ShouldBe($"{path} is truncated: 39 bytes, and its header says 40 (4×2×3 values)");
        _folder.Write(Images, [.. whole, 0]);
        Fails(path).ShouldBe($"{path} is too long: 41 bytes, and its header says 40 (4×2×3 values)");
        _folder.Write(Images, whole[..9]);
        Fails(path).ShouldBe($"{path} is truncated: 9 bytes, and its header alone needs 16");
        _folder.Write(Images, Idx([int.MaxValue, int.MaxValue, int.MaxValue], []));
        Fails(path).ShouldStartWith($"{path} is truncated: 16 bytes, and its header says ");
        _folder.Write(Images, Idx([0, 2, 3], []));
        Fails(path).ShouldBe($"{path} is empty: 0×2×3 values");
    }

    [Fact]
    public void Another_type_is_refused()
    {
        WritePair("", compressed: false);
        byte[] images = File.ReadAllBytes(_folder.At(Images));
        images[2] = 0x0D;
        string path = _folder.Write(Images, images);
        Fails(path).ShouldBe($"{path} holds IDX values of type 13; only bytes (type 8) are read");
    }

    [Fact]
    public void Labels_that_do_not_fit_are_refused()
    {
        WritePair("", compressed: false);
        string path = _folder.At(Images);
        string labels = _folder.Write(Labels, Idx([3], [7, 1, 2]));
        Fails(path).ShouldBe($"{labels} holds 3 values, and {path} 4 images: not one label for each");
        _folder.Write(Labels, Idx([4], [3, 3, 3, 3]));
        Fails(path).ShouldBe($"{labels}: every image has the label 3: there is nothing to learn");
        _folder.Write(Labels, "1,2,3,4"u8.ToArray());
        Fails(path).ShouldBe($"{labels} is no IDX file: it does not begin with two zeros, a type and the number of extents");
    }

    [Fact]
    public void A_label_of_the_test_part_that_was_not_trained_on_is_refused()
    {
        WritePair("", compressed: false);
        _folder.Write("t10k-images-idx3-ubyte", Idx([2, 2, 3], Pixels(12)));
        string labels = _folder.Write("t10k-labels-idx1-ubyte", Idx([2], [2, 9]));
        Fails(_folder.Root).ShouldBe($"{labels}: label 2 is 9, which no training image has");
    }

    [Fact]
    public void The_file_of_labels_is_looked_for_by_its_name()
    {
        string images = _folder.Write(Images + ".gz", TestFolder.Gzip(Idx([4, 2, 3], Pixels(24))));
        Fails(images).ShouldBe(
            $"{images} holds images; their labels were looked for beside it as {Labels} and {Labels}.gz, and are not there");
        string odd = _folder.Write("pictures", Idx([4, 2, 3], Pixels(24)));
        Fails(odd).ShouldBe($"{odd} holds images; its name should have the word 'images', so that the file of labels beside it is known");
        string labels = _folder.Write(Labels, Idx([4], [7, 1, 2, 1]));
        Fails(labels).ShouldBe($"{labels} holds labels, not images; name the file of images, and the labels beside it are found");
    }

    [Fact]
    public void Options_of_tables_are_refused()
    {
        WritePair("", compressed: false);
        string path = _folder.At(Images);
        Fails(path, new DataOptions { Target = "1" }).ShouldBe($"{path} is no table: it has no target column to choose");
        Fails(path, new DataOptions { LeaveOut = ["1"] }).ShouldBe($"{path} is no table: it has no columns to choose");
        Fails(path, new DataOptions { MissingTokens = ["x"] }).ShouldBe($"{path} is no table: it has no missing values to choose");
        Fails(path, new DataOptions { Header = true }).ShouldBe($"{path} is no table: it has no header to choose");
        Fails(path, new DataOptions { Task = TaskKind.Regression }).ShouldBe($"{path} has classes: it is no regression");
        Fails(path, new DataOptions { Samples = 10 }).ShouldBe($"{path}: the number of samples can be chosen for synthetic sets only");
        DataSources.Open(path, new DataOptions { Task = TaskKind.Classification }).Count.ShouldBe(4);
    }

    internal static byte[] Idx(int[] extents, byte[] values)
    {
        byte[] header = new byte[4 + (4 * extents.Length)];
        header[2] = 8;
        header[3] = (byte)extents.Length;
        for (int i = 0; i < extents.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + (4 * i)), extents[i]);
        }

        return [.. header, .. values];
    }

    internal static byte[] Pixels(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)(i * 37))];

    private void WritePair(string ending, bool compressed)
    {
        byte[] images = Idx([4, 2, 3], Pixels(24));
        byte[] labels = Idx([4], [7, 1, 2, 1]);
        _folder.Write(Images + ending, compressed ? TestFolder.Gzip(images) : images);
        _folder.Write(Labels + ending, compressed ? TestFolder.Gzip(labels) : labels);
    }

    private static string Fails(string path, DataOptions? options = null) =>
        Should.Throw<DataException>(() => DataSources.Open(path, options)).Message;
}
