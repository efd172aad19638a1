using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Hillock.Interchange.Npy;

/// <summary>
/// Reads and writes NumPy's NPY files, versions 1.0 to 3.0 (numpy.lib.format): float32 and float64 of any shape, in either order and with bytes in either
/// order.
/// </summary>
public static class NpyFile
{
    /// <summary>Headers are a line of a hundred characters or so; what claims more is no header.</summary>
    private const int LongestHeader = 1 << 20;

    /// <summary>Values are read in parts, so that a damaged header cannot ask for memory that the file does not fill.</summary>
    private const int PartLength = 1 << 20;

    /// <summary>The values begin at a multiple of this many bytes.</summary>
    private const int Alignment = 64;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads an array and expects the stream to end there.</summary>
    /// <param name="stream">The content of a file; need not be seekable.</param>
    /// <param name="name">The name of the file for messages.</param>
    /// <returns>The array, its values in row-major order and in the machine's byte order.</returns>
    /// <exception cref="InterchangeException">The content is no such array, is cut short or goes on.</exception>
    public static NpyArray Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            NpyHeader header = ReadHeader(stream);
            (char order, string type) = (header.Type[0], header.Type[1..]);
            bool swapped = (order == '>') == BitConverter.IsLittleEndian && order is '<' or '>';
            NpyArray array = type switch
            {
                "f4" => new NpyArray<float>(header.Shape, ReadValues<float>(stream, header, swapped)),
                _ => new NpyArray<double>(header.Shape, ReadValues<double>(stream, header, swapped)),
            };
            return stream.ReadByte() < 0 ? array : throw new FormatException("it goes on after its last value");
        }
        catch (EndOfStreamException)
        {
            throw new InterchangeException($"{name} is no whole .npy file: it is cut short");
        }
        catch (FormatException wrong)
        {
            throw new InterchangeException($"{name} cannot be read as .npy: {wrong.Message}");
        }
    }

    /// <summary>Writes an array in row-major order, the low byte first.</summary>
    /// <param name="stream">Receives the content of the file.</param>
    /// <param name="array">The array.</param>
    public static void Write(Stream stream, NpyArray array)
    {
        ArgumentNullException.ThrowIfNull(stream);
        switch (array)
        {
            case NpyArray<float> floats:
                Write<float>(stream, "<f4", floats.Shape, floats.Values);
                break;
            case NpyArray<double> doubles:
                Write<double>(stream, "<f8", doubles.Shape, doubles.Values);
                break;
            default:
                throw new ArgumentNullException(nameof(array));
        }
    }

    private static NpyHeader ReadHeader(Stream stream)
    {
        Span<byte> start = stackalloc byte[Magic.Length + 2];
        int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (!start[..Math.Min(read, Magic.Length)].SequenceEqual(Magic[..Math.Min(read, Magic.Length)]) || read == 0)
        {
            throw new FormatException("it does not begin with \\x93NUMPY");
        }

        if (read < start.Length)
        {
            throw new EndOfStreamException();
        }

        (byte major, byte minor) = (start[^2], start[^1]);
        if (major is not (1 or 2 or 3) || minor != 0)
        {
            throw new FormatException($"its version is {major}.{minor}, and 1.0, 2.0 and 3.0 are supported");
        }

        Span<byte> size = stackalloc byte[major == 1 ? 2 : 4];
        stream.ReadExactly(size);
        uint length = major == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(size) : BinaryPrimitives.ReadUInt32LittleEndian(size);
        if (length > LongestHeader)
        {
            throw new FormatException($"its header claims to have {length} bytes, and at most {LongestHeader} are sensible");
        }

        byte[] text = new byte[length];
        stream.ReadExactly(text);
        NpyHeader header = NpyHeader.Parse((major == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(text));
        RequireSupported(header.Type);
        return header;
    }

    private static void RequireSupported(string type)
    {
        if (type is ['<' or '>' or '=', 'f', '4' or '8'])
        {
            return;
        }

        string held = type.TrimStart('<', '>', '=', '|') switch
        {
            "O" => "Python objects",
            "f2" => "float16",
            "f16" => "float128",
            ['i', ..] => "whole numbers",
            ['u', ..] => "whole numbers",
            "b1" => "truth values",
            ['c', ..] => "complex numbers",
            ['S' or 'U' or 'a', ..] => "text",
            _ => $"values of type '{type}'",
        };
        throw new FormatException($"it holds {held}, and only float32 and float64 are supported");
    }

    private static T[] ReadValues<T>(Stream stream, NpyHeader header, bool swapped)
        where T : unmanaged
    {
        int count = header.Count;
        T[] values = new T[Math.Min(count, PartLength)];
        int read = 0;
        while (true)
        {
            Span<byte> part = MemoryMarshal.AsBytes(values.AsSpan(read));
            stream.ReadExactly(part);
            read = values.Length;
            if (read == count)
            {
                break;
            }

            Array.Resize(ref values, (int)Math.Min(count, 2L * read));
        }

        if (swapped)
        {
            Swap(values);
        }

        return header.ColumnMajor && header.Shape.Count > 1 ? RowMajor(values, header.Shape) : values;
    }

    private static void Swap<T>(T[] values)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            Span<uint> words = MemoryMarshal.Cast<T, uint>(values.AsSpan());
            BinaryPrimitives.ReverseEndianness(words, words);
        }
        else
        {
            Span<ulong> words = MemoryMarshal.Cast<T, ulong>(values.AsSpan());
            BinaryPrimitives.ReverseEndianness(words, words);
        }
    }

    /// <summary>Values whose first axis is dense, put so that the last one is.</summary>
    private static T[] RowMajor<T>(T[] values, IReadOnlyList<int> shape)
    {
        int[] stride = new int[shape.Count];
        int[] index = new int[shape.Count];
        stride[0] = 1;
        for (int axis = 1; axis < shape.Count; axis++)
        {
            stride[axis] = stride[axis - 1] * shape[axis - 1];
        }

        T[] result = new T[values.Length];
        int from = 0;
        for (int to = 0; to < result.Length; to++)
        {
            result[to] = values[from];
            for (int axis = shape.Count - 1; axis >= 0; axis--)
            {
                from += stride[axis];
                if (++index[axis] < shape[axis])
                {
                    break;
                }

                from -= stride[axis] * shape[axis];
                index[axis] = 0;
            }
        }

        return result;
    }

    private static void Write<T>(Stream stream, string type, IReadOnlyList<int> shape, T[] values)
        where T : unmanaged
    {
        // A header of at most 64 axes always fits version 1.0, whose length has two bytes.
        int start = Magic.Length + 2 + sizeof(ushort);
        string header = new NpyHeader(type, false, shape).ToString();
        int padded = ((start + header.Length + 1 + Alignment - 1) / Alignment * Alignment) - start;
        Span<byte> size = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(size, (ushort)padded);
        stream.Write(Magic);
        stream.Write([1, 0]);
        stream.Write(size);
        stream.Write(Encoding.ASCII.GetBytes(header.PadRight(padded - 1) + "\n"));
        if (!BitConverter.IsLittleEndian)
        {
            values = [.. values];
            Swap(values);
        }

        // In parts: a stream of the console takes no two gigabytes at once.
        for (int i = 0; i < values.Length; i += PartLength)
        {
            stream.Write(MemoryMarshal.AsBytes(values.AsSpan(i, Math.Min(PartLength, values.Length - i))));
        }
    }
}
