using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.AddressBooks.Csv;
using PeerWeb.Core.Formats.VCard;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.AddressBooks.Edit;
using PeerWeb.Shared.Files;

namespace PeerWeb.Features.AddressBooks.Files;

/// <summary>Files of address books: cards, and tables of other programs and of spreadsheets.</summary>
public static class ContactFiles
{
    private const int MostShown = 4;

    public static readonly AppFiles Instance = new(AddressBookApp.AppId, ContactEntryKind.Nouns)
    {
        Title = "Import contacts",
        Lead = "A vCard file (.vcf) of any version, or a table (.csv) as Google, Outlook and spreadsheets save it",
        Accept = ".vcf,.vcard,.csv,.tsv,.txt,text/vcard,text/csv",
        DetailTitle = "Reached by",
        Forms =
        [
            new FileForm("vcf", "vCard 4.0, with all there is", ".vcf", "text/vcard"),
            new FileForm("vcf3", "vCard 3.0, for older programs", ".vcf", "text/vcard", (entries, file, skipped, token) => AddressBookApp.JoinAsync(entries, file, CardVersion.V30, skipped, token)),
            new FileForm("csv", "Table, for spreadsheets", ".csv", "text/csv", CsvExport.WriteAsync),
        ],
        FindColumns = ContactColumns.FindAsync,
        Words = text => Of(ContactCard.Read(text)),
    };

    private static EntryWords Of(ContactCard card)
    {
        var fields = card.Fields;
        var (mails, phones) = (Joined(fields.Mails.Select(mail => mail.Value)), Joined(fields.Phones.Select(phone => phone.Value)));
        return new EntryWords(
            card.FormattedName,
            Joined(fields.Mails.Concat(fields.Phones).Select(value => value.Value).Take(MostShown)),
            fields.Organization is { Length: > 0 } organization ? DisplayText.OneLine(organization) : null,
            [
                new("name", card.FormattedName), new("mail", mails), new("phone", phones), new("organisation", DisplayText.OneLine(fields.Organization)),
                new("address", Joined(fields.Addresses.Select(address => address.OneLine))), new("birthday", fields.Birthday?.ToString() ?? string.Empty),
            ]);
    }

    private static string Joined(IEnumerable<string> values) => DisplayText.OneLine(string.Join(", ", values));
}
