using Hillock.Activations.Random;
using Hillock.Data.Images;
using Hillock.Data.Tables;

namespace Hillock.Data.Synthetic;

/// <summary>The built-in synthetic sets, drawn from a seed.</summary>
internal static class SyntheticSets
{
    private const int MostSamples = 1_000_000;
    private const int TrainingPerTest = 4;
    private const int DefaultPoints = 1000;

    // Deviations of the noise of the points.
    private const double SpiralNoise = 0.05;
    private const double MoonNoise = 0.2;

    private const int SpiralArms = 3;
    private const double SpiralTurns = 0.75;

    /// <summary>The names and what they are.</summary>
    public static IReadOnlyList<DataSetName> Names { get; } =
    [
        new("digits", $"numerals drawn with strokes, {DigitImages.Size}×{DigitImages.Size}: {DigitImages.DefaultCount} images, or as many as you like, 10 classes"),
        new("moons", "two half moons that reach into each other, points of a plane, 2 classes"),
        new("spirals", "three intertwined spirals, points of a plane, 3 classes"),
    ];

    /// <summary>Draws a set, with a quarter as many samples again for its test part.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="options">Seed and number of samples.</param>
    /// <exception cref="DataException">The number of samples is out of range.</exception>
    public static DataSource Open(string name, DataOptions options)
    {
        int classes = name switch { "digits" => DigitImages.Classes, "moons" => 2, _ => SpiralArms };
        int count = options.Samples ?? (name == "digits" ? DigitImages.DefaultCount : DefaultPoints);
        if (count < 2 * classes || count > MostSamples)
        {
            throw new DataException($"{name}: {count} samples are asked for, and {2 * classes} to {MostSamples} can be drawn");
        }

        RandomKey key = RandomKey.FromSeed(options.Seed).Derive(name);
        int testCount = Math.Max(count / TrainingPerTest, classes);
        DataSource test = Draw(name, testCount, key.Derive("test"), testPart: null);
        return Draw(name, count, key.Derive("training"), test);
    }

    private static DataSource Draw(string name, int count, RandomKey key, DataSource? testPart)
    {
        if (name == "digits")
        {
            (PixelBlock pixels, int[] labels) = DigitImages.Draw(count, key);
            return new ImageSource(name, pixels, Target(labels, DigitImages.Classes), testPart);
        }

        return name == "moons"
            ? Points(name, count, 2, MoonNoise, key, testPart, Moon)
            : Points(name, count, SpiralArms, SpiralNoise, key, testPart, Spiral);
    }

    private static TableSource Points(
        string name,
        int count,
        int classes,
        double noise,
        RandomKey key,
        DataSource? testPart,
        Func<int, double, (double X, double Y)> shape)
    {
        double[] xs = new double[count];
        double[] ys = new double[count];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            RandomStream random = new(key.Derive(i));
            labels[i] = i % classes;
            (double x, double y) = shape(labels[i], random.NextDouble());
            xs[i] = x + (noise * random.NextNormal());
            ys[i] = y + (noise * random.NextNormal());
        }

        string description = $"{count} points of a plane, classification of {classes} classes";
        Column[] columns = [Column.OfNumbers(1, "x", xs), Column.OfNumbers(2, "y", ys)];
        return new TableSource(name, columns, Target(labels, classes), description, warnings: [], testPart)
        {
            TargetColumn = new(columns.Length + 1, null),
        };
    }

    private static TargetValues Target(int[] labels, int classes) =>
        TargetValues.OfClasses([.. Enumerable.Range(0, classes).Select(c => $"{c}")], labels);

    /// <summary>A point at <paramref name="along"/> (0 to 1) of a half moon, as scikit-learn's make_moons places them.</summary>
    private static (double X, double Y) Moon(int label, double along)
    {
        (double cosine, double sine) = Turn.At(along / 2);
        return label == 0 ? (cosine, sine) : (1 - cosine, 0.5 - sine);
    }

    /// <summary>A point of an arm of a spiral of Archimedes with radius 0.1 to 1.</summary>
    private static (double X, double Y) Spiral(int label, double along)
    {
        double radius = 0.1 + (0.9 * along);
        (double cosine, double sine) = Turn.At(((double)label / SpiralArms) + (SpiralTurns * along));
        return (radius * cosine, radius * sine);
    }
}
