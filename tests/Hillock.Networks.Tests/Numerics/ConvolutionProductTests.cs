using FsCheck;
using FsCheck.Fluent;
using Hillock.Networks.Numerics;

namespace Hillock.Networks.Tests.Numerics;

public class ConvolutionProductTests
{
    private static readonly Margin One = new(1, 1, 1, 1);
    private static readonly Margin Two = new(2, 2, 2, 2);

    public static TheoryData<int> Examples() => [.. Enumerable.Range(0, Shapes.Length)];

    /// <summary>The kinds of convolution in the field, small; images and shape.</summary>
    private static readonly (int Images, ConvolutionShape Shape)[] Shapes =
    [
        (1, Square(32, 3, 32, 5) with { Padding = Two }),
        (1, Square(16, 32, 32, 5) with { Padding = Two }),
        (2, Square(8, 32, 64, 5) with { Padding = Two }),
        (2, Square(27, 2, 5, 3) with { Padding = One }),
        (2, Square(13, 4, 17, 3) with { Padding = One }),
        (5, Square(1, 6, 7, 1)),
        (5, Square(5, 6, 7, 5)),
        (2, Square(6, 70, 33, 1)),
        (2, Square(7, 5, 12, 1) with { Groups = 1, Padding = One }),
        (2, Square(9, 3, 4, 3) with { StrideY = 2, StrideX = 2, Padding = One }),
        (2, Square(12, 3, 4, 1) with { StrideY = 2, StrideX = 3 }),
        (1, Square(35, 3, 8, 11) with { StrideY = 4, StrideX = 4, Padding = Two }),
        (2, Square(11, 3, 4, 3) with { DilationY = 2, DilationX = 3, Padding = new Margin(2, 3, 2, 3) }),
        (2, Square(14, 3, 4, 4) with { DilationY = 2, DilationX = 3, StrideY = 2, StrideX = 2, Padding = new Margin(0, 1, 3, 2) }),
        (2, Square(8, 6, 9, 3) with { Groups = 3, Padding = One }),
        (2, Square(8, 8, 64, 3) with { Groups = 2, Padding = One, StrideX = 2 }),
        (2, Square(9, 37, 37, 3) with { Groups = 37, Padding = One }),
        (2, Square(9, 45, 45, 3) with { Groups = 45, Padding = One, StrideY = 2, StrideX = 2, DilationY = 2 }),
        (2, Square(7, 5, 15, 3) with { Groups = 5, Padding = One }),
        (3, Square(50, 8, 16, 7) with { Height = 1, KernelHeight = 1, Padding = new Margin(0, 3, 0, 3) }),
        (3, Square(40, 8, 16, 5) with { Width = 1, KernelWidth = 1, StrideY = 2 }),
        (2, Square(4, 2, 3, 3) with { Padding = new Margin(4, 5, 3, 4) }),
        (1, Square(3, 500, 20, 2)),
    ];

    [Theory]
    [MemberData(nameof(Examples))]
    public void The_kinds_of_the_field_agree_with_loops_over_doubles(int example)
    {
        (int images, ConvolutionShape shape) = Shapes[example];
        new ConvolutionTrial(shape, images).Check();
        new ConvolutionTrial(shape, images, new Margin(1, 2, 3, 0)).Check();
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void All_register_widths_give_the_same_bits(int example)
    {
        (int images, ConvolutionShape shape) = Shapes[example];
        ConvolutionTrial trial = new(shape, images);
        using WorkerTeam team = new(1);
        float[] forward = trial.Forward<TileKernel512>(team);
        float[] weights = trial.BackwardWeights<TileKernel512>(team);
        float[] input = trial.BackwardInput<TileKernel512>(team);
        trial.Forward<TileKernel256>(team).ShouldBe(forward);
        trial.BackwardWeights<TileKernel256>(team).ShouldBe(weights);
        trial.BackwardInput<TileKernel256>(team).ShouldBe(input);
        trial.Forward<TileKernel128>(team).ShouldBe(forward);
        trial.BackwardWeights<TileKernel128>(team).ShouldBe(weights);
        trial.BackwardInput<TileKernel128>(team).ShouldBe(input);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Images_one_at_a_time_give_the_weights_the_same_gradient_and_nothing_is_allocated(int example)
    {
        (int images, ConvolutionShape shape) = Shapes[example];
        ConvolutionTrial trial = new(shape, images);
        using WorkerTeam team = new(2);
        trial.BackwardWeightsByImage(team).ShouldBe(trial.BackwardWeights<TileKernel512>(team));
        trial.AllocatedBytes(team).ShouldBe(0);
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        (int, ConvolutionShape)[] shapes =
        [
            (1, Square(16, 32, 48, 5) with { Padding = Two }),
            (12, Square(20, 16, 40, 3) with { StrideY = 2, StrideX = 2, Padding = One }),
            (3, Square(16, 64, 64, 3) with { Groups = 4, Padding = One }),
            (40, Square(20, 40, 40, 3) with { Groups = 40, Padding = One }),
            (10, Square(20, 40, 40, 1)),
        ];
        foreach ((int images, ConvolutionShape shape) in shapes)
        {
            ConvolutionTrial trial = new(shape, images);
            using WorkerTeam one = new(1);
            float[] forward = trial.Forward<TileKernel512>(one);
            float[] weights = trial.BackwardWeights<TileKernel512>(one);
            float[] input = trial.BackwardInput<TileKernel512>(one);
            foreach (int workers in new[] { 2, 5 })
            {
                using WorkerTeam team = new(workers);
                trial.Forward<TileKernel512>(team).ShouldBe(forward);
                trial.BackwardWeights<TileKernel512>(team).ShouldBe(weights);
                trial.BackwardInput<TileKernel512>(team).ShouldBe(input);
            }
        }
    }

    [Fact]
    public void Any_shape_agrees_with_loops_over_doubles() => Prop.ForAll(AnyShape().ToArbitrary(), example =>
    {
        new ConvolutionTrial(example.Shape, example.Images, new Margin(0, 1, 0, 0)).Check();
        return true;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    private static Gen<(int Images, ConvolutionShape Shape)> AnyShape() =>
        from groups in Gen.Elements(1, 1, 2, 3)
        from groupChannels in Gen.Elements(1, 2, 3, 5)
        from groupFilters in Gen.Elements(1, 2, 4, 7, 16, 34)
        from height in Gen.Choose(1, 9)
        from width in Gen.Choose(1, 30)
        from kernelHeight in Gen.Choose(1, 4)
        from kernelWidth in Gen.Choose(1, 4)
        from strideY in Gen.Choose(1, 3)
        from strideX in Gen.Choose(1, 3)
        from dilationY in Gen.Choose(1, 2)
        from dilationX in Gen.Choose(1, 3)
        from top in Gen.Choose(0, 3)
        from left in Gen.Choose(0, 3)
        from bottom in Gen.Choose(0, 3)
        from right in Gen.Choose(0, 3)
        from images in Gen.Choose(1, 3)
        let shape = new ConvolutionShape
        {
            Height = Math.Max(height, dilationY * (kernelHeight - 1) + 1),
            Width = Math.Max(width, dilationX * (kernelWidth - 1) + 1),
            Channels = groups * groupChannels,
            Filters = groups * groupFilters,
            KernelHeight = kernelHeight,
            KernelWidth = kernelWidth,
            StrideY = strideY,
            StrideX = strideX,
            DilationY = dilationY,
            DilationX = dilationX,
            Groups = groups,
            Padding = new Margin(top, left, bottom, right),
        }
        select (images, shape);

    private static ConvolutionShape Square(int size, int channels, int filters, int kernel) =>
        new() { Height = size, Width = size, Channels = channels, Filters = filters, KernelHeight = kernel, KernelWidth = kernel };
}
