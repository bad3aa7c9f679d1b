using Microsoft.AspNetCore.Components.Authorization;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Storage;
using PeerWeb.Shared.Collections;
using PeerWeb.Shared.Entries;
using PeerWeb.Shared.Import;
using PeerWeb.Shared.Lists;

namespace PeerWeb.Shared;

public static class SharedSetup
{
    /// <summary>What the pages of several features stand on.</summary>
    public static IServiceCollection AddSharedPages(this IServiceCollection services) => services
        .AddScoped<DraftBrowser>()
        .AddScoped<BrowserDownload>()
        .AddScoped<Func<IEntryListing>>(provider => () => ActivatorUtilities.CreateInstance<EntryListing>(provider))
        .AddScoped<ReadEntry>(provider =>
        {
            var (viewer, entries) = (provider.GetRequiredService<AuthenticationStateProvider>(), provider.GetRequiredService<SourceEntries>());
            return async (source, uid, token) => await entries.ReadAsync(await viewer.NameAsync(), source, uid, token);
        })
        .AddScoped<ImportCallsOf>(provider => app => ImportSetup.Create(provider, app))
        .AddScoped<AddCollection>(provider =>
        {
            var (viewer, collections, own) =
                (provider.GetRequiredService<AuthenticationStateProvider>(), provider.GetRequiredService<SqlCollections>(), provider.GetRequiredService<OwnInstallation>());
            return async (app, name, taken, token) =>
            {
                var owner = await viewer.NameAsync();
                return new SourceId(new Address(owner, own.Domain), app, await collections.CreateAsync(owner, app, name, SourceColor.Next(taken), token));
            };
        });
}
