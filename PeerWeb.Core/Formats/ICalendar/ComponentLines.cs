using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>A component as the lines that it is made of, in their order, so that some can be changed while all others stay as they are.</summary>
/// <remarks>RFC 5545 3.6. For reading there is <see cref="Component"/>; the two meet in the line number of BEGIN.</remarks>
public sealed class ComponentLines
{
    private readonly ContentLine _begin;
    private readonly List<Part> _parts = [];
    private ContentLine _end;

    private ComponentLines(ContentLine begin) => (_begin, _end) = (begin, begin);

    /// <summary>Upper case.</summary>
    public string Name => _begin.ComponentName;

    /// <summary>1-based line of its BEGIN; 0 of one that was made.</summary>
    public int Line => _begin.Number;

    public IEnumerable<ContentLine> Properties => _parts.Select(part => part.Line).OfType<ContentLine>();

    public IEnumerable<ComponentLines> Components => _parts.Select(part => part.Component).OfType<ComponentLines>();

    public ContentLine? Find(string property) => Properties.FirstOrDefault(line => line.Name == property);

    public List<ContentLine> All(string property) => [.. Properties.Where(line => line.Name == property)];

    /// <summary>Builds the one component that the lines make up; they are known to be balanced.</summary>
    public static ComponentLines Read(IEnumerable<ContentLine> lines)
    {
        var open = new Stack<ComponentLines>();
        ComponentLines? root = null;
        foreach (var line in lines)
        {
            switch (line.Name)
            {
                case "BEGIN":
                    var begun = new ComponentLines(line);
                    if (open.TryPeek(out var parent))
                        parent._parts.Add(new Part(null, begun));
                    open.Push(begun);
                    break;
                case "END":
                    root = open.Pop();
                    root._end = line;
                    break;
                default:
                    open.Peek()._parts.Add(new Part(line, null));
                    break;
            }
        }
        return root ?? throw new InvalidEntryException("The text is empty.", null);
    }

    /// <summary>Reads unfolded lines of our own.</summary>
    public static ComponentLines Of(params IEnumerable<string> lines) =>
        Read(lines.Select(raw => ContentLine.Parse(ContentLines.Checked(raw, 0), 0)));

    public ComponentLines Copy() => Read(All());

    /// <summary>All lines, BEGIN to END.</summary>
    public IEnumerable<ContentLine> All() =>
        _parts.SelectMany(part => part.Component is { } inner ? inner.All() : [part.Line!]).Prepend(_begin).Append(_end);

    /// <summary>Puts one line where the first of its name is, or after the last property; further ones of that name go.</summary>
    public void Set(string raw)
    {
        var line = ContentLine.Parse(ContentLines.Checked(raw, 0), 0);
        Replace(old => old.Name == line.Name, [line]);
    }

    /// <summary>Puts these lines where the first of the old ones is, or after the last property; the old ones go.</summary>
    public void Replace(Predicate<ContentLine> isOld, IEnumerable<ContentLine> lines)
    {
        var at = _parts.FindIndex(part => part.Line is { } line && isOld(line));
        _parts.RemoveAll(part => part.Line is { } line && isOld(line));
        _parts.InsertRange(at < 0 ? AfterProperties() : at, lines.Select(line => new Part(line, null)));
    }

    public void Remove(string name) => _parts.RemoveAll(part => part.Line?.Name == name);

    public void RemoveLine(ContentLine line) => _parts.RemoveAll(part => ReferenceEquals(part.Line, line));

    public void Replace(ContentLine line, string raw) =>
        _parts[_parts.FindIndex(part => ReferenceEquals(part.Line, line))] = new Part(ContentLine.Parse(raw, 0), null);

    public void Append(string raw) => _parts.Insert(AfterProperties(), new Part(ContentLine.Parse(ContentLines.Checked(raw, 0), 0), null));

    /// <summary>Puts a component behind the last one of its name, else last.</summary>
    public void Add(ComponentLines component)
    {
        var last = _parts.FindLastIndex(part => part.Component?.Name == component.Name);
        _parts.Insert(last < 0 ? _parts.Count : last + 1, new Part(null, component));
    }

    /// <summary>Puts a component before all others.</summary>
    public void AddFirst(ComponentLines component) => _parts.Insert(AfterProperties(), new Part(null, component));

    public void Remove(ComponentLines component) => _parts.RemoveAll(part => ReferenceEquals(part.Component, component));

    private int AfterProperties()
    {
        var first = _parts.FindIndex(part => part.Component is not null);
        return first < 0 ? _parts.Count : first;
    }

    /// <summary>One of the two.</summary>
    private readonly record struct Part(ContentLine? Line, ComponentLines? Component);
}
