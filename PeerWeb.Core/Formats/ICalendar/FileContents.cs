using System.Text;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>What a file holds: each component's text in a <see cref="SpillStream"/>, and notes that are sorted to find the components of one UID.</summary>
/// <remarks>Memory does not grow with the file: neither its texts nor its notes stay in it.</remarks>
/// <param name="kind">Which components are entries.</param>
internal sealed class FileContents(ComponentKind kind) : IDisposable
{
    private readonly FilePieces _pieces = new();
    private readonly MemoryStream _memory = new();
    private FileCalendars? _calendars;
    private (SpillStream.Piece Place, FilePiece Zone)? _lastZone;

    private FileCalendars Calendars => _calendars ??= new FileCalendars(_pieces.Texts);

    public void Add(FileComponent component)
    {
        if (component.Problem is { } problem)
            AddBroken(component, problem.Message, problem.Line ?? component.Line);
        else if (component.Name == FileComponent.Head)
            Calendars.AddHead(component.Calendar, PieceOf(component.Lines, component.Line));
        else if (component.Name == "VTIMEZONE")
            AddZone(component);
        else if (component.Name == kind.Name)
            AddEntry(component);
        else
            AddBroken(component, $"{component.Name} is not {kind.One}.", component.Line);
    }

    /// <inheritdoc cref="FilePieces.GroupCount"/>
    public int GroupCount => _pieces.GroupCount;

    /// <summary>The notes of each entry, and those of what is none, in the order in which they begin in the file. To be read once, when all is there.</summary>
    /// <param name="most">More notes of one entry than this are left out, but for one that shows that there are more.</param>
    public IEnumerable<IReadOnlyList<Note>> Groups(int most)
    {
        Calendars.Complete();
        var group = new List<Note>();
        foreach (var note in _pieces.Ordered())
        {
            if (group.Count > 0 && group[0].First != note.First)
            {
                yield return group;
                group = [];
            }
            if (group.Count <= most)
                group.Add(note);
        }
        if (group.Count > 0)
            yield return group;
    }

    public FilePiece Read(Note note) => FilePiece.Read(_pieces.Read(note));

    public FileCalendar CalendarOf(Note note) => Calendars.Find(note.Container);

    /// <remarks>Most entries of a file are in the same zone.</remarks>
    public FilePiece ReadZone(SpillStream.Piece piece)
    {
        if (_lastZone is { } last && last.Place == piece)
            return last.Zone;
        var zone = FilePiece.Read(_pieces.Texts.Read(piece));
        _lastZone = (piece, zone);
        return zone;
    }

    public void Dispose()
    {
        _calendars?.Dispose();
        _memory.Dispose();
        _pieces.Dispose();
    }

    private void AddZone(FileComponent component)
    {
        if (Value(component, "TZID") is { } zoneId
            && !Calendars.TryAddZone(component.Calendar, zoneId.Trim(), () => Append(PieceOf(component.Lines, component.Line))))
            AddBroken(component, "There are more time zones than the world has.", component.Line);
    }

    private void AddEntry(FileComponent component)
    {
        var piece = PieceOf(component.Lines, component.Line) with { Label = LabelOf(component) };
        var uid = Value(component, "UID") is { } value ? TextValue.Unescape(value).Trim() : string.Empty;
        piece = uid.Length > 0 ? piece with { Uid = uid } : WithUid(component, piece);
        _pieces.Add(FilePieces.KeyOf(piece.Uid), Append(piece), component.Calendar);
    }

    private void AddBroken(FileComponent component, string reason, int line) =>
        _pieces.AddAlone(Append(FilePiece.Broken(LabelOf(component), line, reason)), component.Calendar);

    private SpillStream.Piece Append(FilePiece piece)
    {
        _memory.SetLength(0);
        using var writer = new BinaryWriter(_memory, Encoding.UTF8, leaveOpen: true);
        piece.WriteTo(writer);
        return _pieces.Texts.Append(_memory.GetBuffer().AsSpan(0, (int)_memory.Length));
    }

    private static FilePiece PieceOf(IReadOnlyList<ContentLine> lines, int line)
    {
        var zones = new List<string>();
        foreach (var zone in lines.Select(property => property.Parameter("TZID")).OfType<string>())
        {
            if (!zones.Contains(zone.Trim()))
                zones.Add(zone.Trim());
        }
        return new FilePiece(string.Empty, string.Empty, line, Reason: null, zones, [.. lines.Select(property => property.Number)], ContentLines.Write(lines));
    }

    /// <summary>The same component gets the same UID in every import.</summary>
    private static FilePiece WithUid(FileComponent component, FilePiece piece)
    {
        var uid = FilePieces.UidOf(piece.Text);
        var begin = component.Lines[0];
        List<ContentLine> lines = [begin, ContentLine.Parse($"UID:{uid}", begin.Number), .. component.Lines.Skip(1).Where(line => line.Name != "UID")];
        return PieceOf(lines, piece.Line) with { Label = piece.Label, Uid = uid };
    }

    private static string? Value(FileComponent component, string property)
    {
        var depth = 0;
        foreach (var line in component.Lines)
        {
            depth += line.Name switch { "BEGIN" => 1, "END" => -1, _ => 0 };
            if (depth == 1 && line.Name == property)
                return line.Value;
        }
        return null;
    }

    private static string LabelOf(FileComponent component)
    {
        var label = Value(component, "SUMMARY") is { Length: > 0 } summary ? TextValue.Unescape(summary) : Value(component, "UID") ?? component.Name;
        return DisplayText.Excerpt(label, 200);
    }
}
