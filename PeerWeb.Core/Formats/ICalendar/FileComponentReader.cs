using System.Runtime.CompilerServices;
using System.Text;
using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>A component of a file directly under a VCALENDAR, or a calendar's head.</summary>
/// <param name="Calendar">1-based number of the VCALENDAR it is in.</param>
/// <param name="Line">1-based line of its BEGIN.</param>
/// <param name="Lines">Its content lines with BEGIN and END; empty where it is broken.</param>
/// <param name="Problem">Why it cannot be read, or null.</param>
internal sealed record FileComponent(int Calendar, string Name, int Line, IReadOnlyList<ContentLine> Lines, InvalidEntryException? Problem)
{
    public const string Head = "HEAD";
}

/// <summary>Cuts a file into its components, holding one at a time; a broken one ends at its END line or where the next begins.</summary>
internal sealed class FileComponentReader
{
    private static readonly LineRules Rules = new(Caps.Property);
    private static readonly HashSet<string> TopLevel = ["VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE", "VCALENDAR"];

    private readonly List<FileComponent> _ready = [];
    private int _calendar;
    private List<ContentLine> _head = [];
    private OpenComponent? _open;
    private bool _isInCalendar;

    public static async IAsyncEnumerable<FileComponent> ReadAsync(Stream file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = new FileComponentReader();
        var lines = await FileLineReader.OpenAsync(file, Rules, cancellationToken);
        do
        {
            while (lines.TryRead(out var line))
            {
                reader.Add(line);
                foreach (var component in reader.TakeReady())
                    yield return component;
            }
        }
        while (await lines.FillAsync(cancellationToken));
        if (lines.TryTakeLast(out var last))
            reader.Add(last);
        reader.CloseOpen("It has no END.");
        reader.CloseCalendar();
        foreach (var component in reader.TakeReady())
            yield return component;
    }

    private List<FileComponent> TakeReady()
    {
        if (_ready.Count == 0)
            return _ready;
        List<FileComponent> ready = [.. _ready];
        _ready.Clear();
        return ready;
    }

    private void Add(FileLine line)
    {
        var (begins, name) = Marker(line.Raw);
        if (begins is true && (_open is null || TopLevel.Contains(name)))
        {
            CloseOpen("It has no END.");
            if (name == "VCALENDAR")
                BeginCalendar();
            else
                _open = new OpenComponent(name, line.Number);
        }
        else if (begins is false && name == "VCALENDAR")
        {
            CloseOpen("It has no END.");
            CloseCalendar();
            return;
        }
        if (_open is { } open)
        {
            open.Add(line, begins, name);
            if (open.IsClosed)
                CloseOpen(null);
        }
        else if (_isInCalendar && begins is null && line.Raw is { } raw && ContentLine.LooksLikeOne(raw))
        {
            AddToHead(raw, line.Number);
        }
    }

    private void AddToHead(string raw, int number)
    {
        try
        {
            var line = ContentLine.Parse(ContentLines.Checked(raw, number), number);
            if (line.Name is "VERSION" or "PRODID" or "CALSCALE" && !_head.Exists(other => other.Name == line.Name))
                _head.Add(line);
        }
        catch (InvalidEntryException exception)
        {
            _ready.Add(new FileComponent(_calendar, FileComponent.Head, number, [], exception));
        }
    }

    private void BeginCalendar()
    {
        CloseCalendar();
        _calendar++;
        _isInCalendar = true;
    }

    private void CloseCalendar()
    {
        if (_isInCalendar)
            _ready.Add(new FileComponent(_calendar, FileComponent.Head, 0, _head, null));
        (_head, _isInCalendar) = ([], false);
    }

    private void CloseOpen(string? problem)
    {
        if (_open is { } open)
            _ready.Add(open.Close(_calendar, problem));
        _open = null;
    }

    private static (bool? Begins, string Name) Marker(string? raw)
    {
        if (raw is null)
            return (null, string.Empty);
        if (raw.StartsWith("BEGIN:", StringComparison.OrdinalIgnoreCase))
            return (true, raw[6..].Trim().ToUpperInvariant());
        return raw.StartsWith("END:", StringComparison.OrdinalIgnoreCase) ? (false, raw[4..].Trim().ToUpperInvariant()) : (null, string.Empty);
    }

    private sealed class OpenComponent(string name, int line)
    {
        private readonly StrayLineJoiner _joiner = new();
        private InvalidEntryException? _problem;
        private int _depth;
        private int _size;

        public bool IsClosed { get; private set; }

        public void Add(FileLine added, bool? begins, string marker)
        {
            _depth += begins switch { true => 1, false => -1, null => 0 };
            IsClosed = _depth <= 0 || (begins is false && marker == name);
            if (_problem is not null)
                return;
            _size += Encoding.UTF8.GetByteCount(added.Raw ?? string.Empty);
            if (added.Raw is not { } raw)
                _problem = new InvalidEntryException($"A property is larger than {Caps.Property / 1024} KiB.", added.Number);
            else if (_size > Caps.Entry)
                _problem = new InvalidEntryException($"It is larger than {Caps.Entry / 1024} KiB.", added.Number);
            else
                Join(added.Number, raw);
        }

        public FileComponent Close(int calendar, string? problem)
        {
            var lines = Parse();
            if (_problem is null && problem is not null)
                _problem = new InvalidEntryException(problem, line);
            return new FileComponent(calendar, name, line, lines, _problem);
        }

        private void Join(int number, string raw)
        {
            try
            {
                _joiner.Add(number, raw);
            }
            catch (InvalidEntryException exception)
            {
                _problem = exception;
            }
        }

        /// <summary>Of a broken one, too: they say what it is called.</summary>
        private List<ContentLine> Parse()
        {
            try
            {
                return _joiner.Complete().ConvertAll(raw => ContentLine.Parse(ContentLines.Checked(raw.Raw, raw.Number), raw.Number));
            }
            catch (InvalidEntryException exception)
            {
                _problem ??= exception;
                return [];
            }
        }
    }
}
