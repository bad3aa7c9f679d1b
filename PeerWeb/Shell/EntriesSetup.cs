using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Notes;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Core.Storage.Peers;
using PeerWeb.Core.Todos;

namespace PeerWeb.Shell;

/// <summary>The entry database, the apps whose entries it holds, and the guard in front of it.</summary>
internal static class EntriesSetup
{
    public const string FileName = "entries.db";

    public static IServiceCollection AddEntries(this IServiceCollection services)
    {
        services.AddSingleton<DatabaseChoice>();
        services.AddPeerWebStorage(provider => provider.GetRequiredService<DatabaseChoice>().Entries);
        services.AddSingleton<EntryDatabase>();
        services.AddSingleton<IStartupStep, EntryDatabaseMigration>();
        services.AddSingleton<IStopStep, EntryDatabaseClosed>();
        services.AddSingleton<IApp, CalendarApp>();
        services.AddSingleton<IApp, TodoApp>();
        services.AddSingleton<IApp, NoteApp>();
        services.AddSingleton<IApp, AddressBookApp>();
        services.AddSingleton<AppRegistry>();
        services.AddSingleton<SqlEntryStore>();
        services.AddSingleton<StoreMetrics>();
        services.AddSingleton<IScopedEntryStore>(provider => new MeasuredEntryStore(
            provider.GetRequiredService<SqlEntryStore>(), provider.GetRequiredService<StoreMetrics>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<SqlOutboxBacklog>();
        services.AddSingleton<GuardedEntryStores>();
        services.AddSingleton<SqlCollections>();
        services.AddSingleton<SqlGrants>();
        services.AddSingleton<SqlDrafts>();
        services.AddSingleton<SqlPreferences>();
        services.AddSingleton<CollectionChanges>();
        services.AddSingleton<InstanceRebuild>();
        services.AddHostedService<InstanceUpkeep>();
        services.AddSingleton<ILinkEnded, GrantsEndWithLink>();
        services.AddSingleton<UntoldGrants>();
        services.AddSingleton<GrantDeliveries>();
        services.AddSingleton<SqlOffers>();
        services.AddSingleton<IOfferBook>(provider => provider.GetRequiredService<SqlOffers>());
        services.AddSingleton<ReceivedOffers>();
        services.AddSingleton<ILinkEnded>(provider => provider.GetRequiredService<ReceivedOffers>());
        return services;
    }
}

/// <summary>Brings the entry database to this version before anything reads it.</summary>
internal sealed class EntryDatabaseMigration(EntryDatabase database, DatabaseChoice choice) : IStartupStep
{
    public Task RunAsync(CancellationToken cancellationToken)
    {
        choice.EnsureFiles();
        return database.PrepareAsync(cancellationToken);
    }
}

/// <summary>What was committed is in the file itself, without a journal beside it.</summary>
internal sealed class EntryDatabaseClosed(EntryDatabase database) : IStopStep
{
    public Task RunAsync(CancellationToken cancellationToken) => database.CloseAsync(cancellationToken);
}
