using System.Globalization;

namespace Hillock.Data.Synthetic;

/// <summary>
/// The numerals as strokes of a pen, with the ways in which people write some of them. A path is written as in SVG (M moves, L draws a
/// line, C a cubic curve, all absolute), in a box 60 wide and 100 high with y downwards.
/// </summary>
internal static class Numerals
{
    private static readonly string[][] _paths =
    [
        ["M30 0 C60 0 60 100 30 100 C0 100 0 0 30 0"],
        ["M12 24 L34 0 L34 100", "M30 0 L30 100", "M14 22 L32 2 L32 100 M12 100 L52 100"],
        ["M4 24 C6 -8 56 -8 56 26 C56 50 20 70 4 100 L58 100", "M4 20 C12 -6 54 -6 54 24 C54 56 26 100 10 92 C0 82 30 80 58 100"],
        [
            "M6 12 C20 -6 54 -2 52 24 C51 42 36 48 22 48 C42 48 58 56 57 74 C56 104 14 106 3 86",
            "M6 2 L52 2 L26 42 C46 42 58 54 57 72 C56 104 14 106 3 86",
        ],
        ["M44 100 L44 0 L2 68 L60 68", "M14 0 L6 56 L58 56 M44 24 L42 100"],
        ["M52 0 L12 0 L8 44 C22 32 58 36 57 68 C56 104 14 106 3 88"],
        ["M48 4 C24 8 4 36 4 66 C4 110 58 112 58 70 C58 36 12 36 5 66"],
        ["M4 0 L56 0 L22 100", "M4 0 L56 0 C42 30 28 60 26 100 M16 50 L52 50"],
        ["M30 48 C2 44 0 0 30 0 C60 0 58 44 30 48 C-6 54 -6 100 30 100 C66 100 66 54 30 48"],
        ["M55 34 C48 64 2 64 2 30 C2 -12 56 -10 56 34 C56 64 36 92 12 96", "M55 32 C46 62 2 62 2 30 C2 -12 56 -10 56 32 L54 100"],
    ];

    private static readonly (double X, double Y)[][][][] _ways = Array.ConvertAll(_paths, ways => Array.ConvertAll(ways, Parse));

    /// <summary>The width of the box in which numerals are drawn.</summary>
    public const double Width = 60;

    /// <summary>Its height.</summary>
    public const double Height = 100;

    /// <summary>
    /// The ways to write a numeral. Each is a list of strokes, drawn without lifting the pen: a point, then three more for each cubic curve
    /// that continues the stroke. Lines are curves too.
    /// </summary>
    public static ReadOnlySpan<(double X, double Y)[][]> Ways(int numeral) => _ways[numeral];

    private static (double X, double Y)[][] Parse(string path)
    {
        List<List<(double X, double Y)>> strokes = [];
        string spaced = path.Replace("M", "M ").Replace("L", "L ").Replace("C", "C ");
        Queue<string> words = new(spaced.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        while (words.TryDequeue(out string? command))
        {
            if (command == "M")
            {
                strokes.Add([]);
            }

            List<(double X, double Y)> stroke = strokes[^1];
            (double X, double Y) next = Point(words);
            if (command == "L")
            {
                (double X, double Y) pen = stroke[^1];
                stroke.Add((((2 * pen.X) + next.X) / 3, ((2 * pen.Y) + next.Y) / 3));
                stroke.Add(((pen.X + (2 * next.X)) / 3, (pen.Y + (2 * next.Y)) / 3));
            }

            stroke.Add(next);
            if (command == "C")
            {
                stroke.Add(Point(words));
                stroke.Add(Point(words));
            }
        }

        return [.. strokes.Select(stroke => stroke.ToArray())];
    }

    private static (double X, double Y) Point(Queue<string> words) =>
        (double.Parse(words.Dequeue(), CultureInfo.InvariantCulture), double.Parse(words.Dequeue(), CultureInfo.InvariantCulture));
}
