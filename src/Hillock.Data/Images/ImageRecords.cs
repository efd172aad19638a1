using Hillock.Networks;
using Microsoft.Win32.SafeHandles;

namespace Hillock.Data.Images;

/// <summary>Images of one size in files, from which any can be read. Not safe to share between threads.</summary>
internal sealed class ImageRecords : IDisposable
{
    /// <summary>About how many bytes are read at a time.</summary>
    private const int BufferBytes = 1 << 18;

    private readonly Part[] _parts;
    private readonly byte[]? _labels;
    private readonly int[]? _places;
    private readonly int _labelBytes;
    private readonly byte[] _buffer;
    private long _loaded;

    private ImageRecords(Part[] parts, IReadOnlyList<int> extents, byte[]? labels, int[]? places)
    {
        _parts = parts;
        _labels = labels;
        _places = places;
        _labelBytes = labels is null ? 1 : 0;
        Extents = extents;
        Pixels = extents.Aggregate(1, (product, extent) => checked(product * extent));
        Count = parts.Sum(part => part.Count);
        Bytes = Count * Stride;
        _buffer = new byte[Math.Max(1, BufferBytes / Stride) * Stride];
    }

    /// <summary>The images.</summary>
    public long Count { get; }

    /// <summary>The bytes of all images.</summary>
    public long Bytes { get; }

    /// <summary>Height, width and, if there are more than one, channels.</summary>
    public IReadOnlyList<int> Extents { get; }

    /// <summary>The bytes of an image.</summary>
    public int Pixels { get; }

    /// <summary>The shape of an image as the input of a network.</summary>
    public TensorShape Shape => PixelBlock.ShapeOf(Extents);

    private int Stride => Pixels + _labelBytes;

    /// <summary>Opens a file of IDX images, whose labels are beside it.</summary>
    /// <exception cref="DataException">A file is damaged, compressed, or the two do not belong together.</exception>
    public static ImageRecords OfIdx(string path)
    {
        (SafeFileHandle handle, long length) = Open(path);
        try
        {
            return OfIdx(path, handle, length);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    private static ImageRecords OfIdx(string path, SafeFileHandle handle, long length)
    {
        Span<byte> head = stackalloc byte[Idx.LongestHeader];
        head = head[..Fill(path, handle, head, 0)];
        (int[] extents, int offset) = Idx.Read(path, head, length);
        if (extents.Length < 2)
        {
            throw new DataException($"{path} holds labels, not images; name the file of images, and the labels beside it are found");
        }

        string labelsPath = IdxImages.LabelsBeside(path);
        byte[] labels = FileContent.Read(labelsPath);
        (int[] labelExtents, int labelOffset) = Idx.Read(labelsPath, labels, labels.Length);
        return labelExtents is [int count] && count == extents[0]
            ? new([new Part(path, handle, offset, 0, extents[0])], extents[1..], labels[labelOffset..], places: null)
            : throw new DataException($"{labelsPath} holds {string.Join('×', labelExtents)} values, and {path} {extents[0]} images: not one label for each");
    }

    /// <summary>Opens files of CIFAR-10 records.</summary>
    /// <exception cref="DataException">A file is compressed or truncated.</exception>
    public static ImageRecords OfCifar(IEnumerable<string> paths)
    {
        List<Part> parts = [];
        long before = 0;
        try
        {
            foreach (string path in paths)
            {
                (SafeFileHandle handle, long length) = Open(path);
                long count = length / CifarImages.Record;
                parts.Add(new Part(path, handle, 0, before, count));
                before += count;
                if (length == 0 || length % CifarImages.Record > 0)
                {
                    throw new DataException(
                        $"{path} is truncated or no CIFAR-10 file: {length} bytes are not a whole number of records of {CifarImages.Record} bytes");
                }
            }

            return new([.. parts], CifarImages.Extents, labels: null, CifarImages.PlacesOfPixels());
        }
        catch
        {
            parts.ForEach(part => part.Handle.Dispose());
            throw;
        }
    }

    /// <summary>Reads images that stand one after the other, as many as are read at a time.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="most">The most of them; at least 1.</param>
    /// <returns>How many: <see cref="Label"/> and <see cref="Raw"/> then tell of them.</returns>
    /// <exception cref="DataException">A file cannot be read, or has been cut short.</exception>
    public int Load(long first, long most)
    {
        Part part = Array.Find(_parts, part => first < part.First + part.Count)!;
        int count = (int)Math.Min(Math.Min(most, part.First + part.Count - first), _buffer.Length / Stride);
        Span<byte> buffer = _buffer.AsSpan(0, count * Stride);
        if (Fill(part.Path, part.Handle, buffer, part.Offset + ((first - part.First) * Stride)) < buffer.Length)
        {
            throw new DataException($"{part.Path} has become shorter since it was first read");
        }

        _loaded = first;
        return count;
    }

    /// <summary>The label of the i-th image that was read last.</summary>
    public byte Label(int i) => _labels is null ? _buffer[i * Stride] : _labels[(int)(_loaded + i)];

    /// <summary>The pixels of the i-th image that was read last, as they stand in the file.</summary>
    public ReadOnlySpan<byte> Raw(int i) => _buffer.AsSpan((i * Stride) + _labelBytes, Pixels);

    /// <summary>Makes sure that there can be such a label.</summary>
    /// <exception cref="DataException">There cannot.</exception>
    public void CheckLabel(long image, byte label)
    {
        if (_labels is null && label >= CifarImages.Labels)
        {
            Part part = Array.Find(_parts, part => image < part.First + part.Count)!;
            throw new DataException(
                $"{part.Path} is no CIFAR-10 file: record {image - part.First + 1} has the label {label}, and 0 to {CifarImages.Labels - 1} are allowed");
        }
    }

    /// <summary>Turns the pixels of a file into inputs: those of a pixel's colours stand beside each other.</summary>
    public void Prepare(ReadOnlySpan<byte> pixels, ReadOnlySpan<float> scaled, Span<float> inputs)
    {
        if (_places is { } places)
        {
            for (int p = 0; p < inputs.Length; p++)
            {
                inputs[p] = scaled[pixels[places[p]]];
            }

            return;
        }

        pixels = pixels[..inputs.Length];
        for (int p = 0; p < inputs.Length; p++)
        {
            inputs[p] = scaled[pixels[p]];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_parts, part => part.Handle.Dispose());

    private static (SafeFileHandle Handle, long Length) Open(string path)
    {
        SafeFileHandle? handle = null;
        try
        {
            handle = File.OpenHandle(path);
            byte[] start = new byte[2];
            return RandomAccess.Read(handle, start, 0) == 2 && start is [0x1F, 0x8B]
                ? throw new DataException($"{path} is compressed and cannot be streamed: unpack it")
                : (handle, RandomAccess.GetLength(handle));
        }
        catch (Exception exception)
        {
            handle?.Dispose();
            if (exception is IOException or UnauthorizedAccessException)
            {
                throw DataException.Unreadable(path, exception);
            }

            throw;
        }
    }

    private static int Fill(string path, SafeFileHandle handle, Span<byte> buffer, long offset)
    {
        try
        {
            int filled = 0;
            while (filled < buffer.Length && RandomAccess.Read(handle, buffer[filled..], offset + filled) is > 0 and int read)
            {
                filled += read;
            }

            return filled;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw DataException.Unreadable(path, exception);
        }
    }

    /// <summary>One of the files: where its images begin, how many come before them, and how many they are.</summary>
    private sealed record Part(string Path, SafeFileHandle Handle, long Offset, long First, long Count);
}
