namespace Hillock.Cli.Tests;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hillock-test-");

    public string Path => folder.FullName;

    public string this[string file] => System.IO.Path.Combine(Path, file);

    public void Dispose() => folder.Delete(recursive: true);
}
