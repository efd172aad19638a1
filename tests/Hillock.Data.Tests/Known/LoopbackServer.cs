using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Hillock.Data.Tests.Known;

/// <summary>A web server on this machine that answers as a test wants, misbehaviour included.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, NetworkStream, CancellationToken, Task> _answer;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _loop;

    /// <summary>Starts a server.</summary>
    /// <param name="answer">Answers a request for a path by writing to the stream; the connection is closed after it.</param>
    public LoopbackServer(Func<string, NetworkStream, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _loop = Task.Run(ServeAsync);
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>The paths asked for, in their order.</summary>
    public List<string> Requests { get; } = [];

    public static async Task SendAsync(NetworkStream stream, byte[] body, int? announced = null, string status = "200 OK")
    {
        string head = $"HTTP/1.1 {status}\r\nContent-Length: {announced ?? body.Length}\r\nConnection: close\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        await stream.WriteAsync(body);
        await stream.FlushAsync();
    }

    public void Dispose()
    {
        _end.Cancel();
        _listener.Stop();
        _loop.Wait();
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_end.Token);
                using NetworkStream stream = client.GetStream();
                using StreamReader reader = new(stream, Encoding.ASCII, leaveOpen: true);
                string request = await reader.ReadLineAsync(_end.Token) ?? "";
                while (!string.IsNullOrEmpty(await reader.ReadLineAsync(_end.Token)))
                {
                    // The header does not matter.
                }

                if (request.Split(' ') is [_, string path, ..])
                {
                    Requests.Add(path);
                    await _answer(path, stream, _end.Token);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException or InvalidOperationException)
        {
            // The test has ended, or the client went away as it should.
        }
    }
}
