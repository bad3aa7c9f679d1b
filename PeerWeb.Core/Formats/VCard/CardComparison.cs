using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Formats.VCard;

/// <summary>Compares cards by what they say: their properties in any order, without who wrote them when.</summary>
internal static class CardComparison
{
    /// <summary>Properties that say nothing about whom the card is of.</summary>
    public static bool IsStamp(string name) => name is "REV" or "PRODID";

    /// <exception cref="InvalidEntryException">One of the two cannot be read.</exception>
    public static bool IsSame(string left, string right) => left == right || Lines(left).SequenceEqual(Lines(right), StringComparer.Ordinal);

    private static List<string> Lines(string text)
    {
        var lines = CardText.Read(text).Lines.Where(line => !IsStamp(line.Name) && !IsEmptyName(line)).Select(Said).ToList();
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    /// <summary>Version 3.0 wants a name where 4.0 needs none.</summary>
    private static bool IsEmptyName(CardLine line) => line.Name == "N" && line.Line.Value.Trim(';').Length == 0;

    /// <summary>Whether a UID is called a text or nothing is said of it makes it no other one.</summary>
    private static string Said(CardLine line) => line.Name == "UID" ? $"UID:{line.Line.Value}" : line.Line.Raw;
}
