using System.Globalization;
using System.Text;
using CsvHelper;
using FsCheck;
using FsCheck.Fluent;
using Hillock.Data.Tables;

namespace Hillock.Data.Tests.Tables;

/// <summary>What holds for tables of any content.</summary>
public sealed class TablePropertyTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Any text survives being written by CsvHelper's writer, which quotes it, and read again.</summary>
    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    public void Text_survives_quoting(char delimiter)
    {
        Prop.ForAll(
            Gen.NonEmptyListOf(Gen.Elements("a", "b", "b c", "x,y", "p;q", "say \"no\"", "line\nbreak", "ä€😀", "5'11\"", "\"", "tab\tbed", "'", "#", "1 2")).ToArbitrary(),
            texts =>
            {
                // Three rows more make two classes.
                string[] all = [.. texts, "a", "a", "b"];
                byte[] table = Write(delimiter, all.Select((text, i) => new[] { $"{i % 3}", "1", text }));
                DataSource source = DataSources.Open(_folder.Write("t.csv", table), new() { Header = false });
                return source.Labels.ToArray().Select(label => source.Classes[label]).SequenceEqual(all);
            }).QuickCheckThrowOnFailure();
    }

    /// <summary>Any finite number within the range of floats survives being written and read, to the last bit.</summary>
    [Fact]
    public void Numbers_survive()
    {
        Prop.ForAll<NormalFloat[]>(given =>
        {
            double[] numbers = [.. given.Select(x => x.Item).Where(x => Math.Abs(x) <= float.MaxValue), 0.5, -1.5e-300, 3.4e38];
            string text = string.Join('\n', numbers.Select((x, i) => $"{x.ToString("R", CultureInfo.InvariantCulture)},{i % 2}"));
            TableSource source = (TableSource)DataSources.Open(_folder.Write("n.csv", text));
            Column column = source.Columns[0];
            return column.Codes.Select(code => column.Numbers![code]).SequenceEqual(numbers);
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>Whatever the bytes of a file are, it is read or refused in one line.</summary>
    [Fact]
    public void Random_bytes_are_read_or_refused_in_one_line()
    {
        Prop.ForAll<byte[]>(bytes => IsReadOrRefused("fuzz", bytes)).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    /// <summary>The same of texts that look like tables, with the characters that matter thrown in anywhere.</summary>
    [Fact]
    public void Random_tables_are_read_or_refused_in_one_line()
    {
        Gen<string> piece = Gen.Elements("1", "2.5", "2,5", "1.234,5", "a", "b", ",", ",", ",", ";", "\t", "\n", "\n", "\r\n", "\"", "\"\"", " ", "?", "NA", "1e999", "inf", "-", "ä", "\u00A0", "\f", "x,y\n1,2\n");
        Prop.ForAll(Gen.ListOf(piece).ToArbitrary(), pieces => IsReadOrRefused("fuzz.csv", Encoding.UTF8.GetBytes(string.Concat(pieces))))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    /// <summary>The same of damaged IDX files and compressed ones.</summary>
    [Fact]
    public void Damaged_binary_files_are_read_or_refused_in_one_line()
    {
        byte[] idx = [0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3, 4, 5, 6];
        byte[] gzip = TestFolder.Gzip("1,2\n2,1\n3,2\n"u8.ToArray());
        _folder.Write("labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, 3, 0, 1, 0]);
        Prop.ForAll<int, byte>((at, value) =>
        {
            byte[] damagedIdx = [.. idx];
            damagedIdx[(int)((uint)at % idx.Length)] = value;
            byte[] damagedGzip = [.. gzip];
            damagedGzip[(int)((uint)at % gzip.Length)] = value;
            return IsReadOrRefused("images-idx3-ubyte", damagedIdx) && IsReadOrRefused("t.csv.gz", damagedGzip);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    private bool IsReadOrRefused(string name, byte[] content)
    {
        try
        {
            DataSource source = DataSources.Open(_folder.Write(name, content));
            int[] rows = [.. Enumerable.Range(0, source.Count)];
            float[] inputs = source.Fit(rows).Apply(source, rows).Inputs.ToArray();
            return source.Fingerprint.Length == 64 && Array.TrueForAll(inputs, float.IsFinite);
        }
        catch (DataException exception)
        {
            return !exception.Message.Contains('\n') && exception.Message.Length < 1000;
        }
    }

    private static byte[] Write(char delimiter, IEnumerable<string[]> rows)
    {
        using MemoryStream output = new();
        using (CsvWriter writer = CsvWriter.Create(output, new CsvWriterOptions { Separator = delimiter }))
        {
            foreach (string[] row in rows)
            {
                foreach (string value in row)
                {
                    writer.WriteField(value);
                }

                writer.EndRecord();
            }
        }

        return output.ToArray();
    }
}
