using System.Text;
using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>Puts an entry's text together from the pieces of a file: the calendar's head, the zones it refers to, its components.</summary>
/// <remarks>METHOD and the calendar's own name stay behind: an entry is no message, and no calendar. RFC 4791 4.1.</remarks>
internal sealed class EntryText(FileContents contents)
{
    public const string ProductId = "PRODID:-//PeerWeb//PeerWeb//EN";

    private readonly StringBuilder _text = new();
    private readonly List<int> _lines = [];
    private readonly ZoneNames _zones = new();

    /// <summary>The text, and for each of its properties the line of the file.</summary>
    /// <exception cref="InvalidEntryException">Larger than an entry may be.</exception>
    public (string Text, IReadOnlyList<int> Lines) Assemble(IReadOnlyList<FileMember> members)
    {
        AppendHead(contents.CalendarOf(members[0].Note).Head);
        var components = members.Count == 1 ? [WithItsZones(members[0])] : members.Select(WithZones).ToList();
        foreach (var component in components)
            Append(component.Text, component.Lines);
        AppendMade("END:VCALENDAR");
        return (_text.ToString(), _lines);
    }

    private void AppendHead(FilePiece head)
    {
        AppendMade("BEGIN:VCALENDAR");
        if (!Has(head, "VERSION"))
            AppendMade("VERSION:2.0");
        if (!Has(head, "PRODID"))
            AppendMade(ProductId);
        Append(head.Text, head.Lines);
    }

    /// <summary>Appends the zones of an only component: each has its name to itself.</summary>
    private FilePiece WithItsZones(FileMember member)
    {
        var known = contents.CalendarOf(member.Note).Zones;
        foreach (var zoneId in member.Piece.Zones)
        {
            if (!known.TryGetValue(zoneId, out var place))
                continue;
            var zone = contents.ReadZone(place);
            Append(zone.Text, zone.Lines);
        }
        return member.Piece;
    }

    /// <summary>Appends the zones of a component that are not there yet.</summary>
    private FilePiece WithZones(FileMember member)
    {
        var piece = member.Piece;
        var known = contents.CalendarOf(member.Note).Zones;
        var renamed = new Dictionary<string, string>();
        foreach (var zoneId in piece.Zones)
        {
            if (!known.TryGetValue(zoneId, out var place))
                continue;
            var zone = contents.ReadZone(place);
            var (name, isNew) = _zones.NameOf(zoneId, zone.Text);
            if (isNew)
                Append(name == zoneId ? zone.Text : ZoneNames.Renamed(ContentLines.Read(zone.Text), zoneId, name), zone.Lines);
            if (name != zoneId)
                renamed[zoneId] = name;
        }
        return renamed.Count == 0 ? piece : piece with { Text = ZoneNames.Renamed(ContentLines.Read(piece.Text), renamed) };
    }

    private void Append(string text, IReadOnlyList<int> lines)
    {
        if (_text.Length + text.Length > Caps.Entry + (Caps.Entry / 4))
            throw new InvalidEntryException($"The entry is larger than {Caps.Entry / 1024} KiB.", null);
        _text.Append(text);
        _lines.AddRange(lines);
    }

    private void AppendMade(string line) => Append(line + "\r\n", [0]);

    private static bool Has(FilePiece head, string property) => head.Text.StartsWith(property, StringComparison.OrdinalIgnoreCase)
        || head.Text.Contains("\r\n" + property, StringComparison.OrdinalIgnoreCase);
}
