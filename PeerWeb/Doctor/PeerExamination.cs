using System.Globalization;
using NodaTime;
using PeerWeb.Core.Peers;

namespace PeerWeb.Doctor;

/// <summary>Each peer asked as it is asked every day: who it says it is, how it sees the link, and what its clock says. Nothing of it is written down.</summary>
/// <param name="services">Asked for who signs only once it looks: that is known after the keys were looked at.</param>
internal sealed class PeerExamination(IPeerBook book, IDiscoveryClient discovery, IServiceProvider services) : IExamination
{
    // A signed request may be 300 s old and 60 s ahead; what is half as much goes wrong soon.
    private static readonly Duration MostBehind = Duration.FromSeconds(60);
    private static readonly Duration SomeSkew = Duration.FromSeconds(30);

    public string Subject => "peers";

    public bool IsFoundation => false;

    public bool NeedsNetwork => true;

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellationToken)
    {
        var peers = (await book.ListAsync(cancellationToken)).Where(peer => peer.State is not (LinkState.Revoked or LinkState.Rejected) && peer.Verified is not null).ToList();
        if (peers.Count == 0)
            return [Finding.Ok(Subject, "none to ask")];
        var found = await Task.WhenAll(peers.Select(peer => LookAsync(peer, cancellationToken)));
        return [.. found.SelectMany(findings => findings)];
    }

    private async Task<IReadOnlyList<Finding>> LookAsync(Peer peer, CancellationToken cancellationToken)
    {
        var subject = peer.Domain.Value;
        try
        {
            var found = await discovery.FetchAsync(peer.Domain, cancellationToken);
            if (found.Installation != peer.Installation)
                return [Finding.Error(subject, $"The domain is answered by another installation, {found.Installation}.", "Ask its administrator. Opening the peer on the page Peers blocks the link.")];
            if (found.Key.Thumbprint != peer.Key.Thumbprint)
                return [Finding.Error(subject, "It shows another key than the one that was compared.", "Ask its administrator. Opening the peer on the page Peers blocks the link.")];
        }
        catch (DiscoveryFailedException failed)
        {
            return [Unreachable(peer, failed.Message)];
        }
        var answer = await services.GetRequiredService<ILinkProbe>().ProbeAsync(peer.Id, cancellationToken);
        if (answer.Error is { } error)
            return [Unreachable(peer, error), .. Clock(subject, answer.ClockSkew)];
        return [Standing(peer, answer.StateThere), .. Clock(subject, answer.ClockSkew)];
    }

    private static Finding Unreachable(Peer peer, string reason)
    {
        var last = peer.LastExchange is { } at ? $" The last exchange was {at}." : string.Empty;
        var advice = "Wait, or ask its administrator; its sources show as stale or offline until then.";
        return peer.State == LinkState.Active ? Finding.Error(peer.Domain.Value, reason + last, advice) : Finding.Warning(peer.Domain.Value, reason + last, advice);
    }

    private static Finding Standing(Peer peer, string? there) => Mirrored(peer.State).Any(state => state.Name() == there)
        ? Finding.Ok(peer.Domain.Value, $"answers; the link is {peer.State.Name()} here and {there} there")
        : Finding.Error(
            peer.Domain.Value,
            $"The link is {peer.State.Name()} here and {there ?? "unknown"} there.",
            "Try now on the page Peers, where messages wait. After a restore on one side: revoke the link on both and make a new one.");

    /// <summary>What the other side may call a link of this state.</summary>
    private static LinkState[] Mirrored(LinkState here) => here switch
    {
        LinkState.Incoming => [LinkState.Outgoing],
        LinkState.Outgoing => [LinkState.Incoming],
        LinkState.WaitingOurs => [LinkState.ApprovedHere, LinkState.WaitingTheirs],
        LinkState.ApprovedHere or LinkState.WaitingTheirs => [LinkState.WaitingOurs],
        _ => [here],
    };

    private static IEnumerable<Finding> Clock(string subject, Duration? skew)
    {
        if (skew is not { } apart)
            return [];
        var text = string.Create(CultureInfo.InvariantCulture, $"Its clock is {apart.TotalSeconds:+0;-0;0} s from ours");
        const string advice = "Set both clocks by the network: requests that are 300 s old or 60 s ahead are refused.";
        return apart >= MostBehind || apart <= -MostBehind ? [Finding.Error(subject, $"{text}.", advice)]
            : apart >= SomeSkew || apart <= -SomeSkew ? [Finding.Warning(subject, $"{text}.", advice)]
            : [Finding.Ok(subject, text)];
    }
}
