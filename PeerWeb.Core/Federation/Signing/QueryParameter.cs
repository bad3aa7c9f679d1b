using System.Globalization;
using System.Text;

namespace PeerWeb.Core.Federation.Signing;

/// <summary>The component <c>@query-param</c> (RFC 9421 2.2.8): read as a form, written percent-encoded.</summary>
internal static class QueryParameter
{
    /// <exception cref="FormatException">The parameter is absent or given more than once.</exception>
    public static string Value(string? query, string name)
    {
        var values = (query ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Where(pair => Normalised(pair[0]) == name)
            .Select(pair => pair.Length == 2 ? Normalised(pair[1]) : "")
            .ToList();
        return values.Count == 1 ? values[0] : throw new FormatException($"the query has {values.Count} parameters of this name");
    }

    private static string Normalised(string text)
    {
        var encoded = new StringBuilder();
        foreach (var octet in Decoded(text))
        {
            var c = (char)octet;
            if (char.IsAsciiLetterOrDigit(c) || c is '*' or '-' or '.' or '_') encoded.Append(c);
            else encoded.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
        }

        return encoded.ToString();
    }

    private static byte[] Decoded(string text)
    {
        var source = Encoding.UTF8.GetBytes(text);
        var result = new List<byte>(source.Length);
        for (var i = 0; i < source.Length; i++)
        {
            if (source[i] == '%' && i + 2 < source.Length && char.IsAsciiHexDigit((char)source[i + 1]) && char.IsAsciiHexDigit((char)source[i + 2]))
            {
                result.Add(Convert.FromHexString([(char)source[i + 1], (char)source[i + 2]])[0]);
                i += 2;
            }
            else
            {
                result.Add(source[i] == '+' ? (byte)' ' : source[i]);
            }
        }

        return [.. result];
    }
}
