using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Tests.Conformance;
using PeerWeb.Tests.Federation.Hosts;
using PeerWeb.Tests.PeerApi.Links;
using Xunit;

namespace PeerWeb.Tests.Federation.Malicious;

/// <summary>Acme with users of its own and two peers: Initech, which means well and may do much, and Globex, which does not and may read one calendar.</summary>
internal sealed class MaliciousWorld : IAsyncDisposable
{
    /// <summary>Stands in everything that Globex may not see.</summary>
    public const string Secret = "Sesame";

    private static readonly string[] OfTries = ["State", "Attempts", "NextTry", "Settled", "Reason", "LastError", "LastErrorAt", "LastExchange", "ClockSkewMilliseconds"];

    private MaliciousWorld(InstallationHost acme) => Acme = acme;

    public InstallationHost Acme { get; }

    public PatientClock Clock { get; private init; } = new();

    public SigningKey Globex { get; } = SigningKey.Create();

    public SigningKey Initech { get; } = SigningKey.Create();

    public PeerId GlobexRow { get; private set; }

    public PeerId InitechRow { get; private set; }

    public GrantId InitechGrant { get; } = new(Guid.NewGuid());

    /// <summary>Ada's, which Globex' Sam reads.</summary>
    public CollectionId Shared { get; private set; }

    /// <summary>What is not for Globex: Ada's other calendar, and Bob's, which Initech and local people read and write.</summary>
    public IReadOnlyList<CollectionId> Closed { get; private set; } = [];

    /// <summary>Of the entry <c>one</c> in each.</summary>
    public Dictionary<CollectionId, ETag> ETags { get; } = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<MaliciousWorld> StartAsync(Dictionary<string, string?>? settings = null)
    {
        var clock = new PatientClock();
        var world = new MaliciousWorld(await InstallationHost.StartAsync("acme", new HostOptions(clock, Settings: settings), Cancel)) { Clock = clock };
        world.GlobexRow = await LinkedHosts.AddPeerAsync(world.Acme, LinkedHosts.Stranger(world.Globex, "globex.example"), new Uri("http://globex.example"));
        world.InitechRow = await LinkedHosts.AddPeerAsync(world.Acme, LinkedHosts.Stranger(world.Initech, "initech.example"), new Uri("http://initech.example"));
        world.Shared = await world.CalendarAsync("ada", "Work");
        var bobs = await world.CalendarAsync("bob", Secret);
        world.Closed = [await world.CalendarAsync("ada", Secret), bobs];
        await world.GrantAsync("ada", world.Shared, new Principal.RemoteUser(world.GlobexRow, UserName.Parse("sam")), Rights.Read);
        Principal[] welcome =
        [
            new Principal.RemoteUser(world.InitechRow, UserName.Parse("sam")), new Principal.RemoteGroup(world.InitechRow, "sales"), new Principal.EveryoneAt(world.InitechRow),
            new Principal.LocalUser(UserName.Parse("sam")), new Principal.LocalUser(UserName.Parse("ada")), new Principal.LocalGroup("sales"),
        ];
        foreach (var principal in welcome)
            await world.GrantAsync("bob", bobs, principal, Rights.All);
        var offered = new GrantNotice(world.InitechGrant, 1, UserName.Parse("peter"), CalendarApp.AppId, CollectionId.New(), [], UserName.Parse("ada"), Rights.Read);
        await LinkedHosts.AcceptAsync(world.Acme, world.InitechRow, offered, UserName.Parse("ada"));
        return world;
    }

    public async ValueTask DisposeAsync()
    {
        await Acme.DisposeAsync();
        Globex.Dispose();
        Initech.Dispose();
    }

    public SignedRaw Call(string method, string target, string body = "", string? actor = "\"sam\"") => new(Acme, Globex, Clock, method, target) { Body = body, Actor = actor };

    public static string PathOf(CollectionId collection, string uid = "one") => $"/peer/v1/collections/{collection}/entries/{Uid.Parse(uid).ToPathSegment()}";

    public static string Text(string uid, string title) => Ics.Event(uid, title, ":20261110T090000Z", ":20261110T100000Z");

    /// <summary>What a user of Acme's own sees of a calendar.</summary>
    public async Task<IReadOnlyList<string>> LocallyAsync(string user, CollectionId calendar)
    {
        var answer = await StoreOf(user).QueryAsync(LinkedPair.November with { Collections = [calendar] }, Cancel);
        return [.. answer.Entries.Select(entry => entry.Title)];
    }

    /// <summary>Every row of the entry database, but nonces, which every signed call leaves behind, and without what our own tries to reach the peers leave.</summary>
    /// <param name="of">Whose own messages and offers are left out.</param>
    public async Task<IReadOnlyList<string>> RowsAsync(PeerId? of = null)
    {
        await using var db = await Acme.Services.GetRequiredService<IDbContextFactory<PeerWebContext>>().CreateDbContextAsync(Cancel);
        await db.Database.OpenConnectionAsync(Cancel);
        var connection = db.Database.GetDbConnection();
        var tables = await ReadAsync(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT IN ('nonces', 'outbox_lanes') ORDER BY name");
        Assert.Contains("entries", tables);
        var rows = new List<string>();
        foreach (var table in tables)
            rows.AddRange((await ReadAsync(connection, $"SELECT * FROM \"{table}\"")).Select(row => $"{table}: {row}"));
        var own = of?.ToString() ?? "-";
        return
        [
            .. rows.Where(row => !((row.StartsWith("received_messages", StringComparison.Ordinal) || row.StartsWith("offers", StringComparison.Ordinal))
                && row.Contains(own, StringComparison.OrdinalIgnoreCase))).Order(StringComparer.Ordinal),
        ];
    }

    private static async Task<List<string>> ReadAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names of our own tables.
        command.CommandText = sql;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        var rows = new List<string>();
        while (await reader.ReadAsync(Cancel))
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Where(at => !OfTries.Contains(reader.GetName(at))).Select(at => Convert.ToString(reader.GetValue(at) is byte[] bytes ? Convert.ToHexString(bytes) : reader.GetValue(at), CultureInfo.InvariantCulture))));
        return rows;
    }

    private GuardedEntryStore StoreOf(string user) => Acme.Services.GetRequiredService<GuardedEntryStores>().For(new Actor.Local(UserName.Parse(user), Groups: []));

    private async Task<CollectionId> CalendarAsync(string owner, string name)
    {
        var id = await Acme.Services.GetRequiredService<SqlCollections>().CreateAsync(UserName.Parse(owner), CalendarApp.AppId, name, null, Cancel);
        var write = new EntryWrite(id, Uid.Parse("one"), Text("one", name), new Precondition.Absent());
        var saved = Assert.Single(await StoreOf(owner).SaveAsync([write], new Delivery(owner, Guid.NewGuid().ToString("N"), new string('0', 64)), Cancel));
        ETags[id] = Assert.IsType<SaveOutcome.Saved>(saved).ETag;
        return id;
    }

    private async Task GrantAsync(string owner, CollectionId collection, Principal principal, Rights rights)
    {
        var change = new GrantChange(CalendarApp.AppId, collection, principal, rights, Rights.None, Version: 0);
        Assert.IsType<GrantOutcome.Saved>(Assert.Single(await Acme.Services.GetRequiredService<SqlGrants>().SaveAsync(UserName.Parse(owner), [change], Cancel)));
    }
}
