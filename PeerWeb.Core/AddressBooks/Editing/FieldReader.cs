using PeerWeb.Core.Formats;
using PeerWeb.Core.Formats.VCard;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.AddressBooks.Editing;

/// <summary>Reads the fields of a dialog from the properties that hold them.</summary>
internal static class FieldReader
{
    private const int MaxRemark = 500;

    /// <summary>Properties of which all values are fields.</summary>
    private static readonly HashSet<string> Whole =
        ["FN", "N", "TEL", "EMAIL", "ADR", "URL", "IMPP", "CATEGORIES", "KIND", "MEMBER", "CLASS", "UID", "REV", "PRODID", "X-ABLABEL", "X-ABADR", ContactCard.CopiedFrom];

    /// <summary>Properties of which the first value is a field.</summary>
    private static readonly HashSet<string> Firsts = ["NICKNAME", "ORG", "TITLE", "ROLE", "NOTE", "BDAY", "ANNIVERSARY", "PHOTO"];

    public static ContactFields Read(CardText card)
    {
        var labels = new ContactLabels(card.Lines);
        var org = card.Find("ORG") is { } line ? StructuredValue.Read(line.Line.Value) : [];
        return new ContactFields
        {
            FormattedName = ContactSummary.TitleOf(card),
            Name = card.Find("N") is { } name ? NameOf(name) : StructuredName.Empty,
            Nickname = card.Find("NICKNAME") is { } nickname ? string.Join(", ", TextValue.List(nickname.Line.Value)) : string.Empty,
            Organization = StructuredValue.At(org, 0),
            Unit = string.Join("; ", org.Skip(1).Where(unit => unit.Length > 0)),
            Title = TextOf(card, "TITLE"),
            Role = TextOf(card, "ROLE"),
            Phones = Values(card, "TEL", labels),
            Mails = Values(card, "EMAIL", labels),
            Addresses = [.. card.All("ADR").Select(address => ContactValues.ReadAddress(address, labels.Of(address)))],
            Urls = Values(card, "URL", labels),
            InstantMessaging = Values(card, "IMPP", labels),
            Birthday = DateOf(card, "BDAY"),
            Anniversary = DateOf(card, "ANNIVERSARY"),
            Notes = TextOf(card, "NOTE"),
            Categories = [.. CategoriesOf(card.Lines)],
            Kind = ContactKinds.Of(card),
            Members = [.. card.All("MEMBER").Select(member => member.Text)],
            Photo = card.Find("PHOTO") is { Line.Value.Length: > 0 } photo ? new ContactPhoto(photo.Line.Value.Trim()) : null,
            IsPrivate = AddressBookApp.IsPrivate(card),
        };
    }

    /// <summary>What no field shows, in words.</summary>
    public static IEnumerable<ContactRemark> Others(CardText card)
    {
        foreach (var line in LinesBeside(card).Where(line => !ContactWords.IsData(line)))
        {
            if (ContactWords.Say(line) is { Length: > 0 } text)
                yield return new ContactRemark(ContactWords.Label(line.Name), DisplayText.Excerpt(text, MaxRemark));
        }
    }

    /// <summary>Properties that no field shows.</summary>
    public static IEnumerable<CardLine> LinesBeside(CardText card)
    {
        var seen = new HashSet<string>();
        return card.Lines.Where(line => !Whole.Contains(line.Name) && !(Firsts.Contains(line.Name) && seen.Add(line.Name) && !IsUnreadDate(line)));
    }

    public static IEnumerable<string> CategoriesOf(IEnumerable<CardLine> lines) =>
        lines.Where(line => line.Name == "CATEGORIES").SelectMany(line => TextValue.List(line.Line.Value)).Select(DisplayText.OneLine).Distinct();

    public static StructuredName NameOf(CardLine line)
    {
        var parts = StructuredValue.Read(line.Line.Value);
        string At(int index) => StructuredValue.At(parts, index);
        return new StructuredName(At(0), At(1), At(2), At(3), At(4));
    }

    private static bool IsUnreadDate(CardLine line) => line.Name is "BDAY" or "ANNIVERSARY" && CardDate.Parse(line.Line.Value) is null;

    private static string TextOf(CardText card, string name) => card.Find(name)?.Text ?? string.Empty;

    private static CardDate? DateOf(CardText card, string name) => card.Find(name) is { } line ? CardDate.Parse(line.Line.Value) : null;

    private static ValueList<ContactValue> Values(CardText card, string name, ContactLabels labels) =>
        [.. card.All(name).Select(line => ContactValues.Read(line, labels.Of(line)))];
}
