using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Storage;
using PeerWeb.Shared.Export;
using Xunit;

namespace PeerWeb.Tests.Shell;

/// <summary>In a browser, too, what is not there and what is not yours are one answer: status, fields and page.</summary>
public sealed partial class UniformPagesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_not_yours_answers_as_what_is_not_there()
    {
        await using var acme = await TestInstallation.StartAsync();
        await acme.AddUserAsync("ada", isAdmin: true);
        await acme.AddUserAsync("bob");
        var ada = UserName.Parse("ada");
        var id = await acme.Services.GetRequiredService<SqlCollections>().CreateAsync(ada, CalendarApp.AppId, "Work", color: null, Cancel);
        var hers = new SourceId(new Address(ada, acme.Services.GetRequiredService<OwnInstallation>().Domain), CalendarApp.AppId, id);
        var uid = Uid.Parse("one");
        (string Theirs, string None)[] pairs =
        [
            (Export(hers), Export(hers with { Collection = CollectionId.New() })),
            (Export(hers), "/calendar/export?source=nothing"),
            (Export(hers), Export(hers with { Owner = new Address(UserName.Parse("nobody"), hers.Owner.Domain) })),
            (Export(hers, uid), Export(hers with { Collection = CollectionId.New() }, uid)),
            ("/admin/peers", "/admin/nothing"),
            ("/admin/peers", "/no-such-page"),
        ];
        using var bob = acme.Browser();
        (await TestInstallation.SignInAsync(bob, "bob")).Dispose();
        using var stranger = acme.Browser();
        foreach (var (theirs, none) in pairs)
        {
            foreach (var accept in (string[])["text/html", "*/*"])
            {
                var answer = await AskAsync(bob, none, accept);
                Assert.StartsWith("404", answer, StringComparison.Ordinal);
                Assert.Equal(answer, await AskAsync(bob, theirs, accept));
                Assert.Equal(await AskAsync(stranger, none, accept), await AskAsync(stranger, theirs, accept));
            }
        }
    }

    private static string Export(SourceId source, Uid? entry = null) => new ExportRequest([source], null, null, DateTimeZone.Utc) { Entry = entry }.Url;

    /// <summary>All of an answer but what is made anew for each: tokens, ids, the time, and where one wanted to go.</summary>
    private static async Task<string> AskAsync(HttpClient browser, string path, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Add("Accept", accept);
        using var answer = await browser.SendAsync(request, Cancel);
        var fields = answer.Headers.Concat(answer.Content.Headers).Where(field => field.Key is not ("Date" or "Set-Cookie" or "Location" or "Content-Length"))
            .Select(field => $"{field.Key}: {string.Join(", ", field.Value)}").Order(StringComparer.Ordinal);
        var body = await answer.Content.ReadAsStringAsync(Cancel);
        return Anew.Replace($"{(int)answer.StatusCode}\n{string.Join('\n', fields)}\n{body}", "ANEW");
    }

    [GeneratedRegex(@"CfDJ8(?:[A-Za-z0-9_/+=-]|\\u002B)+|""prerenderId"":""[0-9a-f]+""|0H[0-9A-Z]{11}:[0-9A-F]{8}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}")]
    private static partial Regex Anew { get; }
}
