using NodaTime;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;

namespace PeerWeb.Features.Sharing;

/// <summary>What one user shares.</summary>
/// <param name="Own">Their own address.</param>
public sealed record SharingFacts(Address Own, IReadOnlyList<SharedCollection> Collections);

/// <summary>One collection of the viewer with who has access to it.</summary>
/// <param name="Noun">What it is called: "calendar".</param>
public sealed record SharedCollection(CollectionId Id, AppId App, string Noun, string Name, string? Color, IReadOnlyList<Access> Access);

/// <summary>One grant as its giver sees it.</summary>
/// <param name="Principal">An address, <c>group:name</c>, or <c>everyone@domain</c>.</param>
/// <param name="Home">Name of the installation the principal belongs to.</param>
/// <param name="IsOfAll">Covers everything of the app that the owner has or will have.</param>
/// <param name="IsLinked">Without an active link it gives nothing for now.</param>
public sealed record Access(
    GrantId Grant, string Principal, string Home, Rights Rights, bool IsOfAll, Instant Since, Instant? ExpiresAt, bool IsLinked);

/// <summary>What giving access came to.</summary>
public abstract record GiveOutcome
{
    private GiveOutcome()
    {
    }

    public sealed record Given(Address To) : GiveOutcome;

    /// <param name="Reason">Why, and what to do about it.</param>
    public sealed record Refused(string Reason) : GiveOutcome;
}
