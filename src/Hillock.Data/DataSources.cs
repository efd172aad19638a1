namespace Hillock.Data;

/// <summary>Opens data by name or path.</summary>
public static class DataSources
{
    /// <summary>The data sets that can be opened by name: the built-in synthetic ones and the known ones.</summary>
    public static IReadOnlyList<DataSetName> Names { get; } = [];

    /// <summary>
    /// Opens a known data set by its name, else the file or folder at a path: a delimited table, IDX images or CIFAR binary records,
    /// compressed by gzip or not, told by their content. A known name wins over a file of the same name; write <c>./mnist</c> for the file.
    /// </summary>
    /// <param name="nameOrPath">The name or path.</param>
    /// <param name="options">How to find and read it; null for the defaults.</param>
    /// <param name="progress">Is told of downloads.</param>
    /// <param name="cancellationToken">Ends reading and downloads; nothing is left behind.</param>
    /// <returns>The data, read whole.</returns>
    /// <exception cref="DataException">It cannot be found, read or used; the message is one line for the user.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static DataSource Open(
        string nameOrPath, DataOptions? options = null, IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);
        throw new NotImplementedException();
    }
}
