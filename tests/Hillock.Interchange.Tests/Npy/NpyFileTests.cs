using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Hillock.Interchange.Npy;

namespace Hillock.Interchange.Tests.Npy;

/// <summary>NPY files against what NumPy 1.24.2 wrote of the same arrays.</summary>
public class NpyFileTests
{
    private static readonly byte[] Floats = Numpy("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", "0000C03F000000C00000807F");

    private static readonly byte[] ColumnMajor = Numpy(
        "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3), }",
        "00000000000000000000000000000840000000000000F03F000000000000104000000000000000400000000000001440");

    private static readonly byte[] BigEndian = Numpy("{'descr': '>f4', 'fortran_order': False, 'shape': (2, 2), }", "3F800000400000004040000040800000");

    private static readonly byte[] Scalar = Numpy("{'descr': '<f8', 'fortran_order': False, 'shape': (), }", "0000000000001D40");

    private static readonly byte[] Empty = Numpy("{'descr': '<f4', 'fortran_order': False, 'shape': (0, 3), }", "");

    private static readonly byte[] Version2 =
    [
        .. Magic, 2, 0, 0x74, 0, 0, 0,
        .. Encoding.ASCII.GetBytes("{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1), }".PadRight(115) + "\n"),
        .. Convert.FromHexString("000000000000E03F"),
    ];

    private static byte[] Magic => [0x93, .. "NUMPY"u8];

    [Fact]
    public void Numpys_files_are_read()
    {
        Read<float>(Floats).ShouldBe("(3,)", [1.5f, -2, float.PositiveInfinity]);
        Read<double>(ColumnMajor).ShouldBe("(2, 3)", [0, 1, 2, 3, 4, 5]);
        Read<float>(BigEndian).ShouldBe("(2, 2)", [1, 2, 3, 4]);
        Read<double>(Scalar).ShouldBe("()", [7.25]);
        Read<float>(Empty).ShouldBe("(0, 3)", []);
        Read<double>(Version2).ShouldBe("(1, 1)", [0.5]);
        // Version 3.0 differs in the encoding of its header.
        byte[] third = [.. Version2];
        third[Magic.Length] = 3;
        Read<double>(third).ShouldBe("(1, 1)", [0.5]);
    }

    [Fact]
    public void What_is_written_has_the_bytes_of_numpy()
    {
        Write(new NpyArray<float>([3], [1.5f, -2, float.PositiveInfinity])).ShouldBe(Floats);
        Write(new NpyArray<double>([], [7.25])).ShouldBe(Scalar);
        Write(new NpyArray<float>([0, 3], [])).ShouldBe(Empty);
    }

    [Fact]
    public void Three_axes_in_column_major_order_are_turned()
    {
        // The value at (i, j, k) of the shape (2, 3, 2) is 100 i + 10 j + k; the first index runs fastest.
        double[] columnMajor = [.. from k in Range(2) from j in Range(3) from i in Range(2) select (100.0 * i) + (10 * j) + k];
        double[] rowMajor = [.. from i in Range(2) from j in Range(3) from k in Range(2) select (100.0 * i) + (10 * j) + k];
        string data = Convert.ToHexString(columnMajor.SelectMany(BitConverter.GetBytes).ToArray());
        Read<double>(Numpy("{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3, 2), }", data)).ShouldBe("(2, 3, 2)", rowMajor);

        static IEnumerable<int> Range(int n) => Enumerable.Range(0, n);
    }

    [Theory]
    [InlineData("{\"shape\":(2L,),\"fortran_order\":True,\"descr\":\"=f4\"}")]
    [InlineData("  { 'fortran_order' : False , 'shape' : ( 2 , ) , 'descr' : '<f4' , }  ")]
    public void Headers_may_be_written_in_other_ways(string header) => Read<float>(Numpy(header, "0000C03F000000C0")).ShouldBe("(2,)", [1.5f, -2]);

    [Fact]
    public void Arrays_longer_than_a_part_come_back()
    {
        float[] values = [.. Enumerable.Range(0, 2_500_001).Select(i => i * 0.5f)];
        Read<float>(Write(new NpyArray<float>([values.Length], values))).Values.SequenceEqual(values).ShouldBeTrue();
    }

    [Theory]
    [InlineData("|O", "it holds Python objects, and only float32 and float64 are supported")]
    [InlineData("<f2", "it holds float16, and only float32 and float64 are supported")]
    [InlineData("<i8", "it holds whole numbers, and only float32 and float64 are supported")]
    [InlineData("|b1", "it holds truth values, and only float32 and float64 are supported")]
    [InlineData("<c8", "it holds complex numbers, and only float32 and float64 are supported")]
    [InlineData("<U3", "it holds text, and only float32 and float64 are supported")]
    [InlineData("", "it holds values of type '', and only float32 and float64 are supported")]
    public void Other_types_are_refused(string type, string message) =>
        Complaint(Numpy($"{{'descr': '{type}', 'fortran_order': False, 'shape': (1,), }}", "00000000")).ShouldBe("x.npy cannot be read as .npy: " + message);

    [Theory]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", "it holds records")]
    [InlineData("{'descr': '<f4', 'fortran_order': Maybe, 'shape': (1,), }", "lacks True or False")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", "lacks the length of an axis")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1.5,), }", "lacks ')'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }", "an axis of more than")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2000000000, 2000000000, 2000000000), }", "has more than")]
    [InlineData("{'descr': '<f4', 'fortran_order': False}", "lacks descr, fortran_order or shape")]
    [InlineData("{'descr': '<f4', 'descr': '<f4'}", "the entry 'descr'")]
    [InlineData("{'name': 1}", "the entry 'name'")]
    [InlineData("{'descr': '<f4", "the type in quotes")]
    [InlineData("{} more", "goes on after its end")]
    [InlineData("", "lacks '{' at character")]
    public void Bad_headers_are_named(string header, string expected) => Complaint(Numpy(header, "00000000")).ShouldContain(expected);

    [Fact]
    public void Too_many_axes_are_refused() => Complaint(
        Numpy($"{{'descr': '<f4', 'fortran_order': False, 'shape': ({string.Concat(Enumerable.Repeat("1, ", 65))}), }}", "00000000")).ShouldContain("64 axes");

    [Fact]
    public void Damaged_files_are_refused()
    {
        Complaint([]).ShouldContain("does not begin with \\x93NUMPY");
        Complaint("x,y\n1,2\n"u8.ToArray()).ShouldContain("does not begin with \\x93NUMPY");
        Complaint([.. Magic, 4, 0, 10, 0, 0, 0]).ShouldContain("its version is 4.0");
        Complaint([.. Magic, 2, 0, 0xFF, 0xFF, 0xFF, 0xFF]).ShouldContain("claims to have 4294967295 bytes");
        Complaint([.. Floats, 0]).ShouldContain("goes on after its last value");
        for (int length = 1; length < Floats.Length; length++)
        {
            Complaint(Floats[..length]).ShouldBe("x.npy is no whole .npy file: it is cut short", $"{length}");
        }
    }

    [Fact]
    public void A_header_that_claims_much_does_not_take_memory()
    {
        byte[] file = Numpy("{'descr': '<f8', 'fortran_order': False, 'shape': (2000000000,), }", "00");
        long before = GC.GetAllocatedBytesForCurrentThread();
        Complaint(file).ShouldContain("cut short");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(20_000_000);
    }

    [Fact]
    public void Whatever_the_bytes_there_is_an_array_or_one_line()
    {
        byte[][] seeds = [Floats, ColumnMajor, BigEndian, Scalar, Empty, Version2];
        Gen<byte[]> changed =
            from seed in Gen.Elements(seeds)
            from length in Gen.Choose(0, seed.Length)
            from changes in Gen.Zip(Gen.Choose(0, seed.Length - 1), Gen.Choose(0, 255)).ArrayOf()
            from cut in Gen.Frequency((1, Gen.Constant(true)), (4, Gen.Constant(false)))
            select Change(seed, changes, cut ? length : seed.Length);
        Prop.ForAll(Arb.From(changed), file =>
        {
            try
            {
                NpyFile.Read(new MemoryStream(file), "x.npy");
            }
            catch (InterchangeException refused)
            {
                refused.Message.ShouldStartWith("x.npy ");
                refused.Message.ShouldNotContain('\n');
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

        static byte[] Change(byte[] seed, IEnumerable<(int At, int To)> changes, int length)
        {
            byte[] file = [.. seed];
            foreach ((int at, int to) in changes)
            {
                file[at] = (byte)to;
            }

            return file[..length];
        }
    }

    [Fact]
    public void Any_array_comes_back_as_it_was() => Prop.ForAll(
        Arb.From(Gen.Choose(0, 5).ListOf()),
        lengths =>
        {
            int[] shape = [.. lengths.Take(6)];
            double[] values = [.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(i => (i * 0.37) - 5)];
            NpyArray<double> back = Read<double>(Write(new NpyArray<double>(shape, values)));
            back.Shape.ShouldBe(shape);
            back.Values.ShouldBe(values);
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Arrays_that_contradict_themselves_are_refused()
    {
        Should.Throw<ArgumentException>(() => new NpyArray<float>([2, 3], new float[5])).Message.ShouldContain("5 values do not fill the shape (2, 3)");
        Should.Throw<ArgumentException>(() => new NpyArray<float>([-1], [])).ParamName.ShouldBe("shape");
        Should.Throw<ArgumentException>(() => new NpyArray<int>([1], [1])).Message.ShouldContain("float or double");
    }

    private static byte[] Numpy(string header, string data)
    {
        int padded = ((10 + header.Length + 1 + 63) / 64 * 64) - 10;
        return [.. Magic, 1, 0, (byte)padded, (byte)(padded >> 8), .. Encoding.ASCII.GetBytes(header.PadRight(padded - 1) + "\n"), .. Convert.FromHexString(data)];
    }

    private static NpyArray<T> Read<T>(byte[] file)
        where T : unmanaged => NpyFile.Read(new MemoryStream(file), "x.npy").ShouldBeOfType<NpyArray<T>>();

    private static byte[] Write(NpyArray array)
    {
        using MemoryStream stream = new();
        NpyFile.Write(stream, array);
        return stream.ToArray();
    }

    private static string Complaint(byte[] file) => Should.Throw<InterchangeException>(() => NpyFile.Read(new MemoryStream(file), "x.npy")).Message;
}

internal static class NpyArrayAssertions
{
    public static void ShouldBe<T>(this NpyArray<T> array, string shape, T[] values)
        where T : unmanaged
    {
        array.ShapeText.ShouldBe(shape);
        array.Values.ShouldBe(values);
    }
}
