using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Formats.VCard;

/// <summary>One card's text, read and within the caps, and in the form in which it is stored.</summary>
/// <param name="Text">vCard 4.0: NFC, CRLF, folded at 75 octets; what is not known is kept line by line.</param>
/// <param name="Lines">Without BEGIN, VERSION and END. Their numbers are those of the text that was read; 0 where they are not of it.</param>
public sealed record CardText(string Text, IReadOnlyList<CardLine> Lines)
{
    private const string Begin = "BEGIN:VCARD\r\n";
    private const string Version = "VERSION:4.0\r\n";
    private const string End = "END:VCARD\r\n";

    /// <summary>The UID of the text.</summary>
    /// <exception cref="InvalidEntryException">There is none, or none that can be.</exception>
    public Uid Uid
    {
        get
        {
            var line = Find("UID") ?? throw new InvalidEntryException("The card has no UID.", Lines.Count > 0 ? Lines[0].Line.Number : 1);
            return Uid.TryParse(line.Text, out var uid) ? uid : throw new InvalidEntryException($"The UID is empty or longer than {Uid.MaxLength} characters.", line.Line.Number);
        }
    }

    /// <exception cref="InvalidEntryException">Not one VCARD of version 2.1, 3.0 or 4.0, malformed, or beyond a cap.</exception>
    public static CardText Read(string text) => ParserBoundary.Guard(() =>
    {
        LineCaps.CheckText(text);
        var isEncoded = text.Contains("QUOTED-PRINTABLE", StringComparison.OrdinalIgnoreCase);
        var raw = new RawCard();
        foreach (var (number, line) in ContentLines.Unfold(text, isEncoded))
            raw.Add(number, line);
        return Of(raw);
    });

    /// <summary>Puts a card together again of lines that are those of a card.</summary>
    /// <exception cref="InvalidEntryException">Beyond a cap.</exception>
    public static CardText Of(IReadOnlyList<CardLine> lines)
    {
        CardCaps.Check(lines);
        var text = Write(lines);
        LineCaps.CheckText(text);
        return new CardText(text, lines);
    }

    internal static CardText Of(RawCard raw) => Of(raw.Complete());

    public CardLine? Find(string name)
    {
        foreach (var line in Lines)
        {
            if (line.Name == name)
                return line;
        }
        return null;
    }

    public IEnumerable<CardLine> All(string name) => Lines.Where(line => line.Name == name);

    /// <summary>The first property of the name that says something; null where none does.</summary>
    public string? TextOf(string name) => All(name).Select(line => line.Text).FirstOrDefault(text => text.Length > 0);

    private static string Write(IReadOnlyList<CardLine> lines)
    {
        var length = Begin.Length + Version.Length + End.Length;
        foreach (var line in lines)
            length += line.Line.Raw.Length + (line.Line.Raw.Length / 20) + 2;
        var text = new System.Text.StringBuilder(length).Append(Begin).Append(Version);
        foreach (var line in lines)
            ContentLines.AppendFolded(text, line.Line.Raw);
        return text.Append(End).ToString();
    }
}
