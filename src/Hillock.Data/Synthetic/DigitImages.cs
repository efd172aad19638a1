using Hillock.Activations.Random;
using Hillock.Data.Images;

namespace Hillock.Data.Synthetic;

/// <summary>
/// Images of numerals: strokes whose points tremble, scaled, slanted, turned and shifted, drawn by pens of different widths, and noised.
/// How much of each was tuned so that a linear model tells about nine in ten of them and a network with a hidden layer more than
/// nineteen in twenty: a set on which everything wins teaches nothing.
/// </summary>
internal static class DigitImages
{
    /// <summary>The height and width of an image.</summary>
    public const int Size = 16;

    /// <summary>The number of images unless another is asked for.</summary>
    public const int DefaultCount = 2500;

    /// <summary>The numerals from 0.</summary>
    public const int Classes = 10;

    private const int CurvePieces = 6;

    // Everything in pixels, or relative; ± means the bounds of a uniform distribution, σ the deviation of a normal one.
    private const double Height = 10.5;
    private const double ScaleRange = 0.15;
    private const double WidthRange = 0.15;
    private const double Tremble = 2.5;
    private const double Slant = 0.25;
    private const double TurnRange = 0.04;
    private const double Shift = 1.5;
    private const double LeastPen = 0.45;
    private const double GreatestPen = 1.0;
    private const double LeastInk = 0.75;
    private const double Noise = 0.05;

    /// <summary>Draws images; the numerals take turns.</summary>
    /// <param name="count">How many.</param>
    /// <param name="key">Determines them; an image depends on its index and not on the count.</param>
    public static (PixelBlock Pixels, int[] Labels) Draw(int count, RandomKey key)
    {
        byte[] pixels = new byte[count * Size * Size];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = i % Classes;
            DrawOne(labels[i], new RandomStream(key.Derive(i)), pixels.AsSpan(i * Size * Size, Size * Size));
        }

        return (new PixelBlock(pixels, 0, Size * Size, [Size, Size]), labels);
    }

    private static void DrawOne(int numeral, RandomStream random, Span<byte> image)
    {
        ReadOnlySpan<(double X, double Y)[][]> ways = Numerals.Ways(numeral);
        (double X, double Y)[][] strokes = ways[random.NextInt32(ways.Length)];
        Placement placement = Placement.Draw(random);
        Span<double> squares = stackalloc double[Size * Size];
        squares.Fill(double.MaxValue);
        foreach ((double X, double Y)[] stroke in strokes)
        {
            (double X, double Y)[] points = Array.ConvertAll(
                stroke, p => placement.Apply(p.X + (Tremble * random.NextNormal()), p.Y + (Tremble * random.NextNormal())));
            for (int start = 0; start + 3 < points.Length; start += 3)
            {
                Trace(points.AsSpan(start, 4), squares);
            }
        }

        double pen = Between(random, LeastPen, GreatestPen);
        double ink = Between(random, LeastInk, 1);
        for (int p = 0; p < image.Length; p++)
        {
            // A pixel is covered by half where the pen's edge passes through its middle.
            double coverage = Math.Clamp(pen + 0.5 - Math.Sqrt(squares[p]), 0, 1);
            double value = (ink * coverage) + (Noise * random.NextNormal());
            image[p] = (byte)((Math.Clamp(value, 0, 1) * 255) + 0.5);
        }
    }

    /// <summary>Brings the squared distance of every pixel to what has been drawn up to date with one more cubic curve.</summary>
    private static void Trace(ReadOnlySpan<(double X, double Y)> curve, Span<double> squares)
    {
        (double x0, double y0) = curve[0];
        for (int piece = 1; piece <= CurvePieces; piece++)
        {
            double t = (double)piece / CurvePieces;
            double s = 1 - t;
            double a = s * s * s;
            double b = 3 * s * s * t;
            double c = 3 * s * t * t;
            double d = t * t * t;
            double x1 = (a * curve[0].X) + (b * curve[1].X) + (c * curve[2].X) + (d * curve[3].X);
            double y1 = (a * curve[0].Y) + (b * curve[1].Y) + (c * curve[2].Y) + (d * curve[3].Y);
            Approach(x0, y0, x1, y1, squares);
            (x0, y0) = (x1, y1);
        }
    }

    private static void Approach(double x0, double y0, double x1, double y1, Span<double> squares)
    {
        double dx = x1 - x0;
        double dy = y1 - y0;
        double length = Math.Max((dx * dx) + (dy * dy), 1e-12);
        for (int row = 0; row < Size; row++)
        {
            for (int column = 0; column < Size; column++)
            {
                double px = column + 0.5 - x0;
                double py = row + 0.5 - y0;
                double along = Math.Clamp(((px * dx) + (py * dy)) / length, 0, 1);
                double qx = px - (along * dx);
                double qy = py - (along * dy);
                ref double square = ref squares[(row * Size) + column];
                square = Math.Min(square, (qx * qx) + (qy * qy));
            }
        }
    }

    private static double Between(RandomStream random, double least, double greatest) => least + ((greatest - least) * random.NextDouble());

    /// <summary>From the box of the numerals to pixels: scaled, slanted, turned, shifted.</summary>
    private readonly record struct Placement(double XX, double XY, double YX, double YY, double X, double Y)
    {
        public static Placement Draw(RandomStream random)
        {
            double height = Height / Numerals.Height * Between(random, 1 - ScaleRange, 1 + ScaleRange);
            double width = height * Between(random, 1 - WidthRange, 1 + WidthRange);
            double slant = Between(random, -Slant, Slant);
            (double cosine, double sine) = Turn.At(Between(random, -TurnRange, TurnRange));
            return new(
                cosine * width,
                (-cosine * slant * width) - (sine * height),
                sine * width,
                (-sine * slant * width) + (cosine * height),
                (Size / 2.0) + Between(random, -Shift, Shift),
                (Size / 2.0) + Between(random, -Shift, Shift));
        }

        public (double X, double Y) Apply(double x, double y)
        {
            x -= Numerals.Width / 2;
            y -= Numerals.Height / 2;
            return (X + (XX * x) + (XY * y), Y + (YX * x) + (YY * y));
        }
    }
}
