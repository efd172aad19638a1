using Hillock.Activations.Catalogue;
using Hillock.Activations.Random;

namespace Hillock.Activations.Tests.Random;

/// <summary>What random parameters make of an activation in training is distributed as the papers say.</summary>
public class DistributionTests
{
    private const int Count = 100_000;

    /// <summary>With fixed seeds a test passes or fails for good; a p-value below this is no accident.</summary>
    private const double LeastProbability = 1e-3;

    // At x = -1 the randomised leaky rectifiers give minus the slope, and minus the inverse of the divisor.
    [Theory]
    [InlineData("rrelu", 1)]
    [InlineData("rrelu", 2)]
    public void Rrelu_has_uniform_slopes(string name, ulong seed)
    {
        double[] slopes = [.. Outputs(name, -1, seed).Select(y => -(double)y)];
        Moments(slopes, (1 / 8.0 + (1 / 3.0)) / 2, Math.Pow((1 / 3.0) - (1 / 8.0), 2) / 12);
        Kolmogorov(slopes, v => (v - (1 / 8.0)) / ((1 / 3.0) - (1 / 8.0))).ShouldBeGreaterThan(LeastProbability);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_papers_rrelu_has_uniform_divisors(ulong seed)
    {
        double[] outputs = [.. Outputs("rrelu_paper", -1, seed).Select(y => (double)y)];
        Moments(outputs, -Math.Log(8 / 3.0) / 5, (1 / 24.0) - Math.Pow(Math.Log(8 / 3.0) / 5, 2));
        double[] divisors = [.. outputs.Select(y => -1 / y)];
        Moments(divisors, 5.5, 25 / 12.0);
        Kolmogorov(divisors, v => (v - 3) / 5).ShouldBeGreaterThan(LeastProbability);
    }

    // max(0, x + √σ(x)·N(0, 1)): normal where positive, and 0 with the probability Φ(-x/√σ(x)). Expectations of rectified normals: Frey & Hinton 1999.
    [Theory]
    [InlineData(0.0, 1)]
    [InlineData(1.5, 2)]
    [InlineData(-1.0, 3)]
    [InlineData(20.0, 4)]
    public void Noisy_relu_is_a_rectified_normal(double x, ulong seed)
    {
        double deviation = Math.Sqrt(1 / (1 + Math.Exp(-x)));
        double below = Phi(-x / deviation);
        double density = Math.Exp(-0.5 * x * x / (deviation * deviation)) / Math.Sqrt(2 * Math.PI);
        double mean = (x * (1 - below)) + (deviation * density);
        double square = (((x * x) + (deviation * deviation)) * (1 - below)) + (x * deviation * density);
        double[] outputs = [.. Outputs("noisy_relu", (float)x, seed).Select(y => (double)y)];
        outputs.Min().ShouldBeGreaterThanOrEqualTo(0);
        Moments(outputs, mean, square - (mean * mean));
        outputs.Average(y => y == 0 ? 1.0 : 0).ShouldBe(below, 5 * Math.Sqrt((below * (1 - below) / Count) + 1e-12));

        double[] positive = [.. outputs.Where(y => y > 0)];
        Kolmogorov(positive, v => (Phi((v - x) / deviation) - below) / (1 - below)).ShouldBeGreaterThan(LeastProbability);
    }

    [Fact]
    public void The_draws_of_parameters_are_uniform_and_normal()
    {
        float[] draws = new float[Count];
        new RandomStream(RandomKey.FromSeed(11)).FillUniform(draws, -2, 3);
        double[] uniform = [.. draws.Select(v => (double)v)];
        uniform.ShouldAllBe(v => v >= -2 && v <= 3);
        Moments(uniform, 0.5, 25 / 12.0);
        Kolmogorov(uniform, v => (v + 2) / 5).ShouldBeGreaterThan(LeastProbability);

        new RandomStream(RandomKey.FromSeed(12)).FillNormal(draws, 1, 2);
        double[] normal = [.. draws.Select(v => (double)v)];
        Moments(normal, 1, 4);
        Kolmogorov(normal, v => Phi((v - 1) / 2)).ShouldBeGreaterThan(LeastProbability);
    }

    /// <summary>The test itself: it tells a distribution from its neighbour.</summary>
    [Fact]
    public void The_test_of_distributions_finds_what_is_off_by_a_little()
    {
        double[] even = [.. Enumerable.Range(0, Count).Select(i => (i + 0.5) / Count)];
        Kolmogorov(even, v => v).ShouldBeGreaterThan(0.999);
        Kolmogorov(even, v => v * v).ShouldBeLessThan(1e-10);
        Kolmogorov([.. even.Select(v => 0.01 + (0.99 * v))], v => v).ShouldBeLessThan(1e-3);

        // Percentage points of the limiting distribution (Smirnov 1948): 1.3581 is exceeded in 5 %, 1.6276 in 1 % of all cases.
        Exceedance(1.3581).ShouldBe(0.05, 1e-4);
        Exceedance(1.6276).ShouldBe(0.01, 1e-4);
    }

    [Theory]
    [InlineData("rrelu")]
    [InlineData("rrelu_paper")]
    [InlineData("noisy_relu")]
    public void Evaluation_is_deterministic_and_draws_do_not_depend_on_threads(string name)
    {
        Activation activation = Activation.Parse(name);
        const int length = (1 << 20) + 17;
        float[] x = [.. Enumerable.Range(0, length).Select(i => ((i % 1601) * 0.005f) - 4)];
        float[] first = new float[length];
        float[] second = new float[length];
        activation.Evaluate(x, first);
        activation.Evaluate(x, second);
        second.AsSpan().SequenceEqual(first).ShouldBeTrue();

        float[] draws = Draws(activation, length, 7);
        Draws(activation, length, 7).AsSpan().SequenceEqual(draws).ShouldBeTrue();
        Draws(activation, length, 8).AsSpan().SequenceEqual(draws).ShouldBeFalse();
        activation.Definition.Forward(x, first, length, new ActivationArguments<float>(draws), threads: 1);
        foreach (int threads in new[] { 2, 5 })
        {
            activation.Definition.Forward(x, second, length, new ActivationArguments<float>(draws), threads);
            second.AsSpan().SequenceEqual(first).ShouldBeTrue($"{name} on {threads} threads");
        }
    }

    private static float[] Outputs(string name, float x, ulong seed)
    {
        Activation activation = Activation.Parse(name);
        float[] input = new float[Count];
        Array.Fill(input, x);
        float[] output = new float[Count];
        activation.Definition.Forward(input, output, Count, new ActivationArguments<float>(Draws(activation, Count, seed)));
        return output;
    }

    private static float[] Draws(Activation activation, int count, ulong seed)
    {
        float[] draws = new float[count];
        RandomStream stream = new(RandomKey.FromSeed(seed).Derive("parameters"));
        switch (activation.Modes.ShouldHaveSingleItem())
        {
            case ParameterMode.Random uniform:
                stream.FillUniform(draws, (float)uniform.Lower, (float)uniform.Upper);
                break;
            case ParameterMode.Normal normal:
                stream.FillNormal(draws, normal.Mean, normal.Deviation);
                break;
        }

        return draws;
    }

    /// <summary>Mean and variance within five standard errors.</summary>
    private static void Moments(double[] values, double mean, double variance)
    {
        double found = values.Average();
        found.ShouldBe(mean, 5 * Math.Sqrt(variance / values.Length));
        double fourth = values.Average(v => Math.Pow(v - found, 4));
        values.Average(v => Math.Pow(v - found, 2)).ShouldBe(variance, (5 * Math.Sqrt((fourth - (variance * variance)) / values.Length)) + 1e-9);
    }

    /// <summary>The p-value of the greatest distance between the empirical distribution and a given one (Kolmogorov 1933), in the limit of many values.</summary>
    private static double Kolmogorov(double[] values, Func<double, double> distribution)
    {
        double[] sorted = [.. values.Order()];
        double greatest = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            double probability = distribution(sorted[i]);
            greatest = Math.Max(greatest, Math.Max(((i + 1.0) / sorted.Length) - probability, probability - ((double)i / sorted.Length)));
        }

        return Exceedance(greatest * Math.Sqrt(sorted.Length));
    }

    private static double Exceedance(double t) =>
        t < 0.2 ? 1 : Math.Clamp(2 * Enumerable.Range(1, 100).Sum(k => (k % 2 == 1 ? 1 : -1) * Math.Exp(-2.0 * k * k * t * t)), 0, 1);

    /// <summary>Φ by the integral of its density: Simpson's rule on steps of 1/256.</summary>
    private static double Phi(double x)
    {
        double end = Math.Clamp(x, -9, 9);
        const int steps = 2304;
        double step = end / steps;
        double sum = 1 + Density(end);
        for (int i = 1; i < steps; i++)
        {
            sum += (i % 2 == 1 ? 4 : 2) * Density(i * step);
        }

        return 0.5 + (sum * step / 3 / Math.Sqrt(2 * Math.PI));

        static double Density(double at) => Math.Exp(-0.5 * at * at);
    }
}
