using System.Globalization;
using PeerWeb.Core.Peers;

namespace PeerWeb.Cli.Peers;

/// <summary>What the peer commands print; with <c>--output json</c> these are the members.</summary>
internal sealed record FingerprintText(string Words, string Digits, string Thumbprint)
{
    public static FingerprintText Of(PublicKey key)
    {
        var fingerprint = Fingerprint.Of(key.Thumbprint);
        return new(string.Join(' ', fingerprint.Words), string.Join(' ', fingerprint.Digits), key.Thumbprint.Value);
    }
}

internal sealed record PeerList(string Domain, FingerprintText Ours, IReadOnlyList<PeerLine> Peers)
{
    public IEnumerable<string> ToText() =>
    [
        $"This installation is {Domain}. Its fingerprint:",
        $"  {Ours.Words}",
        $"  {Ours.Digits}",
        $"  {Ours.Thumbprint}",
        .. Peers.Count == 0 ? ["There are no peers yet."] : Peers.SelectMany(peer => peer.ToText()),
    ];
}

internal sealed record PeerLine(
    Guid Id, string Domain, string Name, string State, bool Conflicts, FingerprintText Theirs, FingerprintText? Seen, DateTimeOffset? LastExchange, string? Error)
{
    public static PeerLine Of(Peer peer, IReadOnlyList<Peer> all) => new(
        peer.Id.Value, peer.Domain.Value, peer.Name, peer.State.Name(), all.Any(peer.ConflictsWith), FingerprintText.Of(peer.Key),
        peer.Seen is { } seen ? FingerprintText.Of(seen.Key) : null, peer.LastExchange?.ToDateTimeOffset(), peer.Seen?.Reason ?? peer.LastError);

    public IEnumerable<string> ToText()
    {
        yield return $"{Domain,-32} {State,-15} {Id}  {Name}".TrimEnd();
        yield return $"  theirs  {Theirs.Words}";
        if (Seen is not null)
            yield return $"  now     {Seen.Words}";
        if (LastExchange is { } at)
            yield return $"  last exchange {at.ToString("u", CultureInfo.InvariantCulture)}";
        if (Conflicts)
            yield return "  Another link claims the same domain or installation.";
        if (Error is not null)
            yield return $"  {Error}";
    }
}

internal sealed record PeerTestReport(
    string Domain, bool Reachable, bool KeyMatches, string? StateThere, double? ClockSkewSeconds, string? Error, PeerMethodsReport? Methods)
{
    /// <param name="comparison">Null where the peer was not asked what it can do.</param>
    public static PeerTestReport Of(Peer peer, PeerCheck check, MethodComparison? comparison) => new(
        peer.Domain.Value, check.DiscoveryError is null, check.Call is not null, check.Call?.StateThere, check.Call?.ClockSkew?.TotalSeconds, check.Error,
        comparison is null ? null : PeerMethodsReport.Of(comparison));

    public IEnumerable<string> ToText()
    {
        yield return $"{Domain}: discovery and key {(KeyMatches ? "match" : "do not match or cannot be fetched")}";
        if (StateThere is not null)
            yield return $"  signed call answered; the link there is {StateThere}";
        if (ClockSkewSeconds is { } skew)
            yield return string.Create(CultureInfo.InvariantCulture, $"  their clock is {skew:+0;-0;0} s from ours");
        foreach (var line in Methods?.ToText() ?? [])
            yield return line;
    }
}
