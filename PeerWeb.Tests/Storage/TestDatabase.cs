using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Notes;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Core.Storage.Peers;
using PeerWeb.Core.Sync;
using PeerWeb.Core.Todos;

namespace PeerWeb.Tests.Storage;

/// <summary>A migrated database of its own, with everything that stands on it: a SQLite file, deleted at the end, or a schema of the tests' PostgreSQL.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    // Migrated once; every database begins as a copy of it.
    private static readonly Lazy<Task<byte[]>> Migrated = new(MigrateAsync);

    private readonly string _folder = Directory.CreateTempSubdirectory("peerweb-test-").FullName;
    private readonly ServiceProvider _services;

    private TestDatabase(TimeProvider time, DatabasePlace? place = null, IApp? another = null)
    {
        Time = time;
        place ??= new DatabasePlace.Sqlite(File);
        var services = new ServiceCollection();
        if (another is not null)
            services.AddSingleton(another);
        _services = services
            .AddSingleton(time)
            .AddSingleton<IApp, CalendarApp>()
            .AddSingleton<IApp, TodoApp>()
            .AddSingleton<IApp, NoteApp>()
            .AddSingleton<IApp, AddressBookApp>()
            .AddSingleton<AppRegistry>()
            .AddPeerWebStorage(_ => place)
            .AddSingleton<EntryDatabase>()
            .AddSingleton<SqlCollections>()
            .AddSingleton<GrantNoticeWriter>(GrantWire.Write)
            .AddSingleton<GrantNoticeReader>(GrantWire.Read)
            .AddSingleton<OutboxSignal>()
            .AddSingleton<SqlGrants>()
            .AddSingleton<CollectionChanges>()
            .AddSingleton<GrantDeliveries>()
            .AddSingleton<OfferChanges>()
            .AddSingleton<SqlOffers>()
            .AddSingleton<ReceivedOffers>()
            .AddSingleton<IScopedEntryStore, SqlEntryStore>()
            .AddSingleton<GuardedEntryStores>()
            .BuildServiceProvider();
    }

    public IServiceProvider Services => _services;

    public string File => Path.Combine(_folder, "entries.db");

    public TimeProvider Time { get; }

    public SqlCollections Collections => _services.GetRequiredService<SqlCollections>();

    public SqlGrants Grants => _services.GetRequiredService<SqlGrants>();

    public GuardedEntryStores Stores => _services.GetRequiredService<GuardedEntryStores>();

    public EntryDatabase Entries => _services.GetRequiredService<EntryDatabase>();

    /// <param name="time">By default a clock that stands at 2026-11-22T12:00Z.</param>
    /// <param name="another">An app beside those of the product.</param>
    public static async Task<TestDatabase> CreateAsync(CancellationToken cancellationToken, TimeProvider? time = null, IApp? another = null)
    {
        var database = new TestDatabase(time ?? new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero)), another: another);
        await System.IO.File.WriteAllBytesAsync(database.File, await Migrated.Value, cancellationToken);
        await database.Entries.PrepareAsync(cancellationToken);
        return database;
    }

    public static async Task<TestDatabase> CreateAsync(PostgresCluster cluster, CancellationToken cancellationToken)
    {
        var database = new TestDatabase(new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero)), await cluster.NewSchemaAsync());
        await database.Entries.PrepareAsync(cancellationToken);
        return database;
    }

    /// <summary>What lies there, as it is: nothing is migrated.</summary>
    public static TestDatabase At(DatabasePlace place) => new(new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero)), place);

    /// <summary>Gives rights where there is no grant yet.</summary>
    public async Task<GrantOutcome> GiveAsync(UserName owner, CollectionId? collection, Principal principal, Rights rights, CancellationToken cancellationToken) =>
        (await Grants.SaveAsync(owner, [new GrantChange(CalendarApp.AppId, collection, principal, rights, Rights.None, Version: 0)], cancellationToken))[0];

    private static async Task<byte[]> MigrateAsync()
    {
        await using var database = new TestDatabase(TimeProvider.System);
        await using (var context = database.NewContext())
            await context.Database.MigrateAsync();
        // Closing the last connection writes everything back into the one file.
        SqliteConnection.ClearAllPools();
        return await System.IO.File.ReadAllBytesAsync(database.File);
    }

    public GuardedEntryStore StoreOf(string user) => Stores.For(new Actor.Local(UserName.Parse(user), Groups: []));

    public PeerWebContext NewContext() => _services.GetRequiredService<IDbContextFactory<PeerWebContext>>().CreateDbContext();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
