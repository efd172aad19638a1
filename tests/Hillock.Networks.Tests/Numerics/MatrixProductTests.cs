using Hillock.Activations.Random;
using Hillock.Networks.Numerics;

namespace Hillock.Networks.Tests.Numerics;

public class MatrixProductTests
{
    public static TheoryData<int, int, int> Shapes()
    {
        TheoryData<int, int, int> shapes = new()
        {
            { 0, 3, 4 }, { 3, 0, 4 }, { 3, 4, 0 }, { 32, 32, 64 }, { 32, 10, 32 }, { 128, 256, 784 }, { 65, 33, 513 }, { 40, 96, 300 }, { 17, 1, 257 },
        };
        foreach (int rows in new[] { 1, 7, 8, 9 })
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
            MatrixProduct.Multiply<TileKernel128>(leftView, rightView, s, 0, c0);
            MatrixProduct.Multiply<TileKernel256>(leftView, rightView, s, 0, c1);
            MatrixProduct.Multiply<TileKernel512>(leftView, rightView, s, 0, c2);
        }

        results[1].ShouldBe(results[0]);
        results[2].ShouldBe(results[0]);
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

    private static float[] Numbers(int count, long stream)
    {
        float[] numbers = new float[count];
        new RandomStream(RandomKey.FromSeed(1).Derive(stream)).FillUniform(numbers, -1, 1);
        return numbers;
    }
}
