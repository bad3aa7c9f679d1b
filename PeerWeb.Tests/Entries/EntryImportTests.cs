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

    [Fact]
    public async Task A_UID_that_is_in_a_file_more_than_once_is_imported_entry_by_entry()
    {
        await using var database = await TestDatabase.CreateAsync(Cancel);
        var calendar = await database.Collections.CreateAsync(UserName.Parse("ada"), CalendarApp.AppId, "Work", null, Cancel);
        var store = database.StoreOf("ada");
        FileEntry[] entries = [Read(1, "a", "First"), Read(2, "a", "Second"), Read(3, "b", "Other"), Read(4, "a", "Second"), Read(5, "a", "Broken", "DTSTART:never\r\n")];
        ImportOutcome[] outcomes = [ImportOutcome.Added, ImportOutcome.Updated, ImportOutcome.Added, ImportOutcome.Unchanged, ImportOutcome.Failed];

        var preview = await EntryPreview.RunAsync(store, new CalendarApp(), calendar, Rights.All, entries.ToAsyncEnumerable(), Cancel).ToListAsync(Cancel);
        var results = await EntryImport.RunAsync(store, new CalendarApp(), calendar, "ada", _ => entries.ToAsyncEnumerable(), ImportPace.Database, Cancel).ToListAsync(Cancel);

        Assert.Equal(outcomes, preview.Select(entry => entry.Result.Outcome));
        Assert.Equal(outcomes, results.OrderBy(result => result.Number).Select(result => result.Outcome));
        Assert.Contains("SUMMARY:Second\r\n", (await store.ReadAsync(calendar, Uid.Parse("a"), Cancel))?.Text, StringComparison.Ordinal);

        static FileEntry.Readable Read(int number, string uid, string summary, string start = "DTSTART:20261110T090000Z\r\n") =>
            new(number, summary, number, Uid.Parse(uid), File(Event(uid, summary, start)), []);
    }

    [Fact]
    public async Task A_preview_says_what_the_import_then_does_and_writes_nothing()
    {
        await using var database = await TestDatabase.CreateAsync(Cancel);
        var calendar = await database.Collections.CreateAsync(UserName.Parse("ada"), CalendarApp.AppId, "Work", null, Cancel);
        var store = database.StoreOf("ada");
        await ImportAsync(store, calendar, File(Event("a", "First"), Event("b", "Second")));
        var file = File(Event("a", "First"), Event("b", "Second, changed"), Event("c", "Third"), Event("d", "Broken", "DTSTART:never\r\n"));

        var preview = await PreviewAsync(store, calendar, Rights.All, file);
        Assert.Equal([ImportOutcome.Unchanged, ImportOutcome.Updated, ImportOutcome.Added, ImportOutcome.Failed], preview.Select(entry => entry.Result.Outcome));
        Assert.Contains("SUMMARY:Second\r\n", preview[1].Current, StringComparison.Ordinal);
        Assert.Null(await store.ReadAsync(calendar, Uid.Parse("c"), Cancel));
        Assert.All(await PreviewAsync(store, null, Rights.All, file), entry => Assert.True(entry.Result.Outcome is ImportOutcome.Added or ImportOutcome.Failed));
        Assert.Equal([ImportOutcome.Unchanged, ImportOutcome.Failed], (await PreviewAsync(store, calendar, Rights.Read | Rights.Add, file)).Take(2).Select(entry => entry.Result.Outcome));

        Assert.Equal(preview.Select(entry => entry.Result), await ImportAsync(store, calendar, file));
    }

    [Fact]
    public async Task Cancelled_it_reports_what_is_done_and_the_next_import_goes_on_from_there()
    {
        const int Count = 4000;
        await using var database = await TestDatabase.CreateAsync(Cancel);
        var calendar = await database.Collections.CreateAsync(UserName.Parse("ada"), CalendarApp.AppId, "Work", null, Cancel);
        var text = File([.. Enumerable.Range(0, Count).Select(i => Event($"u{i}", $"Event {i}"))]);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var done = new List<ImportedEntry>();

        await Assert.ThrowsAsync<OperationCanceledException>(async () =>
        {
            await using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));
            await foreach (var result in EntryImport.RunAsync(database.StoreOf("ada"), new CalendarApp(), calendar, "ada", file, ImportPace.Database, cancel.Token))
            {
                done.Add(result);
                await cancel.CancelAsync();
            }
        });

        Assert.InRange(done.Count, 1, Count - 1);
        var listed = Assert.IsType<ChangesAnswer.Page>(await database.StoreOf("ada").ChangesAsync(calendar, null, 3000, Cancel));
        Assert.Equal(done.Count, listed.Changes.Count);
        var again = await ImportAsync(database.StoreOf("ada"), calendar, text);
        Assert.Equal((done.Count, Count), (again.Count(result => result.Outcome == ImportOutcome.Unchanged), again[0].Total));
    }

    [Fact]
    public async Task What_was_read_before_a_file_broke_off_is_done_and_reported_before_the_failure()
    {
        await using var database = await TestDatabase.CreateAsync(Cancel);
        var calendar = await database.Collections.CreateAsync(UserName.Parse("ada"), CalendarApp.AppId, "Work", null, Cancel);
        var app = new BreakingOff(ImportPace.Database.BatchSize + 1);
        var done = new List<ImportedEntry>();

        await Assert.ThrowsAsync<IOException>(async () =>
        {
            await foreach (var result in EntryImport.RunAsync(database.StoreOf("ada"), app, calendar, "ada", Stream.Null, ImportPace.Database, Cancel))
                done.Add(result);
        });

        Assert.Equal(ImportPace.Database.BatchSize, done.Count);
    }

    [Fact]
    public async Task Where_a_write_fails_all_that_is_written_is_reported_before_the_failure()
    {
        await using var database = await TestDatabase.CreateAsync(Cancel);
        var calendar = await database.Collections.CreateAsync(UserName.Parse("ada"), CalendarApp.AppId, "Work", null, Cancel);
        var store = new FailingStore(database.StoreOf("ada"), writes => writes.Any(write => write.Uid.Value == "u0"));
        var done = new List<ImportedEntry>();

        await Assert.ThrowsAsync<IOException>(() => ImportAsync(store, File([.. Enumerable.Range(0, 25).Select(i => Event($"u{i}", $"Event {i}"))])));

        Assert.Equal(Enumerable.Range(11, 10), done.Select(result => result.Number));
        var listed = Assert.IsType<ChangesAnswer.Page>(await database.StoreOf("ada").ChangesAsync(calendar, null, 100, Cancel));
        Assert.Equal(done.Select(result => $"u{result.Number - 1}"), listed.Changes.Select(change => change.Uid.Value));

        // A batch that adds some and fails to replace others.
        await ImportAsync(database.StoreOf("ada"), File(Event("old", "Old")));
        done.Clear();
        store = new FailingStore(database.StoreOf("ada"), writes => writes.Any(write => write.Precondition is Precondition.Match));
        await Assert.ThrowsAsync<IOException>(() => ImportAsync(store, File(Event("old", "Older"), Event("new", "New"))));
        Assert.Equal((2, ImportOutcome.Added), (Assert.Single(done).Number, done[0].Outcome));

        async Task ImportAsync(IEntryStore into, string text)
        {
            await using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));
            await foreach (var result in EntryImport.RunAsync(into, new CalendarApp(), calendar, "ada", file, new ImportPace(BatchSize: 10, Ahead: 2), Cancel))
                done.Add(result);
        }
    }

    [Fact]
    public async Task A_preview_says_that_private_entries_need_the_right_to_them()
    {
        await using var database = await TestDatabase.CreateAsync(Cancel);
        var file = File(Event("a", "Secret\r\nCLASS:CONFIDENTIAL"), Event("b", "Open"));

        var preview = await PreviewAsync(database.StoreOf("ada"), null, Rights.All & ~Rights.Private, file);

        Assert.Equal([ImportOutcome.Failed, ImportOutcome.Added], preview.Select(entry => entry.Result.Outcome));
        Assert.Contains("Private", preview[0].Result.Reason, StringComparison.Ordinal);
        Assert.All(await PreviewAsync(database.StoreOf("ada"), null, Rights.All, file), entry => Assert.Equal(ImportOutcome.Added, entry.Result.Outcome));
    }

    private static async Task<List<PreviewedEntry>> PreviewAsync(IEntryStore store, CollectionId? calendar, Rights rights, string text)
    {
        await using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return await EntryPreview.RunAsync(store, new CalendarApp(), calendar, rights, file, Cancel).ToListAsync(Cancel);
    }

    /// <summary>A file of calendar entries whose reader fails after some.</summary>
    private sealed class BreakingOff(int after) : IApp
    {
        private readonly CalendarApp _app = new();

        public AppId Id => _app.Id;

        public string CollectionNoun => _app.CollectionNoun;

        public string MediaType => _app.MediaType;

        public IndexedEntry Index(string text, TimeRange horizon) => _app.Index(text, horizon);

        public IReadOnlyList<IndexedInstance> Expand(string text, TimeRange range, NodaTime.DateTimeZone viewer, int limit) => _app.Expand(text, range, viewer, limit);

        public bool IsSame(string stored, string text) => _app.IsSame(stored, text);

        public Task JoinAsync(IAsyncEnumerable<Entry> entries, Stream file, Action<SkippedEntry> onSkipped, CancellationToken cancellationToken) =>
            _app.JoinAsync(entries, file, onSkipped, cancellationToken);

        public async IAsyncEnumerable<FileEntry> SplitAsync(Stream file, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            for (var i = 1; i <= after; i++)
            {
                await Task.Yield();
                yield return new FileEntry.Readable(i, "x", 1, Uid.Parse($"u{i}"), File(Event($"u{i}", "x")), []);
            }
            throw new IOException("The disk is gone.");
        }
    }
}
