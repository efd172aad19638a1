namespace Hillock.Laboratory.Tests;

/// <summary>A test on real data: skipped, and said so, where the file is not there.</summary>
public sealed class DataFactAttribute : FactAttribute
{
    public DataFactAttribute(string path)
    {
        if (Find(path) is null)
        {
            Skip = $"{path} is neither in HILLOCK_DATA nor in ../shared/data beside the repository";
        }
    }

    /// <summary>The path of a data file; null where there is none.</summary>
    public static string? Find(string path)
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "hillock.slnx")))
        {
            root = root.Parent;
        }

        return new[] { Environment.GetEnvironmentVariable("HILLOCK_DATA"), root is null ? null : Path.Combine(root.FullName, "..", "shared", "data") }
            .Where(folder => !string.IsNullOrEmpty(folder))
            .Select(folder => Path.Combine(folder!, path))
            .FirstOrDefault(File.Exists);
    }
}
