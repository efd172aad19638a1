using Hillock.Networks;

namespace Hillock.Data.Images;

/// <summary>Where the pixels of images stand in a block of bytes.</summary>
/// <param name="Bytes">The block.</param>
/// <param name="Offset">Where the first image begins.</param>
/// <param name="Stride">The bytes from one image to the next.</param>
/// <param name="Extents">The extents of an image: height, width and, if it has more than one, channels.</param>
internal sealed record PixelBlock(byte[] Bytes, int Offset, int Stride, IReadOnlyList<int> Extents)
{
    /// <summary>The number of bytes of an image.</summary>
    public int Pixels { get; } = Extents.Aggregate(1, (product, extent) => product * extent);

    /// <summary>The shape of an image as the input of a network: pixels without channels have one; what is no image is plain features.</summary>
    public TensorShape Shape => ShapeOf(Extents);

    /// <summary>The shape of an image of some extents.</summary>
    public static TensorShape ShapeOf(IReadOnlyList<int> extents) => extents.Count switch
    {
        2 => TensorShape.Image(extents[0], extents[1], 1),
        3 => TensorShape.Image(extents[0], extents[1], extents[2]),
        _ => TensorShape.Features(extents.Aggregate(1, (product, extent) => product * extent)),
    };

    public ReadOnlySpan<byte> Image(int index) => Bytes.AsSpan(Offset + (index * Stride), Pixels);
}

/// <summary>Images of one size, a byte a pixel and colour, each of a class.</summary>
internal sealed class ImageSource : DataSource
{
    private readonly PixelBlock _pixels;
    private readonly Lazy<string> _fingerprint;

    public ImageSource(string name, PixelBlock pixels, TargetValues target, DataSource? testPart = null)
        : base(name, target, testPart, warnings: [])
    {
        _pixels = pixels;
        _fingerprint = new(Hash);
        string test = testPart is null ? "" : $", and {testPart.Count} test images";
        string classes = Task == TaskKind.Classification ? $", classification of {Classes.Count} classes{test}" : "";
        Description = $"{Count} images of {string.Join('×', pixels.Extents)}{classes}";
    }

    public override int Features => _pixels.Pixels;

    public override string Description { get; }

    internal override string Kind => $"images of {Shape}";

    public override string Fingerprint => _fingerprint.Value;

    public TensorShape Shape => _pixels.Shape;

    public ReadOnlySpan<byte> Image(int index) => _pixels.Image(index);

    private protected override Preparation FitChecked(ReadOnlySpan<int> trainingRows)
    {
        // Counting the 256 values first makes the sums exact enough to be the same in any order.
        Span<long> counts = stackalloc long[256];
        counts.Clear();
        foreach (int row in trainingRows)
        {
            foreach (byte pixel in Image(row))
            {
                counts[pixel]++;
            }
        }

        return ImagePreparation.Of(Shape, counts, Classes);
    }

    private string Hash()
    {
        using ContentHash hash = new("hillock.images/1");
        hash.Add(_pixels.Extents.Count);
        foreach (int extent in _pixels.Extents)
        {
            hash.Add(extent);
        }

        for (int i = 0; i < Count; i++)
        {
            hash.Add(Image(i));
        }

        hash.Add(Target);
        hash.Add(TestPart?.Fingerprint ?? "no test part");
        return hash.Finish();
    }
}
