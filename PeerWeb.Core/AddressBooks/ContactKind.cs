using PeerWeb.Core.Formats.VCard;

namespace PeerWeb.Core.AddressBooks;

/// <summary>What a card is of.</summary>
/// <remarks>RFC 6350 6.1.4; what is not known is an individual, as it says.</remarks>
public enum ContactKind
{
    Individual,
    Group,
    Org,
    Location,
}

internal static class ContactKinds
{
    public static ContactKind Of(CardText card) => card.TextOf("KIND")?.ToUpperInvariant() switch
    {
        "GROUP" => ContactKind.Group,
        "ORG" => ContactKind.Org,
        "LOCATION" => ContactKind.Location,
        _ => ContactKind.Individual,
    };

    public static string Write(ContactKind kind) => kind switch
    {
        ContactKind.Individual => "individual",
        ContactKind.Group => "group",
        ContactKind.Org => "org",
        ContactKind.Location => "location",
    };
}
