using MudBlazor;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Sharing.Components;
using PeerWeb.Shared;

namespace PeerWeb.Features.Sharing;

public static class SharingSetup
{
    /// <param name="localUsers">Who knows the local users.</param>
    public static IServiceCollection AddSharing(this IServiceCollection services, Func<IServiceProvider, LocalUserExists> localUsers) => services
        .AddSingleton(localUsers)
        .AddScoped<SharingQueries>()
        .AddScoped<ViewerZone>()
        .AddScoped<HiddenSources>()
        .AddScoped<ShareCollection>(provider => (app, collection) => ShareAsync(provider.GetRequiredService<IDialogService>(), app, collection));

    private static Task<IDialogReference> ShareAsync(IDialogService dialogs, AppId app, CollectionId collection)
    {
        var parameters = new DialogParameters<ShareDialog> { { dialog => dialog.App, app }, { dialog => dialog.Collection, collection } };
        return dialogs.ShowAsync<ShareDialog>(null, parameters, ShareDialog.Options);
    }
}
