using System.Globalization;
using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Formats.VCard;

/// <summary>Writes a card of version 4.0 as one of 3.0, for programs that read no other.</summary>
/// <remarks>RFC 2426. What 3.0 has no property for keeps its name, which 3.0 allows and readers pass over; groups are those of Apple.</remarks>
internal static class CardDowngrade
{
    /// <summary>A year in which the 29th of February is; Apple's own for what has none.</summary>
    private const string OmittedYear = "1604";

    /// <exception cref="InvalidEntryException">The text is no card.</exception>
    public static string Write(string text)
    {
        var card = CardText.Read(text);
        var written = new System.Text.StringBuilder(text.Length + 64).Append("BEGIN:VCARD\r\nVERSION:3.0\r\n");
        if (card.Find("N") is null)
            written.Append("N:;;;;\r\n");
        foreach (var line in card.Lines)
            ContentLines.AppendFolded(written, Downgrade(line).ToString());
        return written.Append("END:VCARD\r\n").ToString();
    }

    private static CardProperty Downgrade(CardLine line)
    {
        var property = CardProperty.Of(line);
        if (line.Preference <= 1)
            property.Set("TYPE", [.. line.Types, "pref"]);
        property.Set("PREF");
        switch (line.Name)
        {
            case "PHOTO" or "LOGO" or "SOUND" or "KEY":
                DowngradeData(property);
                break;
            case "BDAY" or "ANNIVERSARY":
                DowngradeDate(property);
                break;
            case "KIND" or "MEMBER":
                property.Name = "X-ADDRESSBOOKSERVER-" + line.Name;
                break;
            case "GEO" when line.Line.Value.StartsWith("geo:", StringComparison.OrdinalIgnoreCase):
                property.Value = line.Line.Value[4..].Replace(',', ';');
                break;
            case "TEL" when line.Line.Value.StartsWith("tel:", StringComparison.OrdinalIgnoreCase):
                property.Set("VALUE");
                property.Value = TextValue.Escape(line.Line.Value[4..]);
                break;
            case "UID":
                property.Set("VALUE");
                break;
            default:
                break;
        }
        return property;
    }

    private static void DowngradeData(CardProperty property)
    {
        if (InlineData.Read(property.Value) is not { } data)
        {
            property.Set("VALUE", "uri");
            return;
        }
        property.Set("ENCODING", "b");
        if (data.MediaType.Split('/') is [_, { Length: > 0 } subtype])
            property.Set("TYPE", data.MediaType switch { "application/pkix-cert" => "X509", "application/pgp-keys" => "PGP", _ => subtype.ToUpperInvariant() });
        property.Value = data.Base64;
    }

    private static void DowngradeDate(CardProperty property)
    {
        if (property.Name == "ANNIVERSARY")
            property.Name = "X-ANNIVERSARY";
        property.Set("CALSCALE");
        if (CardDate.Parse(property.Value) is not { Month: { } month, Day: { } day } date)
            return;
        if (date.Year is null)
            property.Set("X-APPLE-OMIT-YEAR", OmittedYear);
        var year = date.Year?.ToString("0000", CultureInfo.InvariantCulture) ?? OmittedYear;
        property.Value = string.Create(CultureInfo.InvariantCulture, $"{year}-{month:00}-{day:00}");
    }
}
