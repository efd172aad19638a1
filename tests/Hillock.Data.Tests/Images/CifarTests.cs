using Hillock.Data.Images;
using Hillock.Networks;

namespace Hillock.Data.Tests.Images;

/// <summary>CIFAR-10 binary records, whole and damaged.</summary>
public sealed class CifarTests : IDisposable
{
    private const int Record = 3073;
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_of_records_is_read()
    {
        foreach (string name in new[] { "data_batch_1.bin", "data_batch_1.bin.gz", "records" })
        {
            byte[] records = Records(3, 5, 3);
            DataSource source = DataSources.Open(_folder.Write(name, name.EndsWith("gz", StringComparison.Ordinal) ? TestFolder.Gzip(records) : records));
            source.Count.ShouldBe(3);
            source.Features.ShouldBe(3072);
            source.Classes.ShouldBe(["3", "5"]);
            source.Labels.ToArray().ShouldBe([0, 1, 0]);
            source.Description.ShouldBe("3 images of 32×32×3, classification of 2 classes");

            // The images are one shade each: 10 times the label.
            source.Fit([0, 1]).Apply(source, [0, 1]).Inputs.ToArray().ShouldBe([.. Enumerable.Repeat(-1f, 3072), .. Enumerable.Repeat(1f, 3072)]);
        }
    }

    [Fact]
    public void The_colours_of_a_pixel_stand_beside_each_other()
    {
        byte[] record = new byte[Record];
        for (int i = 0; i < Record - 1; i++)
        {
            // The colour in the last two bits, the rest by the pixel.
            record[1 + i] = (byte)((((i % 1024) & 63) << 2) | (i / 1024));
        }

        byte[] other = [9, .. new byte[Record - 1]];
        DataSource source = DataSources.Open(_folder.Write("two.bin", [.. record, .. other]));
        ImagePreparation preparation = (ImagePreparation)source.Fit([0, 1]);
        preparation.Shape.ShouldBe(TensorShape.Image(32, 32, 3));
        Dataset data = preparation.Apply(source, [0]);
        data.Shape.ShouldBe(preparation.Shape);
        for (int i = 0; i < 3072; i++)
        {
            int raw = (((i / 3) & 63) << 2) | (i % 3);
            data.Inputs[i].ShouldBe((float)((raw - preparation.Mean) / preparation.Scale));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("cifar-10-batches-bin")]
    public void The_batches_of_a_folder_stand_one_after_the_other(string subfolder)
    {
        _folder.Write(Path.Combine(subfolder, "data_batch_1.bin"), Records(1, 2));
        _folder.Write(Path.Combine(subfolder, "data_batch_3.bin.gz"), TestFolder.Gzip(Records(0, 9)));
        _folder.Write(Path.Combine(subfolder, "test_batch.bin"), Records(9));
        DataSource source = DataSources.Open(_folder.Root);
        source.Classes.ShouldBe(["0", "1", "2", "9"]);
        source.Labels.ToArray().ShouldBe([1, 2, 0, 3]);
        source.TestPart!.Labels.ToArray().ShouldBe([3]);
    }

    [Fact]
    public void Damaged_records_are_refused()
    {
        string path = _folder.Write("data_batch_1.bin", Records(1, 2)[..^7]);
        Fails(path).ShouldBe($"{path} is truncated or no CIFAR-10 file: 6139 bytes are not a whole number of records of 3073 bytes");
        _folder.Write("data_batch_1.bin", Records(1, 10, 2));
        Fails(path).ShouldBe($"{path} is no CIFAR-10 file: record 2 has the label 10, and 0 to 9 are allowed");
        _folder.Write("data_batch_1.bin", Records(1, 1));
        Fails(path).ShouldBe($"{path}: every image has the label 1: there is nothing to learn");
        _folder.Write("data_batch_1.bin", []);
        Fails(path).ShouldContain("0 bytes are not a whole number of records");
    }

    internal static byte[] Records(params byte[] labels) =>
        [.. labels.SelectMany(label => Enumerable.Repeat((byte)(10 * label), Record - 1).Prepend(label))];

    private static string Fails(string path) => Should.Throw<DataException>(() => DataSources.Open(path)).Message;
}
