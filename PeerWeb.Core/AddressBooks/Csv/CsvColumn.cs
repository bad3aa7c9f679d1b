namespace PeerWeb.Core.AddressBooks.Csv;

/// <summary>What a column of a file is.</summary>
public enum CsvField
{
    /// <summary>Not read.</summary>
    None,
    Uid,
    FormattedName,
    GivenName,
    AdditionalName,
    FamilyName,
    Prefix,
    Suffix,
    Nickname,
    Organization,
    Unit,
    Title,
    Role,
    Phone,

    /// <summary>What kind of number the phone of the same number is; so with the others.</summary>
    PhoneType,
    Mail,
    MailType,
    Url,
    UrlType,
    InstantMessaging,
    PoBox,
    Extended,
    Street,
    Locality,
    Region,
    PostalCode,
    Country,
    AddressType,
    Birthday,
    Anniversary,
    Notes,
    Categories,
    Private,
}

/// <summary>Where the values of a column go.</summary>
/// <param name="Type">Of phones, mails, links and addresses, such as home or "work fax"; empty where nothing says.</param>
/// <param name="Number">Which of several, from 1; columns of one address, or of a phone and its kind, have the same.</param>
public readonly record struct CsvColumn(CsvField Field, string Type = "", int Number = 1)
{
    public static readonly CsvColumn Ignored = new(CsvField.None);

    /// <summary>Whether there may be several, so that type and number mean something.</summary>
    public static bool MayRepeat(CsvField field) => field is >= CsvField.Phone and <= CsvField.AddressType;

    /// <summary>What it is called in a list to choose from.</summary>
    public static string LabelOf(CsvField field) => field switch
    {
        CsvField.None => "Not imported",
        CsvField.Uid => "UID",
        CsvField.FormattedName => "Name",
        CsvField.GivenName => "Given name",
        CsvField.AdditionalName => "Additional names",
        CsvField.FamilyName => "Family name",
        CsvField.Prefix => "Prefix",
        CsvField.Suffix => "Suffix",
        CsvField.Nickname => "Nickname",
        CsvField.Organization => "Organisation",
        CsvField.Unit => "Unit",
        CsvField.Title => "Job title",
        CsvField.Role => "Role",
        CsvField.Phone => "Phone",
        CsvField.PhoneType => "Kind of phone",
        CsvField.Mail => "Mail",
        CsvField.MailType => "Kind of mail",
        CsvField.Url => "Link",
        CsvField.UrlType => "Kind of link",
        CsvField.InstantMessaging => "Messaging",
        CsvField.PoBox => "Address: post office box",
        CsvField.Extended => "Address: apartment",
        CsvField.Street => "Address: street",
        CsvField.Locality => "Address: city",
        CsvField.Region => "Address: region",
        CsvField.PostalCode => "Address: postal code",
        CsvField.Country => "Address: country",
        CsvField.AddressType => "Kind of address",
        CsvField.Birthday => "Birthday",
        CsvField.Anniversary => "Anniversary",
        CsvField.Notes => "Notes",
        CsvField.Categories => "Categories",
        CsvField.Private => "Private",
    };
}
