namespace Hillock.Networks.Numerics;

/// <summary>
/// The sizes of a two-dimensional convolution (in the field's sense, a cross-correlation); one of height 1 is one-dimensional. Images are stored
/// channels last; weights as [kernel row, kernel column, channel of the group, filter], biases by filter. The filters of group g, as many as in
/// every group, follow those of group g - 1 and see the channels of group g only.
/// </summary>
internal sealed record ConvolutionShape
{
    public required int Height { get; init; }

    public required int Width { get; init; }

    public required int Channels { get; init; }

    public required int Filters { get; init; }

    public required int KernelHeight { get; init; }

    public required int KernelWidth { get; init; }

    public int StrideY { get; init; } = 1;

    public int StrideX { get; init; } = 1;

    public int DilationY { get; init; } = 1;

    public int DilationX { get; init; } = 1;

    /// <summary>Divides the channels and the filters.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>The zeros around an image, which the kernel sees as pixels.</summary>
    public Margin Padding { get; init; }

    public int OutputHeight => OutputSize(Height + Padding.Top + Padding.Bottom, KernelHeight, StrideY, DilationY);

    public int OutputWidth => OutputSize(Width + Padding.Left + Padding.Right, KernelWidth, StrideX, DilationX);

    /// <summary>The channels that a filter sees.</summary>
    public int GroupChannels => Channels / Groups;

    /// <summary>The filters of a group.</summary>
    public int GroupFilters => Filters / Groups;

    /// <summary>The number of weights.</summary>
    public int WeightCount => checked(KernelHeight * KernelWidth * GroupChannels * Filters);

    /// <summary>Whether every channel has one filter of its own.</summary>
    public bool IsDepthwise => GroupChannels == 1 && GroupFilters == 1;

    /// <summary>Whether the kernel is one pixel that meets every pixel once: a plain product of matrices.</summary>
    public bool IsPointwise => KernelHeight == 1 && KernelWidth == 1 && StrideY == 1 && StrideX == 1 && Padding == default && Groups == 1;

    /// <summary>The zeros that must lie around the output's gradient for the gradient by the input to be computed from it.</summary>
    public Margin GradientMargin
    {
        get
        {
            (int top, int bottom) = Sides(Height, OutputHeight, KernelHeight, StrideY, DilationY, Padding.Top);
            (int left, int right) = Sides(Width, OutputWidth, KernelWidth, StrideX, DilationX, Padding.Left);
            return new Margin(top, left, bottom, right);
        }
    }

    private static int OutputSize(int padded, int kernel, int stride, int dilation) => (padded - dilation * (kernel - 1) - 1) / stride + 1;

    /// <summary>Input pixel i meets kernel element p at output (i + padding - p·dilation) / stride: how far that lies outside at either end.</summary>
    private static (int Before, int After) Sides(int size, int outputSize, int kernel, int stride, int dilation, int padding) =>
        (Math.Max(0, (dilation * (kernel - 1) - padding) / stride), Math.Max(0, (size - 1 + padding) / stride - (outputSize - 1)));
}
