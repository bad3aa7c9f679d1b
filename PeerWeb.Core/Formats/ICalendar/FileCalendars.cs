namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>A VCALENDAR of a file, without its entries.</summary>
/// <param name="Head">VERSION, PRODID, CALSCALE, folded, and on which lines they are.</param>
/// <param name="Zones">Where its VTIMEZONEs are kept, by TZID.</param>
internal sealed record FileCalendar(FilePiece Head, IReadOnlyDictionary<string, SpillStream.Piece> Zones);

/// <summary>The VCALENDARs of a file, of which some have one and some a million; only the current one is in memory.</summary>
/// <remarks>They come one after the other, so the place of a calendar's note says its number.</remarks>
internal sealed class FileCalendars(SpillStream texts) : IDisposable
{
    /// <summary>VTIMEZONEs of one VCALENDAR; more than the world has.</summary>
    private const int MaxZones = 1000;

    private const int NoteSize = sizeof(long) + sizeof(int);
    private static readonly FilePiece NoHead = new(string.Empty, string.Empty, 0, Reason: null, [], [], string.Empty);

    private readonly SpillStream _notes = new();
    private readonly byte[] _note = new byte[NoteSize];
    private FilePiece _head = NoHead;
    private Dictionary<string, SpillStream.Piece> _zones = [];
    private int _number;
    private (int Number, FileCalendar Calendar)? _last;

    public void AddHead(int calendar, FilePiece head)
    {
        GoTo(calendar);
        _head = head;
    }

    /// <returns>Whether there was room.</returns>
    public bool TryAddZone(int calendar, string zoneId, Func<SpillStream.Piece> append)
    {
        GoTo(calendar);
        if (_zones.Count >= MaxZones)
            return false;
        if (!_zones.ContainsKey(zoneId))
            _zones.Add(zoneId, append());
        return true;
    }

    /// <summary>No more come.</summary>
    public void Complete() => GoTo(_number + 1);

    public FileCalendar Find(int calendar)
    {
        if (_last is { } last && last.Number == calendar)
            return last.Calendar;
        var found = (long)calendar * NoteSize < _notes.Length ? Read(calendar) : new FileCalendar(NoHead, new Dictionary<string, SpillStream.Piece>());
        _last = (calendar, found);
        return found;
    }

    public void Dispose() => _notes.Dispose();

    private void GoTo(int calendar)
    {
        for (; _number < calendar; _number++)
        {
            var piece = WriteCurrent();
            BitConverter.TryWriteBytes(_note, piece.At);
            BitConverter.TryWriteBytes(_note.AsSpan(sizeof(long)), piece.Length);
            _notes.Append(_note);
            (_head, _zones) = (NoHead, []);
        }
    }

    private SpillStream.Piece WriteCurrent()
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        writer.Write7BitEncodedInt(_zones.Count);
        foreach (var (id, piece) in _zones)
        {
            writer.Write(id);
            writer.Write(piece.At);
            writer.Write(piece.Length);
        }
        _head.WriteTo(writer);
        return texts.Append(memory.GetBuffer().AsSpan(0, (int)memory.Length));
    }

    private FileCalendar Read(int calendar)
    {
        _notes.Read((long)calendar * NoteSize, _note);
        var octets = texts.Read(new SpillStream.Piece(BitConverter.ToInt64(_note), BitConverter.ToInt32(_note, sizeof(long))));
        using var reader = new BinaryReader(new MemoryStream(octets, writable: false));
        var zones = new Dictionary<string, SpillStream.Piece>();
        for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
            zones.Add(reader.ReadString(), new SpillStream.Piece(reader.ReadInt64(), reader.ReadInt32()));
        return new FileCalendar(FilePiece.Read(octets[(int)reader.BaseStream.Position..]), zones);
    }
}
