using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Peers;

/// <summary>What one installation says to the other about their link.</summary>
public abstract record LinkMessage
{
    private LinkMessage()
    {
    }

    /// <summary>We would like to link. Claims only: the receiver checks them when its admin opens the request.</summary>
    public sealed record Request(Domain Domain, InstallationId Installation, PublicKey Key) : LinkMessage;

    /// <summary>We compared and approve exactly this pair.</summary>
    public sealed record Approve(KeyPair Pair) : LinkMessage;

    public sealed record Reject : LinkMessage;

    public sealed record Suspend : LinkMessage;

    public sealed record Resume : LinkMessage;

    public sealed record Revoke : LinkMessage;
}

/// <summary>One end of a link: an installation and the key it signs with.</summary>
public sealed record LinkEnd(InstallationId Installation, KeyThumbprint Thumbprint);

/// <summary>The two ends as one side sees them; the other side sees the <see cref="Mirrored"/> pair.</summary>
public sealed record KeyPair(LinkEnd Ours, LinkEnd Theirs)
{
    public KeyPair Mirrored => new(Theirs, Ours);
}

/// <summary>A message to a peer, as it is kept until it is delivered.</summary>
/// <param name="Kind">1 to 32 characters of <c>a-z</c> and <c>-</c>; says which call carries it.</param>
/// <param name="Body">JSON, sent byte for byte the same on every repeat.</param>
public sealed record MessageDraft(string Kind, string Body);

/// <summary>Writes a link message in the form the peer API sends it in.</summary>
public delegate MessageDraft LinkMessageWriter(LinkMessage message);

/// <summary>The kinds of link messages as the outbox stores them.</summary>
public static class LinkMessageKinds
{
    /// <summary>How all of them begin, and no others.</summary>
    public const string Prefix = "link-";

    public const string Request = "link-request";
    public const string Approve = "link-approve";
    public const string Reject = "link-reject";
    public const string Suspend = "link-suspend";
    public const string Resume = "link-resume";
    public const string Revoke = "link-revoke";
}
