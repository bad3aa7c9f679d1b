using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Formats.VCard;

/// <summary>Makes properties of vCard 2.1 and 3.0 those of 4.0: encodings are undone, types and preferences are named, dates and images take their one form. What nobody knows stays as it is.</summary>
/// <remarks>RFC 6350 appendix A.</remarks>
internal sealed class CardUpgrade(CardVersion version)
{
    private static readonly string[] Encodings = ["BASE64", "B", "QUOTED-PRINTABLE", "8BIT", "7BIT"];

    /// <summary>Whether a property of a 4.0 card is written as older ones are.</summary>
    public static bool IsNeeded(ContentLine line)
    {
        foreach (var parameter in line.Parameters)
        {
            if (parameter.Values.Count == 0 || parameter.Name == "CHARSET" || (parameter.Name == "ENCODING" && !(IsBase64(parameter.Values[0]) && parameter.Values[0] == "b")))
                return true;
            if (parameter.Name == "ENCODING" && HoldsData(CardLine.Of(line).Name))
                return true;
        }
        return false;
    }

    /// <exception cref="InvalidEntryException">What came out is no property.</exception>
    public CardLine Upgrade(ContentLine line)
    {
        var property = CardProperty.Of(CardLine.Of(line));
        var encoding = TakeEncoding(property);
        NameTypes(property);
        if (encoding is not null && IsBase64(encoding))
            UpgradeData(property);
        else
            UpgradeValue(property, encoding is not null && encoding.Equals("QUOTED-PRINTABLE", StringComparison.OrdinalIgnoreCase));
        return property.ToLine(line.Number);
    }

    private static bool IsBase64(string encoding) => encoding.Equals("B", StringComparison.OrdinalIgnoreCase) || encoding.Equals("BASE64", StringComparison.OrdinalIgnoreCase);

    private static bool HoldsData(string name) => name is "PHOTO" or "LOGO" or "SOUND" or "KEY";

    private static string? TakeEncoding(CardProperty property)
    {
        var bare = property.Parameters.Find(parameter => parameter.Values.Count == 0 && Encodings.Contains(parameter.Name));
        var encoding = property.Parameter("ENCODING") ?? bare?.Name;
        property.Parameters.RemoveAll(parameter => parameter.Name == "ENCODING" || parameter == bare);
        return encoding;
    }

    /// <summary>TEL;HOME;PREF becomes TEL;TYPE=home;PREF=1.</summary>
    private static void NameTypes(CardProperty property)
    {
        var types = new List<string>();
        var isPreferred = false;
        foreach (var parameter in property.Parameters.Where(parameter => parameter.Values.Count == 0 || parameter.Name == "TYPE"))
        {
            foreach (var type in parameter.Values.Count == 0 ? [parameter.Name] : parameter.Values.SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
            {
                if (type.Equals("pref", StringComparison.OrdinalIgnoreCase))
                    isPreferred = true;
                else if (!(property.Name == "EMAIL" && type.Equals("internet", StringComparison.OrdinalIgnoreCase)))
                    types.Add(type.ToLowerInvariant());
            }
        }
        property.Parameters.RemoveAll(parameter => parameter.Values.Count == 0);
        property.Set("TYPE", [.. types.Distinct()]);
        if (isPreferred && property.Parameter("PREF") is null)
            property.Set("PREF", "1");
    }

    private static void UpgradeData(CardProperty property)
    {
        if (!HoldsData(property.Name))
        {
            // Nobody knows what it is; the one name of the encoding is kept with it.
            property.Set("ENCODING", "b");
            property.Value = string.Concat(property.Value.Where(c => !char.IsWhiteSpace(c)));
            return;
        }
        var types = property.Parameters.Where(parameter => parameter.Name == "TYPE").SelectMany(parameter => parameter.Values).ToList();
        var mediaType = property.Parameter("MEDIATYPE") ?? types.Select(type => MediaTypeOf(property.Name, type)).OfType<string>().FirstOrDefault();
        property.Set("TYPE", [.. types.Where(type => MediaTypeOf(property.Name, type) is null)]);
        property.Set("MEDIATYPE");
        property.Set("VALUE");
        property.Set("CHARSET");
        var data = InlineData.Of(mediaType ?? string.Empty, property.Value);
        if (property.Name is "PHOTO" or "LOGO" && data.Base64.Length <= CardCaps.PhotoProperty && data.Octets is { } octets && RasterImage.Read(octets) is { } image)
            data = data with { MediaType = image.MediaType };
        property.Value = data.MediaType.Length > 0 ? data.ToString() : (data with { MediaType = "application/octet-stream" }).ToString();
    }

    private static string? MediaTypeOf(string name, string type) => (name, type) switch
    {
        (_, _) when type.Contains('/', StringComparison.Ordinal) => type,
        ("PHOTO" or "LOGO", "jpeg" or "jpg") => "image/jpeg",
        ("PHOTO" or "LOGO", "png" or "gif" or "webp" or "bmp" or "tiff") => $"image/{type}",
        ("SOUND", "wave" or "wav") => "audio/wav",
        ("SOUND", "basic" or "pcm") => "audio/basic",
        ("KEY", "x509") => "application/pkix-cert",
        ("KEY", "pgp") => "application/pgp-keys",
        _ => null,
    };

    private void UpgradeValue(CardProperty property, bool isQuotedPrintable)
    {
        var charset = property.Parameter("CHARSET") is { } name ? Charset.Find(name) : null;
        property.Set("CHARSET");
        Func<string, string> decode = isQuotedPrintable ? value => Printable(QuotedPrintable.Decode(value, charset)) : value => value;
        switch (property.Name)
        {
            case "N" or "ADR" or "ORG":
                property.Value = Parts(property.Value, decode);
                break;
            case "BDAY" or "ANNIVERSARY" or "X-ANNIVERSARY" or "X-EVOLUTION-ANNIVERSARY" or "X-MS-ANNIVERSARY" or "X-ABDATE":
                UpgradeDate(property, decode);
                break;
            case "REV":
                property.Value = Stamp(decode(property.Value));
                property.Set("VALUE");
                break;
            case "URL" or "PHOTO" or "LOGO" or "SOUND" or "SOURCE" or "FBURL" or "CALURI" or "IMPP" or "KEY":
                // A URI has no escapes, but older writers escape its colon.
                property.Value = TextValue.Unescape(decode(property.Value)).Trim();
                property.Set("VALUE");
                break;
            case "GEO":
                property.Value = Geo(decode(property.Value).Trim());
                break;
            case "X-ADDRESSBOOKSERVER-KIND":
                (property.Name, property.Value) = ("KIND", decode(property.Value).Trim());
                break;
            case "X-ADDRESSBOOKSERVER-MEMBER":
                (property.Name, property.Value) = ("MEMBER", decode(property.Value).Trim());
                break;
            case "CATEGORIES" or "NICKNAME" when version == CardVersion.V21:
                property.Value = string.Join(',', StructuredValue.Split(property.Value, ',').Select(item => TextValue.Escape(TextValue.Unescape(decode(item)).Trim())));
                break;
            default:
                UpgradeText(property, isQuotedPrintable, decode);
                break;
        }
    }

    private void UpgradeText(CardProperty property, bool isEncoded, Func<string, string> decode)
    {
        if (Messengers.TryGetValue(property.Name, out var scheme) && property.Value.Length > 0)
        {
            var handle = TextValue.Unescape(decode(property.Value)).Trim();
            (property.Name, property.Value) = ("IMPP", handle.Contains(':', StringComparison.Ordinal) ? handle : $"{scheme}:{handle}");
        }
        else if (property.Name.StartsWith("X-", StringComparison.Ordinal))
        {
            // How it is escaped is known to its maker only; a line break has one way to be written.
            property.Value = isEncoded ? decode(property.Value).ReplaceLineEndings("\\n") : property.Value;
        }
        else if (version == CardVersion.V21 || isEncoded)
        {
            property.Value = TextValue.Escape(TextValue.Unescape(decode(property.Value)));
        }
    }

    /// <summary>Parts are told apart before they are decoded, unless all of it is encoded, as some do.</summary>
    private string Parts(string value, Func<string, string> decode)
    {
        var parts = StructuredValue.Split(value);
        if (parts.Count == 1)
            parts = StructuredValue.Split(decode(value));
        else
            parts = parts.ConvertAll(part => decode(part));
        return string.Join(';', parts.Select(part => version == CardVersion.V21 ? TextValue.Escape(TextValue.Unescape(part)) : part.ReplaceLineEndings("\\n")));
    }

    private static void UpgradeDate(CardProperty property, Func<string, string> decode)
    {
        var text = TextValue.Unescape(decode(property.Value)).Trim();
        var omitted = property.Parameter("X-APPLE-OMIT-YEAR");
        property.Set("X-APPLE-OMIT-YEAR");
        property.Set("VALUE");
        var isOther = property.Name == "X-ABDATE";
        if (CardDate.Parse(text) is { } date)
        {
            if (omitted is not null && date.Year is { } year && omitted == year.ToString("0000", System.Globalization.CultureInfo.InvariantCulture))
                date = CardDate.Of(null, date.Month, date.Day) ?? date;
            property.Value = date.ToString();
        }
        else
        {
            property.Value = TextValue.Escape(text);
            if (text.Length > 0 && !isOther)
                property.Set("VALUE", "text");
        }
        if (!isOther && property.Name != "BDAY")
            property.Name = "ANNIVERSARY";
    }

    /// <summary><c>2012-03-05T13:32:54Z</c> is <c>20120305T133254Z</c> in 4.0.</summary>
    private static string Stamp(string value)
    {
        var stamp = value.Trim().Replace(":", string.Empty, StringComparison.Ordinal);
        return stamp.Length > 10 && stamp[4] == '-' && stamp[7] == '-' ? stamp[..4] + stamp[5..7] + stamp[8..] : stamp;
    }

    private static string Geo(string value) =>
        value.Contains(':', StringComparison.Ordinal) ? value : "geo:" + value.Replace("\\", string.Empty, StringComparison.Ordinal).Replace(';', ',');

    /// <summary>What was encoded may have been anything; what no text may have is a space.</summary>
    private static string Printable(string text) =>
        text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'))
            ? string.Concat(text.Select(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t') ? ' ' : c))
            : text;

    private static readonly Dictionary<string, string> Messengers = new()
    {
        ["X-AIM"] = "aim",
        ["X-ICQ"] = "icq",
        ["X-JABBER"] = "xmpp",
        ["X-GTALK"] = "xmpp",
        ["X-GOOGLE-TALK"] = "xmpp",
        ["X-MSN"] = "msnim",
        ["X-YAHOO"] = "ymsgr",
        ["X-SKYPE"] = "skype",
        ["X-SKYPE-USERNAME"] = "skype",
        ["X-GADUGADU"] = "gg",
        ["X-MS-IMADDRESS"] = "im",
    };
}
