namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>A kind of component that entries are made of.</summary>
/// <param name="Name">Upper case.</param>
/// <param name="Noun">What a person calls one of them.</param>
/// <param name="EndName">The property that ends it; null where it has only a start.</param>
/// <param name="NeedsTime">Whether one without any time is none.</param>
/// <remarks>RFC 5545 3.6.1 to 3.6.3.</remarks>
public sealed record ComponentKind(string Name, string Noun, string? EndName, bool NeedsTime)
{
    public static readonly ComponentKind Event = new("VEVENT", "event", "DTEND", NeedsTime: true);

    /// <summary>Without a start it is at its DUE, which also is what its RRULE then counts from.</summary>
    public static readonly ComponentKind Todo = new("VTODO", "todo", "DUE", NeedsTime: false) { IsOfItsLastDay = true };

    public static readonly ComponentKind Journal = new("VJOURNAL", "note", EndName: null, NeedsTime: false);

    private static readonly HashSet<string> Others = ["VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY"];

    /// <summary>The noun after "an" or "a".</summary>
    public string One => Noun[0] is 'a' or 'e' or 'i' or 'o' or 'u' ? $"an {Noun}" : $"a {Noun}";

    /// <summary>Whether an end that is a date means all of that day: what is due on Friday is not late before Saturday.</summary>
    public bool IsOfItsLastDay { get; private init; }

    /// <summary>The property that says the start where DTSTART does not; null where none does.</summary>
    public string? SecondStart => this == Todo ? EndName : null;

    /// <summary>Whether a component is an entry of another kind.</summary>
    public bool IsOther(string name) => name != Name && Others.Contains(name);
}
