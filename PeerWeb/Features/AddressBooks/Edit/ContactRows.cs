using System.Globalization;
using System.Text.Json.Serialization;
using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.Formats.VCard;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Features.AddressBooks.Edit;

/// <summary>One typed value as the inputs hold it.</summary>
/// <param name="Types">Parted by commas, in the card's order; empty for none.</param>
/// <param name="Label">What its user calls it; goes when another type is chosen.</param>
public sealed record ValueRow(string Value, string Types, string? Label, bool IsPreferred)
{
    public static ValueRow Of(ContactValue value) => new(value.Value, string.Join(',', value.Types), value.Label, value.IsPreferred);

    public ContactValue ToValue() => new(Value.Trim()) { Types = RowTypes.Read(Types), Label = Label, IsPreferred = IsPreferred };
}

/// <summary>One postal address as the inputs hold it.</summary>
/// <inheritdoc cref="ValueRow"/>
public sealed record AddressRow(
    string PoBox, string Extended, string Street, string Locality, string Region, string PostalCode, string Country, string Types, string? Label, bool IsPreferred)
{
    [JsonIgnore]
    public bool IsEmpty => string.IsNullOrWhiteSpace(PoBox + Extended + Street + Locality + Region + PostalCode + Country);

    public static AddressRow Of(PostalAddress address) => new(
        address.PoBox, address.Extended, address.Street, address.Locality, address.Region, address.PostalCode, address.Country,
        string.Join(',', address.Types), address.Label, address.IsPreferred);

    public PostalAddress ToAddress() => new(PoBox, Extended, Street, Locality, Region, PostalCode, Country)
    {
        Types = RowTypes.Read(Types),
        Label = Label,
        IsPreferred = IsPreferred,
    };
}

/// <summary>A date of which parts may be unknown, as three inputs hold it.</summary>
public sealed record DateParts(string Day, string Month, string Year)
{
    public static readonly DateParts None = new(string.Empty, string.Empty, string.Empty);

    [JsonIgnore]
    public bool IsEmpty => string.IsNullOrWhiteSpace(Day + Month + Year);

    /// <summary>Null where it is none.</summary>
    [JsonIgnore]
    public CardDate? Date => IsEmpty || !Reads(Day, out var day) || !Reads(Month, out var month) || !Reads(Year, out var year) ? null : CardDate.Of(year, month, day);

    [JsonIgnore]
    public string? Problem => IsEmpty || Date is not null ? null : "This is no date. Day and month are enough; a year alone is, too.";

    public static DateParts Of(CardDate? date) => date is { } known ? new DateParts(Text(known.Day), Text(known.Month), Text(known.Year)) : None;

    private static string Text(int? part) => part?.ToString(CultureInfo.InvariantCulture) ?? string.Empty;

    private static bool Reads(string text, out int? part)
    {
        part = int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        return part is not null || string.IsNullOrWhiteSpace(text);
    }
}

/// <summary>Types that one can choose.</summary>
public static class RowTypes
{
    public static readonly IReadOnlyList<string> OfPhones = ["cell", "home", "work", "fax", "work,fax", "pager"];

    public static readonly IReadOnlyList<string> OfOthers = ["home", "work"];

    public static ValueList<string> Read(string types) => [.. types.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
}
