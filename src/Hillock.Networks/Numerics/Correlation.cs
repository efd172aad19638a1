namespace Hillock.Networks.Numerics;

/// <summary>
/// Sums over the taps of a kernel, for all pixels of all images: <c>Output(n, y, x, f) = Start(f) + Σ Input(n, y, x; p, q, c)·Weight(p, q, c, f)</c>,
/// the chain running over p, then q, then c. Both directions of a convolution are of this form.
/// </summary>
/// <remarks>
/// A row of output pixels is the left side of a product whose rows overlap: its row distance is that of neighbouring patches, its depth the patch,
/// read where it lies in the image. Nothing is copied.
/// </remarks>
internal unsafe struct Correlation
{
    /// <summary>What tap (0, 0) reads for the first output pixel, and how far that moves with image, line and pixel of the output.</summary>
    public float* Input;
    public nint InputImage;
    public nint InputLine;
    public nint InputPixel;

    /// <summary>The taps, and how far they lie apart in the input.</summary>
    public int TapRows;
    public int TapColumns;
    public nint TapRow;
    public nint TapColumn;

    /// <summary>The channels that a tap reads, of each group; those of the groups follow each other.</summary>
    public int Depth;

    /// <summary>The weight of tap (0, 0) for the first channel and column, and how far that moves with tap, channel, column and group.</summary>
    public float* Weights;
    public nint WeightTapRow;
    public nint WeightTapColumn;
    public nint WeightRow;
    public nint WeightColumn;
    public nint WeightGroup;

    /// <summary>The weights packed by <see cref="PackedWeights{TKernel}"/>, or null if they are read where they lie.</summary>
    public float* Packed;

    /// <summary>What the sums start from, or null for zero.</summary>
    public float* Start;

    public float* Output;
    public nint OutputImage;
    public nint OutputLine;
    public nint OutputPixel;

    /// <summary>The output channels of each group.</summary>
    public int Columns;

    public int Groups;
    public int Images;
    public int Lines;
    public int Pixels;

    /// <summary>The rows of a group's matrix of weights.</summary>
    public readonly int WeightRows => TapRows * TapColumns * Depth;

    /// <summary>Whether the weights of a group form a matrix whose rows are contiguous and follow each other at equal distances.</summary>
    public readonly bool HasPlainWeights =>
        WeightColumn == 1 && WeightTapColumn == Depth * WeightRow && WeightTapRow == TapColumns * WeightTapColumn;

    /// <summary>Whether the pixels of a row of a patch lie together, so that the row is one segment of the depth.</summary>
    public readonly bool HasJoinedTaps => TapColumn == Depth || TapColumns == 1;

    /// <summary>The multiply-adds of all groups.</summary>
    public readonly long Work => (long)Groups * WeightRows * Columns * Images * Lines * Pixels;

    /// <summary>
    /// Lines of one pixel are taken for one line, images of one line for its lines: tiles take their rows, and depths their segments, where they are many.
    /// The order of pixels stays the same.
    /// </summary>
    public void TurnNarrowImages()
    {
        if (Pixels == 1)
        {
            (Pixels, InputPixel, OutputPixel) = (Lines, InputLine, OutputLine);
            Lines = 1;
        }

        if (Lines == 1)
        {
            (Lines, InputLine, OutputLine) = (Images, InputImage, OutputImage);
            Images = 1;
        }

        if (Pixels == 1)
        {
            (Pixels, InputPixel, OutputPixel) = (Lines, InputLine, OutputLine);
            Lines = 1;
        }
    }
}
