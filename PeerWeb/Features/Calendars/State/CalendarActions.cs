using System.Collections.Immutable;
using NodaTime;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Features.Calendars.Settings;

namespace PeerWeb.Features.Calendars.State;

/// <summary>A page of the calendar opens, and needs to know who looks.</summary>
public sealed record EnterCalendarAction;

public sealed record CalendarEnteredAction(CalendarViewer Viewer, CalendarPlace Place);

/// <summary>The viewer is here now.</summary>
/// <param name="Today">A day that was looked at yesterday is not where one goes on today.</param>
public sealed record KeepPlaceAction(string View, LocalDate Day, LocalDate Today);

/// <param name="Change">What the viewer chose, made of what is chosen when its turn comes: of two quick choices neither undoes the other.</param>
public sealed record ChangeSettingsAction(Func<CalendarSettings, CalendarSettings> Change);

/// <param name="Settings">All that was to be saved.</param>
/// <param name="IsSaved">False: they hold as long as the page is open.</param>
public sealed record SettingsSavedAction(CalendarSettings Settings, bool IsSaved);

/// <summary>Show these days, in this zone.</summary>
public sealed record OpenSpanAction(CalendarSpan Span, DateTimeZone Zone);

/// <summary>The viewer wants everything asked now.</summary>
public sealed record RefreshCalendarAction;

/// <summary>An open view asks again by itself; nothing shows of it but what changed.</summary>
public sealed record ReaskCalendarAction;

/// <summary>No view is open any more; nothing needs to be asked.</summary>
public sealed record CloseCalendarAction;

public sealed record CalendarUpdateAction(int Request, MergeUpdate Update);

/// <summary>Every installation has answered, or its time is up.</summary>
public sealed record CalendarCompleteAction(int Request);

public sealed record CalendarFailedAction(int Request, string Reason);

public sealed record HiddenSourcesLoadedAction(ImmutableHashSet<SourceId> Hidden);

public sealed record ToggleSourceAction(SourceId Source);

/// <summary>Only this source; where it is alone already, all of them.</summary>
public sealed record ShowOnlySourceAction(SourceId Source);
