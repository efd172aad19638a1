using Hillock.Activations.Random;
using Hillock.Networks.Numerics;

namespace Hillock.Networks.Tests.Numerics;

public class MatrixProductTests
{
    public static TheoryData<int, int, int> Shapes()
    {
        TheoryData<int, int, int> shapes = new()
        {
            { 0, 3, 4 }, { 3, 0, 4 }, { 3, 4, 0 }, { 32, 32, 64 }, { 32, 10, 32 }, { 128, 256, 784 }, { 65, 33, 513 }, { 40, 96, 300 }, { 17, 1, 257 }, { 200, 70, 40 }, { 3, 300, 20 }, { 30, 2100, 3 },
        };
        foreach (int rows in new[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 })
        {
            foreach (int columns in new[] { 1, 3, 4, 7, 8, 13, 15, 16, 17, 31, 32, 33, 47, 50 })
            {
                shapes.Add(rows, columns, 5);
            }
        }

        return shapes;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_shape_and_transposition_agrees_with_a_naive_product_in_double(int rows, int columns, int depth)
    {
        float[] left = Numbers(rows * depth, 1);
        float[] right = Numbers(depth * columns, 2);
        float[] before = Numbers(rows * columns, 3);
        for (int variant = 0; variant < 8; variant++)
        {
            bool transposeLeft = (variant & 1) != 0;
            bool transposeRight = (variant & 2) != 0;
            bool accumulate = (variant & 4) != 0;
            float[] result = [.. before];
            MatrixProduct.Multiply(left, transposeLeft, right, transposeRight, result, rows, columns, depth, accumulate);
            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j < columns; j++)
                {
                    double sum = accumulate ? before[i * columns + j] : 0;
                    double magnitude = Math.Abs(sum);
                    for (int k = 0; k < depth; k++)
                    {
                        double product = (double)(transposeLeft ? left[k * rows + i] : left[i * depth + k])
                            * (transposeRight ? right[j * depth + k] : right[k * columns + j]);
                        sum += product;
                        magnitude += Math.Abs(product);
                    }

                    // The a-priori bound of a chain of fused multiply-adds: one rounding of half an ulp for each term.
                    ((double)result[i * columns + j]).ShouldBe(sum, (depth + 1) * magnitude * 6e-8 + 1e-40, $"({i}, {j}), variant {variant}");
                }
            }
        }
    }

    [Fact]
    public void Every_element_is_one_chain_of_fused_multiply_adds_in_order()
    {
        const int rows = 9, columns = 21, depth = 700;
        float[] left = Numbers(rows * depth, 4);
        float[] right = Numbers(depth * columns, 5);
        float[] result = new float[rows * columns];
        MatrixProduct.Multiply(left, false, right, false, result, rows, columns, depth);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                float chain = 0;
                for (int k = 0; k < depth; k++)
                {
                    chain = MathF.FusedMultiplyAdd(left[i * depth + k], right[k * columns + j], chain);
                }

                result[i * columns + j].ShouldBe(chain);
            }
        }
    }

    [Theory]
    [InlineData(32, 64, 64)]
    [InlineData(13, 10, 300)]
    [InlineData(64, 50, 33)]
    [InlineData(23, 45, 70)]
    [InlineData(205, 131, 30)]
    public unsafe void All_register_widths_give_the_same_bits(int rows, int columns, int depth)
    {
        float[] left = Numbers(rows * depth, 6);
        float[] right = Numbers(depth * columns, 7);
        float[] bias = Numbers(columns, 8);
        float[][] results = [new float[rows * columns], new float[rows * columns], new float[rows * columns]];
        fixed (float* a = left, b = right, s = bias, c0 = results[0], c1 = results[1], c2 = results[2])
        {
            MatrixView leftView = new(a, rows, depth);
            MatrixView rightView = new MatrixView(b, columns, depth).Transposed;
            MatrixProduct.Multiply<TileKernel128, NoEpilogue>(Biased(leftView, rightView, s, c0), null);
            MatrixProduct.Multiply<TileKernel256, NoEpilogue>(Biased(leftView, rightView, s, c1), null);
            MatrixProduct.Multiply<TileKernel512, NoEpilogue>(Biased(leftView, rightView, s, c2), null);
        }

        results[1].ShouldBe(results[0]);
        results[2].ShouldBe(results[0]);
    }

    [Theory]
    [InlineData(300, 500, 90)]
    [InlineData(500, 70, 400)]
    [InlineData(129, 2100, 33)]
    [InlineData(7, 3000, 200)]
    [InlineData(3000, 5, 200)]
    public void Any_number_of_threads_gives_the_same_bits_and_the_epilogue_sees_every_element_once(int rows, int columns, int depth)
    {
        float[] left = Numbers(rows * depth, 6);
        float[] right = Numbers(depth * columns, 7);
        float[] bias = Numbers(columns, 8);
        float[] expected = new float[rows * columns];
        Product(left, right, bias, expected, rows, columns, depth, null);
        foreach (int workers in new[] { 1, 2, 5 })
        {
            using WorkerTeam team = new(workers);
            float[] result = new float[rows * columns];
            Product(left, right, bias, result, rows, columns, depth, team);
            result.ShouldBe(expected);
        }
    }

    /// <summary>Negates every element and marks its place: the number of times and the row and column that the epilogue was told.</summary>
    private static unsafe void Product(float[] left, float[] right, float[] bias, float[] result, int rows, int columns, int depth, WorkerTeam? team)
    {
        int stride = columns + 3;
        float[] wide = new float[rows * stride];
        int[] visits = new int[rows * columns];
        fixed (float* a = left, b = right, s = bias, c = wide)
        {
            MatrixProduct.Multiply(
                new MatrixView(a, rows, depth), new MatrixView(b, depth, columns), s, 0, c, stride, new Marking(visits, columns), team);
        }

        visits.ShouldAllBe(v => v == 1);
        for (int row = 0; row < rows; row++)
        {
            wide.AsSpan(row * stride, columns).CopyTo(result.AsSpan(row * columns));
            wide.AsSpan(row * stride + columns, 3).ToArray().ShouldAllBe(x => x == 0);
        }

        float chain = bias[1];
        for (int k = 0; k < depth; k++)
        {
            chain = MathF.FusedMultiplyAdd(left[k], right[k * columns + 1], chain);
        }

        result[1].ShouldBe(-chain);
    }

    private readonly unsafe struct Marking(int[] visits, int columns) : IEpilogue
    {
        public void Apply(float* block, int rows, int count, nint rowStride, int firstRow, int firstColumn)
        {
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < count; column++)
                {
                    block[row * rowStride + column] *= -1;
                    Interlocked.Increment(ref visits[(firstRow + row) * columns + firstColumn + column]);
                }
            }
        }
    }

    [Fact]
    public unsafe void Products_of_a_team_allocate_nothing()
    {
        const int size = 150;
        float[] left = Numbers(size * size, 1);
        float[] result = new float[size * size];
        using WorkerTeam team = new(2);
        MatrixProduct.Multiply(left, true, left, true, result, size, size, size, team: team);
        MatrixProduct.Multiply(left, true, left, true, result, size, size, size, team: team);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 50; i++)
        {
            MatrixProduct.Multiply(left, true, left, true, result, size, size, size, team: team);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Infinity_and_NaN_stay_in_their_rows_and_columns()
    {
        const int size = 10;
        float[] left = Numbers(size * size, 9);
        float[] right = Numbers(size * size, 10);
        left[3 * size] = float.NaN;
        right[7] = float.PositiveInfinity;
        float[] result = new float[size * size];
        MatrixProduct.Multiply(left, false, right, false, result, size, size, size);
        for (int i = 0; i < result.Length; i++)
        {
            float.IsFinite(result[i]).ShouldBe(i / size != 3 && i % size != 7);
        }
    }

    [Fact]
    public void Wrong_lengths_and_overlaps_are_refused()
    {
        float[] six = new float[6];
        Should.Throw<ArgumentException>(() => MatrixProduct.Multiply(six, false, six, false, new float[4], 2, 2, 2)).Message.ShouldContain("2 × 2");
        Should.Throw<ArgumentException>(() => MatrixProduct.Multiply(six, false, six, false, new float[5], 2, 2, 3));
        Should.Throw<ArgumentException>(() => MatrixProduct.Multiply(six, false, new float[9], false, six, 2, 3, 3));
        Should.Throw<ArgumentOutOfRangeException>(() => MatrixProduct.Multiply([], false, [], false, [], -1, 0, 0));
    }

    private static unsafe Product<NoEpilogue> Biased(in MatrixView left, in MatrixView right, float* bias, float* result) =>
        new() { Left = left, Right = right, Start = bias, Result = result, ResultRow = right.Columns };

    private static float[] Numbers(int count, long stream)
    {
        float[] numbers = new float[count];
        new RandomStream(RandomKey.FromSeed(1).Derive(stream)).FillUniform(numbers, -1, 1);
        return numbers;
    }
}
