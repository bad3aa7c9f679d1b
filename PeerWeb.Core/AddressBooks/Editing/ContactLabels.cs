using PeerWeb.Core.Formats.VCard;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.AddressBooks.Editing;

/// <summary>Labels that users gave to values: an X-ABLABEL in the group of the value, as Apple and Google write it.</summary>
internal sealed class ContactLabels(IReadOnlyList<CardLine> lines)
{
    public const string Property = "X-ABLABEL";

    private readonly Dictionary<string, string> _labels = lines
        .Where(line => line.Name == Property && line.Group is not null)
        .GroupBy(line => line.Group!, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(group => group.Key, group => Readable(group.First().Text), StringComparer.OrdinalIgnoreCase);

    public string? Of(CardLine line) => line.Group is { } group && _labels.GetValueOrDefault(group) is { Length: > 0 } label ? label : null;

    /// <summary>Apple's own labels are marked: <c>_$!&lt;HomePage&gt;!$_</c>.</summary>
    private static string Readable(string label)
    {
        var text = DisplayText.OneLine(label);
        return text.StartsWith("_$!<", StringComparison.Ordinal) && text.EndsWith(">!$_", StringComparison.Ordinal) && text.Length > 8 ? text[4..^4] : text;
    }
}
