using PeerWeb.Core.AddressBooks.Editing;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats;
using PeerWeb.Core.Formats.VCard;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.AddressBooks.Csv;

/// <summary>What a row makes of a contact that is there: what it says something of, in place of what was there; all else stays.</summary>
/// <param name="said">The fields of the row.</param>
/// <param name="hasName">False: its name was made of something else, and is none to rename anybody by.</param>
internal sealed class CsvChange(ContactFields said, bool hasName)
{
    /// <returns>Null where what is there cannot be read.</returns>
    public string? Over(string current)
    {
        try
        {
            return ParserBoundary.Guard(() =>
            {
                var card = CardText.Read(current);
                var (document, before) = (new ContactDocument(card.Lines), FieldReader.Read(card));
                FieldWriter.Write(document, before, Fields(before));
                return document.Write();
            });
        }
        catch (InvalidEntryException)
        {
            return null;
        }
    }

    private ContactFields Fields(ContactFields before) => before with
    {
        FormattedName = hasName ? said.FormattedName : before.FormattedName,
        Name = said.Name == StructuredName.Empty ? before.Name : said.Name,
        Nickname = Said(said.Nickname, before.Nickname),
        Organization = Said(said.Organization, before.Organization),
        Unit = Said(said.Unit, before.Unit),
        Title = Said(said.Title, before.Title),
        Role = Said(said.Role, before.Role),
        Phones = Said(said.Phones, before.Phones),
        Mails = Said(said.Mails, before.Mails),
        Addresses = said.Addresses.Count > 0 ? said.Addresses : before.Addresses,
        Urls = Said(said.Urls, before.Urls),
        InstantMessaging = Said(said.InstantMessaging, before.InstantMessaging),
        Birthday = said.Birthday ?? before.Birthday,
        Anniversary = said.Anniversary ?? before.Anniversary,
        Notes = Said(said.Notes, before.Notes),
        Categories = said.Categories.Count > 0 ? said.Categories : before.Categories,
        // A table without the column makes nothing public.
        IsPrivate = said.IsPrivate || before.IsPrivate,
    };

    private static string Said(string text, string before) => text.Length > 0 ? text : before;

    /// <summary>A value that was there keeps what the row does not say of it: what it is for, and what it is called.</summary>
    private static ValueList<ContactValue> Said(ValueList<ContactValue> values, ValueList<ContactValue> before) => values.Count == 0
        ? before
        : [.. values.Select(value => value.Types.Count == 0 && value.Label is null ? before.FirstOrDefault(known => known.Value == value.Value) ?? value : value)];
}
