using System.Security.Cryptography;
using Hillock.Data.Known;

namespace Hillock.Data.Tests.Known;

/// <summary>A download is there whole and checked, or not at all.</summary>
public sealed class DownloadTests : IDisposable
{
    private static readonly byte[] _content = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * i >> 3))];
    private static readonly byte[] _compressed = TestFolder.Gzip(_content);
    private static readonly KnownFile _file = new("file.gz", Convert.ToHexStringLower(SHA256.HashData(_content)));
    private static readonly Patience _patience = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5));

    private readonly TestFolder _cache = new();

    public void Dispose() => _cache.Dispose();

    [Fact]
    public void A_file_is_fetched_checked_and_reported()
    {
        using LoopbackServer server = new((_, stream, _) => LoopbackServer.SendAsync(stream, _compressed));
        Reports reports = new();
        Fetch(server, reports).ShouldBeNull();
        Files().ShouldBe(["set/file.gz"]);
        File.ReadAllBytes(_cache.At("set/file.gz")).ShouldBe(_compressed);
        reports.All[^1].ShouldBe(new DownloadProgress("set/file.gz", _compressed.Length, _compressed.Length));
        reports.All.Select(r => r.Bytes).ShouldBeInOrder();
    }

    [Fact]
    public void A_file_compressed_otherwise_or_not_at_all_is_the_same_file()
    {
        using LoopbackServer server = new((_, stream, _) => LoopbackServer.SendAsync(stream, _content));
        Fetch(server).ShouldBeNull();
        Files().ShouldBe(["set/file.gz"]);
    }

    [Fact]
    public void Other_content_is_not_kept()
    {
        byte[] other = [.. _content];
        other[1234] ^= 1;
        using LoopbackServer server = new((_, stream, _) => LoopbackServer.SendAsync(stream, TestFolder.Gzip(other)));
        Fetch(server).ShouldBe($"its content has the SHA-256 {Convert.ToHexStringLower(SHA256.HashData(other))}, and {_file.Sha256} was expected; nothing was kept");
        Files().ShouldBeEmpty();
    }

    [Fact]
    public void A_body_that_is_cut_short_is_not_kept()
    {
        using LoopbackServer server = new((_, stream, _) => LoopbackServer.SendAsync(stream, _compressed[..1000], announced: _compressed.Length));
        Fetch(server)!.ShouldContain("ended prematurely");
        Files().ShouldBeEmpty();
    }

    [Fact]
    public void A_file_that_was_cut_short_at_the_server_is_not_kept()
    {
        using LoopbackServer server = new((_, stream, _) => LoopbackServer.SendAsync(stream, _compressed[..^9]));
        Fetch(server).ShouldBe("its gzip content is damaged or cut short; nothing was kept");
        Files().ShouldBeEmpty();
    }

    [Fact]
    public void A_file_that_the_server_does_not_have_is_reported()
    {
        using LoopbackServer server = new((_, stream, _) => LoopbackServer.SendAsync(stream, "gone"u8.ToArray(), status: "404 Not Found"));
        Fetch(server).ShouldBe("the server answers 404 (Not Found)");
        Files().ShouldBeEmpty();
    }

    [Fact]
    public void No_server_is_reported()
    {
        Uri nobody;
        using (LoopbackServer server = new((_, _, _) => Task.CompletedTask))
        {
            nobody = new Uri(server.Address + "/");
        }

        Download.Fetch(nobody, _file, _cache.At("set"), "set/file.gz", _patience, progress: null, CancellationToken.None).ShouldNotBeNull().ShouldContain("refused");
        Files().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0)] // says nothing at all
    [InlineData(1000)] // stops in the middle
    public void A_server_that_falls_silent_is_given_up(int bytes)
    {
        using LoopbackServer server = new(async (_, stream, end) =>
        {
            if (bytes > 0)
            {
                await LoopbackServer.SendAsync(stream, _compressed[..bytes], announced: _compressed.Length);
            }

            await Task.Delay(Timeout.Infinite, end);
        });
        Patience little = new(TimeSpan.FromSeconds(0.3), TimeSpan.FromSeconds(0.3));
        Fetch(server, patience: little).ShouldBe("the server does not answer in time");
        Files().ShouldBeEmpty();
    }

    [Fact]
    public void A_slow_server_is_waited_for()
    {
        using LoopbackServer server = new(async (_, stream, end) =>
        {
            await LoopbackServer.SendAsync(stream, [], announced: _compressed.Length);
            foreach (byte[] piece in _compressed.Chunk((_compressed.Length / 5) + 1))
            {
                await Task.Delay(100, end);
                await stream.WriteAsync(piece, end);
            }
        });
        Fetch(server, patience: new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5))).ShouldBeNull();
        Files().ShouldBe(["set/file.gz"]);
    }

    [Fact]
    public void A_cancelled_download_leaves_nothing_behind()
    {
        using CancellationTokenSource cancel = new();
        using LoopbackServer server = new(async (_, stream, end) =>
        {
            await LoopbackServer.SendAsync(stream, _compressed[..1000], announced: _compressed.Length);
            await Task.Delay(Timeout.Infinite, end);
        });
        Reports reports = new(_ => cancel.Cancel());
        Should.Throw<OperationCanceledException>(() => Fetch(server, reports, cancellationToken: cancel.Token));
        Files().ShouldBeEmpty();
        Directory.EnumerateFileSystemEntries(_cache.Root).ShouldBeEmpty("the folder was made for the download");
    }

    [Fact]
    public void A_cache_that_cannot_be_written_is_reported()
    {
        _cache.Write("set", "a file in the way of the folder");
        using LoopbackServer server = new((_, stream, _) => LoopbackServer.SendAsync(stream, _compressed));
        Fetch(server).ShouldNotBeNull();
        Files().ShouldBe(["set"]);
    }

    private string? Fetch(
        LoopbackServer server, IProgress<DownloadProgress>? progress = null, Patience? patience = null, CancellationToken cancellationToken = default) =>
        Download.Fetch(new Uri(server.Address + "/"), _file, _cache.At("set"), "set/file.gz", patience ?? _patience, progress, cancellationToken);

    private string[] Files() =>
        [.. Directory.EnumerateFiles(_cache.Root, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(_cache.Root, path).Replace('\\', '/')).Order()];

    private sealed class Reports(Action<DownloadProgress>? then = null) : IProgress<DownloadProgress>
    {
        public List<DownloadProgress> All { get; } = [];

        public void Report(DownloadProgress value)
        {
            All.Add(value);
            then?.Invoke(value);
        }
    }
}
