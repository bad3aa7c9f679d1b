using System.Text;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Calendars.Editing;

/// <summary>The fields of a dialog, from and to the properties that hold them.</summary>
internal static class FieldLines
{
    public static EventFields Read(Component component, EntryTime start, EntryTime end, Recurrence? recurrence) => new(
        Line(component.Text("SUMMARY")),
        start,
        end,
        Line(component.Text("LOCATION")),
        component.Text("DESCRIPTION") ?? string.Empty,
        CalendarEventDetail.TransparencyOf(component),
        component.All("CLASS").Any(line => !line.Value.Trim().Equals("PUBLIC", StringComparison.OrdinalIgnoreCase)),
        recurrence);

    public static void SetSummary(ComponentLines lines, string text) => SetText(lines, "SUMMARY", DisplayText.OneLine(text));

    public static void SetLocation(ComponentLines lines, string text) => SetText(lines, "LOCATION", DisplayText.OneLine(text));

    public static void SetDescription(ComponentLines lines, string text) => SetText(lines, "DESCRIPTION", Typed(text));

    public static void SetTransparency(ComponentLines lines, Transparency transparency)
    {
        lines.Remove("TRANSP");
        if (transparency == Transparency.Transparent)
            lines.Set("TRANSP:TRANSPARENT");
    }

    public static void SetPrivate(ComponentLines lines, bool isPrivate)
    {
        if (isPrivate)
            lines.Set("CLASS:PRIVATE");
        else
            lines.Remove("CLASS");
    }

    private static void SetText(ComponentLines lines, string name, string text)
    {
        if (text.Length == 0)
        {
            lines.Remove(name);
            return;
        }
        var old = lines.Find(name);
        // ALTREP points to another form of the old words. LANGUAGE and the like stay.
        var head = old is null || old.Parameter("ALTREP") is not null ? $"{name}:" : old.Raw[..^old.Value.Length];
        lines.Set(head + TextValue.Escape(text));
    }

    private static string Line(string? text) => text is null ? string.Empty : DisplayText.OneLine(text);

    private static string Typed(string text)
    {
        var typed = new StringBuilder(text.Length);
        foreach (var c in text.ReplaceLineEndings("\n"))
        {
            if (c is '\n' or '\t' || !char.IsControl(c))
                typed.Append(c);
        }
        return typed.ToString().Trim();
    }
}
