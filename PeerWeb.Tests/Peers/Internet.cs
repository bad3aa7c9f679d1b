using System.Security.Cryptography;
using System.Text;
using PeerWeb.Core.Federation.Discovery;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Sync;

namespace PeerWeb.Tests.Peers;

/// <summary>What connects the sites: finds them by domain, and loses, doubles or forges what it is told to.</summary>
internal sealed class Internet : IDiscoveryClient
{
    public List<Site> Sites { get; } = [];

    public int Fetches { get; private set; }

    /// <summary>Answers of discovery that are not those of the site itself, by domain.</summary>
    public Dictionary<string, DiscoveredInstallation> Forged { get; } = [];

    public bool IsDown { get; set; }

    public bool LosesAnswers { get; set; }

    public bool Doubles { get; set; }

    /// <summary>Everything that arrived, in order, repeats included.</summary>
    public List<OutboxMessage> Carried { get; } = [];

    /// <summary>Answers in place of the other site, by kind.</summary>
    public Dictionary<string, SendOutcome> Scripted { get; } = [];

    public static DiscoveredInstallation Discovery(Home home) => new(
        home.Domain, home.Installation, home.Name, new Uri($"https://{home.Domain}/"), home.Key, ["1"], [], []);

    public Task<DiscoveredInstallation> FetchAsync(Domain domain, CancellationToken cancellationToken)
    {
        Fetches++;
        if (IsDown)
            throw new DiscoveryFailedException("It cannot be reached.");
        if (Forged.TryGetValue(domain.Value, out var forged))
            return Task.FromResult(forged);
        var site = Sites.Find(site => site.Home.Domain == domain) ?? throw new DiscoveryFailedException("Nobody is there.");
        return Task.FromResult(Discovery(site.Home));
    }

    public async Task<SendOutcome> CarryAsync(Home from, Domain to, OutboxMessage message, CancellationToken cancellationToken)
    {
        if (IsDown)
            return new SendOutcome.Unavailable("It cannot be reached.", null);
        if (Scripted.TryGetValue(message.Kind, out var scripted))
        {
            Carried.Add(message);
            return scripted;
        }
        var outcome = await DeliverAsync(from, to, message, cancellationToken);
        if (Doubles)
            outcome = await DeliverAsync(from, to, message, cancellationToken);
        return LosesAnswers ? new SendOutcome.Unavailable("The answer was lost.", null) : outcome;
    }

    /// <summary>One delivery, as the peer API would make of it.</summary>
    public async Task<SendOutcome> DeliverAsync(Home from, Domain to, OutboxMessage message, CancellationToken cancellationToken)
    {
        Carried.Add(message);
        var site = Sites.Single(site => site.Home.Domain == to);
        var body = Encoding.UTF8.GetBytes(message.Body);
        if (GrantMessageKinds.All.Contains(message.Kind))
            return await DeliverAsync(site, from, message, body, cancellationToken);
        var read = LinkWire.Read(message.Kind, body, out var problem) ?? throw new InvalidOperationException(problem);
        if (read is LinkMessage.Request request)
            return Of(await site.Received.RequestAsync(request, cancellationToken));
        if (await site.Book.FindByKeyAsync(from.Key.Thumbprint, cancellationToken) is not { } peer
            || (peer.State == LinkState.Revoked && read is not LinkMessage.Revoke))
        {
            return SendOutcome.Of(401, "The key is not known.", null);
        }
        return Of(await site.Received.ReceiveAsync(peer.Id, read, ReceiptOf(message, body), cancellationToken));
    }

    private static async Task<SendOutcome> DeliverAsync(Site to, Home from, OutboxMessage message, byte[] body, CancellationToken cancellationToken)
    {
        if (await to.Book.FindByKeyAsync(from.Key.Thumbprint, cancellationToken) is not { State: LinkState.Active } peer)
            return new SendOutcome.Unavailable("The link is not active.", null);
        var notice = GrantWire.Read(message.Kind, body, out var problem) ?? throw new InvalidOperationException(problem);
        return Of(await to.ReceivedOffers.ReceiveAsync(peer.Id, notice, ReceiptOf(message, body), cancellationToken));
    }

    private static Receipt ReceiptOf(OutboxMessage message, byte[] body) => new(message.IdempotencyKey, Convert.ToHexStringLower(SHA256.HashData(body)));

    private static SendOutcome Of(ReceiveOutcome outcome) => outcome switch
    {
        ReceiveOutcome.Accepted => SendOutcome.Of(200, string.Empty, null),
        ReceiveOutcome.Refused refused => SendOutcome.Of(422, refused.Reason, null),
        ReceiveOutcome.Full => SendOutcome.Of(429, "Too many requests wait.", null),
        ReceiveOutcome.KeyReused => SendOutcome.Of(422, "The key came before.", null),
        _ => throw new InvalidOperationException(outcome.ToString()),
    };
}
