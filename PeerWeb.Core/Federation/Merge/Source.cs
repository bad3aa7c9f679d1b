using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Federation.Merge;

/// <summary>Names a source the same way on every page and installation: <c>ada@acme.example/calendar/&lt;id&gt;</c>.</summary>
public readonly record struct SourceId(Address Owner, AppId App, CollectionId Collection)
{
    public static bool TryParse(string? text, out SourceId source)
    {
        source = default;
        if (text?.Split('/') is not [var ownerText, var appText, var collectionText]
            || !Address.TryParse(ownerText, out var owner)
            || !AppId.TryParse(appText, out var app)
            || !CollectionId.TryParse(collectionText, out var collection))
            return false;
        source = new SourceId(owner, app, collection);
        return true;
    }

    public override string ToString() => $"{Owner}/{App}/{Collection}";
}

public enum SourceState
{
    /// <summary>Asked, not answered yet.</summary>
    Loading,

    /// <summary>What shows is what the owner just said.</summary>
    Live,

    /// <summary>The owner cannot be asked; what shows is its last good answer.</summary>
    Stale,

    /// <summary>The owner cannot be asked and there is no answer to show.</summary>
    Offline,

    /// <summary>The owner said no: not there any more, or not for this user.</summary>
    Refused,
}

/// <summary>How a source stands, for icon, text and time wherever it shows.</summary>
/// <param name="Since">Live: when answered. Stale: as of when. Offline and refused: since when.</param>
/// <param name="Reason">What is wrong, in words for a person; null where nothing is.</param>
public sealed record SourceStatus(SourceState State, Instant? Since, string? Reason);

/// <summary>One collection in a merged view.</summary>
/// <param name="IsMine">Owned by the viewer.</param>
/// <param name="Color"><c>#rrggbb</c> as the owner chose it, or null.</param>
public sealed record Source(SourceId Id, string Name, string? Color, Rights MyRights, bool IsMine, SourceStatus Status);

/// <summary>One installation of a merged view: this one, or a linked peer.</summary>
/// <param name="Status">Null for this installation.</param>
public sealed record Installation(Domain Domain, string Name, bool IsOwn, SourceStatus? Status);

/// <summary>What a merged query says as its answers arrive: this installation first, each peer as it comes. No update is ever an exception.</summary>
public abstract record MergeUpdate
{
    private MergeUpdate()
    {
    }

    /// <summary>All installations that are asked; the first update. Sources known from before are listed with it, peers' as loading.</summary>
    public sealed record Asked(IReadOnlyList<Installation> Installations, IReadOnlyList<Source> Sources) : MergeUpdate;

    /// <summary>One installation is through: how it stands, and all its sources with their state. Sources of it that are not in the list are gone.</summary>
    /// <param name="Entries">All that its sources have for the query, in order: the answer, or the last good one where stale.</param>
    public sealed record Answered(Installation Installation, IReadOnlyList<Source> Sources, IReadOnlyList<MergedEntry> Entries) : MergeUpdate
    {
        /// <summary>Where the entries end, if more follow.</summary>
        public QueryCursor? Next { get; init; }
    }
}

/// <summary>A summary with the source it came from.</summary>
public sealed record MergedEntry(SourceId Source, EntrySummary Summary);
