using System.Security.Cryptography;
using System.Text;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>What a file holds: notes on where each component's text is kept, grouped by UID in order of first appearance.</summary>
internal sealed class FileContents
{
    private readonly Dictionary<string, Group> _groups = [];
    private readonly Dictionary<int, CalendarHead> _calendars = [];
    private readonly List<Item> _items = [];

    public IReadOnlyList<Item> Items => _items;

    public async Task AddAsync(FileComponent component, string entryName, SpillStream spill, CancellationToken cancellationToken)
    {
        var head = Calendar(component.Calendar);
        if (component.Problem is { } problem)
        {
            _items.Add(new Broken(component.Name, LabelOf(component), problem.Message, problem.Line ?? component.Line));
        }
        else if (component.Name == FileComponent.Head)
        {
            head.Lines.AddRange(component.Lines);
        }
        else if (component.Name == "VTIMEZONE")
        {
            if (Value(component, "TZID") is { } zoneId)
                head.Zones.TryAdd(zoneId.Trim(), await spill.AppendAsync(ContentLines.Write(component.Lines), cancellationToken));
        }
        else if (component.Name == entryName)
        {
            await AddEntryAsync(component, head, spill, cancellationToken);
        }
        else
        {
            _items.Add(new Broken(component.Name, LabelOf(component), null, component.Line));
        }
    }

    private async Task AddEntryAsync(FileComponent component, CalendarHead head, SpillStream spill, CancellationToken cancellationToken)
    {
        var text = ContentLines.Write(component.Lines);
        var uid = Value(component, "UID") is { } value ? TextValue.Unescape(value).Trim() : string.Empty;
        if (uid.Length == 0)
        {
            // The same component gets the same UID in every import.
            uid = $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16))}@import.invalid";
            text = WithUid(component, uid);
        }
        if (!_groups.TryGetValue(uid, out var group))
        {
            _groups[uid] = group = new Group(uid, LabelOf(component), []);
            _items.Add(group);
        }
        var zones = component.Lines.Select(line => line.Parameter("TZID")).OfType<string>().Select(id => id.Trim()).Distinct().ToList();
        var recurrenceId = component.Lines.FirstOrDefault(line => line.Name == "RECURRENCE-ID")?.Value.Trim() ?? string.Empty;
        var version = new Version(Number(Value(component, "SEQUENCE")), Value(component, "LAST-MODIFIED") ?? Value(component, "DTSTAMP") ?? string.Empty);
        var piece = await spill.AppendAsync(text, cancellationToken);
        group.Add(new Member(recurrenceId, version, component.Line, piece, zones, head));
    }

    private static string WithUid(FileComponent component, string uid)
    {
        var text = new StringBuilder();
        ContentLines.AppendFolded(text, component.Lines[0].Raw);
        ContentLines.AppendFolded(text, $"UID:{uid}");
        return text.Append(ContentLines.Write(component.Lines.Skip(1).Where(line => line.Name != "UID"))).ToString();
    }

    private CalendarHead Calendar(int number) =>
        _calendars.TryGetValue(number, out var head) ? head : _calendars[number] = new CalendarHead([], []);

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
        return label.Length <= 200 ? label : label[..200];
    }

    private static int Number(string? text) => int.TryParse(text, out var number) ? number : 0;

    internal abstract record Item;

    /// <summary>A component that is no entry, or cannot be read.</summary>
    /// <param name="Reason">Null where it is only of another kind.</param>
    internal sealed record Broken(string Name, string Label, string? Reason, int Line) : Item;

    /// <param name="Zones">VTIMEZONEs by TZID.</param>
    internal sealed record CalendarHead(List<ContentLine> Lines, Dictionary<string, SpillStream.Piece> Zones);

    /// <summary>SEQUENCE, then the time of the last change as text, which sorts as it should.</summary>
    internal readonly record struct Version(int Sequence, string Changed);

    internal sealed record Member(string RecurrenceId, Version Version, int Line, SpillStream.Piece Text, IReadOnlyList<string> Zones, CalendarHead Calendar);

    internal sealed record Group(string Uid, string Label, List<Member> Members) : Item
    {
        /// <summary>Keeps the later of two versions of the same component, as merged exports contain them.</summary>
        public void Add(Member added)
        {
            var same = Members.FindIndex(member => member.RecurrenceId == added.RecurrenceId);
            if (same < 0)
                Members.Add(added);
            else if (IsNewer(added.Version, Members[same].Version))
                Members[same] = added;
        }

        private static bool IsNewer(Version added, Version known) =>
            added.Sequence != known.Sequence ? added.Sequence > known.Sequence : string.CompareOrdinal(added.Changed, known.Changed) >= 0;
    }
}
