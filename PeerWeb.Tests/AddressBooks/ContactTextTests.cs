using NodaTime;
using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats.VCard;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Formats.VCard;
using Xunit;

namespace PeerWeb.Tests.AddressBooks;

/// <summary>What a dialog changes, and what it leaves alone.</summary>
public sealed class ContactTextTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 1, 12, 0);
    private static readonly ContactText Texts = new();

    private static readonly string Ada = Vcf.Card(
        "N;SORT-AS=\"Lovelace\":Lovelace;Ada;Noel,King;;", "ORG:Acme;Engines", "item1.TEL;TYPE=work;X-P=kept;VALUE=uri:tel:+41-44-1", "item1.X-ABLABEL:Desk", "TEL;TYPE=home:2", "TEL;TYPE=cell:3",
        "ADR;LABEL=\"as printed\";TYPE=home:;;Street 1;Zürich;;8001;CH", "NOTE;LANGUAGE=en:old", "NOTE:a second one", "CATEGORIES:A,B", "X-UNKNOWN;X=1:kept", "BDAY;VALUE=text:circa 1800");

    [Fact]
    public void Nothing_changes_where_nothing_was_changed()
    {
        var fields = Texts.Read(Ada);

        Assert.Equal(Ada, Texts.Change(Ada, fields, Texts.Read(Ada), Now));
    }

    [Fact]
    public void One_changed_number_changes_one_line_and_the_stamp()
    {
        var (added, gone) = Edited(fields => fields with { Phones = [fields.Phones[0] with { Value = "+41 44 9" }, fields.Phones[1], fields.Phones[2]] });

        Assert.Equal(["item1.TEL;TYPE=work;X-P=kept:+41 44 9", "REV:20260301T120000Z"], added);
        Assert.Equal(["item1.TEL;TYPE=work;X-P=kept;VALUE=uri:tel:+41-44-1"], gone);
    }

    [Fact]
    public void A_number_that_goes_takes_its_label_along_and_no_other()
    {
        var (added, gone) = Edited(fields => fields with { Phones = [fields.Phones[2]] });

        Assert.Equal(["REV:20260301T120000Z"], added);
        Assert.Equal(["item1.TEL;TYPE=work;X-P=kept;VALUE=uri:tel:+41-44-1", "item1.X-ABLABEL:Desk", "TEL;TYPE=home:2"], gone);
    }

    [Fact]
    public void A_new_number_and_a_new_label_get_a_group_of_their_own()
    {
        var (added, gone) = Edited(fields => fields with
        {
            Phones = [fields.Phones[0], fields.Phones[1] with { Label = "Cottage" }, fields.Phones[2], new ContactValue("4") { Types = ["fax"], IsPreferred = true }],
        });

        Assert.Equal(["item2.TEL;TYPE=home:2", "item2.X-ABLabel:Cottage", "REV:20260301T120000Z", "TEL;TYPE=fax;PREF=1:4"], added.Order(StringComparer.Ordinal).Reverse().Order(StringComparer.OrdinalIgnoreCase).ToArray());
        Assert.Equal(["TEL;TYPE=home:2"], gone);
    }

    [Fact]
    public void A_part_of_a_name_that_was_not_changed_keeps_its_form()
    {
        var (added, _) = Edited(fields => fields with { Name = fields.Name with { Family = "King; Lovelace" } });

        Assert.Contains("N:King\\; Lovelace;Ada;Noel,King;;", added);
    }

    [Fact]
    public void What_was_said_of_an_old_address_goes_with_it()
    {
        var (added, _) = Edited(fields => fields with { Addresses = [fields.Addresses[0] with { Street = "Street 2\nBack" }] });

        Assert.Contains("ADR;TYPE=home:;;Street 2\\nBack;Zürich;;8001;CH", added);
    }

    [Fact]
    public void Each_single_field_is_written_and_read_again()
    {
        var photo = ContactPhoto.Of(Vcf.Png(9, 9));
        Func<ContactFields, ContactFields>[] edits =
        [
            fields => fields with { FormattedName = "Countess, of Lovelace" },
            fields => fields with { Name = StructuredName.Empty },
            fields => fields with { Nickname = "a, b" },
            fields => fields with { Organization = "Globex; Inc.", Unit = "East; South" },
            fields => fields with { Organization = string.Empty, Unit = string.Empty },
            fields => fields with { Title = "Chief", Role = "Boss" },
            fields => fields with { Mails = [new ContactValue("ada@acme.example") { Types = ["work"] }] },
            fields => fields with { Urls = [new ContactValue("https://acme.example/?a=1;b,c")], InstantMessaging = [new ContactValue("xmpp:ada@acme.example")] },
            fields => fields with { Addresses = [] },
            fields => fields with { Birthday = CardDate.Of(null, 4, 12), Anniversary = CardDate.Of(1985, 4, null) },
            fields => fields with { Notes = "two\nlines; and, more\\n" },
            fields => fields with { Notes = string.Empty },
            fields => fields with { Categories = ["B", "C, D"] },
            fields => fields with { Kind = ContactKind.Group, Members = ["urn:uuid:1", "mailto:bob@acme.example"] },
            fields => fields with { Photo = photo },
            fields => fields with { IsPrivate = true },
        ];

        foreach (var edit in edits)
        {
            var after = edit(Texts.Read(Ada));
            var text = Texts.Change(Ada, Texts.Read(Ada), after, Now);
            // There are two notes; where the first goes, the second is the first.
            var expected = after.Notes.Length == 0 ? after with { Notes = "a second one" } : after;
            Assert.Equal(expected, Texts.Read(text));
            Assert.Contains("X-UNKNOWN;X=1:kept", Vcf.Stored(text));
            Assert.Equal(text, Vcf.Index(text).Text);
        }
    }

    [Fact]
    public void A_new_card_says_what_was_typed_and_nothing_else()
    {
        var fields = new ContactFields { FormattedName = "Ada Lovelace", Name = new StructuredName("Lovelace", "Ada", "", "", ""), Birthday = CardDate.Of(1815, 12, 10), IsPrivate = true };

        var text = Texts.Create(Uid.Parse("6c1b2d2e-5d0c-4b3c-9d5f-0a1b2c3d4e5f"), fields, Now);

        Assert.Equal(
            ["UID;VALUE=text:6c1b2d2e-5d0c-4b3c-9d5f-0a1b2c3d4e5f", "FN:Ada Lovelace", "N:Lovelace;Ada;;;", "BDAY:18151210", "CLASS:PRIVATE", "REV:20260301T120000Z"], Vcf.Stored(text));
        Assert.Equal(fields, Texts.Read(text));
        Assert.Equal("6c1b2d2e-5d0c-4b3c-9d5f-0a1b2c3d4e5f", Vcf.Index(text).Uid.Value);
    }

    [Fact]
    public void A_copy_has_another_UID_and_says_where_it_came_from()
    {
        var copy = ContactText.CopyOf(Ada, Uid.Parse("copy-1"), "grace@globex.example");

        var card = ContactCard.Read(copy);
        Assert.Equal(("copy-1", "grace@globex.example"), (card.Uid.Value, card.Source));
        Assert.Equal(Texts.Read(Ada), card.Fields);
        Assert.DoesNotContain(card.Others, remark => remark.Text.Contains("globex", StringComparison.Ordinal));
    }

    [Fact]
    public void What_no_field_shows_is_shown_beside_them()
    {
        var card = ContactCard.Read(Vcf.Card("GENDER:F;grrrl", "NOTE:first", "NOTE:second", "BDAY;VALUE=text:circa 1800", "KEY:data:application/pgp-keys;base64,AAAA", "X-UNKNOWN:a\\nb", "LANG:fr"));

        Assert.Equal(
            ["Gender: F, grrrl", "Notes: second", "Birthday: circa 1800", "X-UNKNOWN: a b", "Language: fr"], card.Others.Select(remark => $"{remark.Label}: {remark.Text}"));
    }

    [Theory]
    [InlineData("https://acme.example/", true)]
    [InlineData("mailto:ada@acme.example", true)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("data:text/html,<script>alert(1)</script>", false)]
    [InlineData("vbscript:x", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("www.acme.example", false)]
    public void Only_links_that_are_safe_are_links(string value, bool isLink) => Assert.Equal(isLink, ContactCard.LinkOf(value) is not null);

    [Fact]
    public void What_becomes_too_large_is_refused()
    {
        var fields = Texts.Read(Ada);

        Assert.Throws<InvalidEntryException>(() => Texts.Change(Ada, fields, fields with { Notes = new string('x', 110_000) }, Now));
        Assert.Throws<InvalidEntryException>(() => Texts.Change("no card", fields, fields with { Notes = "x" }, Now));
    }

    private static (string[] Added, string[] Gone) Edited(Func<ContactFields, ContactFields> edit)
    {
        var fields = Texts.Read(Ada);
        var (before, after) = (Vcf.Stored(Ada), Vcf.Stored(Texts.Change(Ada, fields, edit(fields), Now)));
        return ([.. after.Except(before)], [.. before.Except(after)]);
    }
}
