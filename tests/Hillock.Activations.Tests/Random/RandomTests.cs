using Hillock.Activations.Random;

namespace Hillock.Activations.Tests.Random;

public class RandomTests
{
    // The known-answer tests that come with Random123 (kat_vectors, philox4x32 10).
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(~0u, ~0u, ~0u, ~0u, ~0u, ~0u, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Philox_gives_the_published_vectors(
        uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint r0, uint r1, uint r2, uint r3)
    {
        Philox.Generate(new Philox.Block(c0, c1, c2, c3), k0 | ((ulong)k1 << 32)).ShouldBe(new Philox.Block(r0, r1, r2, r3));
    }

    [Fact]
    public void FilledNormalsAreShiftedAndScaledDraws()
    {
        float[] filled = new float[20000];
        new RandomStream(RandomKey.FromSeed(5)).FillNormal(filled, 3, 0.5);
        RandomStream again = new(RandomKey.FromSeed(5));
        filled.ShouldAllBe(value => value == (float)Math.FusedMultiplyAdd(0.5, again.NextNormal(), 3));
        double mean = filled.Average(v => (double)v);
        mean.ShouldBe(3, 4 * 0.5 / Math.Sqrt(filled.Length));
        filled.Average(v => (v - mean) * (v - mean)).ShouldBe(0.25, 4 * 0.25 * Math.Sqrt(2.0 / filled.Length));
    }

    [Fact]
    public void A_stream_is_philox_over_the_counters()
    {
        RandomStream stream = new(RandomKey.FromSeed(0));
        stream.NextUInt32().ShouldBe(0x6627e8d5u);
        stream.NextUInt32().ShouldBe(0xe169c58du);
        stream.NextUInt32().ShouldBe(0xbc57ac4cu);
        stream.NextUInt32().ShouldBe(0x9b00dbd8u);
        stream.NextUInt32().ShouldBe(Philox.Generate(new Philox.Block(1, 0, 0, 0), 0).Word0);
    }

    [Fact]
    public void Derived_keys_differ_by_purpose_and_number_and_do_not_depend_on_the_order_of_asking()
    {
        RandomKey root = RandomKey.FromSeed(7);
        RandomKey[] keys =
        [
            root, root.Derive(""), root.Derive("weights"), root.Derive("weights "), root.Derive("weights\0"), root.Derive("weightsweights"),
            root.Derive("batches"), root.Derive(0), root.Derive(1), root.Derive(-1), root.Derive(1).Derive(0), root.Derive(0).Derive(1),
            RandomKey.FromSeed(8).Derive("weights"),
        ];
        keys.Distinct().Count().ShouldBe(keys.Length);
        root.Derive("weights").ShouldBe(RandomKey.FromSeed(7).Derive("weights"));
        Should.Throw<ArgumentNullException>(() => root.Derive(null!));
    }

    [Fact]
    public void Derivation_is_one_philox_block_by_the_documented_counters()
    {
        Philox.Block block = Philox.Generate(new Philox.Block(5, 0, 0, 1), 3);
        RandomKey.FromSeed(3).Derive(5).Value.ShouldBe(block.Word0 | ((ulong)block.Word1 << 32));
    }

    // Percentage points from tables, and scipy.stats.norm.ppf for the far tail.
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.75, 0.6744897501960817)]
    [InlineData(0.9, 1.2815515655446004)]
    [InlineData(0.975, 1.9599639845400545)]
    [InlineData(0.99, 2.3263478740408408)]
    [InlineData(0.999, 3.090232306167813)]
    [InlineData(1e-10, -6.361340902404056)]
    [InlineData(1e-15, -7.941345326170998)]
    public void Normal_quantiles_agree_with_tables(double probability, double expected)
    {
        NormalQuantile.Of(probability).ShouldBe(expected, 4e-15 * Math.Max(1, Math.Abs(expected)));
        if (probability > 1e-9)
        {
            NormalQuantile.Of(1 - probability).ShouldBe(-expected, 1e-14 * Math.Max(1, Math.Abs(expected)));
        }
    }

    [Fact]
    public void The_logarithm_agrees_with_the_runtimes()
    {
        for (double x = 1e-300; x < 1e300; x *= 1.37)
        {
            NormalQuantile.Log(x).ShouldBe(Math.Log(x), 4e-16 * Math.Max(1, Math.Abs(Math.Log(x))));
        }
    }

    [Fact]
    public void Normal_numbers_have_the_moments_of_the_normal_distribution()
    {
        const int count = 200_000;
        RandomStream stream = new(RandomKey.FromSeed(1).Derive("normal"));
        double[] moments = new double[5];
        for (int i = 0; i < count; i++)
        {
            double x = stream.NextNormal();
            double power = 1;
            for (int k = 1; k <= 4; k++)
            {
                moments[k] += (power *= x) / count;
            }
        }

        // Five standard errors: the variances of x, x², x³ and x⁴ are 1, 2, 15 and 96.
        double scale = 5 / Math.Sqrt(count);
        moments[1].ShouldBe(0, scale);
        moments[2].ShouldBe(1, scale * Math.Sqrt(2));
        moments[3].ShouldBe(0, scale * Math.Sqrt(15));
        moments[4].ShouldBe(3, scale * Math.Sqrt(96));
    }

    [Fact]
    public void Uniform_numbers_fill_their_range_evenly()
    {
        float[] values = new float[100_000];
        new RandomStream(RandomKey.FromSeed(2)).FillUniform(values, -1, 3);
        values.Min().ShouldBeGreaterThanOrEqualTo(-1);
        values.Max().ShouldBeLessThan(3);

        // Chi-square over 16 cells with 15 degrees of freedom: 44.3 is exceeded once in 10,000.
        double expected = values.Length / 16.0;
        double chi = values.GroupBy(x => (int)((x + 1) * 4)).Sum(cell => (cell.Count() - expected) * (cell.Count() - expected) / expected);
        chi.ShouldBeLessThan(44.3);
    }

    [Fact]
    public void The_upper_bound_is_never_drawn_even_where_rounding_would_reach_it()
    {
        float[] values = new float[10_000];
        float upper = MathF.BitIncrement(MathF.BitIncrement(1f));
        new RandomStream(RandomKey.FromSeed(3)).FillUniform(values, 1, upper);
        values.ShouldAllBe(x => x >= 1 && x < upper);
        new RandomStream(RandomKey.FromSeed(3)).FillUniform(values, 2, 2);
        values.ShouldAllBe(x => x == 2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Filling_a_span_gives_the_numbers_of_single_draws(int drawnBefore)
    {
        RandomStream filled = new(RandomKey.FromSeed(4));
        RandomStream drawn = new(RandomKey.FromSeed(4));
        for (int i = 0; i < drawnBefore; i++)
        {
            filled.NextUInt32().ShouldBe(drawn.NextUInt32());
        }

        float[] values = new float[103];
        filled.FillUniform(values, -0.5f, 0.25f);
        values.ShouldAllBe(x => x == MathF.FusedMultiplyAdd(0.75f, drawn.NextSingle(), -0.5f));
        filled.NextUInt32().ShouldBe(drawn.NextUInt32());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(1_610_612_736)] // three quarters of 2^31: a plain remainder would give the lower part too often
    public void Whole_numbers_are_drawn_without_bias(int maximum)
    {
        RandomStream stream = new(RandomKey.FromSeed(5));
        const int count = 60_000;
        int[] cells = new int[Math.Min(maximum, 12)];
        for (int i = 0; i < count; i++)
        {
            int value = stream.NextInt32(maximum);
            value.ShouldBeInRange(0, maximum - 1);
            cells[(int)((long)value * cells.Length / maximum)]++;
        }

        double expected = (double)count / cells.Length;
        cells.Sum(cell => (cell - expected) * (cell - expected) / expected).ShouldBeLessThan(40);
    }

    [Fact]
    public void Shuffling_gives_every_order_equally_often()
    {
        RandomStream stream = new(RandomKey.FromSeed(6));
        Dictionary<int, int> counts = [];
        for (int i = 0; i < 24_000; i++)
        {
            int[] items = [1, 2, 3, 4];
            stream.Shuffle(items);
            int order = items[0] * 1000 + items[1] * 100 + items[2] * 10 + items[3];
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        // 23 degrees of freedom: 58 is exceeded less than once in 10,000.
        counts.Count.ShouldBe(24);
        counts.Values.Sum(count => (count - 1000) * (count - 1000) / 1000.0).ShouldBeLessThan(58);
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        RandomStream stream = new(RandomKey.FromSeed(0));
        Should.Throw<ArgumentOutOfRangeException>(() => stream.NextInt32(0));
        Should.Throw<ArgumentOutOfRangeException>(() => stream.FillUniform(new float[1], 2, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => stream.FillUniform(new float[1], float.NaN, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => stream.FillUniform(new float[1], 0, float.PositiveInfinity));
    }
}
