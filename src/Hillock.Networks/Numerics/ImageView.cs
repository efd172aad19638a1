namespace Hillock.Networks.Numerics;

/// <summary>
/// Images in pinned memory, channels last: channel c of pixel (y, x) of image n is at
/// <c>Data[n·ImageStride + y·RowStride + x·PixelStride + c]</c>. <c>Data</c> is the first pixel of the image proper; where a margin of zeros
/// lies around it, the distances step over that.
/// </summary>
internal readonly unsafe struct ImageView(float* data, nint imageStride, nint rowStride, nint pixelStride)
{
    public readonly float* Data = data;
    public readonly nint ImageStride = imageStride;
    public readonly nint RowStride = rowStride;
    public readonly nint PixelStride = pixelStride;

    /// <summary>Images without a margin, one after the other.</summary>
    public ImageView(float* data, int height, int width, int channels)
        : this(data, default, height, width, channels)
    {
    }

    /// <summary>Images with a margin each, one after the other.</summary>
    /// <param name="buffer">Room for <see cref="Length"/> floats per image; the margins must be zero, and stay so as long as only pixels proper are written.</param>
    /// <param name="margin">The zeros around each image.</param>
    /// <param name="height">The height of the image proper.</param>
    /// <param name="width">The width of the image proper.</param>
    /// <param name="channels">The channels of a pixel.</param>
    public ImageView(float* buffer, Margin margin, int height, int width, int channels)
        : this(
            buffer + ((nint)margin.Top * (margin.Left + width + margin.Right) + margin.Left) * channels,
            Length(margin, height, width, channels),
            (nint)(margin.Left + width + margin.Right) * channels,
            channels)
    {
    }

    /// <summary>The floats that an image takes with its margin.</summary>
    public static int Length(Margin margin, int height, int width, int channels) =>
        checked((margin.Top + height + margin.Bottom) * (margin.Left + width + margin.Right) * channels);

    /// <summary>The same images, seen from another pixel and channel.</summary>
    public ImageView From(int y, int x, int channel) => new(Data + y * RowStride + x * PixelStride + channel, ImageStride, RowStride, PixelStride);

    /// <summary>Whether rows follow each other without a gap, and images too.</summary>
    public bool IsDense(int height, int width) => RowStride == width * PixelStride && ImageStride == height * RowStride;
}

/// <summary>The numbers of rows and columns of zeros around an image.</summary>
internal readonly record struct Margin(int Top, int Left, int Bottom, int Right);
