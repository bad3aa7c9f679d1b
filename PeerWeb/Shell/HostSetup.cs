using System.Net;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Options;
using PeerWeb.Shell.Stop;

namespace PeerWeb.Shell;

internal static class HostSetup
{
    // Below every file: what an installation without any says is what its admin needs.
    private static readonly Dictionary<string, string?> LogLevels = new()
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Warning",
        // Anyone can send an unsigned request; a line for each would let them fill the disk.
        ["Logging:LogLevel:PeerWeb.PeerApi.Signing.PeerSignatureHandler"] = "Warning",
        // Said once by us, when it changes; a line for each look would be one a second.
        ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "None",
        // That the key ring is not encrypted by another key is how it is meant: its directory is the owner's only.
        ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager"] = "Error",
    };

    /// <summary>A build's output knows where the assets lie in the repository; a published folder has them beside the assembly.</summary>
    public static bool IsBuildOutput => File.Exists(Path.Combine(AppContext.BaseDirectory, "PeerWeb.staticwebassets.runtime.json"));

    /// <summary>A builder that reads settings from the working directory and assets from beside the assembly, wherever it was started.</summary>
    public static WebApplicationBuilder CreateBuilder(IReadOnlyDictionary<string, string?> settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(HostSetup).Assembly.GetName().Name,
            EnvironmentName = settings.GetValueOrDefault("environment"),
            WebRootPath = IsBuildOutput ? null : Path.Combine(AppContext.BaseDirectory, "wwwroot"),
            // Settings are checked once, at the start; nothing watches their files.
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        if (IsBuildOutput) StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = LogLevels });
        builder.Configuration.AddInMemoryCollection(settings);
        return builder;
    }

    public static IServiceCollection AddSettings(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IPostConfigureOptions<PeerWebOptions>, PeerWebOptionsRules>();
        services.AddSingleton<IValidateOptions<PeerWebOptions>, PeerWebOptionsRules>();
        var section = configuration.GetSection(PeerWebOptions.Section);
        services.AddOptions<PeerWebOptions>().Configure(_ => SettingValue.Check(section)).Bind(section).ValidateOnStart();
        services.AddSingleton<DataDirectory>();
        services.AddSingleton<DataDirectoryUse>();
        // Before every other step: what they read is there, and stays.
        services.AddSingleton<IStartupStep>(provider => provider.GetRequiredService<DataDirectoryUse>());
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<StartupSteps>();
        services.AddSingleton<Farewell>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = Serving.LongestStop);
        services.AddHostedService(provider => provider.GetRequiredService<StartupSteps>());
        return services;
    }

    public static IServiceCollection AddListener(this IServiceCollection services)
    {
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<PeerWebOptions>>((kestrel, options) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(PeerWebOptionsRules.ListenEndPoint(options.Value));
            if (options.Value.Metrics is { Length: > 0 } metrics) kestrel.Listen(IPEndPoint.Parse(metrics));
        });
        return services;
    }
}
