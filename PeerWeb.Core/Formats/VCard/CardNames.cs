using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Formats.VCard;

/// <summary>What a card is called, by the best that it has.</summary>
internal static class CardNames
{
    private const int LongestMade = 200;

    /// <summary>FN; where there is none or it is empty, what the name, organisation, nickname, mail address or telephone number makes of it. Empty where there is nothing.</summary>
    public static string Of(IReadOnlyList<CardLine> lines)
    {
        foreach (var line in lines)
        {
            if (line.Name == "FN" && line.Text is { Length: > 0 } text)
                return text;
        }
        return Value(lines, "N", OfStructured)
            ?? Value(lines, "ORG", line => string.Join(", ", StructuredValue.Read(line.Line.Value).Where(part => part.Length > 0)))
            ?? Value(lines, "NICKNAME", line => TextValue.List(line.Line.Value) is [var first, ..] ? first : string.Empty)
            ?? Value(lines, "EMAIL", line => line.Text)
            ?? Value(lines, "TEL", line => line.Text)
            ?? string.Empty;
    }

    /// <summary>RFC 6350 6.2.1: every card has one.</summary>
    public static List<CardLine> WithFormattedName(List<CardLine> lines)
    {
        if (lines.Exists(line => line.Name == "FN" && line.Line.Value.Length > 0))
            return lines;
        var name = Of(lines);
        if (name.Length == 0 && lines.Exists(line => line.Name == "FN"))
            return lines;
        var at = lines.FindIndex(line => line.Name == "FN");
        var made = CardLine.Parse("FN:" + TextValue.Escape(DisplayText.Excerpt(name, LongestMade)), at < 0 ? 0 : lines[at].Line.Number);
        if (at < 0)
            lines.Insert(0, made);
        else
            lines[at] = made;
        return lines;
    }

    private static string? Value(IReadOnlyList<CardLine> lines, string name, Func<CardLine, string> read) =>
        lines.Where(line => line.Name == name).Select(read).FirstOrDefault(text => text.Length > 0);

    private static string OfStructured(CardLine line)
    {
        var parts = StructuredValue.Read(line.Line.Value);
        int[] order = [3, 1, 2, 0, 4];
        return string.Join(' ', order.Select(index => StructuredValue.At(parts, index)).Where(part => part.Length > 0));
    }
}
