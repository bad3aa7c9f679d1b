using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using PeerWeb.Core.Federation.Signing;

namespace PeerWeb.Tests.Federation.Signing;

/// <summary>Speaks HTTP byte for byte, so that no client library mends what a test means to send wrong.</summary>
internal static class RawHttp
{
    public static async Task<AnswerMessage> SendAsync(int port, Sent request, CancellationToken cancellationToken) => Parse(await TextAsync(port, request, cancellationToken));

    /// <returns>The answer as it came, each byte a character.</returns>
    public static async Task<string> TextAsync(int port, Sent request, CancellationToken cancellationToken)
    {
        using var client = Client(request.From);
        await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        await using var stream = client.GetStream();
        var body = request.Octets ?? Encoding.UTF8.GetBytes(request.Body);
        var head = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"{request.Method} {request.Target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n")
            .Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        foreach (var (name, value) in request.Fields) head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        await stream.WriteAsync(Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), cancellationToken);
        await stream.WriteAsync(body, cancellationToken);

        using var received = new MemoryStream();
        await stream.CopyToAsync(received, cancellationToken);
        return Encoding.Latin1.GetString(received.ToArray());
    }

    /// <summary>Sends bytes as they are.</summary>
    /// <param name="port">On loopback.</param>
    /// <param name="from">Another loopback address than the usual one counts as another caller.</param>
    /// <param name="isAll">Nothing more comes from us, so that nobody waits for the rest of a body; a server may give up on who ends like this.</param>
    /// <returns>The status of the answer; null where the connection was closed without one.</returns>
    public static async Task<int?> StatusAsync(int port, byte[] request, IPAddress from, bool isAll, CancellationToken cancellationToken)
    {
        using var client = Client(from);
        await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        await using var stream = client.GetStream();
        using var received = new MemoryStream();
        try
        {
            await stream.WriteAsync(request, cancellationToken);
            if (isAll)
                client.Client.Shutdown(SocketShutdown.Send);
            await stream.CopyToAsync(received, cancellationToken);
        }
        catch (IOException)
        {
            // Hung up on: what came before counts.
        }
        var line = Encoding.Latin1.GetString(received.ToArray()).Split("\r\n")[0].Split(' ');
        return line.Length > 1 && int.TryParse(line[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : null;
    }

    private static TcpClient Client(IPAddress from) => from.Equals(IPAddress.Loopback) ? new TcpClient() : new TcpClient(new IPEndPoint(from, 0));

    private static AnswerMessage Parse(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var lines = text[..end].Split("\r\n");
        var fields = lines.Skip(1).Select(line => line.Split(": ", 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1])).ToList();
        return new AnswerMessage
        {
            Status = int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture),
            Fields = new FieldSection(fields),
            Body = Encoding.Latin1.GetBytes(text[(end + 4)..]),
        };
    }
}
