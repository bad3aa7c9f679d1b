using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Shared;

namespace PeerWeb.Features.Calendars.Month;

/// <summary>Which instance of which event of which source; what a click carries.</summary>
public readonly record struct InstanceKey(SourceId Source, Uid Uid, string RecurrenceId);

/// <summary>One instance of an event as its viewer sees it: wall-clock times and days in the viewer's zone.</summary>
/// <param name="Start">In the viewer's zone; of an all-day event, midnight.</param>
/// <param name="LastDay">The last day that it touches; an end at midnight does not touch the day that begins.</param>
public sealed record EventInstance(
    MergedEntry Entry, InstanceKey Key, LocalDateTime Start, LocalDateTime End, bool IsAllDay, LocalDate FirstDay, LocalDate LastDay, EventStatus Status)
{
    /// <summary>What shows it, where it is an entry of another app; null for events.</summary>
    public CalendarLayer? Layer { get; init; }

    /// <summary>Null for what is nothing to be done.</summary>
    public bool? IsDone { get; init; }

    public EntrySummary Summary => Entry.Summary;

    public SourceId Source => Entry.Source;

    public string Title => Summary.IsRedacted ? "Busy" : string.IsNullOrWhiteSpace(Summary.Title) ? "(no title)" : Summary.Title;

    /// <summary>Spans cells: an all-day event, or one that goes on past midnight.</summary>
    public bool IsBar => IsAllDay || LastDay > FirstDay;

    public bool Touches(LocalDate day) => FirstDay <= day && day <= LastDay;

    /// <summary>The same event at another time of the viewer's, as long as its owner has not said where it is.</summary>
    public EventInstance MovedTo(LocalDateTime start, LocalDateTime end) =>
        this with { Start = start, End = end, FirstDay = start.Date, LastDay = LastDayOf(start, end) };

    /// <summary>Null for what a month cannot show: no start, or times beyond the years that entries may have.</summary>
    public static EventInstance? Of(MergedEntry entry, DateTimeZone viewer)
    {
        var (source, summary) = entry;
        if (summary.Start is not { } from || summary.End is not { } to || !IsSane(from) || !IsSane(to))
            return null;
        var isAllDay = from.IsDate;
        var start = from.LocalFor(viewer);
        var end = to.LocalFor(viewer);
        if (end < start)
            end = start;
        var key = new InstanceKey(source, summary.Uid, summary.RecurrenceId ?? string.Empty);
        return new EventInstance(entry, key, start, end, isAllDay, start.Date, LastDayOf(start, end), CalendarEventDetail.Parse(summary.Detail).Status);
    }

    /// <summary>An entry of another app; null where it does not show.</summary>
    public static EventInstance? Of(MergedEntry entry, DateTimeZone viewer, CalendarLayer layer)
    {
        if (layer.Read(entry) is not { } read || Of(entry, viewer) is not { } instance)
            return null;
        var start = !read.AtEnd ? instance.Start : instance is { IsAllDay: true } && instance.End > instance.Start ? instance.End.PlusDays(-1) : instance.End;
        return instance.MovedTo(start, instance.End) with { Status = EventStatus.Confirmed, Layer = layer, IsDone = read.IsDone };
    }

    private static LocalDate LastDayOf(LocalDateTime start, LocalDateTime end) =>
        end > start && end.TimeOfDay == LocalTime.Midnight ? end.Date.PlusDays(-1) : end.Date;

    private static bool IsSane(EntryTime time) =>
        time.Local.Year is >= 1899 and <= 2201 && (time.Instant is not { } instant || (instant >= TimeRange.Earliest && instant <= TimeRange.Latest));
}
