namespace Hillock.Networks.Tests;

/// <summary>A fact that needs a data set of the shared data folder; skipped where the folder is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DataFactAttribute : FactAttribute
{
    public DataFactAttribute(string file)
    {
        if (SharedData.Find(file) is null)
        {
            Skip = $"{file} is not there: set HILLOCK_DATA to the shared data folder";
        }
    }
}

/// <summary>Finds files of the shared data folder.</summary>
internal static class SharedData
{
    /// <summary>The full path of a file below HILLOCK_DATA or below ../shared/data beside the repository; null where there is none.</summary>
    public static string? Find(string file)
    {
        string? folder = Environment.GetEnvironmentVariable("HILLOCK_DATA");
        if (folder is null)
        {
            DirectoryInfo? root = new(AppContext.BaseDirectory);
            while (root != null && !File.Exists(Path.Combine(root.FullName, "hillock.slnx")))
            {
                root = root.Parent;
            }

            folder = root is null ? null : Path.Combine(root.FullName, "..", "shared", "data");
        }

        return folder != null && File.Exists(Path.Combine(folder, file)) ? Path.Combine(folder, file) : null;
    }
}
