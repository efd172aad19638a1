namespace Hillock.Data;

/// <summary>How far a download has come.</summary>
/// <param name="File">The file, such as <c>mnist/train-images-idx3-ubyte.gz</c>.</param>
/// <param name="Bytes">Bytes received.</param>
/// <param name="TotalBytes">Bytes to receive, or null where the server does not say.</param>
public readonly record struct DownloadProgress(string File, long Bytes, long? TotalBytes);
