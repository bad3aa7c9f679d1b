using NodaTime;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Formats.ICalendar;

/// <remarks>RFC 5545 3.2.12; values that are not known mean NeedsAction.</remarks>
public enum ParticipationStatus
{
    NeedsAction,
    Accepted,
    Declined,
    Tentative,
    Delegated,
}

/// <summary>Who called a meeting.</summary>
/// <param name="Address">Mail address, or another URI as it is.</param>
public sealed record Organizer(string? Name, string Address)
{
    internal static Organizer Read(ContentLine line) => new(Attendee.NameOf(line), CalendarAddress.Read(line.Value));
}

/// <param name="Address">Mail address, or another URI as it is.</param>
/// <remarks>RFC 5545 3.8.4.1.</remarks>
public sealed record Attendee(string? Name, string Address, ParticipationStatus ParticipationStatus)
{
    internal static Attendee Read(ContentLine line) => new(NameOf(line), CalendarAddress.Read(line.Value), line.Parameter("PARTSTAT")?.ToUpperInvariant() switch
    {
        "ACCEPTED" => ParticipationStatus.Accepted,
        "DECLINED" => ParticipationStatus.Declined,
        "TENTATIVE" => ParticipationStatus.Tentative,
        "DELEGATED" => ParticipationStatus.Delegated,
        _ => ParticipationStatus.NeedsAction,
    });

    internal static string? NameOf(ContentLine line) => line.Parameter("CN") is { } name && DisplayText.OneLine(name) is { Length: > 0 } shown ? shown : null;
}

/// <param name="Action">DISPLAY, EMAIL, AUDIO or another.</param>
/// <param name="Offset">From the start, or the end where it is related to that; null where the trigger is an instant.</param>
/// <remarks>RFC 5545 3.6.6.</remarks>
public sealed record Alarm(string Action, Period? Offset, bool IsRelatedToEnd, Instant? At)
{
    /// <summary>Null where the alarm has no trigger that can be read.</summary>
    internal static Alarm? Read(Component component)
    {
        if (component.Find("TRIGGER") is not { } trigger)
            return null;
        var action = component.Text("ACTION")?.ToUpperInvariant() ?? "DISPLAY";
        if (CalendarTimeText.ReadDuration(trigger.Value) is { } offset)
            return new Alarm(action, offset, trigger.Parameter("RELATED")?.ToUpperInvariant() == "END", null);
        return CalendarTimeText.ReadUtc(trigger.Value) is { } at ? new Alarm(action, null, false, at) : null;
    }
}
