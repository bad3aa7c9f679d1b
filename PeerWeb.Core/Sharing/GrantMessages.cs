using PeerWeb.Core.Peers;

namespace PeerWeb.Core.Sharing;

/// <summary>The kinds of messages that tell a peer of grants, as the outbox stores them. Each carries the grant's whole state.</summary>
public static class GrantMessageKinds
{
    /// <summary>The first notice of a grant.</summary>
    public const string Offer = "grant-offer";

    public const string Change = "grant-change";

    public const string End = "grant-end";

    public static IReadOnlyList<string> All { get; } = [Offer, Change, End];
}

/// <summary>Writes a notice in the form the peer API sends it in.</summary>
/// <param name="kind">One of <see cref="GrantMessageKinds"/>; <see cref="GrantMessageKinds.End"/> exactly where the notice is one.</param>
public delegate MessageDraft GrantNoticeWriter(string kind, GrantNotice notice);

/// <summary>Reads back what a <see cref="GrantNoticeWriter"/> wrote; null where it is something else.</summary>
public delegate GrantNotice? GrantNoticeReader(MessageDraft message);
