using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;
using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.AddressBooks.Duplicates;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Features.AddressBooks;
using PeerWeb.Features.AddressBooks.Duplicates;
using PeerWeb.Shared.Entries;
using PeerWeb.Tests.Formats.VCard;
using Xunit;

namespace PeerWeb.Tests.Features.AddressBooks.Duplicates;

public sealed class DuplicatesPageTests : BunitContext
{
    private readonly Contacts _contacts = new();

    public DuplicatesPageTests()
    {
        Services.AddMudServices();
        Services.AddSingleton<TimeProvider>(new FakeTimeProvider(Contacts.Now));
        Services.AddSingleton(new AddressBookQueries(
            _contacts.Calls,
            (_, _, _, _) => throw new InvalidOperationException("No address book is made here."),
            (_, _, _) => Task.FromResult<IReadOnlyList<MergedEntry>>([]),
            (_, _, _) => Task.FromResult<IReadOnlyList<GroupMember>>([]),
            _ => Task.FromResult(Found())));
        Services.AddScoped<DraftBrowser>();
        AddAuthorization().SetAuthorized("ada");
        JSInterop.Mode = JSRuntimeMode.Loose;
        Put("a", "FN:Ada Lovelace", "EMAIL:ada@acme.example", "ORG:Acme");
        Put("b", "FN:Lovelace, Ada", "EMAIL:ada@acme.example", "ORG:Engines", "NOTE:<img src=x onerror=alert(1)>");
    }

    [Fact]
    public void A_group_is_compared_merged_and_brought_back()
    {
        var page = Render<DuplicatesPage>();
        Assert.Equal("1 group may be the same.", page.Find("[data-testid=duplicates-count]").TextContent.Trim());
        Assert.Contains("same mail address and same name", page.Find("[data-testid=duplicate-group]").TextContent, StringComparison.Ordinal);

        page.Find("[data-testid=duplicate-open]").Click();
        page.WaitForElement("[data-testid=merge-table]");
        Assert.Empty(page.FindAll("img"));
        page.FindAll("tr[data-field=Organisation] [data-testid=merge-choice]")[1].Change(true);
        page.WaitForAssertion(() => Assert.Contains("Engines", page.Find(".preview, .merge details").TextContent, StringComparison.Ordinal));
        page.Find("[data-testid=merge-save]").Click();

        page.WaitForAssertion(() => Assert.Equal("There are no duplicates.", page.Find("[data-testid=duplicates-count]").TextContent.Trim()));
        Assert.Equal("Engines", ContactCard.Read(Assert.Single(_contacts.Texts)).Fields.Organization);
        page.Find("[data-testid=undo]").Click();
        page.WaitForAssertion(() => Assert.Equal("1 group may be the same.", page.Find("[data-testid=duplicates-count]").TextContent.Trim()));
        Assert.Equal(2, _contacts.Texts.Count);
    }

    [Fact]
    public void Where_one_of_two_is_somebody_else_nothing_is_left_to_merge()
    {
        var page = Render<DuplicatesPage>();
        page.Find("[data-testid=duplicate-open]").Click();
        page.WaitForElement("[data-testid=merge-leave-out]").Click();

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=merge]")));
        Assert.Empty(_contacts.Sent);
    }

    private void Put(string uid, params string[] lines) => _contacts.Put(Contacts.Mine, Vcf.Of("4.0", [$"UID:{uid}", .. lines]), uid);

    private FoundDuplicates Found()
    {
        var candidates = _contacts.Texts.Select(text => Vcf.Index(text)).OrderBy(entry => entry.Title, StringComparer.Ordinal)
            .Select(entry => new DuplicateCandidate(Contacts.Mine.Id.Collection, entry.Uid, entry.Title, ContactDetail.Parse(entry.Detail))).ToList();
        return new FoundDuplicates([Contacts.Mine], ContactDuplicates.Find(candidates), IsWhole: true);
    }
}
