namespace PeerWeb.Features.Sharing;

public static class SharingSetup
{
    /// <param name="localUsers">Who knows the local users.</param>
    public static IServiceCollection AddSharing(this IServiceCollection services, Func<IServiceProvider, LocalUserExists> localUsers) =>
        services.AddSingleton(localUsers).AddScoped<SharingQueries>();
}
