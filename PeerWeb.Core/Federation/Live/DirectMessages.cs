using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using PeerWeb.Core.Federation.Client;
using PeerWeb.Core.Federation.Client.Http;
using PeerWeb.Core.Federation.Discovery;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Federation.Live;

/// <summary>Messages that are worth something now or never: sent once, past the outbox, neither kept nor repeated.</summary>
public sealed class DirectMessages(IPeerBook book, PeerConnections connections, PeerMetrics metrics)
{
    private const string Path = "/peer/v1/messages";

    /// <inheritdoc cref="NudgeSender"/>
    public async Task NudgeAsync(PeerId peer, WireNudge nudge, CancellationToken cancellationToken)
    {
        var (domain, client) = await FindAsync(peer, cancellationToken);
        try
        {
            await PostAsync(client, nudge, cancellationToken);
            metrics.Nudged(domain, error: null);
        }
        catch (Exception problem) when (problem is PeerUnavailableException or PeerRefusedException)
        {
            metrics.Nudged(domain, (problem as PeerUnavailableException)?.Reason.ToString() ?? "Refused");
            throw;
        }
    }

    /// <inheritdoc cref="LeaseSender"/>
    public async Task<WireLeased> LeaseAsync(PeerId peer, WireLease lease, CancellationToken cancellationToken)
    {
        var (_, client) = await FindAsync(peer, cancellationToken);
        var body = await PostAsync(client, lease, cancellationToken);
        try
        {
            return JsonSerializer.Deserialize<WireLeased>(body, PeerJson.Answers) ?? throw new JsonException("null is not an object");
        }
        catch (JsonException unreadable)
        {
            throw new PeerUnavailableException(UnavailableReason.InvalidAnswer, "The peer sent an answer that cannot be read.", unreadable);
        }
    }

    private async Task<(string Domain, HttpClient Client)> FindAsync(PeerId id, CancellationToken cancellationToken) =>
        await book.FindAsync(id, cancellationToken) is { State: LinkState.Active } peer && connections.To(peer) is { } connection
            ? (peer.Domain.Value, connection.Client)
            : throw new PeerUnavailableException(UnavailableReason.Transport, "There is no active link.");

    private static async Task<byte[]> PostAsync<T>(HttpClient client, T message, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path)
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(message, PeerJson.Requests))
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            },
        };
        request.Options.Set(PeerRequestOptions.Deadline, MergedView.PeerDeadline);
        using var answer = await client.SendAsync(request, cancellationToken);
        var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        return answer.IsSuccessStatusCode ? body : throw PeerRefusedException.From(answer.StatusCode, Encoding.UTF8.GetString(body));
    }
}
