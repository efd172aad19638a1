using Hillock.Networks.Numerics;

namespace Hillock.Networks.Execution;

/// <summary>Copies the images of a batch into a buffer where each has a margin of zeros.</summary>
internal sealed unsafe class MarginCopy
{
    private readonly Margin _margin;
    private readonly int _height;
    private readonly int _line;
    private readonly int _left;
    private readonly int _right;
    private readonly int _length;
    private readonly Action<int> _copy;
    private float* _source;

    private MarginCopy(PlanBuilder plan, Margin margin, int height, int width, int channels)
    {
        _margin = margin;
        _height = height;
        _line = width * channels;
        _left = margin.Left * channels;
        _right = margin.Right * channels;
        _length = ImageView.Length(margin, height, width, channels);
        Width = width;
        Channels = channels;
        Buffer = plan.Buffer((long)plan.MaximumRows * _length);
        _copy = Copy;
    }

    /// <summary>Where the images with their margins lie.</summary>
    public PlanBuffer Buffer { get; }

    /// <summary>The images.</summary>
    public ImageView View => new(Buffer.Pointer, _margin, _height, Width, Channels);

    private int Width { get; }

    private int Channels { get; }

    /// <summary>Makes a copy; null where there is no margin and the images themselves serve.</summary>
    public static MarginCopy? Create(PlanBuilder plan, Margin margin, int height, int width, int channels) =>
        margin == default ? null : new MarginCopy(plan, margin, height, width, channels);

    /// <summary>Copies the images of a batch.</summary>
    public void Run(BatchPass pass, float* source)
    {
        _source = source;
        pass.Run(pass.Rows, _copy);
    }

    private void Copy(int image)
    {
        Span<float> destination = Buffer.Slice((long)image * _length, _length);
        ReadOnlySpan<float> source = new(_source + (nint)image * _height * _line, _height * _line);
        int full = _left + _line + _right;
        destination[..(_margin.Top * full)].Clear();
        destination[((_margin.Top + _height) * full)..].Clear();
        for (int y = 0; y < _height; y++)
        {
            Span<float> line = destination.Slice((_margin.Top + y) * full, full);
            line[.._left].Clear();
            source.Slice(y * _line, _line).CopyTo(line[_left..]);
            line[(_left + _line)..].Clear();
        }
    }
}
