using System.Buffers.Binary;
using System.Text;
using Hillock.Interchange.TensorBoard;
using Shouldly;

namespace Hillock.Interchange.Tests.TensorBoard;

/// <summary>Event files, read back by a reader written from the format: record framing, checksums bit by bit, protocol buffers field by field.</summary>
public sealed class EventFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hillock-events-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // The check value of CRC-32C in the catalogue of parametrised CRC algorithms, and RFC 3720's for 32 zeros.
    [Fact]
    public void The_reader_of_this_test_knows_the_published_checksums()
    {
        Checksum("123456789"u8).ShouldBe(0xE3069283);
        Checksum(new byte[32]).ShouldBe(0x8A9136AA);
    }

    [Fact]
    public void A_file_begins_with_its_version_and_holds_what_was_added()
    {
        string path;
        EventHistogram histogram = new(-2, 4, 7.5, 31.25, [-1, 0.5, 4], [3, 0, 200]);
        using (EventFile file = new(_folder, new Clock()))
        {
            path = file.Path;
            file.AddScalar("loss/training", 0.1, 1);
            file.AddScalar("a tag of its own é", double.NaN, 300);
            file.AddHistogram("learned/0.weight", histogram, 5_000_000_000);
            file.Flush();

            // TensorBoard reads while the file is still written to.
            Read(path).Count.ShouldBe(4);
        }

        Path.GetFileName(path).ShouldStartWith("events.out.tfevents.1700000000.");
        List<Field[]> events = Read(path);
        Text(events[0], 3).ShouldBe("brain.Event:2");
        events.ShouldAllBe(e => Number(e, 1) == 1_700_000_000.25);
        events[0].ShouldNotContain(field => field.Number == 2);
        events.Skip(1).Select(e => e.Single(field => field.Number == 2).Varint).ShouldBe([1ul, 300, 5_000_000_000]);

        Field[][] values = [.. events.Skip(1).Select(e => Fields(Fields(e.Single(field => field.Number == 5).Bytes).Single(field => field.Number == 1).Bytes))];
        values.Select(value => Text(value, 1)).ShouldBe(["loss/training", "a tag of its own é", "learned/0.weight"]);
        BitConverter.ToSingle(values[0].Single(field => field.Number == 2).Bytes).ShouldBe(0.1f);
        BitConverter.ToSingle(values[1].Single(field => field.Number == 2).Bytes).ShouldBe(float.NaN);
        Field[] histo = Fields(values[2].Single(field => field.Number == 5).Bytes);
        Enumerable.Range(1, 5).Select(field => Number(histo, field)).ShouldBe([-2, 4, 203, 7.5, 31.25]);
        Packed(histo, 6).ShouldBe(histogram.UpperEdges);
        Packed(histo, 7).ShouldBe(histogram.Counts);
    }

    [Fact]
    public void Runs_of_one_second_have_files_of_their_own()
    {
        using EventFile first = new(Path.Combine(_folder, "made", "here"), new Clock());
        using EventFile second = new(Path.Combine(_folder, "made", "here"), new Clock());
        second.Path.ShouldNotBe(first.Path);
    }

    [Fact]
    public void What_is_no_histogram_is_refused()
    {
        using EventFile file = new(_folder);
        Should.Throw<ArgumentException>(() => file.AddHistogram("h", new EventHistogram(0, 1, 0, 0, [1, 2], [1]), 0)).Message.ShouldContain("2 and 1 were given");
        Should.Throw<ArgumentException>(() => file.AddHistogram("h", new EventHistogram(0, 1, 0, 0, [], []), 0)).Message.ShouldContain("at least one");
        Should.Throw<ArgumentOutOfRangeException>(() => file.AddScalar("s", 1, -1));
        Should.Throw<ArgumentException>(() => file.AddScalar("", 1, 1));
    }

    private static List<Field[]> Read(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] all = new byte[stream.Length];
        stream.ReadExactly(all);
        List<Field[]> records = [];
        for (ReadOnlySpan<byte> rest = all; rest.Length > 0;)
        {
            int length = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(rest));
            BinaryPrimitives.ReadUInt32LittleEndian(rest[8..]).ShouldBe(Masked(Checksum(rest[..8])));
            BinaryPrimitives.ReadUInt32LittleEndian(rest[(12 + length)..]).ShouldBe(Masked(Checksum(rest.Slice(12, length))));
            records.Add(Fields(rest.Slice(12, length)));
            rest = rest[(16 + length)..];
        }

        return records;
    }

    private static uint Masked(uint checksum) => unchecked(((checksum >> 15) | (checksum << 17)) + 0xA282EAD8u);

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint checksum = ~0u;
        foreach (byte value in bytes)
        {
            checksum ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                checksum = (checksum >> 1) ^ ((checksum & 1) * 0x82F63B78);
            }
        }

        return ~checksum;
    }

    private static Field[] Fields(ReadOnlySpan<byte> message)
    {
        List<Field> fields = [];
        int position = 0;
        while (position < message.Length)
        {
            ulong tag = Varint(message, ref position);
            int kind = (int)(tag & 7);
            ulong varint = kind is 0 or 2 ? Varint(message, ref position) : 0;
            int length = kind switch { 0 => 0, 1 => 8, 2 => (int)varint, 5 => 4, _ => throw new FormatException($"wire type {kind}") };
            fields.Add(new Field((int)(tag >> 3), varint, message.Slice(position, length).ToArray()));
            position += length;
        }

        return [.. fields];
    }

    private static ulong Varint(ReadOnlySpan<byte> message, ref int position)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = message[position++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }

    private static double Number(Field[] fields, int number) => BitConverter.ToDouble(fields.Single(field => field.Number == number).Bytes);

    private static string Text(Field[] fields, int number) => Encoding.UTF8.GetString(fields.Single(field => field.Number == number).Bytes);

    private static double[] Packed(Field[] fields, int number) =>
        [.. fields.Single(field => field.Number == number).Bytes.Chunk(8).Select(bytes => BitConverter.ToDouble(bytes))];

    private sealed record Field(int Number, ulong Varint, byte[] Bytes);

    private sealed class Clock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddSeconds(1_700_000_000.25);
    }
}
