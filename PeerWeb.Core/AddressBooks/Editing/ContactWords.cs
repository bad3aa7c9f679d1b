using System.Globalization;
using PeerWeb.Core.Formats;
using PeerWeb.Core.Formats.VCard;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.AddressBooks.Editing;

/// <summary>What the properties of a card say, in words for a person.</summary>
internal static class ContactWords
{
    private const int MaxLength = 500;

    public static string Label(string name) => name switch
    {
        "FN" => "Name",
        "N" => "Parts of the name",
        "NICKNAME" => "Nickname",
        "ORG" => "Organisation",
        "TITLE" => "Job title",
        "ROLE" => "Role",
        "TEL" => "Phone",
        "EMAIL" => "Mail",
        "ADR" => "Address",
        "URL" => "Link",
        "IMPP" => "Messaging",
        "BDAY" => "Birthday",
        "ANNIVERSARY" => "Anniversary",
        "NOTE" => "Notes",
        "CATEGORIES" => "Categories",
        "KIND" => "Kind",
        "MEMBER" => "Members",
        "PHOTO" => "Photo",
        "LOGO" => "Logo",
        "CLASS" => "Visibility",
        "GENDER" => "Gender",
        "LANG" => "Language",
        "TZ" => "Time zone",
        "GEO" => "Position",
        "RELATED" or "X-ABRELATEDNAMES" => "Related",
        "KEY" => "Key",
        "X-ABDATE" => "Date",
        _ => name,
    };

    public static bool IsData(CardLine line) => line.Name is "PHOTO" or "LOGO" or "SOUND" or "KEY" || InlineData.IsInline(line.Line.Value) || line.Line.Parameter("ENCODING") is not null;

    /// <summary>Empty where there is none, but for what is implied.</summary>
    public static string Say(ContactUnits version, string key)
    {
        var lines = version.Lines(key);
        var name = ContactUnits.NameOf(key);
        if (name == "CLASS")
            return lines.All(line => line.Line.Value.Trim().Equals("PUBLIC", StringComparison.OrdinalIgnoreCase)) ? "not private" : "private";
        var labels = new ContactLabels(lines);
        var text = string.Join(name == "NOTE" ? "\n" : ", ", lines.Where(line => !ContactUnits.IsAnnotation(line)).Select(line => SayTyped(line, labels)).Where(said => said.Length > 0));
        return text.Length <= MaxLength || name == "NOTE" ? text : DisplayText.Excerpt(text, MaxLength);
    }

    /// <summary>The value alone.</summary>
    public static string Say(CardLine line) => line.Name switch
    {
        "N" => FieldReader.NameOf(line).Formatted,
        "ADR" => ContactValues.ReadAddress(line, label: null).OneLine,
        "ORG" or "GENDER" => DisplayText.OneLine(string.Join(", ", StructuredValue.Read(line.Line.Value).Where(part => part.Length > 0))),
        "NICKNAME" or "CATEGORIES" => DisplayText.OneLine(string.Join(", ", TextValue.List(line.Line.Value))),
        "BDAY" or "ANNIVERSARY" or "X-ABDATE" => SayDate(line),
        "PHOTO" or "LOGO" => SayImage(line),
        "SOUND" or "KEY" when InlineData.IsInline(line.Line.Value) => "in the card",
        "NOTE" => line.Text,
        "TEL" or "EMAIL" or "URL" or "IMPP" => ContactValues.ValueOf(line),
        _ => DisplayText.OneLine(line.Text),
    };

    private static string SayTyped(CardLine line, ContactLabels labels)
    {
        var said = Say(line);
        if (labels.Of(line) is { } label)
            return $"{said} ({label})";
        var types = string.Join(", ", line.Types);
        return types.Length > 0 && (line.Name is "TEL" or "EMAIL" or "ADR" or "URL" or "IMPP") ? $"{said} ({types})" : said;
    }

    private static string SayDate(CardLine line)
    {
        if (CardDate.Parse(line.Line.Value) is not { } date)
            return DisplayText.OneLine(line.Text);
        var month = date.Month is { } number ? CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(number) : null;
        return string.Join(' ', new[] { date.Day?.ToString(CultureInfo.InvariantCulture), month, date.Year?.ToString(CultureInfo.InvariantCulture) }.OfType<string>());
    }

    private static string SayImage(CardLine line)
    {
        if (!InlineData.IsInline(line.Line.Value))
            return DisplayText.OneLine(line.Line.Value);
        return InlineData.Read(line.Line.Value)?.Octets is { } octets && RasterImage.Read(octets) is { } image
            ? string.Create(CultureInfo.InvariantCulture, $"{image.Width} by {image.Height} pixels, {(octets.Length + 1023) / 1024} KiB")
            : "an image";
    }
}
