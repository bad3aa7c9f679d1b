using System.Text;
using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Formats;

/// <summary>How large a text and each of its content lines may be, whatever the format.</summary>
public static class LineCaps
{
    /// <summary>Octets of one unfolded property.</summary>
    public const int Property = 100 * 1024;

    /// <summary>Parameters of a property, and values of a parameter.</summary>
    public const int Parameters = 50;

    /// <exception cref="InvalidEntryException">Larger than <see cref="Entry.MaxBytes"/>.</exception>
    public static void CheckText(string text)
    {
        if (IsLonger(text, Entry.MaxBytes))
            throw new InvalidEntryException($"The entry is larger than {Entry.MaxBytes / 1024} KiB.", null);
    }

    /// <param name="most">Octets of the unfolded line.</param>
    /// <exception cref="InvalidEntryException">The property is too large or has too many parameters.</exception>
    public static void CheckLine(ContentLine line, int most = Property)
    {
        if (IsLonger(line.Raw, most))
            throw new InvalidEntryException($"{line.Name} is larger than {most / 1024} KiB.", line.Number);
        if (line.Parameters.Count > Parameters)
            throw TooMany(line);
        foreach (var parameter in line.Parameters)
        {
            if (parameter.Values.Count > Parameters)
                throw TooMany(line);
        }
    }

    /// <summary>Whether a text has more octets in UTF-8.</summary>
    public static bool IsLonger(string text, int octets) =>
        text.Length > octets || (text.Length * 3L > octets && Encoding.UTF8.GetByteCount(text) > octets);

    private static InvalidEntryException TooMany(ContentLine line) => new($"{line.Name} has more than {Parameters} parameters.", line.Number);
}
