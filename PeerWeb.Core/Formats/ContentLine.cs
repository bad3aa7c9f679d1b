using System.Text;
using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Formats;

/// <summary>A parameter of a property, quotes removed and RFC 6868 escapes resolved.</summary>
public sealed record PropertyParameter(string Name, IReadOnlyList<string> Values);

/// <summary>One unfolded line <c>NAME;PARAM=value:VALUE</c>, with the raw text that is stored unchanged.</summary>
/// <param name="Number">1-based physical line on which it begins.</param>
/// <param name="Name">Upper case.</param>
/// <param name="Value">As written, with its escapes.</param>
/// <remarks>RFC 5545 3.1.</remarks>
public sealed record ContentLine(int Number, string Name, IReadOnlyList<PropertyParameter> Parameters, string Value, string Raw)
{
    /// <summary>Name of a component for BEGIN and END, else empty.</summary>
    public string ComponentName => Name is "BEGIN" or "END" ? KnownNames.Of(Value.AsSpan().Trim()) : string.Empty;

    /// <summary>First value of the parameter, or null.</summary>
    public string? Parameter(string name)
    {
        foreach (var parameter in Parameters)
        {
            if (parameter.Name == name && parameter.Values.Count > 0)
                return parameter.Values[0];
        }
        return null;
    }

    /// <exception cref="InvalidEntryException">No name, no colon, or an open quote.</exception>
    public static ContentLine Parse(string raw, int number)
    {
        var at = NameLength(raw);
        if (at == 0 || at == raw.Length)
            throw new InvalidEntryException("This line has no property name followed by a colon.", number);
        var name = KnownNames.Of(raw.AsSpan(0, at));
        List<PropertyParameter>? parameters = null;
        while (raw[at] == ';')
            (parameters ??= []).Add(ParseParameter(raw, ref at, number));
        return new ContentLine(number, name, parameters ?? (IReadOnlyList<PropertyParameter>)[], raw[(at + 1)..], raw);
    }

    /// <summary>Whether a line begins like a property: a name, then a colon or semicolon.</summary>
    public static bool LooksLikeOne(ReadOnlySpan<char> raw)
    {
        var length = NameLength(raw);
        return length > 0 && length < raw.Length && raw[length] is ':' or ';';
    }

    private static int NameLength(ReadOnlySpan<char> raw)
    {
        var length = 0;
        while (length < raw.Length && (char.IsAsciiLetterOrDigit(raw[length]) || raw[length] is '-' or '_' or '.'))
            length++;
        return length < raw.Length && raw[length] is not (':' or ';') ? 0 : length;
    }

    private static PropertyParameter ParseParameter(string raw, ref int at, int number)
    {
        var start = ++at;
        while (at < raw.Length && raw[at] is not ('=' or ';' or ':'))
            at++;
        var name = KnownNames.Of(raw.AsSpan(start, at - start).Trim());
        IReadOnlyList<string> values = [];
        if (at < raw.Length && raw[at] == '=')
        {
            at++;
            values = [ParseParameterValue(raw, ref at, number)];
        }
        while (at < raw.Length && raw[at] == ',')
        {
            at++;
            var more = values as List<string> ?? [.. values];
            more.Add(ParseParameterValue(raw, ref at, number));
            values = more;
        }
        return at < raw.Length && raw[at] is ';' or ':'
            ? new PropertyParameter(name, values)
            : throw new InvalidEntryException("A parameter of this property has no end.", number);
    }

    private static string ParseParameterValue(string raw, ref int at, int number)
    {
        string value;
        if (at < raw.Length && raw[at] == '"')
        {
            var close = raw.IndexOf('"', at + 1);
            if (close < 0)
                throw new InvalidEntryException("A quoted parameter of this property is not closed.", number);
            value = raw[(at + 1)..close];
            at = close + 1;
            while (at < raw.Length && raw[at] is not (',' or ';' or ':'))
                at++;
        }
        else
        {
            var start = at;
            while (at < raw.Length && raw[at] is not (',' or ';' or ':'))
                at++;
            value = raw[start..at];
        }
        return value.Contains('^', StringComparison.Ordinal) ? Uncaret(value) : value;
    }

    /// <remarks>RFC 6868 3.</remarks>
    private static string Uncaret(string value)
    {
        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            var replaced = value[i] == '^' && i + 1 < value.Length ? value[i + 1] switch { 'n' => '\n', '\'' => '"', '^' => '^', _ => '\0' } : '\0';
            text.Append(replaced == '\0' ? value[i] : replaced);
            if (replaced != '\0')
                i++;
        }
        return text.ToString();
    }
}
