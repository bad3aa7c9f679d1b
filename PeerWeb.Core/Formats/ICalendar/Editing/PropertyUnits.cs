
namespace PeerWeb.Core.Formats.ICalendar.Editing;

/// <summary>What of a component is compared and merged as one thing: mostly a property, for times, guests, alarms and how much is done more or less than that.</summary>
internal static class PropertyUnits
{
    public const string When = "DTSTART";
    public const string Repeats = "RRULE";
    public const string LeftOut = "EXDATE";
    public const string Done = "STATUS";
    public const string Alarms = "VALARM";
    private const string Guest = "ATTENDEE:";

    /// <summary>Who wrote last has to say nothing about what.</summary>
    public static bool IsStamp(string unit) => unit is "DTSTAMP" or "LAST-MODIFIED" or "CREATED" or "SEQUENCE";

    public static bool IsGuest(string unit) => unit.StartsWith(Guest, StringComparison.Ordinal);

    public static string Of(ContentLine line) => line.Name switch
    {
        "DTEND" or "DUE" or "DURATION" => When,
        "RDATE" or "EXRULE" => Repeats,
        "COMPLETED" or "PERCENT-COMPLETE" => Done,
        "ATTENDEE" => Guest + line.Value.Trim().ToUpperInvariant(),
        _ => line.Name,
    };

    /// <summary>Units of any of the components, in the order in which they come first.</summary>
    public static IEnumerable<string> Keys(params IEnumerable<ComponentLines?> components) =>
        components.OfType<ComponentLines>().SelectMany(component => component.Properties.Select(Of)
            .Concat(component.Components.Select(inner => inner.Name))).Distinct();

    public static List<ContentLine> Lines(ComponentLines? component, string unit) =>
        component is null ? [] : [.. component.Properties.Where(line => Of(line) == unit)];

    public static List<ComponentLines> Inner(ComponentLines? component, string unit) =>
        component is null ? [] : [.. component.Components.Where(inner => inner.Name == unit)];

    public static bool AreEqual(ComponentLines? left, ComponentLines? right, string unit) => Text(left, unit) == Text(right, unit);

    /// <summary>Whether two components say the same but for who wrote when.</summary>
    public static bool AreEqual(ComponentLines left, ComponentLines right) =>
        Keys(left, right).All(unit => IsStamp(unit) || AreEqual(left, right, unit));

    /// <summary>Everything that the unit says, comparable; the order of lines says nothing.</summary>
    private static string Text(ComponentLines? component, string unit) => string.Join('\n', Lines(component, unit).Select(line => line.Raw)
        .Concat(Inner(component, unit).Select(inner => string.Join('\n', inner.All().Select(line => line.Raw)))).Order(StringComparer.Ordinal));
}
