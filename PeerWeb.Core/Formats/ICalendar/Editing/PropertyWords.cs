using NodaTime.Text;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Formats.ICalendar.Editing;

/// <summary>What the properties of an entry say, in words for a person.</summary>
internal static class PropertyWords
{
    private const int MaxLength = 500;
    private static readonly LocalDatePattern Day = LocalDatePattern.CreateWithInvariantCulture("ddd d MMM uuuu");
    private static readonly LocalTimePattern Time = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    public static string Label(string unit, ComponentKind kind) => unit switch
    {
        PropertyUnits.When => "When",
        PropertyUnits.Repeats => "Repeats",
        PropertyUnits.LeftOut => "Left out",
        PropertyUnits.Alarms => "Reminders",
        "SUMMARY" => "Title",
        "LOCATION" => "Where",
        "DESCRIPTION" => kind == ComponentKind.Journal ? "Text" : "Notes",
        "CATEGORIES" => "Categories",
        "STATUS" => "Status",
        "TRANSP" => "Shown as",
        "CLASS" => "Visibility",
        "URL" => "Link",
        "ORGANIZER" => "Organizer",
        "ATTACH" => "Attachments",
        "COLOR" => "Colour",
        "PRIORITY" => "Priority",
        "COMMENT" => "Comments",
        "RELATED-TO" => $"Related {kind.Noun}s",
        _ => PropertyUnits.IsGuest(unit) ? "Guests" : unit,
    };

    /// <summary>Empty where the component does not have it, but for what is implied.</summary>
    public static string Say(string unit, ComponentLines component, ComponentDocument document)
    {
        var lines = PropertyUnits.Lines(component, unit);
        var text = unit switch
        {
            PropertyUnits.When => When(component, document),
            PropertyUnits.Repeats => Repeats(lines, document),
            PropertyUnits.LeftOut => string.Join(", ", lines.SelectMany(line => CalendarTimeText.ReadList(line, document.Series.Zones)).Select(time => SayTime(time.Start.ToEntryTime()))),
            PropertyUnits.Alarms => string.Join(", ", PropertyUnits.Inner(component, unit).Select(SayAlarm)),
            "ORGANIZER" => lines is [var organizer, ..] ? SayPerson(Organizer.Read(organizer).Name, Organizer.Read(organizer).Address) : string.Empty,
            "TRANSP" => lines is [{ Value: var value }, ..] && value.Trim().Equals("TRANSPARENT", StringComparison.OrdinalIgnoreCase) ? "free" : "busy",
            "CLASS" => lines.TrueForAll(line => line.Value.Trim().Equals("PUBLIC", StringComparison.OrdinalIgnoreCase)) ? "not private" : "private",
            PropertyUnits.Done => string.Join(", ", lines.Select(SayDone)),
            "CATEGORIES" => string.Join(", ", lines.SelectMany(line => TextValue.List(line.Value))),
            "DESCRIPTION" => string.Join("\n", lines.Select(line => TextValue.Unescape(line.Value).Trim())),
            _ when PropertyUnits.IsGuest(unit) => string.Join(", ", lines.Select(SayGuest)),
            _ => string.Join(", ", lines.Select(line => DisplayText.OneLine(TextValue.Unescape(line.Value)))),
        };
        return text.Length <= MaxLength || unit == "DESCRIPTION" ? text : DisplayText.Excerpt(text, MaxLength);
    }

    public static string Between(EntryTime start, EntryTime end)
    {
        if (start.IsDate)
        {
            var last = end.Local.Date.PlusDays(-1);
            return last <= start.Local.Date ? $"{Day.Format(start.Local.Date)}, all day" : $"{Day.Format(start.Local.Date)} to {Day.Format(last)}";
        }
        var isOneDay = start.Local.Date == end.Local.Date && start.ZoneId == end.ZoneId;
        if (start.ZoneId != end.ZoneId)
            return $"{SayTime(start)} to {SayTime(end)}";
        var zone = Zone(start);
        var from = $"{Day.Format(start.Local.Date)}, {Time.Format(start.Local.TimeOfDay)}";
        if (start.Local == end.Local)
            return from + zone;
        return isOneDay
            ? $"{from} to {Time.Format(end.Local.TimeOfDay)}{zone}"
            : $"{from} to {Day.Format(end.Local.Date)}, {Time.Format(end.Local.TimeOfDay)}{zone}";
    }

    private static string When(ComponentLines component, ComponentDocument document)
    {
        var read = new TimedComponent(Component.Read([.. component.All()]), document.Series.Zones, document.Kind);
        if (!read.IsTimed)
            return "no date";
        var (start, end) = (read.Start.ToEntryTime(), read.EndOf(read.Start).ToEntryTime());
        if (read.Kind == ComponentKind.Event)
            return Between(start, end);
        if (read.StartName == read.Kind.EndName)
            return $"due {SayTime(start)}";
        return read.EndLine is null ? SayTime(start) : $"{SayTime(start)}, due {SayTime(TimeLines.Said(end, read.Kind))}";
    }

    /// <summary>STATUS, and how far a todo is.</summary>
    private static string SayDone(ContentLine line) => line.Name switch
    {
        "PERCENT-COMPLETE" => $"{line.Value.Trim()} %",
        "COMPLETED" when CalendarTimeText.ReadUtc(line.Value) is { } at => SayTime(EntryTime.Utc(at)),
        _ => line.Value.Trim().ToLowerInvariant().Replace('-', ' '),
    };

    private static string Repeats(List<ContentLine> lines, ComponentDocument document) => string.Join("; ", lines.Select(line => line.Name switch
    {
        "RRULE" => RecurrenceSentence.Of(line, document.Series.Main.Start),
        "RDATE" => "also " + string.Join(", ", CalendarTimeText.ReadList(line, document.Series.Zones).Select(time => SayTime(time.Start.ToEntryTime()))),
        _ => line.Raw,
    }));

    private static string SayTime(EntryTime time) =>
        time.IsDate ? Day.Format(time.Local.Date) : $"{Day.Format(time.Local.Date)}, {Time.Format(time.Local.TimeOfDay)}{Zone(time)}";

    private static string Zone(EntryTime time) => time.Kind switch
    {
        TimeKind.Zoned => $" ({time.ZoneId})",
        TimeKind.Utc => " (UTC)",
        TimeKind.Floating or TimeKind.Date => string.Empty,
        _ => throw new InvalidOperationException($"There is no time kind {time.Kind}."),
    };

    private static string SayGuest(ContentLine line)
    {
        var guest = Attendee.Read(line);
        var answer = guest.ParticipationStatus switch
        {
            ParticipationStatus.Accepted => "accepted",
            ParticipationStatus.Declined => "declined",
            ParticipationStatus.Tentative => "maybe",
            ParticipationStatus.Delegated => "delegated",
            ParticipationStatus.NeedsAction => "no answer",
            _ => throw new InvalidOperationException($"There is no status {guest.ParticipationStatus}."),
        };
        return $"{SayPerson(guest.Name, guest.Address)} ({answer})";
    }

    private static string SayPerson(string? name, string address) => name is null ? address : $"{name} <{address}>";

    private static string SayAlarm(ComponentLines lines)
    {
        if (Alarm.Read(Component.Read([.. lines.All()])) is not { } alarm)
            return "a reminder";
        if (alarm.Offset is not { } offset)
            return alarm.At is { } at ? SayTime(EntryTime.Utc(at)) : "a reminder";
        var edge = alarm.IsRelatedToEnd ? "end" : "start";
        var span = offset.Normalize();
        (long Number, string Unit)[] units = [(span.Weeks, "week"), (span.Days, "day"), (span.Hours, "hour"), (span.Minutes, "minute"), (span.Seconds, "second")];
        var words = units.Where(unit => unit.Number != 0).Select(unit => $"{Math.Abs(unit.Number)} {unit.Unit}{(Math.Abs(unit.Number) == 1 ? "" : "s")}").ToList();
        return words.Count == 0 ? $"at the {edge}" : $"{string.Join(" ", words)} {(units.Any(unit => unit.Number < 0) ? "before" : "after")} the {edge}";
    }
}
