using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace PeerWeb.Core.AddressBooks.Csv;

/// <summary>Names of columns, lower case with single spaces.</summary>
internal static partial class CsvHeaders
{
    private static readonly FrozenDictionary<string, CsvField> Single = new Dictionary<string, CsvField>
    {
        ["uid"] = CsvField.Uid,
        ["name"] = CsvField.FormattedName,
        ["full name"] = CsvField.FormattedName,
        ["display name"] = CsvField.FormattedName,
        ["formatted name"] = CsvField.FormattedName,
        ["first name"] = CsvField.GivenName,
        ["given name"] = CsvField.GivenName,
        ["middle name"] = CsvField.AdditionalName,
        ["additional name"] = CsvField.AdditionalName,
        ["last name"] = CsvField.FamilyName,
        ["family name"] = CsvField.FamilyName,
        ["surname"] = CsvField.FamilyName,
        ["name prefix"] = CsvField.Prefix,
        ["name suffix"] = CsvField.Suffix,
        ["suffix"] = CsvField.Suffix,
        ["nickname"] = CsvField.Nickname,
        ["company"] = CsvField.Organization,
        ["organization"] = CsvField.Organization,
        ["organization name"] = CsvField.Organization,
        ["organization 1 - name"] = CsvField.Organization,
        ["department"] = CsvField.Unit,
        ["organization department"] = CsvField.Unit,
        ["organization 1 - department"] = CsvField.Unit,
        ["job title"] = CsvField.Title,
        ["title"] = CsvField.Title,
        ["organization title"] = CsvField.Title,
        ["organization 1 - title"] = CsvField.Title,
        ["profession"] = CsvField.Role,
        ["role"] = CsvField.Role,
        ["birthday"] = CsvField.Birthday,
        ["anniversary"] = CsvField.Anniversary,
        ["notes"] = CsvField.Notes,
        ["note"] = CsvField.Notes,
        ["categories"] = CsvField.Categories,
        ["labels"] = CsvField.Categories,
        ["group membership"] = CsvField.Categories,
        ["private"] = CsvField.Private,
        ["sensitivity"] = CsvField.Private,
        ["web page"] = CsvField.Url,
        ["website"] = CsvField.Url,
        ["email"] = CsvField.Mail,
        ["e-mail"] = CsvField.Mail,
        ["mail"] = CsvField.Mail,
        ["e-mail address"] = CsvField.Mail,
        ["email address"] = CsvField.Mail,
        ["phone"] = CsvField.Phone,
        ["phone number"] = CsvField.Phone,
        ["im address"] = CsvField.InstantMessaging,
    }.ToFrozenDictionary();

    /// <summary>Outlook's, of which each may have a number behind it.</summary>
    private static readonly FrozenDictionary<string, string> Phones = new Dictionary<string, string>
    {
        ["business phone"] = "work",
        ["home phone"] = "home",
        ["mobile phone"] = "cell",
        ["other phone"] = "",
        ["primary phone"] = "pref",
        ["company main phone"] = "work",
        ["car phone"] = "car",
        ["business fax"] = "work fax",
        ["home fax"] = "home fax",
        ["other fax"] = "fax",
        ["pager"] = "pager",
        ["mobile"] = "cell",
        ["work phone"] = "work",
        ["fax"] = "fax",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, CsvField> AddressParts = new Dictionary<string, CsvField>
    {
        ["street"] = CsvField.Street,
        ["street 2"] = CsvField.Street,
        ["street 3"] = CsvField.Street,
        ["street address"] = CsvField.Street,
        ["address po box"] = CsvField.PoBox,
        ["po box"] = CsvField.PoBox,
        ["extended address"] = CsvField.Extended,
        ["city"] = CsvField.Locality,
        ["state"] = CsvField.Region,
        ["region"] = CsvField.Region,
        ["postal code"] = CsvField.PostalCode,
        ["zip"] = CsvField.PostalCode,
        ["country"] = CsvField.Country,
        ["country/region"] = CsvField.Country,
        ["type"] = CsvField.AddressType,
        ["label"] = CsvField.AddressType,
    }.ToFrozenDictionary();

    public static CsvColumn Find(string name)
    {
        if (Single.TryGetValue(name, out var field))
            return new CsvColumn(field);
        if (Numbered().Match(name) is { Success: true } google)
            return OfGoogle(google.Groups[1].Value, Number(google.Groups[2].Value), google.Groups[3].Value);
        if (OutlookMail().Match(name) is { Success: true } mail)
            return new CsvColumn(CsvField.Mail, Number: Number(mail.Groups[1].Value));
        if (OutlookPhone().Match(name) is { Success: true } phone && Phones.TryGetValue(phone.Groups[1].Value, out var type))
            return new CsvColumn(CsvField.Phone, type, phone.Groups[2].Success ? Number(phone.Groups[2].Value) : 1);
        return OutlookAddress().Match(name) is { Success: true } address && AddressParts.TryGetValue(address.Groups[2].Value, out var part)
            ? new CsvColumn(part, address.Groups[1].Value switch { "business" or "work" => "work", "home" => "home", _ => string.Empty })
            : CsvColumn.Ignored;
    }

    private static CsvColumn OfGoogle(string what, int number, string part) => (what, part) switch
    {
        ("e-mail" or "email", "value") => new CsvColumn(CsvField.Mail, Number: number),
        ("e-mail" or "email", "type" or "label") => new CsvColumn(CsvField.MailType, Number: number),
        ("phone", "value") => new CsvColumn(CsvField.Phone, Number: number),
        ("phone", "type" or "label") => new CsvColumn(CsvField.PhoneType, Number: number),
        ("website", "value") => new CsvColumn(CsvField.Url, Number: number),
        ("website", "type" or "label") => new CsvColumn(CsvField.UrlType, Number: number),
        ("im", "value") => new CsvColumn(CsvField.InstantMessaging, Number: number),
        ("address", _) when AddressParts.TryGetValue(part, out var field) => new CsvColumn(field, Number: number),
        _ => CsvColumn.Ignored,
    };

    private static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex("^(e-mail|email|phone|website|im|address) ([1-9][0-9]?) - (.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Numbered();

    [GeneratedRegex("^e-?mail ([1-9][0-9]?)(?: address)?$", RegexOptions.CultureInvariant)]
    private static partial Regex OutlookMail();

    [GeneratedRegex("^([a-z ]+?)(?: ([1-9][0-9]?))?$", RegexOptions.CultureInvariant)]
    private static partial Regex OutlookPhone();

    [GeneratedRegex("^(business|home|other|work) (.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex OutlookAddress();
}
