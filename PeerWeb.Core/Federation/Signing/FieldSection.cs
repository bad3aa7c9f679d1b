namespace PeerWeb.Core.Federation.Signing;

/// <summary>The header lines of a message, one entry a line, in their order; names are compared without case.</summary>
public sealed class FieldSection(IEnumerable<KeyValuePair<string, string>> lines)
{
    private readonly ILookup<string, string> _lines =
        lines.ToLookup(line => line.Key, line => line.Value.Trim(' ', '\t'), StringComparer.OrdinalIgnoreCase);

    public static FieldSection Empty { get; } = new([]);

    /// <summary>Every line of <paramref name="name"/>, without surrounding white space.</summary>
    public IReadOnlyList<string> Lines(string name) => [.. _lines[name]];

    public bool Has(string name) => _lines.Contains(name);

    /// <summary>All lines joined by a comma and a space (RFC 9421 2.1), or null where there is none.</summary>
    public string? Value(string name) => Has(name) ? string.Join(", ", _lines[name]) : null;
}
