using System.Security.Cryptography;

namespace Hillock.Data.Known;

/// <summary>Downloads a file into a folder: beside its place first, checked, and then renamed, so that it is there whole or not at all.</summary>
internal static class Download
{
    private static readonly TimeSpan _connectTimeout = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan _responseTimeout = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan _stallTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Downloads a file.</summary>
    /// <param name="address">The folder that has it.</param>
    /// <param name="file">The file.</param>
    /// <param name="folder">The folder to put it into; made if need be.</param>
    /// <param name="label">How the file is called in progress reports.</param>
    /// <param name="progress">Is told of every piece.</param>
    /// <param name="cancellationToken">Ends the download; nothing is left behind.</param>
    /// <returns>Null if all went well, else what went wrong; nothing is left behind then.</returns>
    public static string? Fetch(
        Uri address, KnownFile file, string folder, string label, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        bool existed = Directory.Exists(folder);
        string partial = Path.Combine(folder, $"{file.Name}.{Guid.NewGuid():N}.partial");
        try
        {
            Directory.CreateDirectory(folder);
            ReceiveAsync(new Uri(address, file.Name), partial, label, progress, cancellationToken).GetAwaiter().GetResult();
            string hash = Convert.ToHexStringLower(SHA256.HashData(FileContent.Read(partial)));
            if (hash != file.Sha256)
            {
                return $"its content has the SHA-256 {hash}, and {file.Sha256} was expected; nothing was kept";
            }

            File.Move(partial, Path.Combine(folder, file.Name), overwrite: true);
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "the server does not answer in time";
        }
        catch (DataException)
        {
            return "its gzip content is damaged or cut short; nothing was kept";
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or UnauthorizedAccessException)
        {
            return exception.Message.TrimEnd('.');
        }
        finally
        {
            Remove(partial, existed ? null : folder);
        }
    }

    private static async Task ReceiveAsync(
        Uri address, string path, string label, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        using SocketsHttpHandler handler = new() { ConnectTimeout = _connectTimeout };
        using HttpClient client = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_responseTimeout);
        using HttpResponseMessage response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        long? total = response.Content.Headers.ContentLength;
        using Stream body = await response.Content.ReadAsStreamAsync(patience.Token).ConfigureAwait(false);
        using FileStream file = new(path, FileMode.CreateNew);
        byte[] buffer = new byte[1 << 16];
        long received = 0;
        while (true)
        {
            patience.CancelAfter(_stallTimeout);
            int count = await body.ReadAsync(buffer, patience.Token).ConfigureAwait(false);
            if (count == 0)
            {
                break;
            }

            await file.WriteAsync(buffer.AsMemory(0, count), patience.Token).ConfigureAwait(false);
            received += count;
            progress?.Report(new DownloadProgress(label, received, total));
        }
    }

    private static void Remove(string partial, string? folder)
    {
        try
        {
            File.Delete(partial);
            if (folder is not null && Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
            {
                Directory.Delete(folder);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The reason for which the download failed is the one to report, not that its remains resist.
        }
    }
}
