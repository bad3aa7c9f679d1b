using System.Text;
using Microsoft.Playwright;
using NodaTime.Text;
using PeerWeb.Core.Entries;
using PeerWeb.Tests.Shell;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace PeerWeb.Tests.Browser.Scripts;

/// <summary>Fifty scripts in every field that anybody can fill, here or at a peer, run on no page and in no dialog.</summary>
[Collection(BrowserTests.Name)]
public sealed class StoredScriptTests(Chrome chrome)
{
    private static readonly string Day = LocalDatePattern.Iso.Format(HostileWorld.First.PlusDays(10));

    private static string First => ScriptPayloads.All[0];

    [Fact]
    public async Task Fifty_scripts_in_every_field_run_nowhere_at_their_owners_and_at_their_readers()
    {
        Assert.Equal(50, ScriptPayloads.All.Distinct().Count());
        await using var world = await HostileWorld.StartAsync();
        await using var ada = await chrome.VisitAsync(world.Acme.Endpoint, height: 2400);
        await using var sam = await chrome.VisitAsync(world.Globex.Endpoint, height: 2400);
        var (atAcme, atGlobex) = (await ScriptWatch.OnAsync(ada), await ScriptWatch.OnAsync(sam));
        await SignInAsync(ada, "ada");
        await SignInAsync(sam, "sam");

        await sam.GoAsync("/sharing/offers");
        await Expect(sam.By("offer")).ToHaveCountAsync(10);
        await atGlobex.AssertNothingAsync(sam);
        for (var left = 10; left > 0; left--)
        {
            await Expect(sam.By("offer-accept")).ToHaveCountAsync(left);
            await sam.By("offer-accept").First.ClickAsync();
        }
        await Expect(sam.By("offer-accept")).ToHaveCountAsync(0);
        await atGlobex.AssertNothingAsync(sam);

        foreach (var (visit, watch) in (IEnumerable<(Visit, ScriptWatch)>)[(ada, atAcme), (sam, atGlobex)])
        {
            foreach (var view in (string[])["month", "agenda", "week", "day"])
            {
                await visit.GoAsync($"/calendar/{view}/{Day}");
                if (view == "month")
                    await ExpectAllAsync(visit);
                else
                    await Expect(visit.By("event").First).ToBeVisibleAsync();
                await watch.AssertNothingAsync(visit);
            }
            await OpenEventsAsync(visit, watch);
            foreach (var page in (string[])["/calendar/settings", "/sharing", "/sharing/offers", "/admin/peers", $"/{Uri.EscapeDataString(First)}", $"/calendar/{Uri.EscapeDataString(First)}/{Uri.EscapeDataString(First)}"])
            {
                await visit.Page.GotoAsync(page);
                await visit.UntilInteractiveAsync();
                if (page == "/admin/peers")
                    await Expect(visit.By("peer")).ToHaveCountAsync(13);
                await Expect(visit.Page.Locator("h1").First).ToBeVisibleAsync();
                await watch.AssertNothingAsync(visit);
            }
        }
        await ImportAsync(ada, atAcme);
        await ImportContactsAsync(ada, atAcme);
        await WriteAsync(ada, atAcme, world);
        await SeeAsync(ada, atAcme);
    }

    private static Task SignInAsync(Visit visit, string user) => visit.SignInAsync(user, TestInstallation.Password);

    /// <summary>Every payload is on the page, as the text that it is.</summary>
    private static async Task ExpectAllAsync(Visit visit)
    {
        await Expect(visit.By("event", "[data-summary*='pwned(']")).ToHaveCountAsync(ScriptPayloads.All.Count(payload => payload.Contains("pwned(", StringComparison.Ordinal)) + 2);
        var shown = await visit.By("event").EvaluateAllAsync<string[]>("events => events.map(event => event.dataset.summary)");
        Assert.Equal(ScriptPayloads.All.Order(StringComparer.Ordinal), shown.Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>Some events whole, each with all payloads among its guests and in its notes, and what else opens from a month.</summary>
    private static async Task OpenEventsAsync(Visit visit, ScriptWatch watch)
    {
        await visit.GoAsync($"/calendar/month/{Day}");
        foreach (var number in (int[])[7, 43, 49])
        {
            await visit.By("event").Nth(number).ClickAsync();
            await Expect(visit.By("entry-dialog").Locator("li")).ToHaveCountAsync(50);
            await watch.AssertNothingAsync(visit);
            await visit.By("event-close").ClickAsync();
            await Expect(visit.By("entry-dialog")).ToHaveCountAsync(0);
        }
        await visit.By("source-export").First.ClickAsync();
        await Expect(visit.By("export-download")).ToBeVisibleAsync();
        await watch.AssertNothingAsync(visit);
        await visit.By("export-close").ClickAsync();
        await Expect(visit.By("export-download")).ToHaveCountAsync(0);
        if (await visit.By("source-share").CountAsync() == 0)
            return;
        await visit.By("source-share").First.ClickAsync();
        await Expect(visit.By("share-dialog").GetByTestId("acl-grid")).ToBeVisibleAsync();
        await visit.By("acl-add-principal").FillAsync(First);
        await visit.By("acl-add-principal").PressAsync("Enter");
        await watch.AssertNothingAsync(visit);
    }

    private static async Task ImportAsync(Visit ada, ScriptWatch watch)
    {
        var broken = ScriptPayloads.All.Select((payload, i) =>
            $"BEGIN:VEVENT\r\nUID:{payload} \r\nDTSTAMP:20260101T000000Z\r\nDTSTART:{(i % 2 == 0 ? payload : "20260601T080000Z")}\r\nSUMMARY:{ScriptPayloads.Text(payload)}\r\nEND:VEVENT\r\n");
        var file = $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{First}\r\nX-WR-CALNAME:{First}\r\n{string.Concat(broken)}END:VCALENDAR\r\n";
        await ada.GoAsync("/calendar/import");
        await ada.By("import-file").SetInputFilesAsync(new FilePayload { Name = $"{ScriptPayloads.All[6]}.ics", MimeType = "text/calendar", Buffer = Encoding.UTF8.GetBytes(file) });
        await Expect(ada.By("import-preview", "[data-complete=true]")).ToBeVisibleAsync();
        await watch.AssertNothingAsync(ada);
        await ada.By("import-start").ClickAsync();
        await Expect(ada.By("import-end")).ToBeVisibleAsync();
        await watch.AssertNothingAsync(ada);
    }

    /// <summary>In every field of cards, and in every cell, column and name of a table.</summary>
    private static async Task ImportContactsAsync(Visit ada, ScriptWatch watch)
    {
        var payloads = ScriptPayloads.All.Select(payload => payload.ReplaceLineEndings(" ")).ToList();
        string[] fields = ["UID", "FN", "N", "NICKNAME", "EMAIL", "TEL", "ADR", "ORG", "TITLE", "ROLE", "URL", "NOTE", "CATEGORIES", "BDAY", "PHOTO", "LOGO", "KEY", "IMPP", "X-ANY"];
        var cards = payloads.Select(payload =>
            $"BEGIN:VCARD\r\nVERSION:4.0\r\n{string.Concat(fields.Select(field => $"{field};X-A={ScriptPayloads.Quoted(payload)}:{ScriptPayloads.Text(payload)}\r\n"))}END:VCARD\r\n");
        var quoted = payloads.Select(payload => $"\"{payload.Replace("\"", "\"\"", StringComparison.Ordinal)}\"").ToList();
        var table = $"Name,Mail,{string.Join(',', quoted)}\r\n" + string.Concat(quoted.Select(cell => $"{string.Join(',', Enumerable.Repeat(cell, quoted.Count + 2))}\r\n"));
        foreach (var (name, file) in ((string, string)[])[($"{ScriptPayloads.All[6]}.vcf", string.Concat(cards)), ($"{ScriptPayloads.All[6]}.csv", table)])
        {
            await ada.GoAsync("/addressbook/import");
            await ada.By("import-file").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "application/octet-stream", Buffer = Encoding.UTF8.GetBytes(file) });
            await Expect(ada.By("import-preview", "[data-complete=true]")).ToBeVisibleAsync();
            await watch.AssertNothingAsync(ada);
            await ada.By("import-start").ClickAsync();
            await Expect(ada.By("import-end")).ToBeVisibleAsync();
            await Expect(ada.By("import-result").First).ToBeVisibleAsync();
            await watch.AssertNothingAsync(ada);
        }
    }

    /// <summary>A reload with something typed, a conflict, and the notice of what was deleted.</summary>
    private static async Task WriteAsync(Visit ada, ScriptWatch watch, HostileWorld world)
    {
        await ada.GoAsync($"/calendar/month/{Day}");
        await ada.By("new-entry").ClickAsync();
        // What is typed is kept from the moment on in which the dialog takes the focus.
        await Expect(ada.By("entry-summary")).ToBeFocusedAsync();
        await ada.By("entry-summary").FillAsync(ScriptPayloads.All[37]);
        await ada.By("entry-notes").FillAsync(ScriptPayloads.All[31]);
        await ada.Page.ReloadAsync();
        await Expect(ada.By("writing-banner")).ToContainTextAsync("pwned(");
        await watch.AssertNothingAsync(ada);
        await ada.By("writing-discard").ClickAsync();

        var conflicted = ada.By("event", "[data-summary='<svg onload=pwned(13)>']");
        await conflicted.ClickAsync();
        await Expect(ada.By("entry-save")).ToBeEnabledAsync();
        Assert.IsType<SaveOutcome.Saved>(await world.OverwriteAsync("<svg onload=pwned(13)>"));
        await ada.By("entry-summary").FillAsync(ScriptPayloads.All[20]);
        await ada.By("entry-location").FillAsync(ScriptPayloads.All[43]);
        await ada.By("entry-save").ClickAsync();
        await Expect(ada.By("conflict-dialog")).ToContainTextAsync("<b>pwned</b>");
        await watch.AssertNothingAsync(ada);
        await ada.By("conflict-theirs").ClickAsync();
        await Expect(ada.By("conflict-dialog")).ToHaveCountAsync(0);

        await ada.By("event", "[data-summary='<svg/onload=pwned(14)//']").ClickAsync();
        await Expect(ada.By("entry-delete")).ToBeEnabledAsync();
        await ada.By("entry-delete").ClickAsync();
        await Expect(ada.By("undo")).ToBeVisibleAsync();
        await watch.AssertNothingAsync(ada);
    }

    /// <summary>What is watched for would be seen: the same texts, put into a page as markup.</summary>
    private static async Task SeeAsync(Visit ada, ScriptWatch watch)
    {
        await ada.Page.EvaluateAsync("payloads => document.body.insertAdjacentHTML('beforeend', payloads.join(' '))", ScriptPayloads.All);
        await ada.Page.EvaluateAsync("pwned(0)");
        await ada.Page.WaitForFunctionAsync("document.querySelector('img[onerror]') !== null");
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => watch.AssertNothingAsync(ada));
        Assert.Contains(watch.Ran, ran => ran.EndsWith(": 0", StringComparison.Ordinal));
        Assert.Contains(watch.Stopped, stopped => stopped.Contains("script-src", StringComparison.Ordinal));
    }
}
