namespace PeerWeb.Core.Federation.Wire;

/// <summary>Kinds of <c>POST /peer/v1/messages</c> that keep open views live.</summary>
public static class LiveMessageKinds
{
    public const string Lease = "lease";

    public const string Nudge = "nudge";
}

/// <summary>What one user of the sender has open.</summary>
/// <param name="User">Name at the sending peer, without a domain.</param>
/// <param name="Collections">Ids of the receiver's collections.</param>
/// <param name="Groups">The user's groups at the sending peer, as in <c>PeerWeb-Actor</c>; absent: none.</param>
public sealed record WireOpenView(string User, IReadOnlyList<string> Collections, IReadOnlyList<string>? Groups = null);

/// <summary>Message <c>lease</c>: these views are open, so tell us when what they show changes. Given anew each minute; nothing takes it back but time.</summary>
/// <param name="Kind"><c>lease</c>.</param>
/// <param name="Views">At most <see cref="MostViews"/>, with at most <see cref="MostCollections"/> collections in all.</param>
public sealed record WireLease(string Kind, IReadOnlyList<WireOpenView> Views)
{
    public const int MostViews = 100;
    public const int MostCollections = 500;
}

/// <summary>Answer to a lease: what of it is given. What a user may not read is not there, without a word why.</summary>
/// <param name="Seconds">How long it holds from now.</param>
public sealed record WireLeased(IReadOnlyList<WireOpenView> Views, int Seconds);

/// <summary>Message <c>nudge</c>: these leased collections of the sender changed; ask again.</summary>
/// <param name="Kind"><c>nudge</c>.</param>
/// <param name="Collections">Ids, at most <see cref="MostCollections"/>.</param>
public sealed record WireNudge(string Kind, IReadOnlyList<string> Collections)
{
    public const int MostCollections = 500;
}
