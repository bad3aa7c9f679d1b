namespace PeerWeb.Features.Search;

public static class SearchSetup
{
    /// <summary>The search over all apps, on the pages that their features register.</summary>
    public static IServiceCollection AddSearch(this IServiceCollection services) => services.AddScoped<SearchQueries>();
}
