using System.Runtime.Intrinsics;

namespace Hillock.Networks.Numerics;

/// <summary>
/// The three products of a convolution, computed in the images themselves: no patch is copied. As in every product, each result is one chain of
/// fused multiply-adds whose order depends on nothing but the shape.
/// </summary>
/// <remarks>
/// The images that a kernel reaches over must have their margins (<see cref="ConvolutionShape.Padding"/>,
/// <see cref="ConvolutionShape.GradientMargin"/>) or wider ones, filled with zeros; images that are written may have any margin, which is left alone.
/// </remarks>
internal static unsafe class ConvolutionProduct
{
    /// <summary>Multiply-adds below which a part is not worth waking a thread for.</summary>
    private const long FewestPerThread = 1 << 20;

    /// <summary>Pixels from which packing weights pays that could be read where they lie.</summary>
    private const int FewestPixelsToPack = 1024;

    /// <summary>Computes a convolution: <c>output(n, y, x, f) = bias(f) + Σ input(n, y·stride + p·dilation - padding, ..., c)·weight(p, q, c, f)</c>.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="images">The number of images.</param>
    /// <param name="input">The images, with margins of at least the padding.</param>
    /// <param name="weights">The weights: kernel row, kernel column, channel of the group, filter.</param>
    /// <param name="bias">A number for each filter, or null.</param>
    /// <param name="output">Receives the output.</param>
    /// <param name="epilogue">Is given each block of the output when its sums are complete: its rows are the pixels of all images in order, its columns the filters.</param>
    /// <param name="team">Shares the work.</param>
    public static void Forward<TEpilogue>(
        ConvolutionShape shape, int images, in ImageView input, float* weights, float* bias, in ImageView output, in TEpilogue epilogue, WorkerTeam team)
        where TEpilogue : struct, IEpilogue
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Forward<TileKernel512, TEpilogue>(shape, images, input, weights, bias, output, epilogue, team);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Forward<TileKernel256, TEpilogue>(shape, images, input, weights, bias, output, epilogue, team);
        }
        else
        {
            Forward<TileKernel128, TEpilogue>(shape, images, input, weights, bias, output, epilogue, team);
        }
    }

    /// <summary>Computes the gradient by the weights from that by the outputs.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="images">The number of images.</param>
    /// <param name="input">The images, with margins of at least the padding.</param>
    /// <param name="outputGradient">The gradient by the outputs.</param>
    /// <param name="weightGradient">Receives the gradient, laid out like the weights.</param>
    /// <param name="team">Shares the work.</param>
    /// <param name="accumulate">
    /// Whether the sums go on from what <paramref name="weightGradient"/> holds: a batch taken some images at a time, while these are in a near cache, gives
    /// the bits of the whole.
    /// </param>
    public static void BackwardWeights(
        ConvolutionShape shape, int images, in ImageView input, in ImageView outputGradient, float* weightGradient, WorkerTeam team, bool accumulate = false)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            BackwardWeights<TileKernel512>(shape, images, input, outputGradient, weightGradient, team, accumulate);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            BackwardWeights<TileKernel256>(shape, images, input, outputGradient, weightGradient, team, accumulate);
        }
        else
        {
            BackwardWeights<TileKernel128>(shape, images, input, outputGradient, weightGradient, team, accumulate);
        }
    }

    /// <summary>Computes the gradient by the inputs from that by the outputs.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="images">The number of images.</param>
    /// <param name="outputGradient">The gradient by the outputs, with margins of at least <see cref="ConvolutionShape.GradientMargin"/>.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="inputGradient">Receives the gradient of every pixel; not of the padding.</param>
    /// <param name="team">Shares the work.</param>
    public static void BackwardInput(
        ConvolutionShape shape, int images, in ImageView outputGradient, float* weights, in ImageView inputGradient, WorkerTeam team)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            BackwardInput<TileKernel512>(shape, images, outputGradient, weights, inputGradient, team);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            BackwardInput<TileKernel256>(shape, images, outputGradient, weights, inputGradient, team);
        }
        else
        {
            BackwardInput<TileKernel128>(shape, images, outputGradient, weights, inputGradient, team);
        }
    }

    /// <summary>The convolution with registers of a chosen width.</summary>
    internal static void Forward<TKernel, TEpilogue>(
        ConvolutionShape shape, int images, in ImageView input, float* weights, float* bias, in ImageView output, in TEpilogue epilogue, WorkerTeam team)
        where TKernel : struct, ITileKernel
        where TEpilogue : struct, IEpilogue
    {
        if (IsPlainProduct(shape, input, output))
        {
            Product<TEpilogue> product = new()
            {
                Left = Pixels(shape, images, input),
                Right = new MatrixView(weights, shape.Channels, shape.Filters),
                Start = bias,
                Result = output.Data,
                ResultRow = output.PixelStride,
                Epilogue = epilogue,
            };
            MatrixProduct.Multiply<TKernel, TEpilogue>(product, team);
            return;
        }

        Correlate<TKernel, TEpilogue>(Geometry(shape, images, input, weights, bias, output), epilogue, team);
    }

    /// <summary>The gradient by the weights with registers of a chosen width.</summary>
    internal static void BackwardWeights<TKernel>(
        ConvolutionShape shape, int images, in ImageView input, in ImageView outputGradient, float* weightGradient, WorkerTeam team, bool accumulate = false)
        where TKernel : struct, ITileKernel
    {
        if (IsPlainProduct(shape, input, outputGradient))
        {
            Product<NoEpilogue> product = new()
            {
                Left = Pixels(shape, images, input).Transposed,
                Right = new MatrixView(outputGradient.Data, shape.Height * shape.Width * images, shape.Filters, outputGradient.PixelStride, 1),
                Start = accumulate ? weightGradient : null,
                StartRow = shape.Filters,
                Result = weightGradient,
                ResultRow = shape.Filters,
            };
            MatrixProduct.Multiply<TKernel, NoEpilogue>(product, team);
            return;
        }

        Correlation correlation = Geometry(shape, images, input, weightGradient, null, outputGradient);
        correlation.TurnNarrowImages();
        if (shape.IsDepthwise)
        {
            DepthwiseWeightGradient depthwise = new(correlation, accumulate);
            team.Run(depthwise.Parts, ref depthwise);
        }
        else
        {
            SharedWeightGradient<TKernel> shared = new(correlation, accumulate, Workers(correlation, team), team);
            team.Run(shared.Parts, ref shared);
        }
    }

    /// <summary>The gradient by the inputs with registers of a chosen width.</summary>
    internal static void BackwardInput<TKernel>(
        ConvolutionShape shape, int images, in ImageView outputGradient, float* weights, in ImageView inputGradient, WorkerTeam team)
        where TKernel : struct, ITileKernel
    {
        if (IsPlainProduct(shape, inputGradient, outputGradient))
        {
            Product<NoEpilogue> product = new()
            {
                Left = new MatrixView(outputGradient.Data, shape.Height * shape.Width * images, shape.Filters, outputGradient.PixelStride, 1),
                Right = new MatrixView(weights, shape.Channels, shape.Filters).Transposed,
                Result = inputGradient.Data,
                ResultRow = inputGradient.PixelStride,
            };
            MatrixProduct.Multiply<TKernel, NoEpilogue>(product, team);
            return;
        }

        // With a stride of 2, even pixels met other kernel elements than odd ones: each phase is a correlation of its own, without any zeros in between.
        for (int phaseY = 0; phaseY < shape.StrideY; phaseY++)
        {
            TransposedTaps rows = new(shape.Height, shape.KernelHeight, shape.StrideY, shape.DilationY, shape.Padding.Top, phaseY);
            for (int phaseX = 0; phaseX < shape.StrideX; phaseX++)
            {
                TransposedTaps columns = new(shape.Width, shape.KernelWidth, shape.StrideX, shape.DilationX, shape.Padding.Left, phaseX);
                if (rows.Positions > 0 && columns.Positions > 0)
                {
                    Correlate<TKernel, NoEpilogue>(Geometry(shape, images, outputGradient, weights, inputGradient, rows, columns), default, team);
                }
            }
        }
    }

    private static void Correlate<TKernel, TEpilogue>(Correlation correlation, in TEpilogue epilogue, WorkerTeam team)
        where TKernel : struct, ITileKernel
        where TEpilogue : struct, IEpilogue
    {
        correlation.TurnNarrowImages();
        if (correlation.Depth == 1 && correlation.Columns == 1)
        {
            DepthwiseCorrelation<TEpilogue> depthwise = new(correlation, epilogue, Workers(correlation, team));
            team.Run(depthwise.Parts, ref depthwise);
            return;
        }

        bool fits = correlation.HasPlainWeights && correlation.Columns % ITileKernel.NarrowColumns == 0;
        int pixels = correlation.Images * correlation.Lines * correlation.Pixels;
        if (!fits || (correlation.WeightRow > TKernel.Columns && pixels >= FewestPixelsToPack))
        {
            correlation.Packed = team.SharedScratch(PackedWeights<TKernel>.Length(correlation));
            PackedWeights<TKernel> packing = new(correlation, correlation.Packed);
            team.Run(packing.Parts, ref packing);
        }

        SharedCorrelation<TKernel, TEpilogue> shared = new(correlation, epilogue, Workers(correlation, team));
        team.Run(shared.Parts, ref shared);
    }

    private static int Workers(in Correlation correlation, WorkerTeam team) => (int)Math.Clamp(correlation.Work / FewestPerThread, 1, team.Workers);

    private static bool IsPlainProduct(ConvolutionShape shape, in ImageView input, in ImageView output) =>
        shape.IsPointwise && input.IsDense(shape.Height, shape.Width) && output.IsDense(shape.Height, shape.Width);

    private static MatrixView Pixels(ConvolutionShape shape, int images, in ImageView input) =>
        new(input.Data, shape.Height * shape.Width * images, shape.Channels, input.PixelStride, 1);

    /// <summary>The convolution itself: output pixel (y, x) reads the patch that starts at pixel (y·stride - padding, x·stride - padding).</summary>
    private static Correlation Geometry(ConvolutionShape shape, int images, in ImageView input, float* weights, float* bias, in ImageView output) => new()
    {
        Input = input.From(-shape.Padding.Top, -shape.Padding.Left, 0).Data,
        InputImage = input.ImageStride,
        InputLine = shape.StrideY * input.RowStride,
        InputPixel = shape.StrideX * input.PixelStride,
        TapRows = shape.KernelHeight,
        TapColumns = shape.KernelWidth,
        TapRow = shape.DilationY * input.RowStride,
        TapColumn = shape.DilationX * input.PixelStride,
        Depth = shape.GroupChannels,
        Weights = weights,
        WeightTapRow = (nint)shape.KernelWidth * shape.GroupChannels * shape.Filters,
        WeightTapColumn = (nint)shape.GroupChannels * shape.Filters,
        WeightRow = shape.Filters,
        WeightColumn = 1,
        WeightGroup = shape.GroupFilters,
        Start = bias,
        Output = output.Data,
        OutputImage = output.ImageStride,
        OutputLine = output.RowStride,
        OutputPixel = output.PixelStride,
        Columns = shape.GroupFilters,
        Groups = shape.Groups,
        Images = images,
        Lines = shape.OutputHeight,
        Pixels = shape.OutputWidth,
    };

    /// <summary>One phase of the transposed convolution: the input's pixels of the phase read the gradient by the outputs that they had a part in.</summary>
    private static Correlation Geometry(
        ConvolutionShape shape,
        int images,
        in ImageView outputGradient,
        float* weights,
        in ImageView inputGradient,
        in TransposedTaps rows,
        in TransposedTaps columns)
    {
        nint weightTapRow = (nint)shape.KernelWidth * shape.GroupChannels * shape.Filters;
        nint weightTapColumn = (nint)shape.GroupChannels * shape.Filters;
        ImageView written = inputGradient.From(rows.FirstPosition, columns.FirstPosition, 0);
        return new()
        {
            Input = outputGradient.From(rows.FirstOutput, columns.FirstOutput, 0).Data,
            InputImage = outputGradient.ImageStride,
            InputLine = outputGradient.RowStride,
            InputPixel = outputGradient.PixelStride,
            TapRows = columns.Taps == 0 ? 0 : rows.Taps,
            TapColumns = rows.Taps == 0 ? 0 : columns.Taps,
            TapRow = rows.OutputStep * outputGradient.RowStride,
            TapColumn = columns.OutputStep * outputGradient.PixelStride,
            Depth = shape.GroupFilters,
            Weights = weights + rows.FirstTap * weightTapRow + columns.FirstTap * weightTapColumn,
            WeightTapRow = rows.TapStep * weightTapRow,
            WeightTapColumn = columns.TapStep * weightTapColumn,
            WeightRow = 1,
            WeightColumn = shape.Filters,
            WeightGroup = shape.GroupFilters,
            Output = written.Data,
            OutputImage = written.ImageStride,
            OutputLine = shape.StrideY * written.RowStride,
            OutputPixel = shape.StrideX * written.PixelStride,
            Columns = shape.GroupChannels,
            Groups = shape.Groups,
            Images = images,
            Lines = rows.Positions,
            Pixels = columns.Positions,
        };
    }
}
