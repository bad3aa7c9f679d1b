using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Core.Storage.Rows;
using PeerWeb.Tests.Conformance;
using PeerWeb.Tests.Federation.Hosts;
using PeerWeb.Tests.PeerApi.Links;
using Xunit;

namespace PeerWeb.Tests.Federation.Trust;

/// <summary>Who asks, whose key signs, whom a grant names, which rights it gives and what became of it: every cell asked over HTTP and compared with <see cref="TrustModel"/>.</summary>
public sealed class TrustMatrixTests : IAsyncLifetime
{
    private static readonly Asker[] Askers =
    [
        new("globex", "sam"), new("globex", "sam", IsInSales: true), new("globex", "henry"), new("globex", "henry", IsInSales: true), new("globex", "ada"), new("globex", null),
        new("initech", "sam"), new("initech", "sam", IsInSales: true), new("initech", "henry"), new("initech", "ada"),
    ];

    private const Tick Everything = Tick.FreeBusy | Tick.Read | Tick.Add | Tick.Edit | Tick.Delete | Tick.Private;

    /// <summary>Who was given something, who was not, one of another peer by the same name, and nobody.</summary>
    private static readonly Asker[] Few = [new("globex", "sam"), new("globex", "henry"), new("initech", "sam"), new("globex", null)];

    private readonly Dictionary<string, SigningKey> _keys = new() { ["globex"] = SigningKey.Create(), ["initech"] = SigningKey.Create() };
    private readonly Dictionary<string, PeerId> _peers = [];
    private readonly PatientClock _clock = new();
    private InstallationHost? _acme;
    private IEntryStore? _owner;
    private AppSamples _samples = AppSamples.Calendar;
    private int _asked;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private InstallationHost Acme => _acme ?? throw new InvalidOperationException("Not started.");

    private IEntryStore Owner => _owner ?? throw new InvalidOperationException("Not started.");

    /// <summary>With how many of the askers; a ceiling cuts for all of them alike.</summary>
    public static TheoryData<int, int> Ceilings => new()
    {
        { (int)Everything, Askers.Length },
        { (int)(Tick.Read | Tick.Edit), 2 },
        { (int)(Tick.FreeBusy | Tick.Add | Tick.Delete), 2 },
    };

    public static TheoryData<string> OtherApps => [.. AppSamples.Names.Select(row => row.Data).Where(app => app != AppSamples.Calendar.App.Value)];

    public async ValueTask InitializeAsync()
    {
        _acme = await InstallationHost.StartAsync("acme", new HostOptions(_clock), Cancel);
        foreach (var (name, key) in _keys)
            _peers[name] = await LinkedHosts.AddPeerAsync(Acme, LinkedHosts.Stranger(key, $"{name}.example"), new Uri($"http://{name}.example"));
        _owner = Acme.Services.GetRequiredService<GuardedEntryStores>().For(new Actor.Local(UserName.Parse("ada"), Groups: []));
    }

    public async ValueTask DisposeAsync()
    {
        if (_acme is not null)
            await _acme.DisposeAsync();
        foreach (var key in _keys.Values)
            key.Dispose();
    }

    [Theory]
    [MemberData(nameof(Ceilings))]
    public Task Every_cell_is_what_the_rules_say_and_a_refused_call_changes_nothing(int ceiling, int askers) =>
        CompareAsync((Tick)ceiling, Askers[..askers], [.. Grants()]);

    /// <summary>All rights and fates, of what names one user.</summary>
    [Theory]
    [MemberData(nameof(OtherApps))]
    public Task The_rules_are_those_of_every_app(string app)
    {
        _samples = AppSamples.Named(app);
        return CompareAsync(Everything, Few, [.. Grants().Where(granted => granted.Whom == Named.SamAtGlobex)]);
    }

    private async Task CompareAsync(Tick ceiling, Asker[] askers, Granted[] grants)
    {
        var calendars = new List<(Granted Granted, Calendar Calendar)>();
        foreach (var granted in grants)
            calendars.Add((granted, await CalendarAsync(granted)));
        await CutAsync((Rights)ceiling);

        var wrong = new List<string>();
        foreach (var asker in askers)
        {
            var listed = await ListedAsync(asker);
            var shown = await ShownAsync(asker);
            foreach (var (granted, calendar) in calendars)
            {
                var expected = TrustModel.Of(asker, granted, ceiling, takesTime: _samples == AppSamples.Calendar);
                var actual = await TryAllAsync(asker, calendar) with
                {
                    Listed = listed.GetValueOrDefault(calendar.Id),
                    Shown = string.Join(',', shown[calendar.Id].Order(StringComparer.Ordinal)),
                };
                if (actual != expected)
                    wrong.Add($"{asker}, {granted}:\n  expected {expected}\n  actual   {actual}");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} cells of {askers.Length * calendars.Count} differ:\n{string.Join('\n', wrong.Take(10))}");
    }

    /// <summary>All combinations of the four rights that calls need; the other two come and go beside them.</summary>
    private static IEnumerable<Granted> Grants() =>
        from whom in Enum.GetValues<Named>()
        from fate in Enum.GetValues<Fate>()
        from four in Enumerable.Range(0, 16)
        let rights = (Tick)(four << 1) | ((four + (int)whom) % 2 == 0 ? Tick.FreeBusy : Tick.None) | ((four + (int)whom) % 3 == 0 ? Tick.Private : Tick.None)
        where rights != Tick.None && (fate == Fate.Stands || four is 1 or 7 or 15)
        select new Granted(whom, rights, fate);

    private async Task<Calendar> CalendarAsync(Granted granted)
    {
        var services = Acme.Services;
        var id = await services.GetRequiredService<SqlCollections>().CreateAsync(UserName.Parse("ada"), _samples.App, "Work", null, Cancel);
        var calendar = new Calendar(id);
        string[] names = ["one", "two", "hidden"];
        var saved = await Owner.SaveAsync(
            [.. names.Select(name => new EntryWrite(id, Uid.Parse(name), Text(name, "Meeting"), new Precondition.Absent()))], NewDelivery(), Cancel);
        foreach (var (name, outcome) in names.Zip(saved))
            calendar.ETags[name] = Assert.IsType<SaveOutcome.Saved>(outcome).ETag;
        await GrantAsync(id, granted);
        return calendar;
    }

    private async Task GrantAsync(CollectionId id, Granted granted)
    {
        Principal principal = granted.Whom switch
        {
            Named.SamAtGlobex => new Principal.RemoteUser(_peers["globex"], UserName.Parse("sam")),
            Named.SamAtInitech => new Principal.RemoteUser(_peers["initech"], UserName.Parse("sam")),
            Named.SalesAtGlobex => new Principal.RemoteGroup(_peers["globex"], "sales"),
            Named.EveryoneAtGlobex => new Principal.EveryoneAt(_peers["globex"]),
            Named.SamAtHome => new Principal.LocalUser(UserName.Parse("sam")),
            _ => new Principal.LocalGroup("sales"),
        };
        var grants = Acme.Services.GetRequiredService<SqlGrants>();
        await SaveAsync(new GrantChange(_samples.App, id, principal, (Rights)granted.Rights, Rights.None, Version: 0));
        if (granted.Fate == Fate.Revoked)
            await SaveAsync(new GrantChange(_samples.App, id, principal, Rights.None, Rights.All, Version: 1));
        if (granted.Fate == Fate.Expired)
        {
            var (text, past) = (id.ToString(), (long?)_clock.GetUtcNow().ToUnixTimeMilliseconds());
            await using var db = NewContext();
            await db.Grants.Where(row => row.CollectionId == text).ExecuteUpdateAsync(set => set.SetProperty(row => row.ExpiresAt, past), Cancel);
        }

        async Task SaveAsync(GrantChange change) =>
            Assert.IsType<GrantOutcome.Saved>(Assert.Single(await grants.SaveAsync(UserName.Parse("ada"), [change], Cancel)));
    }

    private async Task CutAsync(Rights ceiling)
    {
        await using var db = NewContext();
        db.Ceilings.AddRange(_peers.Values.Select(peer => new CeilingRow { PeerId = peer.Value, App = _samples.App.Value, Rights = (int)ceiling }));
        await db.SaveChangesAsync(Cancel);
    }

    private async Task<Dictionary<CollectionId, string>> ListedAsync(Asker asker)
    {
        var answer = await AskAsync(asker, "GET", "/peer/v1/collections");
        if (answer.Status != StatusCodes.Status200OK)
            return [];
        var listed = JsonSerializer.Deserialize<WireCollections>(answer.Message.Body.Span, PeerJson.Answers)?.Collections ?? [];
        return listed.ToDictionary(one => IdOf(one.Id), one => string.Join(' ', one.Rights));
    }

    /// <summary>The entries that a query over everything and the changes of each calendar show; both must be the same.</summary>
    private async Task<ILookup<CollectionId, string>> ShownAsync(Asker asker)
    {
        var shown = new List<(CollectionId Collection, string Uid)>();
        WireCursor? cursor = null;
        do
        {
            var query = new WireQuery(_samples.App.Value, "Europe/Zurich", "start", 3000, From: "2026-11-01T00:00:00Z", To: "2026-12-01T00:00:00Z", Cursor: cursor);
            var answer = await AskAsync(asker, "POST", "/peer/v1/query", JsonSerializer.Serialize(query, PeerJson.Requests));
            if (answer.Status != StatusCodes.Status200OK)
                break;
            var page = JsonSerializer.Deserialize<WirePage>(answer.Message.Body.Span, PeerJson.Answers);
            shown.AddRange((page?.Entries ?? []).OfType<WireSummary>().Select(one => (IdOf(page!.Slices[one.Slice].Collection), NameOf(one))));
            cursor = page?.Next;
        }
        while (cursor is not null);
        return shown.ToLookup(one => one.Collection, one => one.Uid);
    }

    /// <summary>Busy time says nothing else, and its id is no entry's.</summary>
    private static string NameOf(WireSummary summary)
    {
        if (summary.Redacted is not true)
            return summary.Uid;
        Assert.Equal(("", "{}", null), (summary.Title, summary.Detail.Json, summary.RecurrenceId));
        Assert.DoesNotContain(summary.Uid, (string[])["one", "two", "hidden"]);
        return "busy";
    }

    /// <summary>Every call about one calendar. What was done is undone by the owner; what was refused must have done nothing.</summary>
    private async Task<Verdict> TryAllAsync(Asker asker, Calendar calendar)
    {
        var read = await ReadAsync(asker, calendar, "one");
        var added = await WriteAsync(asker, calendar, "PUT", "new", null);
        var edited = await WriteAsync(asker, calendar, "PUT", "one", calendar.ETags["one"]);
        var deleted = await WriteAsync(asker, calendar, "DELETE", "two", calendar.ETags["two"]);
        await MendAsync(calendar, "new", added, null, wasDone: added == StatusCodes.Status201Created);
        await MendAsync(calendar, "one", edited, Text("one", "Meeting"), wasDone: edited == StatusCodes.Status200OK);
        await MendAsync(calendar, "two", deleted, Text("two", "Meeting"), wasDone: deleted == StatusCodes.Status204NoContent);

        var ofPrivate = await OfAsync(asker, calendar, "hidden", calendar.ETags["hidden"]);
        await MendAsync(calendar, "hidden", 0, Text("hidden", "Meeting"), wasDone: ofPrivate.StartsWith("200 200", StringComparison.Ordinal) || ofPrivate.EndsWith("204", StringComparison.Ordinal));
        var ofNone = await OfAsync(asker, calendar, "none", calendar.ETags["hidden"]);
        return new Verdict(null, "", await ChangesAsync(asker, calendar), read, added, edited, deleted, ofPrivate, ofNone);
    }

    private async Task<string> OfAsync(Asker asker, Calendar calendar, string uid, ETag etag) => string.Join(
        ' ', await ReadAsync(asker, calendar, uid), await WriteAsync(asker, calendar, "PUT", uid, etag), await WriteAsync(asker, calendar, "DELETE", uid, etag));

    private async Task<int> ReadAsync(Asker asker, Calendar calendar, string uid) => (await AskAsync(asker, "GET", PathOf(calendar, uid))).Status;

    private async Task<string> ChangesAsync(Asker asker, Calendar calendar)
    {
        var answer = await AskAsync(asker, "GET", $"/peer/v1/collections/{calendar.Id}/changes");
        if (answer.Status != StatusCodes.Status200OK)
            return $"{answer.Status}";
        var changes = JsonSerializer.Deserialize<WireChanges>(answer.Message.Body.Span, PeerJson.Answers)?.Changes ?? [];
        return $"200 {string.Join(',', changes.Where(change => change.ETag is not null).Select(change => change.Uid).Order(StringComparer.Ordinal))}";
    }

    private static string PathOf(Calendar calendar, string uid) => $"/peer/v1/collections/{calendar.Id}/entries/{Uid.Parse(uid).ToPathSegment()}";

    private async Task<int> WriteAsync(Asker asker, Calendar calendar, string method, string uid, ETag? etag)
    {
        var body = method == "PUT" ? JsonSerializer.Serialize(new WireEntry(calendar.Id.ToString(), uid, Text(uid, "Changed")), PeerJson.Requests) : "";
        var condition = etag is { } match ? KeyValuePair.Create(PeerHeaders.IfMatch, match.ToHeader()) : KeyValuePair.Create(PeerHeaders.IfNoneMatch, "*");
        return (await AskAsync(asker, method, PathOf(calendar, uid), body, condition)).Status;
    }

    private async Task MendAsync(Calendar calendar, string uid, int status, string? before, bool wasDone)
    {
        var there = await Owner.ReadAsync(calendar.Id, Uid.Parse(uid), Cancel);
        if (!wasDone)
        {
            Assert.True(there?.Text == before, $"{status} for {uid} of {calendar.Id}, and yet it was changed.");
            return;
        }
        Assert.True(there?.Text != before, $"{status} for {uid} of {calendar.Id}, and nothing was done.");
        if (before is null)
        {
            Assert.IsType<SaveOutcome.Deleted>(await Owner.DeleteAsync(new EntryRemoval(calendar.Id, Uid.Parse(uid), Assert.IsType<Entry>(there).ETag), NewDelivery(), Cancel));
            return;
        }
        Precondition precondition = there is null ? new Precondition.Absent() : new Precondition.Match(there.ETag);
        var saved = await Owner.SaveAsync([new EntryWrite(calendar.Id, Uid.Parse(uid), before, precondition)], NewDelivery(), Cancel);
        calendar.ETags[uid] = Assert.IsType<SaveOutcome.Saved>(Assert.Single(saved)).ETag;
    }

    private async Task<RawAnswer> AskAsync(Asker asker, string method, string target, string body = "", params KeyValuePair<string, string>[] fields)
    {
        // A peer may ask so often in a minute; here time passes for it.
        if (++_asked % 1000 == 0)
            _clock.Advance(TimeSpan.FromMinutes(1));
        return await new SignedRaw(Acme, _keys[asker.Peer], _clock, method, target) { Body = body, Actor = asker.Field, Fields = fields }.SendAsync(Cancel);
    }

    private string Text(string uid, string title) => _samples.Of(uid, title, 10, uid == "hidden" ? ["CLASS:CONFIDENTIAL"] : []);

    private PeerWebContext NewContext() => Acme.Services.GetRequiredService<IDbContextFactory<PeerWebContext>>().CreateDbContext();

    private static CollectionId IdOf(string text) => CollectionId.TryParse(text, out var id) ? id : throw new FormatException($"{text} is no collection.");

    private static Delivery NewDelivery() => new("ada", Guid.NewGuid().ToString("N"), new string('0', 64));

    private sealed record Calendar(CollectionId Id)
    {
        public Dictionary<string, ETag> ETags { get; } = [];
    }
}
