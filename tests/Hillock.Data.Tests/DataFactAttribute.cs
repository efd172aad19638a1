namespace Hillock.Data.Tests;

/// <summary>A test on the real data sets, which are not part of the repository; skipped where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DataFactAttribute : FactAttribute
{
    public DataFactAttribute()
    {
        if (SharedData.Folder is null)
        {
            Skip = SharedData.Absent;
        }
    }
}

/// <summary>As <see cref="DataFactAttribute"/>, for a test with rows.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DataTheoryAttribute : TheoryAttribute
{
    public DataTheoryAttribute()
    {
        if (SharedData.Folder is null)
        {
            Skip = SharedData.Absent;
        }
    }
}

internal static class SharedData
{
    public const string Absent = "the data are absent: set HILLOCK_DATA, or put them into shared/data beside the repository";

    /// <summary>The folder of the data: HILLOCK_DATA, else shared/data beside the repository's root; null where there is none.</summary>
    public static string? Folder { get; } = Find();

    public static string At(string name) => Path.Combine(Folder!, name);

    private static string? Find()
    {
        string? named = Environment.GetEnvironmentVariable("HILLOCK_DATA");
        if (!string.IsNullOrEmpty(named))
        {
            return Directory.Exists(named) ? named : null;
        }

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "hillock.slnx")))
            {
                string beside = Path.Combine(folder.FullName, "..", "shared", "data");
                return Directory.Exists(beside) ? beside : null;
            }
        }

        return null;
    }
}
