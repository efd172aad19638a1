using System.Security.Cryptography;

namespace Hillock.Data.Known;

/// <summary>How long a download waits before it gives up: short, since without a network the user wants to know at once.</summary>
/// <param name="Response">From the request until the server begins to answer, name resolution and connection included.</param>
/// <param name="Stall">From one piece of the content to the next.</param>
internal sealed record Patience(TimeSpan Response, TimeSpan Stall)
{
    public static Patience Usual { get; } = new(TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(15));
}

/// <summary>
/// Downloads a file into a folder: beside its place first, checked, and then renamed, so that it is there whole or not at all.
/// </summary>
internal static class Download
{
    /// <summary>Downloads a file.</summary>
    /// <param name="address">The folder that has it.</param>
    /// <param name="file">The file.</param>
    /// <param name="folder">The folder to put it into; made if need be.</param>
    /// <param name="label">How the file is called in progress reports.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="progress">Is told of every piece.</param>
    /// <param name="cancellationToken">Ends the download; nothing is left behind.</param>
    /// <returns>Null if all went well, else what went wrong; nothing is left behind then.</returns>
    public static string? Fetch(
        Uri address,
        KnownFile file,
        string folder,
        string label,
        Patience patience,
        IProgress<DownloadProgress>? progress,
        CancellationToken cancellationToken)
    {
        string[] made = [.. Missing(folder)];
        string partial = Path.Combine(folder, $"{file.Name}.{Guid.NewGuid():N}.partial");
        try
        {
            Directory.CreateDirectory(folder);
            ReceiveAsync(new Uri(address, file.Name), partial, label, patience, progress, cancellationToken).GetAwaiter().GetResult();
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
            Remove(partial, made);
        }
    }

    private static async Task ReceiveAsync(
        Uri address, string path, string label, Patience patience, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        using HttpClient client = new() { Timeout = Timeout.InfiniteTimeSpan };
        using CancellationTokenSource timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer.CancelAfter(patience.Response);
        using HttpResponseMessage response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, timer.Token).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"the server answers {(int)response.StatusCode} ({response.ReasonPhrase})");
        }

        long? total = response.Content.Headers.ContentLength;
        using Stream body = await response.Content.ReadAsStreamAsync(timer.Token).ConfigureAwait(false);
        using FileStream file = new(path, FileMode.CreateNew);
        byte[] buffer = new byte[1 << 16];
        long received = 0;
        while (true)
        {
            timer.CancelAfter(patience.Stall);
            int count = await body.ReadAsync(buffer, timer.Token).ConfigureAwait(false);
            if (count == 0)
            {
                break;
            }

            await file.WriteAsync(buffer.AsMemory(0, count), timer.Token).ConfigureAwait(false);
            received += count;
            progress?.Report(new DownloadProgress(label, received, total));
        }
    }

    /// <summary>The folders that must be made so that a folder is there, itself first.</summary>
    private static IEnumerable<string> Missing(string folder)
    {
        for (string? path = Path.GetFullPath(folder); path is not null && !Directory.Exists(path); path = Path.GetDirectoryName(path))
        {
            yield return path;
        }
    }

    private static void Remove(string partial, string[] made)
    {
        try
        {
            File.Delete(partial);
            foreach (string folder in made.TakeWhile(folder => !Directory.EnumerateFileSystemEntries(folder).Any()))
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
