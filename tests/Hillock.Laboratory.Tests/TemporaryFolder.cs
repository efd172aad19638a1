using System.Globalization;
using System.Text;
using Hillock.Data;

namespace Hillock.Laboratory.Tests;

/// <summary>A folder that goes when the test does, with tables to learn from.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("hillock-laboratory-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);

    /// <summary>Four corners of a square, opposite ones of one class: nothing that is linear can tell them apart.</summary>
    public DataSource Corners(int count = 240) => Table("corners.csv", count, (random, i) =>
    {
        int corner = i % 4;
        double x = (corner % 2 == 0 ? -1 : 1) + 0.5 * (random.NextDouble() - 0.5);
        double y = (corner / 2 == 0 ? -1 : 1) + 0.5 * (random.NextDouble() - 0.5);
        return Row(x, y, corner is 0 or 3 ? "same" : "different");
    });

    /// <summary>Three clouds in a row, one class each.</summary>
    public DataSource Clouds(int count = 90) => Table("clouds.csv", count, (random, i) =>
        Row(2 * (i % 3) + random.NextDouble(), random.NextDouble(), $"class{i % 3}"));

    /// <summary>A plane with a little noise, in large units.</summary>
    public DataSource Plane(int count = 120) => Table("plane.csv", count, (random, _) =>
    {
        double x = random.NextDouble();
        double y = random.NextDouble();
        return Row(x, y, (1000 * x - 500 * y + 10 * random.NextDouble()).ToString("R", CultureInfo.InvariantCulture));
    });

    /// <summary>A table written line by line.</summary>
    public DataSource Table(string name, int count, Func<System.Random, int, string> row)
    {
        System.Random random = new(1);
        StringBuilder text = new("x,y,target\n");
        for (int i = 0; i < count; i++)
        {
            text.Append(row(random, i)).Append('\n');
        }

        string path = System.IO.Path.Combine(Path, name);
        File.WriteAllText(path, text.ToString());
        return DataSources.Open(path, new DataOptions());
    }

    public static string Row(double x, double y, string target) => string.Create(CultureInfo.InvariantCulture, $"{x:R},{y:R},{target}");
}
