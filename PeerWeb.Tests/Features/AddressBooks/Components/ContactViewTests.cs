using Bunit;
using NodaTime;
using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.AddressBooks;
using PeerWeb.Features.AddressBooks.Components;
using PeerWeb.Shared.Lists;
using PeerWeb.Tests.Formats.VCard;
using Xunit;

namespace PeerWeb.Tests.Features.AddressBooks.Components;

public sealed class ContactViewTests : BunitContext
{
    [Fact]
    public void Everything_a_card_has_shows_and_nothing_of_it_runs()
    {
        var view = View(Contacts.Mine, [],
            "TEL;TYPE=cell:+41 44 1", "EMAIL:ada@acme.example", "EMAIL:x@y?body=z", "ADR;TYPE=home:;;Street 1;Zürich;;8001;CH", "URL:https://acme.example/a", "URL:javascript:alert(1)", "IMPP:xmpp:ada@acme.example",
            "BDAY:19850412", "NOTE:<script>alert(1)</script> see https://acme.example", "CATEGORIES:<b>Friends", "ORG:Acme", "TITLE:Analyst", "GENDER:F");

        Assert.Equal(
            ["tel:+41441", "mailto:ada@acme.example", "https://acme.example/a", "https://acme.example/"], view.FindAll(".values a").Select(link => link.GetAttribute("href")));
        Assert.Empty(view.FindAll("script, .values b"));
        Assert.Contains("javascript:alert(1)", view.Find(".values").TextContent, StringComparison.Ordinal);
        Assert.Equal("12 April 1985 (40 years old) Birthday", view.Find("[data-testid=contact-date]").TextContent.Trim());
        Assert.Equal("Analyst, Acme", view.Find(".name p").TextContent);
        Assert.Equal("<b>Friends", view.Find(".tag").TextContent);
        Assert.Empty(view.FindAll("[data-testid=contact-copy]"));
    }

    [Fact]
    public void A_photo_comes_from_this_server_and_one_that_is_elsewhere_never_comes()
    {
        var inline = View(Contacts.Mine, [], "PHOTO:data:image/png;base64," + Convert.ToBase64String(Vcf.Png(9, 9)));
        var elsewhere = View(Contacts.Mine, [], "PHOTO:https://tracker.example/p.png");

        Assert.StartsWith("/addressbook/photo?entry=ada@acme.example", inline.Find(".avatar img").GetAttribute("src"), StringComparison.Ordinal);
        Assert.DoesNotContain("base64", inline.Markup, StringComparison.Ordinal);
        Assert.Empty(elsewhere.FindAll("img"));
        Assert.Equal("AL", elsewhere.Find(".avatar").TextContent.Trim());
    }

    [Fact]
    public void Anothers_contact_can_be_copied_to_the_book_that_is_chosen()
    {
        var second = Contacts.Mine with { Name = "Work", Id = Contacts.Mine.Id with { Collection = CollectionId.New() } };
        var copied = new List<Source?>();
        var view = View(Contacts.Sams(Rights.Read), [Contacts.Mine, second], copied.Add, []);

        Assert.Equal("Open", view.Find("[data-testid=contact-edit]").TextContent);
        view.Find("[data-testid=contact-copy]").Click();
        view.Find("[data-testid=contact-copy-into]").Change(second.Id.ToString());
        view.Find("[data-testid=contact-copy]").Click();

        var first = View(Contacts.Sams(Rights.Read), [], copied.Add, []);
        first.Find("[data-testid=contact-copy]").Click();

        Assert.Equal([Contacts.Mine, second, null], copied);
        Assert.Contains("new address book", first.Find("[data-testid=contact-copy]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_there_says_why_and_looks_like_nobody()
    {
        var closed = 0;
        var view = Render<ContactView>(parameters => parameters
            .Add(shown => shown.OnClose, () => closed++)
            .Add(shown => shown.Link, Contacts.Link(Contacts.Mine))
            .Add(shown => shown.Contact, new OpenedEntry.Missing("It is <b>gone</b>."))
            .Add(shown => shown.Targets, [])
            .Add(shown => shown.Color, "#0f7bc4")
            .Add(shown => shown.Zone, DateTimeZone.Utc)
            .Add(shown => shown.Now, Instant.FromDateTimeOffset(Contacts.Now)));

        Assert.Equal(("Contact", "It is <b>gone</b>."), (view.Find("h2").TextContent, view.Find("[data-testid=contact-missing]").TextContent));
        Assert.Empty(view.FindAll(".avatar, [data-testid=contact-edit]"));
        view.Find("[data-testid=contact-close]").Click();
        Assert.Equal(1, closed);
    }

    [Fact]
    public void A_group_shows_who_is_in_it_and_who_cannot_be_found()
    {
        var members = new[] { new GroupMember("urn:uuid:1", "Grace", Contacts.Link(Contacts.Mine, "1")), new GroupMember("urn:uuid:2", null, null) };

        var view = View(Contacts.Mine, [], _ => { }, members, "KIND:group", "MEMBER:urn:uuid:1", "MEMBER:urn:uuid:2", "MEMBER:urn:uuid:3");

        var shown = view.Find("[data-testid=contact-members]");
        Assert.Equal(Contacts.Link(Contacts.Mine, "1").On("/addressbook"), shown.QuerySelector("a")?.GetAttribute("href"));
        Assert.Contains("Somebody who is not in this address book", shown.TextContent, StringComparison.Ordinal);
        Assert.Contains("And 1 more.", shown.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_names_its_contact_and_asks_for_a_photo_only_where_there_is_one()
    {
        var detail = ContactDetail.Empty with { Organization = "Acme", Mail = "ada@acme.example", Phone = "1", HasPhoto = true };

        var with = Render<ContactRow>(parameters => parameters.Add(row => row.Entry, Contacts.Entry(Contacts.Mine, "a", "Ada", detail)).Add(row => row.Color, "#0f7bc4").Add(row => row.Owner, "sam@globex.example"));
        var without = Render<ContactRow>(parameters => parameters.Add(row => row.Entry, Contacts.Entry(Contacts.Mine, "a", "", ContactDetail.Empty)).Add(row => row.Color, "#0f7bc4"));

        var button = with.Find("[data-testid=contact]");
        Assert.Equal(("a", Contacts.Mine.Id.ToString(), "Ada"), (button.GetAttribute("data-uid"), button.GetAttribute("data-source"), button.GetAttribute("data-summary")));
        Assert.Equal("ada@acme.example · 1", with.Find(".reach").TextContent);
        Assert.Equal("Acme · sam@globex.example", with.Find(".about").TextContent);
        Assert.EndsWith("&v=1.1", with.Find("img").GetAttribute("src"), StringComparison.Ordinal);
        Assert.Empty(without.FindAll("img"));
        Assert.Equal("(no name)", without.Find(".title").TextContent);
    }

    private IRenderedComponent<ContactView> View(Source source, IReadOnlyList<Source> targets, params string[] lines) => View(source, targets, _ => { }, null, lines);

    private IRenderedComponent<ContactView> View(Source source, IReadOnlyList<Source> targets, Action<Source?> copy, IReadOnlyList<GroupMember>? members, params string[] lines) =>
        Render<ContactView>(parameters => parameters
            .Add(view => view.Link, Contacts.Link(source))
            .Add(view => view.Contact, new OpenedEntry.Found<ContactCard>(ContactCard.Read(Vcf.Card(lines)), ETag.Parse("1.1")))
            .Add(view => view.Members, members)
            .Add(view => view.Source, source)
            .Add(view => view.Targets, targets)
            .Add(view => view.Color, "#0f7bc4")
            .Add(view => view.Zone, DateTimeZone.Utc)
            .Add(view => view.Now, Instant.FromDateTimeOffset(Contacts.Now))
            .Add(view => view.OnCopy, copy));
}
