namespace PeerWeb.Features.Sharing;

public static class SharingSetup
{
    /// <summary>The sharing page; who calls it registers a <see cref="LocalUserExists"/>, which knows the local users.</summary>
    public static IServiceCollection AddSharing(this IServiceCollection services) => services.AddScoped<SharingQueries>();
}
