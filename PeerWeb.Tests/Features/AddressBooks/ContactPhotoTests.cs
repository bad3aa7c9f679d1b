using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Features.AddressBooks;
using PeerWeb.Shared;
using PeerWeb.Shared.Lists;
using PeerWeb.Tests.Formats.VCard;
using PeerWeb.Tests.Shell;
using Xunit;

namespace PeerWeb.Tests.Features.AddressBooks;

public sealed class ContactPhotoTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_photo_is_for_who_may_read_the_contact_and_one_answer_for_everybody_else()
    {
        await using var acme = await TestInstallation.StartAsync();
        using var ada = await SignedInAsync(acme, "ada");
        using var bob = await SignedInAsync(acme, "bob");
        var png = Vcf.Png(9, 9);
        // A card that lies about what its image is; and one whose image is elsewhere.
        var book = await AddAsync(
            acme,
            Vcf.Card("PHOTO:data:image/svg+xml;base64," + Convert.ToBase64String(png)),
            Vcf.Of("4.0", "UID:card-2", "FN:Bob", "PHOTO:https://elsewhere.example/p.png"),
            Vcf.Of("4.0", "UID:card-3", "FN:Eve"));
        var url = Url(book, "card-1");

        using var answer = await ada.GetAsync(url, Cancel);
        Assert.Equal((HttpStatusCode.OK, "image/png"), (answer.StatusCode, answer.Content.Headers.ContentType?.ToString()));
        Assert.Equal(png, await answer.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
        Assert.StartsWith("default-src 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal("max-age=300, private", answer.Headers.CacheControl?.ToString());
        Assert.NotNull(answer.Headers.ETag);

        using var again = new HttpRequestMessage(HttpMethod.Get, url);
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag);
        using var known = await ada.SendAsync(again, Cancel);
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);

        foreach (var (browser, other) in (IEnumerable<(HttpClient, Uri)>)
            [(bob, url), (ada, Url(book, "card-2")), (ada, Url(book, "card-3")), (ada, Url(book, "card-4")), (ada, Url(book with { Collection = CollectionId.New() }, "card-1")),
            (ada, Url(book with { Owner = Address.Parse("sam@globex.example") }, "card-1")), (ada, new Uri(ContactPhotoLink.Path, UriKind.Relative)), (ada, new Uri(ContactPhotoLink.Path + "?entry=x", UriKind.Relative))])
        {
            using var refused = await browser.GetAsync(other, Cancel);
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
            Assert.True(refused.Headers.CacheControl?.NoStore);
        }
        using var stranger = acme.Browser();
        using var asked = await stranger.GetAsync(url, Cancel);
        Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
    }

    [Fact]
    public async Task One_person_gets_so_many_in_a_minute_and_nobody_else_waits_for_them()
    {
        await using var acme = await TestInstallation.StartAsync();
        using var ada = await SignedInAsync(acme, "ada");
        using var bob = await SignedInAsync(acme, "bob");
        var url = new Uri(ContactPhotoLink.Path, UriKind.Relative);
        for (var i = 0; i < Downloads.PicturesPerMinute; i++)
            Assert.Equal(HttpStatusCode.NotFound, await AskAsync(ada, url));

        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync(ada, url));
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(bob, url));
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient browser, Uri url)
    {
        using var answer = await browser.GetAsync(url, Cancel);
        return answer.StatusCode;
    }

    private static async Task<HttpClient> SignedInAsync(TestInstallation acme, string user)
    {
        await acme.AddUserAsync(user);
        var browser = acme.Browser();
        (await TestInstallation.SignInAsync(browser, user)).Dispose();
        return browser;
    }

    private static Uri Url(SourceId book, string uid) => new(ContactPhotoLink.Of(new EntryLink(book, Uid.Parse(uid)), ETag.Parse("1.1")), UriKind.Relative);

    private static async Task<SourceId> AddAsync(TestInstallation acme, params string[] cards)
    {
        var ada = UserName.Parse("ada");
        var id = await acme.Services.GetRequiredService<SqlCollections>().CreateAsync(ada, AddressBookApp.AppId, "Personal", color: null, Cancel);
        var store = acme.Services.GetRequiredService<GuardedEntryStores>().For(new Actor.Local(ada, Groups: []));
        await using var file = new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(cards)));
        var results = await EntryImport.RunAsync(store, Vcf.App, id, "ada", file, ImportPace.Database, Cancel).ToListAsync(Cancel);
        Assert.All(results, result => Assert.Equal(ImportOutcome.Added, result.Outcome));
        return new SourceId(new Address(ada, acme.Services.GetRequiredService<OwnInstallation>().Domain), AddressBookApp.AppId, id);
    }
}
