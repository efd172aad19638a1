namespace Hillock.Cli.Drawing;

/// <summary>Maps values to positions along an axis, linearly or by their logarithm, and chooses round numbers for its ticks.</summary>
internal sealed class Scale
{
    private readonly double minimum;
    private readonly double maximum;
    private readonly double start;
    private readonly double length;

    private readonly double leastStep;

    private Scale(double minimum, double maximum, double start, double end, bool logarithmic, double leastStep = 0)
    {
        this.leastStep = leastStep;
        IsLogarithmic = logarithmic;
        this.minimum = logarithmic ? Math.Log10(minimum) : minimum;
        this.maximum = logarithmic ? Math.Log10(maximum) : maximum;
        this.start = start;
        length = end - start;
        Minimum = minimum;
        Maximum = maximum;
    }

    /// <summary>The least value shown.</summary>
    public double Minimum { get; }

    /// <summary>The greatest value shown.</summary>
    public double Maximum { get; }

    /// <summary>Whether equal steps are equal ratios.</summary>
    public bool IsLogarithmic { get; }

    /// <summary>Equal steps are equal differences.</summary>
    /// <param name="minimum">The value at <paramref name="start"/>.</param>
    /// <param name="maximum">The value at <paramref name="end"/>; a range of no width is widened.</param>
    /// <param name="start">The position of the minimum.</param>
    /// <param name="end">The position of the maximum; may be less than <paramref name="start"/>, as upwards on a page.</param>
    /// <param name="leastStep">Ticks are no nearer to each other: 1 where only whole numbers mean anything.</param>
    public static Scale Linear(double minimum, double maximum, double start, double end, double leastStep = 0)
    {
        double margin = maximum > minimum ? 0 : Math.Max(Math.Abs(minimum) * 0.01, 1e-6);
        return new Scale(minimum - margin, maximum + margin, start, end, logarithmic: false, leastStep);
    }

    /// <summary>Equal steps are equal ratios, as far as values go and a little further.</summary>
    /// <param name="minimum">A value above 0 that must be on the axis.</param>
    /// <param name="maximum">The greatest value that must be on the axis; a range of hardly any width is widened.</param>
    /// <param name="start">The position of the minimum.</param>
    /// <param name="end">The position of the maximum.</param>
    public static Scale Logarithmic(double minimum, double maximum, double start, double end)
    {
        double margin = Math.Pow(Math.Max(maximum / minimum, 1.5), 0.05);
        return new Scale(minimum / margin, maximum * margin, start, end, logarithmic: true);
    }

    /// <summary>Equal steps are equal ratios, from a power of ten to a power of ten: for bars, whose length begins at a round value.</summary>
    /// <param name="minimum">A value above 0 that must be on the axis.</param>
    /// <param name="maximum">The greatest value that must be on the axis.</param>
    /// <param name="start">The position of the minimum.</param>
    /// <param name="end">The position of the maximum.</param>
    public static Scale Decades(double minimum, double maximum, double start, double end)
    {
        double low = Math.Floor(Math.Log10(minimum) + 1e-9);
        double high = Math.Max(low + 1, Math.Ceiling(Math.Log10(maximum) - 1e-9));
        return new Scale(Math.Pow(10, low), Math.Pow(10, high), start, end, logarithmic: true);
    }

    /// <summary>The position of a value; values off the axis stay at its end.</summary>
    public double At(double value) => start + (length * Math.Clamp(Share(value), 0, 1));

    /// <summary>The position of a value, on the axis or off it (but not out of sight of any page), for what a frame will cut.</summary>
    public double Beyond(double value) => start + (length * Math.Clamp(Share(value), -10, 10));

    /// <summary>
    /// Round values to mark, about <paramref name="wanted"/> of them, each with a step of 1, 2 or 5 times a power of ten (Heckbert 1990); of a logarithmic axis powers
    /// of ten, between them their multiples where there are few, and where it is shorter than that, again those in even steps.
    /// </summary>
    public IReadOnlyList<double> Ticks(int wanted)
    {
        if (!IsLogarithmic)
        {
            return Even(wanted);
        }

        List<double> fine = Multiples([1, 2, 5]);
        if (fine.Count <= wanted + 1)
        {
            return fine.Count >= 3 ? fine : Even(wanted);
        }

        List<double> coarse = Multiples([1, 3]);
        List<double> ticks = coarse.Count <= wanted + 1 ? coarse : Multiples([1]);
        int every = (ticks.Count + wanted) / (wanted + 1);
        return [.. ticks.Where((_, i) => i % every == 0)];
    }

    private List<double> Even(int wanted)
    {
        List<double> ticks = [];
        double step = Step(wanted);
        for (double i = Math.Ceiling((Minimum / step) - 1e-9); i * step <= Maximum + (1e-9 * step); i++)
        {
            ticks.Add(i * step);
        }

        return ticks;
    }

    /// <summary>The multiples of powers of ten that are on a logarithmic axis.</summary>
    private List<double> Multiples(double[] factors)
    {
        List<double> ticks = [];
        for (int decade = (int)Math.Floor(minimum); decade <= maximum + 1e-9; decade++)
        {
            ticks.AddRange(factors.Select(factor => factor * Math.Pow(10, decade)).Where(tick => Share(tick) is > -1e-9 and < 1 + 1e-9));
        }

        return ticks;
    }

    /// <summary>A tick's value with as many digits as its neighbours need to differ.</summary>
    public string Label(double tick, int wanted)
    {
        if (IsLogarithmic)
        {
            return tick is >= 0.001 and <= 10000 ? tick.ToString("0.####") : tick.ToString("0.###e0");
        }

        int digits = Math.Clamp((int)-Math.Floor(Math.Log10(Step(wanted)) + 1e-9), 0, 10);
        string text = Math.Max(Math.Abs(minimum), Math.Abs(maximum)) < 1e7 || tick == 0 ? Math.Abs(tick).ToString("F" + digits) : Math.Abs(tick).ToString("0.###e0");
        return tick < -1e-12 ? "\u2212" + text : text;
    }

    private double Share(double value)
    {
        double v = IsLogarithmic ? Math.Log10(Math.Max(value, double.Epsilon)) : value;
        return (v - minimum) / (maximum - minimum);
    }

    private double Step(int wanted)
    {
        double rough = (Maximum - Minimum) / Math.Max(1, wanted);
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double factor = rough / power;
        return Math.Max(leastStep, power * (factor < 1.5 ? 1 : factor < 3.5 ? 2 : factor < 7.5 ? 5 : 10));
    }
}
