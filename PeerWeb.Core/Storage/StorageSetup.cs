using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace PeerWeb.Core.Storage;

public static class StorageSetup
{
    /// <summary>Registers the entry database in one SQLite file.</summary>
    /// <param name="file">Full path; the folder must be there.</param>
    public static IServiceCollection AddPeerWebSqlite(this IServiceCollection services, Func<IServiceProvider, string> file)
    {
        services.AddPooledDbContextFactory<SqliteContext>((provider, options) => Configure(options, file(provider)));
        services.AddSingleton<IDbContextFactory<PeerWebContext>, SqliteContextFactory>();
        services.TryAddSingleton(TzdbVersion.Loaded);
        return services;
    }

    public static void Configure(DbContextOptionsBuilder options, string file) =>
        options.UseSqlite($"Data Source={file}", sqlite => sqlite.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter)).AddInterceptors(new SqliteDurability());
}
