using NodaTime;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Shared;

namespace PeerWeb.Features.Calendars.Edit;

/// <summary>What a viewer may do with an event, as far as the view knows; the owner decides. A reason stands for "no", null for "yes".</summary>
public sealed record EntryAllowance(string? NoSave, string? NoDelete, string? NoPrivate)
{
    private static readonly (Rights Right, string Verb, string Not)[] Verbs =
    [
        (Rights.Read, "read", "read it"),
        (Rights.Add, "add to", "add to it"),
        (Rights.Edit, "edit", "edit its events"),
        (Rights.Delete, "delete from", "delete its events"),
    ];

    /// <summary>Of an event that is there.</summary>
    public static EntryAllowance Of(Source source)
    {
        if (source is { IsMine: false, Status.State: SourceState.Refused })
        {
            var gone = $"{source.Id.Owner} does not share this calendar with you any more.";
            return new EntryAllowance(gone, gone, gone);
        }
        return new EntryAllowance(Against(source, Rights.Edit), Against(source, Rights.Delete), AgainstPrivate(source));
    }

    /// <summary>Of an event that is to be.</summary>
    public static EntryAllowance OfNew(Source? source) =>
        source is null ? new EntryAllowance(null, null, "Choose a calendar first.") : new EntryAllowance(Against(source, Rights.Add), null, AgainstPrivate(source));

    public static bool MayAdd(Source source) => source.Status.State != SourceState.Refused && Against(source, Rights.Add) is null;

    /// <summary>Where a new event may go: own calendars first, then by installation.</summary>
    public static IReadOnlyList<SourceGroup> Targets(IReadOnlyList<Installation> installations, IReadOnlyList<Source> sources) =>
        [.. SourceGroup.Of(installations, [.. sources.Where(MayAdd)], "My calendars").Where(group => group.Sources.Count > 0)];

    /// <summary>What to know before a write to a source that is not live; null where it is.</summary>
    public static string? Away(Source source, DateTimeZone viewer, Instant now) => source.Status.State is SourceState.Stale or SourceState.Offline
        ? $"{source.Id.Owner.Domain} could not be reached: {SourceStateWords.Full(source.Status, viewer, now)}"
        : null;

    /// <summary>"ada@acme.example lets you read and add to this calendar, not edit its events."; null where the right is there.</summary>
    public static string? Against(Source source, Rights needed)
    {
        var rights = source.MyRights.InEffect();
        if (source.IsMine || rights.Allows(needed))
            return null;
        var may = Verbs.Where(verb => rights.Allows(verb.Right)).Select(verb => verb.Verb).ToList();
        var not = Verbs.First(verb => verb.Right == needed).Not;
        return may.Count switch
        {
            0 => $"{source.Id.Owner} does not let you {not}.",
            1 => $"{source.Id.Owner} lets you {may[0]} this calendar, not {not}.",
            _ => $"{source.Id.Owner} lets you {string.Join(", ", may.SkipLast(1))} and {may[^1]} this calendar, not {not}.",
        };
    }

    private static string? AgainstPrivate(Source source) => source.IsMine ? null : $"Only {source.Id.Owner} can make events of this calendar private.";
}
