using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Bench.Harness;
using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;

namespace PeerWeb.Bench.Data;

/// <summary>An entry database in a file with the real settings, as an installation has it, without the web application.</summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    private const int BatchSize = 200;

    private readonly ServiceProvider _services;

    private BenchDatabase(DatabasePlace place)
    {
        File = place is DatabasePlace.Sqlite files ? files.File : string.Empty;
        _services = new ServiceCollection()
            .AddSingleton<TimeProvider, BenchClock>()
            .AddSingleton<IApp, CalendarApp>()
            .AddSingleton<IApp, AddressBookApp>()
            .AddSingleton<AppRegistry>()
            .AddPeerWebStorage(_ => place)
            .AddSingleton<EntryDatabase>()
            .AddSingleton<SqlCollections>()
            .AddSingleton<CollectionChanges>()
            .AddSingleton<IScopedEntryStore, SqlEntryStore>()
            .AddSingleton<GuardedEntryStores>()
            .BuildServiceProvider();
    }

    /// <summary>Of SQLite.</summary>
    public string File { get; }

    public IServiceProvider Services => _services;

    public static Task<BenchDatabase> CreateAsync(string file, CancellationToken cancellationToken) => CreateAsync(new DatabasePlace.Sqlite(file), cancellationToken);

    public static async Task<BenchDatabase> CreateAsync(DatabasePlace place, CancellationToken cancellationToken)
    {
        var database = new BenchDatabase(place);
        await database.Services.GetRequiredService<EntryDatabase>().PrepareAsync(cancellationToken);
        return database;
    }

    public GuardedEntryStore StoreOf(UserName user) => Services.GetRequiredService<GuardedEntryStores>().For(new Actor.Local(user, Groups: []));

    /// <summary>A new calendar of the user with all entries, through the guard.</summary>
    public Task<CollectionId> FillAsync(UserName owner, BenchCalendar calendar, CancellationToken cancellationToken) =>
        FillAsync(Services, owner, calendar, cancellationToken);

    /// <param name="services">Those of any installation.</param>
    public static Task<CollectionId> FillAsync(IServiceProvider services, UserName owner, BenchCalendar calendar, CancellationToken cancellationToken) =>
        FillAsync(services, owner, calendar.Texts(), cancellationToken);

    /// <inheritdoc cref="FillAsync(IServiceProvider, UserName, BenchCalendar, CancellationToken)"/>
    public static async Task<CollectionId> FillAsync(IServiceProvider services, UserName owner, IEnumerable<(Uid Uid, string Text)> texts, CancellationToken cancellationToken)
    {
        var id = await services.GetRequiredService<SqlCollections>().CreateAsync(owner, CalendarApp.AppId, "Bench", color: null, cancellationToken);
        var store = services.GetRequiredService<GuardedEntryStores>().For(new Actor.Local(owner, Groups: []));
        foreach (var batch in texts.Chunk(BatchSize))
        {
            var writes = batch.Select(entry => new EntryWrite(id, entry.Uid, entry.Text, new Precondition.Absent())).ToList();
            var outcomes = await store.SaveAsync(writes, new Delivery(owner.Value, Guid.NewGuid().ToString("N"), new string('0', 64)), cancellationToken);
            if (outcomes.FirstOrDefault(outcome => outcome is not SaveOutcome.Saved) is { } refused)
                throw new InvalidOperationException($"An entry of the data set was not saved: {refused}");
        }
        return id;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
