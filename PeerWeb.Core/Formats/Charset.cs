using System.Text;

namespace PeerWeb.Core.Formats;

/// <summary>Character sets by the names that old files give them.</summary>
internal static class Charset
{
    private const string Parameter = "CHARSET=";

    public static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252) ?? Encoding.Latin1;

    /// <summary>Null where nobody knows the name, and for those that files are not written in.</summary>
    public static Encoding? Find(string name)
    {
        var known = name.Trim();
        // Latin 1 in name is Windows-1252 in files, which has it in it.
        if (known.Equals("ISO-8859-1", StringComparison.OrdinalIgnoreCase) || known.Equals("US-ASCII", StringComparison.OrdinalIgnoreCase))
            return Windows1252;
        try
        {
            var found = CodePagesEncodingProvider.Instance.GetEncoding(known) ?? Encoding.GetEncoding(known);
            return found.WebName is "utf-7" ? null : found;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>What the CHARSET parameter of a property says; null where it has none.</summary>
    public static Encoding? OfLine(ReadOnlySpan<byte> octets)
    {
        var colon = octets.IndexOf((byte)':');
        var head = Encoding.Latin1.GetString(colon < 0 ? octets : octets[..colon]);
        var at = head.IndexOf(Parameter, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return null;
        var name = head.AsSpan(at + Parameter.Length);
        var end = name.IndexOf(';');
        return Find((end < 0 ? name : name[..end]).ToString());
    }
}
