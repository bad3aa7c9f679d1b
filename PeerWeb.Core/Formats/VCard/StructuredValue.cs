namespace PeerWeb.Core.Formats.VCard;

/// <summary>Values that are made of parts: N, ADR, ORG, GENDER, each part a list where commas part it.</summary>
/// <remarks>RFC 6350 3.3 and 6.2.2.</remarks>
public static class StructuredValue
{
    /// <summary>The parts as they are written, with their escapes.</summary>
    public static List<string> Split(string value, char separator = ';')
    {
        var parts = new List<string>();
        var start = 0;
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\')
            {
                i++;
            }
            else if (value[i] == separator)
            {
                parts.Add(value[start..i]);
                start = i + 1;
            }
        }
        parts.Add(value[Math.Min(start, value.Length)..]);
        return parts;
    }

    /// <summary>The parts as a person reads them, several of one part joined by a comma and a space.</summary>
    public static List<string> Read(string value) => Split(value).ConvertAll(part => string.Join(", ", TextValue.List(part)));

    /// <summary>The text of a part, or nothing where there are not so many.</summary>
    public static string At(List<string> parts, int index) => index < parts.Count ? parts[index] : string.Empty;

    /// <param name="parts">As a person reads them; a comma stays a part of its text.</param>
    public static string Write(params IEnumerable<string> parts) => string.Join(';', parts.Select(TextValue.Escape));
}
