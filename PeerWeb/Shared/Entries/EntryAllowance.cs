using NodaTime;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Shared.Entries;

/// <summary>What a viewer may do with an entry, as far as the view knows; the owner decides. A reason stands for "no", null for "yes".</summary>
public sealed record EntryAllowance(string? NoSave, string? NoDelete, string? NoPrivate)
{
    private static readonly (Rights Right, string Verb)[] Verbs =
        [(Rights.Read, "read"), (Rights.Add, "add to"), (Rights.Edit, "edit"), (Rights.Delete, "delete from")];

    /// <summary>Of an entry that is there.</summary>
    public static EntryAllowance Of(EntryNouns nouns, Source source)
    {
        if (source is { IsMine: false, Status.State: SourceState.Refused })
        {
            var gone = $"{source.Id.Owner} does not share this {nouns.Collection} with you any more.";
            return new EntryAllowance(gone, gone, gone);
        }
        return new EntryAllowance(Against(nouns, source, Rights.Edit), Against(nouns, source, Rights.Delete), AgainstPrivate(nouns, source));
    }

    /// <summary>Of an entry that is to be.</summary>
    public static EntryAllowance OfNew(EntryNouns nouns, Source? source) => source is null
        ? new EntryAllowance(null, null, $"Choose {nouns.ACollection} first.")
        : new EntryAllowance(Against(nouns, source, Rights.Add), null, AgainstPrivate(nouns, source));

    public static bool MayAdd(Source source) => source.Status.State != SourceState.Refused && May(source, Rights.Add);

    /// <summary>Where a new entry may go: own collections first, then by installation.</summary>
    public static IReadOnlyList<SourceGroup> Targets(EntryNouns nouns, IReadOnlyList<Installation> installations, IReadOnlyList<Source> sources) =>
        [.. SourceGroup.Of(installations, [.. sources.Where(MayAdd)], nouns.Own).Where(group => group.Sources.Count > 0)];

    /// <summary>What to know before a write to a source that is not live; null where it is.</summary>
    public static string? Away(Source source, DateTimeZone viewer, Instant now) => source.Status.State is SourceState.Stale or SourceState.Offline
        ? $"{source.Id.Owner.Domain} could not be reached: {SourceStateWords.Full(source.Status, viewer, now)}"
        : null;

    /// <summary>"ada@acme.example lets you read and add to this calendar, not edit its events."; null where the right is there.</summary>
    public static string? Against(EntryNouns nouns, Source source, Rights needed)
    {
        if (May(source, needed))
            return null;
        var rights = source.MyRights.InEffect();
        var may = Verbs.Where(verb => rights.Allows(verb.Right)).Select(verb => verb.Verb).ToList();
        var not = needed switch
        {
            Rights.Read => "read it",
            Rights.Add => "add to it",
            Rights.Edit => $"edit its {nouns.Entries}",
            Rights.Delete => $"delete its {nouns.Entries}",
            _ => throw new ArgumentOutOfRangeException(nameof(needed)),
        };
        return may.Count switch
        {
            0 => $"{source.Id.Owner} does not let you {not}.",
            1 => $"{source.Id.Owner} lets you {may[0]} this {nouns.Collection}, not {not}.",
            _ => $"{source.Id.Owner} lets you {string.Join(", ", may.SkipLast(1))} and {may[^1]} this {nouns.Collection}, not {not}.",
        };
    }

    public static bool May(Source source, Rights needed) => source.IsMine || source.MyRights.InEffect().Allows(needed);

    private static string? AgainstPrivate(EntryNouns nouns, Source source) =>
        May(source, Rights.Private) ? null : $"{source.Id.Owner} does not let you make {nouns.Entries} of this {nouns.Collection} private.";
}
