using System.Text;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Formats.ICalendar.Editing;

/// <summary>Fields of a dialog that are texts, from and to the properties that hold them.</summary>
internal static class TextLines
{
    /// <summary>On one line; empty where there is none.</summary>
    public static string Line(Component component, string name) => component.Text(name) is { } text ? DisplayText.OneLine(text) : string.Empty;

    public static void SetLine(ComponentLines lines, string name, string text) => SetText(lines, name, DisplayText.OneLine(text));

    /// <summary>A text of several lines.</summary>
    public static void SetLines(ComponentLines lines, string name, string text) => SetText(lines, name, Typed(text));

    /// <summary>CATEGORIES, in their order; all lines of it become one.</summary>
    public static void SetCategories(ComponentLines lines, IEnumerable<string> categories)
    {
        var values = categories.Select(DisplayText.OneLine).Where(category => category.Length > 0).Distinct().Select(TextValue.Escape).ToList();
        if (values.Count == 0)
            lines.Remove("CATEGORIES");
        else
            lines.Set($"CATEGORIES:{string.Join(',', values)}");
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
