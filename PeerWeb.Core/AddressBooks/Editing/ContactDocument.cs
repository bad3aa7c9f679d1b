using System.Globalization;
using NodaTime;
using PeerWeb.Core.Formats;
using PeerWeb.Core.Formats.VCard;

namespace PeerWeb.Core.AddressBooks.Editing;

/// <summary>A card's properties in their order, open for changes of single ones.</summary>
internal sealed class ContactDocument(IEnumerable<CardLine> lines)
{
    private readonly List<CardLine> _lines = [.. lines];

    public IReadOnlyList<CardLine> Lines => _lines;

    /// <exception cref="Entries.InvalidEntryException">The text is no card.</exception>
    public static ContactDocument Read(string text) => new(CardText.Read(text).Lines);

    public CardLine? Find(string name) => _lines.Find(line => line.Name == name);

    public List<CardLine> All(string name) => _lines.FindAll(line => line.Name == name);

    /// <summary>Puts a property where the first of its name is, else last; further ones of that name stay.</summary>
    public void Set(CardLine line)
    {
        var at = _lines.FindIndex(old => old.Name == line.Name);
        if (at < 0)
            _lines.Add(line);
        else
            _lines[at] = line;
    }

    /// <summary>Behind the last one of its name, else last.</summary>
    public void Add(CardLine line)
    {
        var last = _lines.FindLastIndex(old => old.Name == line.Name);
        _lines.Insert(last < 0 ? _lines.Count : last + 1, line);
    }

    public void Replace(CardLine old, CardLine line) => _lines[_lines.FindIndex(known => ReferenceEquals(known, old))] = line;

    /// <summary>Takes a property away, and what was said of it: properties of its group that are nothing without it.</summary>
    public void Remove(CardLine line)
    {
        _lines.RemoveAll(known => ReferenceEquals(known, line));
        if (line.Group is { } group && !_lines.Exists(other => IsIn(other, group) && !ContactUnits.IsAnnotation(other)))
            _lines.RemoveAll(other => IsIn(other, group));
    }

    public void RemoveFirst(string name)
    {
        if (Find(name) is { } line)
            Remove(line);
    }

    public void RemoveAll(string name)
    {
        foreach (var line in All(name))
            Remove(line);
    }

    /// <summary>Says what its user calls a value; null says nothing.</summary>
    /// <returns>The value, which may be in a group now.</returns>
    public CardLine SetLabel(CardLine line, string? label)
    {
        if (line.Group is { } known)
            _lines.RemoveAll(other => other.Name == ContactLabels.Property && IsIn(other, known));
        if (label is null)
            return line;
        var group = line.Group ?? FreeGroup();
        var grouped = line.Group is null ? CardLine.Parse($"{group}.{CardProperty.Of(line)}", 0) : line;
        Replace(line, grouped);
        _lines.Insert(_lines.FindLastIndex(other => IsIn(other, group)) + 1, CardLine.Parse($"{group}.X-ABLabel:{TextValue.Escape(label)}", 0));
        return grouped;
    }

    /// <summary>Puts properties into this order, in the places that they have together.</summary>
    public void Order(IReadOnlyList<CardLine> ordered)
    {
        var places = ordered.Select(line => _lines.FindIndex(known => ReferenceEquals(known, line))).Order().ToList();
        for (var i = 0; i < places.Count; i++)
            _lines[places[i]] = ordered[i];
    }

    /// <remarks>RFC 6350 6.7.4.</remarks>
    public void Stamp(Instant now) => Set(CardLine.Parse("REV:" + now.InUtc().LocalDateTime.ToString("uuuuMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture), 0));

    /// <exception cref="Entries.InvalidEntryException">What came out is beyond a cap, or no card any more.</exception>
    public string Write() => CardText.Read(CardText.Of(_lines).Text).Text;

    private string FreeGroup()
    {
        for (var number = 1; ; number++)
        {
            var group = string.Create(CultureInfo.InvariantCulture, $"item{number}");
            if (!_lines.Exists(line => IsIn(line, group)))
                return group;
        }
    }

    private static bool IsIn(CardLine line, string group) => string.Equals(line.Group, group, StringComparison.OrdinalIgnoreCase);
}
