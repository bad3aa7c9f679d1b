namespace PeerWeb.Core.Federation.Signing;

/// <summary>The header lines of a message, one entry a line, in their order; names are compared without case.</summary>
public sealed class FieldSection(IEnumerable<KeyValuePair<string, string>> lines)
{
    // A message has a dozen lines: looking through them is faster than sorting them first.
    private readonly (string Name, string Value)[] _lines = [.. lines.Select(line => (line.Key, line.Value.Trim(' ', '\t')))];

    public static FieldSection Empty { get; } = new([]);

    /// <summary>Every line of <paramref name="name"/>, without surrounding white space.</summary>
    public IReadOnlyList<string> Lines(string name) => [.. _lines.Where(line => Is(line.Name, name)).Select(line => line.Value)];

    public int Count(string name)
    {
        var count = 0;
        foreach (var line in _lines)
        {
            if (Is(line.Name, name))
                count++;
        }
        return count;
    }

    public bool Has(string name) => Count(name) > 0;

    /// <summary>All lines joined by a comma and a space (RFC 9421 2.1), or null where there is none.</summary>
    public string? Value(string name) => Count(name) switch
    {
        0 => null,
        1 => Array.Find(_lines, line => Is(line.Name, name)).Value,
        _ => string.Join(", ", Lines(name)),
    };

    private static bool Is(string line, string name) => line.Equals(name, StringComparison.OrdinalIgnoreCase);
}
