using System.Collections.Immutable;
using Fluxor;
using NodaTime;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Shared.Lists;

/// <summary>The merged lists of one circuit, each under its app.</summary>
/// <remarks>Of all apps in one: a circuit shows one page at a time, so that no page is drawn anew for another's list.</remarks>
[FeatureState]
public sealed record ListsState
{
    /// <summary>Null until it is known in which zone the viewer sees times.</summary>
    public DateTimeZone? Zone { get; init; }

    public ImmutableDictionary<AppId, AppList> Lists { get; init; } = ImmutableDictionary<AppId, AppList>.Empty;

    public AppList Of(AppId app) => Lists.GetValueOrDefault(app, AppList.Empty);
}

/// <summary>The list of one app, and the entry that is opened beside it.</summary>
/// <param name="Entry">What reading the opened one came to; null while it is read.</param>
public sealed record AppList(ListView View, EntryLink? Opened, OpenedEntry? Entry)
{
    public static readonly AppList Empty = new(new ListView(), null, null);
}

/// <summary>The page is there: its list begins anew, with nothing opened.</summary>
public sealed record EnterListAction(AppId App);

public sealed record ZoneKnownAction(DateTimeZone Zone);

/// <summary>What the viewer has hidden before; with it the first question is asked.</summary>
public sealed record HiddenListedKnownAction(AppId App, ImmutableHashSet<SourceId> Hidden);

/// <summary>Another question.</summary>
/// <param name="From">The list begins at the first title that is not before this; empty for all.</param>
public sealed record SearchListAction(AppId App, string Text, string From);

public sealed record ListedAction(AppId App, int Request, ListSnapshot List);

public sealed record ListFailedAction(AppId App, int Request, string Reason);

public sealed record MoreListedAction(AppId App);

/// <summary>Everybody is asked again; nothing shows of it but what changed.</summary>
public sealed record RefreshListAction(AppId App);

public sealed record ToggleListedAction(AppId App, SourceId Source);

public sealed record ShowOnlyListedAction(AppId App, SourceId Source);

/// <summary>Opens an entry, reads the opened one anew, or with null closes it.</summary>
public sealed record OpenEntryAction(AppId App, EntryLink? Link);

public sealed record EntryReadAction(AppId App, EntryLink Link, OpenedEntry Entry);

/// <summary>The page is left; nothing needs to be asked.</summary>
public sealed record LeaveListAction(AppId App);
