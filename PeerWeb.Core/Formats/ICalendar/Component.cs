using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>A component with its properties and the components inside it, for reading; the text itself stays with its content lines.</summary>
/// <param name="Name">Upper case.</param>
/// <param name="Line">1-based line of its BEGIN.</param>
/// <remarks>RFC 5545 3.4 and 3.6.</remarks>
public sealed record Component(string Name, int Line)
{
    public List<ContentLine> Properties { get; } = [];

    public List<Component> Components { get; } = [];

    public ContentLine? Find(string property) => Properties.Find(line => line.Name == property);

    public IEnumerable<ContentLine> All(string property) => Properties.Where(line => line.Name == property);

    /// <summary>The first such property's TEXT, unescaped; null where it is not there or empty.</summary>
    public string? Text(string property) =>
        Find(property) is { Value.Length: > 0 } line && TextValue.Unescape(line.Value).Trim() is { Length: > 0 } text ? text : null;

    /// <summary>Whether it says a CLASS other than PUBLIC; an unknown or empty one too, since who wrote it meant to say something.</summary>
    /// <remarks>RFC 5545 3.8.1.3.</remarks>
    public bool IsPrivate => All("CLASS").Any(line => !line.Value.Trim().Equals("PUBLIC", StringComparison.OrdinalIgnoreCase));

    /// <summary>The values of all CATEGORIES, each once.</summary>
    public IEnumerable<string> Categories => All("CATEGORIES").SelectMany(line => TextValue.List(line.Value)).Select(DisplayText.OneLine).Distinct();

    /// <summary>This component and all inside it.</summary>
    public IEnumerable<Component> Tree()
    {
        yield return this;
        foreach (var inner in Components)
        {
            foreach (var component in inner.Tree())
                yield return component;
        }
    }

    /// <summary>Builds the one component that the lines make up.</summary>
    /// <exception cref="InvalidEntryException">BEGIN and END do not match, nesting is deeper than 4, or something is around it.</exception>
    public static Component Read(IReadOnlyList<ContentLine> lines)
    {
        var open = new Stack<Component>();
        Component? root = null;
        foreach (var line in lines)
        {
            if (root is not null)
                throw new InvalidEntryException($"Nothing may follow END:{root.Name}.", line.Number);
            if (line.Name == "BEGIN")
                Open(open, line);
            else if (line.Name == "END")
                root = Close(open, line);
            else if (open.TryPeek(out var component))
                component.Properties.Add(line);
            else
                throw new InvalidEntryException("The text must begin with BEGIN:VCALENDAR.", line.Number);
        }
        if (open.TryPeek(out var unclosed))
            throw new InvalidEntryException($"{unclosed.Name} has no END.", unclosed.Line);
        return root ?? throw new InvalidEntryException("The text is empty.", null);
    }

    private static void Open(Stack<Component> open, ContentLine line)
    {
        if (open.Count == Caps.Nesting)
            throw new InvalidEntryException($"Components are nested deeper than {Caps.Nesting}.", line.Number);
        var component = new Component(line.ComponentName, line.Number);
        if (open.TryPeek(out var parent))
            parent.Components.Add(component);
        open.Push(component);
    }

    private static Component? Close(Stack<Component> open, ContentLine line)
    {
        if (!open.TryPop(out var component) || component.Name != line.ComponentName)
            throw new InvalidEntryException($"END:{line.ComponentName} closes nothing that is open.", line.Number);
        return open.Count == 0 ? component : null;
    }
}
