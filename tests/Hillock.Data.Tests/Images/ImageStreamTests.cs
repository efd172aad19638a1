using System.Buffers.Binary;
using Hillock.Networks;

namespace Hillock.Data.Tests.Images;

/// <summary>Images that are read from their files whenever they are wanted.</summary>
public sealed class ImageStreamTests : IDisposable
{
    private const int Record = 3073;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_with_a_test_part_gives_the_inputs_of_memory_to_the_bit()
    {
        WriteIdx("train", 700, 1);
        WriteIdx("t10k", 90, 2);
        DataSource source = DataSources.Open(_folder.Root);
        int[] all = [.. Enumerable.Range(0, 700)];
        Preparation preparation = source.Fit(all);
        using StreamedData stream = DataStreams.Open(_folder.Root);
        PreparationJson.Write(stream.Preparation).ShouldBe(PreparationJson.Write(preparation));
        ShouldBeEqual(stream.Samples, preparation.Apply(source, all));
        ShouldBeEqual(stream.HeldOut!, preparation.Apply(source.TestPart!, [.. Enumerable.Range(0, 90)]));
        stream.Description.ShouldBe(source.Description + ", streamed");
    }

    [Fact]
    public void Reading_can_begin_at_any_block()
    {
        WriteIdx("train", 5000, 1, side: 20);
        using StreamedData stream = DataStreams.Open(_folder.Root, options: new StreamOptions { HeldOutShare = 0.3 });
        (stream.Samples.Count + stream.HeldOut!.Count).ShouldBe(5000);
        stream.HeldOut.Count.ShouldBeInRange(1380, 1620);
        foreach (StreamedDataset part in new[] { stream.Samples, stream.HeldOut })
        {
            (float[] inputs, int[] labels) = Read(part, 0, (int)part.Count);
            part.BlockSize.ShouldBeLessThan(part.Count);
            (float[] late, int[] lateLabels) = Read(part, part.BlockSize, (int)(part.Count - part.BlockSize));
            late.ShouldBe(inputs[((int)part.BlockSize * 400)..]);
            lateLabels.ShouldBe(labels[(int)part.BlockSize..]);
        }
    }

    [Fact]
    public void Cifar_records_of_several_files_are_one_stream()
    {
        _folder.Write("data_batch_1.bin", Cifar(40, 1));
        _folder.Write("data_batch_2.bin", Cifar(30, 2));
        _folder.Write("test_batch.bin", Cifar(20, 3));
        DataSource source = DataSources.Open(_folder.Root);
        int[] all = [.. Enumerable.Range(0, 70)];
        using StreamedData stream = DataStreams.Open(_folder.Root);
        Preparation preparation = source.Fit(all);
        ShouldBeEqual(stream.Samples, preparation.Apply(source, all));
        ShouldBeEqual(stream.HeldOut!, preparation.Apply(source.TestPart!, [.. Enumerable.Range(0, 20)]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(700)]
    public void A_call_that_failed_can_be_made_again(int first)
    {
        WriteIdx("train", 3000, 1, side: 20);
        using StreamedData stream = DataStreams.Open(_folder.Root, options: new StreamOptions { HeldOutShare = 0.3 });
        (_, int[] all) = Read(stream.Samples, 0, (int)stream.Samples.Count);
        Read(stream.Samples, 0, first);
        // Too few inputs: the call throws when it has read more than one buffer.
        Should.Throw<ArgumentException>(() => stream.Samples.Read(first, new float[1000 * 400], new int[1200], [], default));
        Read(stream.Samples, first, 1200).Labels.ShouldBe(all[first..(first + 1200)]);
    }

    [Fact]
    public void A_window_that_cannot_be_in_memory_is_refused_before_the_images_are_read()
    {
        // A file with a hole: 3.6 million images, whose labels are not even looked at.
        const int Count = 3_600_000;
        string images = _folder.Write("train-images-idx3-ubyte", Idx([Count, 28, 28], []));
        using (FileStream file = File.OpenWrite(images))
        {
            file.SetLength(file.Length + (Count * 784L));
        }

        _folder.Write("train-labels-idx1-ubyte", Idx([Count], new byte[Count]));
        Should.Throw<DataException>(() => DataStreams.Open(images, options: new StreamOptions { Window = 1_000_000_000 })).Message.ShouldBe(
            $"{images}: a window of 1000000000 samples is too large: at most {Array.MaxLength / 784} samples of {TensorShape.Image(28, 28, 1)} can be in memory at a time");
        // The file is closed again.
        File.Open(images, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
    }

    [Fact]
    public void Damaged_files_are_named()
    {
        byte[] records = Cifar(10, 1);
        records[3 * Record] = 12;
        string wrong = _folder.Write("wrong.bin", records);
        Should.Throw<DataException>(() => DataStreams.Open(wrong)).Message.ShouldBe($"{wrong} is no CIFAR-10 file: record 4 has the label 12, and 0 to 9 are allowed");
        string cut = _folder.Write("cut.bin", records[..^1]);
        Should.Throw<DataException>(() => DataStreams.Open(cut)).Message.ShouldContain("are not a whole number of records of 3073 bytes");
        WriteIdx("train", 10, 1);
        string images = _folder.At("train-images-idx3-ubyte");
        File.WriteAllBytes(images, File.ReadAllBytes(images)[..^1]);
        Should.Throw<DataException>(() => DataStreams.Open(images)).Message.ShouldContain("is truncated");
        File.Open(images, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
        File.Open(cut, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
        File.WriteAllBytes(images, TestFolder.Gzip(File.ReadAllBytes(images)));
        Should.Throw<DataException>(() => DataStreams.Open(_folder.Root)).Message.ShouldBe($"{images} is compressed and cannot be streamed: unpack it");
    }

    [Fact]
    public void A_label_that_only_a_test_image_has_is_named()
    {
        WriteIdx("train", 50, 1);
        WriteIdx("t10k", 50, 2);
        string labels = _folder.At("t10k-labels-idx1-ubyte");
        byte[] content = File.ReadAllBytes(labels);
        content[^1] = 77;
        File.WriteAllBytes(labels, content);
        Should.Throw<DataException>(() => DataStreams.Open(_folder.Root)).Message.ShouldBe($"{_folder.Root}: a test image has the label 77, which no training image has");
    }

    private static void ShouldBeEqual(StreamedDataset stream, Dataset expected)
    {
        (float[] inputs, int[] labels) = Read(stream, 0, expected.Count);
        stream.Count.ShouldBe(expected.Count);
        stream.Shape.ShouldBe(expected.Shape);
        inputs.ShouldBe(expected.Inputs.ToArray());
        labels.ShouldBe(expected.Labels.ToArray());
    }

    private static (float[] Inputs, int[] Labels) Read(StreamedDataset stream, long first, int count)
    {
        float[] inputs = new float[count * stream.Shape.Size];
        int[] labels = new int[count];
        stream.Read(first, inputs, labels, [], default);
        return (inputs, labels);
    }

    private void WriteIdx(string part, int count, int seed, int side = 5)
    {
        Random random = new(seed);
        byte[] pixels = new byte[count * side * side];
        random.NextBytes(pixels);
        _folder.Write($"{part}-images-idx3-ubyte", Idx([count, side, side], pixels));
        _folder.Write($"{part}-labels-idx1-ubyte", Idx([count], [.. Enumerable.Range(0, count).Select(_ => (byte)(2 * random.Next(4)))]));
    }

    private static byte[] Idx(int[] extents, byte[] values)
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

    private static byte[] Cifar(int count, int seed)
    {
        byte[] records = new byte[count * Record];
        new Random(seed).NextBytes(records);
        for (int i = 0; i < count; i++)
        {
            records[i * Record] = (byte)(i % 10);
        }

        return records;
    }
}
