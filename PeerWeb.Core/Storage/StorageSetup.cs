using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace PeerWeb.Core.Storage;

public static class StorageSetup
{
    /// <summary>Registers the entry database; which one it is, is asked when it is first used.</summary>
    public static IServiceCollection AddPeerWebStorage(this IServiceCollection services, Func<IServiceProvider, DatabasePlace> place)
    {
        services.AddPooledDbContextFactory<SqliteContext>((provider, options) => SqliteContext.Configure(options, (DatabasePlace.Sqlite)place(provider)));
        services.AddPooledDbContextFactory<PostgresContext>((provider, options) => ((DatabasePlace.Postgres)place(provider)).Configure(options));
        services.AddSingleton<IDbContextFactory<PeerWebContext>>(provider => place(provider) switch
        {
            DatabasePlace.Sqlite => new Factory<SqliteContext>(provider.GetRequiredService<IDbContextFactory<SqliteContext>>()),
            _ => new Factory<PostgresContext>(provider.GetRequiredService<IDbContextFactory<PostgresContext>>()),
        });
        services.TryAddSingleton<GroupCommit>();
        services.TryAddSingleton(TzdbVersion.Loaded);
        return services;
    }

    /// <summary>Lets everything that needs only the base context ask for it, whichever provider is configured.</summary>
    private sealed class Factory<TContext>(IDbContextFactory<TContext> inner) : IDbContextFactory<PeerWebContext>
        where TContext : PeerWebContext
    {
        public PeerWebContext CreateDbContext() => inner.CreateDbContext();

        public async Task<PeerWebContext> CreateDbContextAsync(CancellationToken cancellationToken) => await inner.CreateDbContextAsync(cancellationToken);
    }
}
