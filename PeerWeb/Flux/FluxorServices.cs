using Fluxor;

namespace Microsoft.Extensions.DependencyInjection;

public static class FluxorServices
{
    /// <summary>Registers, per circuit, the states, the effects and one store for what <paramref name="configure"/> scans.</summary>
    public static IServiceCollection AddFluxor(this IServiceCollection services, Action<FluxorOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new FluxorOptions();
        configure(options);
        services.AddScoped(provider => new Store(options, provider, provider.GetRequiredService<ILogger<Store>>()));
        services.AddScoped<IStore>(provider => provider.GetRequiredService<Store>());
        services.AddScoped<IDispatcher>(provider => provider.GetRequiredService<Store>());
        foreach (var state in options.States)
            services.AddScoped(typeof(IState<>).MakeGenericType(state), provider => provider.GetRequiredService<Store>().Feature(state));
        foreach (var owner in options.Effects.Select(effect => effect.Owner).Distinct())
            services.AddScoped(owner);
        return services;
    }
}
