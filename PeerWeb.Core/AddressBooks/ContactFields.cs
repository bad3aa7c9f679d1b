using PeerWeb.Core.Formats.VCard;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.AddressBooks;

/// <summary>What a dialog edits of a contact; equal where it shows the same. Everything else of its text stays as it is.</summary>
/// <remarks>Texts are empty where there are none. RFC 6350 6.</remarks>
public sealed record ContactFields
{
    public static readonly ContactFields Empty = new();

    /// <summary>One line, at most 1 KiB.</summary>
    public string FormattedName { get; init; } = string.Empty;

    public StructuredName Name { get; init; } = StructuredName.Empty;

    /// <summary>Several are parted by commas.</summary>
    public string Nickname { get; init; } = string.Empty;

    public string Organization { get; init; } = string.Empty;

    /// <summary>Units within the organisation, from the larger to the smaller, parted by semicolons.</summary>
    public string Unit { get; init; } = string.Empty;

    public string Title { get; init; } = string.Empty;

    public string Role { get; init; } = string.Empty;

    public ValueList<ContactValue> Phones { get; init; } = [];

    public ValueList<ContactValue> Mails { get; init; } = [];

    public ValueList<PostalAddress> Addresses { get; init; } = [];

    public ValueList<ContactValue> Urls { get; init; } = [];

    /// <summary>Instant messaging and the like, as URIs such as <c>xmpp:ada@acme.example</c>.</summary>
    public ValueList<ContactValue> InstantMessaging { get; init; } = [];

    /// <summary>Null where there is none, and where it is no date.</summary>
    public CardDate? Birthday { get; init; }

    public CardDate? Anniversary { get; init; }

    /// <summary>Line feeds between lines, at most 100 KiB.</summary>
    public string Notes { get; init; } = string.Empty;

    public ValueList<string> Categories { get; init; } = [];

    public ContactKind Kind { get; init; }

    /// <summary>URIs of a group's members, made and read by <see cref="ContactMember"/>.</summary>
    public ValueList<string> Members { get; init; } = [];

    public ContactPhoto? Photo { get; init; }

    /// <summary>CLASS:PRIVATE; false leaves no CLASS but PUBLIC.</summary>
    public bool IsPrivate { get; init; }
}

/// <summary>A name in its parts, several of one part parted by commas.</summary>
/// <remarks>RFC 6350 6.2.2.</remarks>
public sealed record StructuredName(string Family, string Given, string Additional, string Prefix, string Suffix)
{
    public static readonly StructuredName Empty = new(string.Empty, string.Empty, string.Empty, string.Empty, string.Empty);

    /// <summary>The parts in the order in which they are spoken in most of the West.</summary>
    public string Formatted => string.Join(' ', new[] { Prefix, Given, Additional, Family, Suffix }.Where(part => part.Length > 0));
}

/// <summary>One of several values of a kind.</summary>
public abstract record TypedValue
{
    /// <summary>Lower case, such as home, work, cell, fax; RFC 6350 5.6.</summary>
    public ValueList<string> Types { get; init; } = [];

    public bool IsPreferred { get; init; }

    /// <summary>What its user calls it, as Apple and Google keep it; null where nobody said.</summary>
    public string? Label { get; init; }
}

/// <summary>A telephone number, mail address, link or messaging address.</summary>
public sealed record ContactValue(string Value) : TypedValue;

/// <remarks>RFC 6350 6.3.1. Texts are empty where there are none; the street may have several lines.</remarks>
public sealed record PostalAddress(string PoBox, string Extended, string Street, string Locality, string Region, string PostalCode, string Country) : TypedValue
{
    /// <summary>On one line.</summary>
    public string OneLine => DisplayText.OneLine(string.Join(", ", new[] { PoBox, Extended, Street, $"{PostalCode} {Locality}".Trim(), Region, Country }.Where(part => part.Length > 0)));
}
