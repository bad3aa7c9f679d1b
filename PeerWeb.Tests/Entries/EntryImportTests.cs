using System.Text;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Storage;
using Xunit;

namespace PeerWeb.Tests.Entries;

public sealed class EntryImportTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string File(params string[] events) =>
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Other//Program//EN\r\n" + string.Concat(events) + "END:VCALENDAR\r\n";

    private static string Event(string uid, string summary, string start = "DTSTART:20261110T090000Z\r\nDTEND:20261110T100000Z\r\n") =>
        $"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r\n{start}SUMMARY:{summary}\r\nEND:VEVENT\r\n";

    private static async Task<List<ImportedEntry>> ImportAsync(IEntryStore store, CollectionId calendar, string text)
    {
        await using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return await EntryImport.RunAsync(store, new CalendarApp(), calendar, "ada", file, ImportPace.Database, Cancel).ToListAsync(Cancel);
    }

    [Fact]
    public async Task A_broken_entry_is_reported_and_the_rest_is_imported()
    {
        await using var database = await TestDatabase.CreateAsync(Cancel);
        var calendar = await database.Collections.CreateAsync(UserName.Parse("ada"), CalendarApp.AppId, "Work", null, Cancel);
        var store = database.StoreOf("ada");

        var results = await ImportAsync(store, calendar, File(Event("a", "First"), Event("b", "Broken", "DTSTART:yesterday\r\n"), Event("c", "Last")));
        Assert.Equal([ImportOutcome.Added, ImportOutcome.Failed, ImportOutcome.Added], results.OrderBy(result => result.Number).Select(result => result.Outcome));
        var broken = Assert.Single(results, result => result.Outcome == ImportOutcome.Failed);
        Assert.NotEmpty(broken.Reason!);
        Assert.Equal(14, broken.Line);
        Assert.NotNull(await store.ReadAsync(calendar, Uid.Parse("c"), Cancel));
    }

    [Fact]
    public async Task Importing_the_same_file_again_changes_nothing_and_a_changed_one_only_what_changed()
    {
        await using var database = await TestDatabase.CreateAsync(Cancel);
        var calendar = await database.Collections.CreateAsync(UserName.Parse("ada"), CalendarApp.AppId, "Work", null, Cancel);
        var store = database.StoreOf("ada");
        var file = File([.. Enumerable.Range(0, 250).Select(i => Event($"u{i}", $"Event {i}"))]);

        Assert.All(await ImportAsync(store, calendar, file), result => Assert.Equal(ImportOutcome.Added, result.Outcome));
        var token = Assert.IsType<ChangesAnswer.Page>(await store.ChangesAsync(calendar, null, 3000, Cancel)).Token;
        Assert.All(await ImportAsync(store, calendar, file), result => Assert.Equal(ImportOutcome.Unchanged, result.Outcome));
        Assert.Empty(Assert.IsType<ChangesAnswer.Page>(await store.ChangesAsync(calendar, token, 10, Cancel)).Changes);

        var again = await ImportAsync(store, calendar, file.Replace("SUMMARY:Event 7\r\n", "SUMMARY:Event seven\r\n", StringComparison.Ordinal));
        Assert.Equal("u7", Assert.Single(Assert.IsType<ChangesAnswer.Page>(await store.ChangesAsync(calendar, token, 10, Cancel)).Changes).Uid.Value);
        Assert.Equal(1, again.Count(result => result.Outcome == ImportOutcome.Updated));
    }

    [Fact]
    public async Task What_the_rights_do_not_give_fails_entry_by_entry()
    {
        await using var database = await TestDatabase.CreateAsync(Cancel);
        var ada = UserName.Parse("ada");
        var calendar = await database.Collections.CreateAsync(ada, CalendarApp.AppId, "Work", null, Cancel);
        await database.GiveAsync(ada, calendar, new Core.Sharing.Principal.LocalUser(UserName.Parse("bob")), Rights.Read, Cancel);

        var results = await ImportAsync(database.StoreOf("bob"), calendar, File(Event("a", "First"), Event("b", "Second")));
        Assert.All(results, result => Assert.Equal(ImportOutcome.Failed, result.Outcome));
        Assert.All(results, result => Assert.Contains("Add", result.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_event_and_its_overrides_anywhere_in_the_file_are_one_entry()
    {
        await using var database = await TestDatabase.CreateAsync(Cancel);
        var calendar = await database.Collections.CreateAsync(UserName.Parse("ada"), CalendarApp.AppId, "Work", null, Cancel);
        var series = Event("s", "Series", "DTSTART:20261102T090000Z\r\nDTEND:20261102T100000Z\r\nRRULE:FREQ=WEEKLY;COUNT=4\r\n");
        var moved = Event("s", "Moved", "RECURRENCE-ID:20261109T090000Z\r\nDTSTART:20261110T090000Z\r\nDTEND:20261110T100000Z\r\n");

        var results = await ImportAsync(database.StoreOf("ada"), calendar, File(moved, Event("other", "Other"), series));
        Assert.Equal(2, results.Count);
        var text = (await database.StoreOf("ada").ReadAsync(calendar, Uid.Parse("s"), Cancel))!.Text;
        Assert.Equal(2, text.Split("BEGIN:VEVENT").Length - 1);
    }
}
