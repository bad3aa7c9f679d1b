using System.Text;

namespace PeerWeb.Core.Formats;

/// <summary>The TEXT value type and its escapes.</summary>
/// <remarks>RFC 5545 3.3.11.</remarks>
public static class TextValue
{
    public static string Unescape(string value)
    {
        if (!value.Contains('\\', StringComparison.Ordinal))
            return value;
        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] != '\\' || i + 1 == value.Length)
                text.Append(value[i]);
            else if (value[++i] is 'n' or 'N')
                text.Append('\n');
            else
                text.Append(value[i]);
        }
        return text.ToString();
    }

    public static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace(";", "\\;", StringComparison.Ordinal)
            .Replace(",", "\\,", StringComparison.Ordinal)
            .ReplaceLineEndings("\\n");

    /// <summary>The values of a comma-separated list, unescaped, trimmed, empty ones left out.</summary>
    public static IReadOnlyList<string> List(string value)
    {
        var values = new List<string>();
        var start = 0;
        for (var i = 0; i <= value.Length; i++)
        {
            if (i < value.Length && value[i] == '\\')
            {
                i++;
            }
            else if (i >= value.Length || value[i] == ',')
            {
                var item = Unescape(value[start..Math.Min(i, value.Length)]).Trim();
                if (item.Length > 0)
                    values.Add(item);
                start = i + 1;
            }
        }
        if (start < value.Length && value[^1] == '\\' && Unescape(value[start..]).Trim() is { Length: > 0 } last)
            values.Add(last);
        return values;
    }
}
