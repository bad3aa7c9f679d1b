using NodaTime;
using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.AddressBooks.Duplicates;
using PeerWeb.Core.Formats.VCard;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Formats.VCard;
using Xunit;

namespace PeerWeb.Tests.AddressBooks.Duplicates;

/// <summary>Contacts that are there more than once, and what becomes of them.</summary>
public sealed class ContactDuplicatesTests
{
    private static readonly CollectionId Book = CollectionId.New();

    [Fact]
    public void Contacts_with_the_same_mail_number_or_name_are_one_group()
    {
        DuplicateCandidate[] contacts =
        [
            Of("a", "FN:Ada Lovelace", "EMAIL:ADA@acme.example"),
            Of("b", "FN:Bob", "TEL:+41 44 123 45 67"),
            Of("c", "FN:Countess", "EMAIL:ada@acme.example"),
            Of("d", "FN:Lovelace\\, Ada"),
            Of("e", "FN:Robert", "TEL:044 123 45 67"),
            Of("f", "FN:Nobody else", "TEL:12", "EMAIL:f@acme.example"),
            Of("g", "FN:Extension", "TEL:12"),
            Of("h", "KIND:group", "FN:Ada Lovelace", "EMAIL:ada@acme.example"),
        ];

        var groups = ContactDuplicates.Find(contacts);

        Assert.Equal(["a c d: Mail, Name", "b e: Phone"], groups.Select(group => $"{string.Join(' ', group.Contacts.Select(contact => contact.Uid))}: {group.Reasons}"));
    }

    [Fact]
    public void What_many_share_tells_nothing() =>
        Assert.Empty(ContactDuplicates.Find([.. Enumerable.Range(0, ContactDuplicates.MostWithOneKey + 1).Select(i => Of($"{i}", $"FN:Person{i}", "TEL:+41 44 999 99 99"))]));

    [Theory]
    [InlineData("+41 44 123 45 67", "0041441234567")]
    [InlineData("(905) 555-1234", "+1-905-555-1234")]
    [InlineData("+1-418-656-9254;ext=102", "1 418 656 9254")]
    public void A_number_is_the_same_however_it_is_written(string one, string other) => Assert.Equal(ContactKeys.OfPhone(one), ContactKeys.OfPhone(other));

    [Fact]
    public void What_tells_nothing_is_no_key()
    {
        Assert.Null(ContactKeys.OfPhone("12345"));
        Assert.Null(ContactKeys.OfMail("@acme"));
        Assert.Null(ContactKeys.OfName("Ada"));
    }

    [Fact]
    public void A_combination_proposes_what_is_there_and_unites_what_may_be_several()
    {
        var one = Vcf.Fields(Vcf.Card("N:Lovelace;Ada;;;", "TEL;PREF=1:+41 44 123 45 67", "NOTE:first", "CATEGORIES:A"));
        var other = Vcf.Fields(Vcf.Of("4.0", "UID:2", "FN:Countess Ada Lovelace", "ORG:Acme", "TEL;PREF=1:044 123 45 67", "TEL:079 1", "EMAIL:ada@acme.example", "BDAY:18151210", "NOTE:second", "CATEGORIES:a,B", "CLASS:PRIVATE"));

        var combination = ContactCombination.Propose(one, other);

        Assert.Equal(
            ["Name: Ada Lovelace | Countess Ada Lovelace -> 1", "Parts of the name: Ada Lovelace |  -> 0", "Organisation:  | Acme -> 1", "Birthday:  | 18151210 -> 1", "Kind: Individual | Individual -> 0"],
            combination.Fields.Where(field => field.Chosen is not null).Select(field => $"{field.Label}: {field.Texts[0]} | {field.Texts[1]} -> {field.Chosen}"));
        Assert.Equal(["Phones", "Mails", "Notes", "Categories"], combination.Fields.Where(field => field.Chosen is null).Select(field => field.Label));
        var result = combination.Result;
        Assert.Equal([("+41 44 123 45 67", true), ("079 1", false)], result.Phones.Select(phone => (phone.Value, phone.IsPreferred)));
        Assert.Equal(("Countess Ada Lovelace", "Acme", "first\n\nsecond", true, CardDate.Of(1815, 12, 10)), (result.FormattedName, result.Organization, result.Notes, result.IsPrivate, result.Birthday));
        Assert.Equal(["A", "B"], result.Categories);
        Assert.Equal("Ada Lovelace", combination.Choose("Name", 0).Result.FormattedName);
    }

    [Fact]
    public void One_card_of_two_keeps_what_no_field_shows_of_either()
    {
        var (one, other) = (Vcf.Card("X-A:1", "GENDER:F", "NOTE:first"), Vcf.Of("4.0", "UID:2", "FN:Countess", "X-A:1", "X-B:2", "item1.X-ABDATE:20200101", "NOTE:second"));
        var texts = new ContactText();

        var text = ContactText.Combine(one, [other], ContactCombination.Propose(texts.Read(one), texts.Read(other)).Result, Instant.FromUtc(2026, 3, 1, 12, 0));

        Assert.Equal(
            ["UID:card-1", "FN:Ada Lovelace", "X-A:1", "GENDER:F", "NOTE:first\\n\\nsecond", "REV:20260301T120000Z", "X-B:2", "X-ABDATE:20200101"],
            Vcf.Stored(text).OrderBy(line => Array.FindIndex(["UID", "FN", "X-A:", "GENDER", "NOTE", "REV", "X-B", "X-ABDATE"], line.StartsWith)));
    }

    private static DuplicateCandidate Of(string uid, params string[] lines)
    {
        var indexed = Vcf.Index(Vcf.Of("4.0", [$"UID:{uid}", .. lines]));
        return new DuplicateCandidate(Book, indexed.Uid, indexed.Title, ContactDetail.Parse(indexed.Detail));
    }
}
