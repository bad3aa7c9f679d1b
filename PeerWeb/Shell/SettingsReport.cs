using System.Net;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Configuration.Memory;
using PeerWeb.Core.Storage;

namespace PeerWeb.Shell;

/// <summary>What the settings come to, without starting anything: each with where it came from, everything that is wrong, and what is risky.</summary>
/// <param name="Options">As serving would have them; where a value is wrong, the default.</param>
public sealed record SettingsReport(string Environment, IReadOnlyList<Setting> Settings, IReadOnlyList<string> Errors, IReadOnlyList<string> Warnings, PeerWebOptions Options)
{
    private const string Unset = "default";

    /// <param name="given">What the command line says.</param>
    public static SettingsReport Of(IReadOnlyDictionary<string, string?> given)
    {
        var builder = HostSetup.CreateBuilder(given);
        var configuration = builder.Configuration;
        var (settings, errors, options) = (new List<Setting>(), new List<string>(), new PeerWebOptions());
        var properties = SettingValue.Properties.ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var property in properties.Values)
        {
            var key = $"{PeerWebOptions.Section}:{property.Name}";
            var (value, source) = Find(configuration, key);
            if (value is not null && SettingValue.Set(options, property, value) is { } error)
                errors.Add($"{key} {error}");
            else
                settings.Add(new Setting(key, Secrets.Masked(property.Name, property.GetValue(options)?.ToString()), source));
        }
        foreach (var unknown in configuration.GetSection(PeerWebOptions.Section).GetChildren().Where(child => !properties.ContainsKey(child.Key)))
            errors.Add(Unknown(unknown.Path, unknown.Key, properties.Keys, Find(configuration, unknown.Path).Source));
        errors.AddRange(Mistyped());

        var rules = new PeerWebOptionsRules();
        rules.PostConfigure(null, options);
        if (rules.Validate(null, options) is { Failed: true } failed)
            errors.AddRange(failed.Failures);
        var domain = settings.FindIndex(setting => setting.Key == $"{PeerWebOptions.Section}:{nameof(PeerWebOptions.Domain)}");
        if (domain >= 0)
            settings[domain] = settings[domain] with { Value = options.Domain };
        return new SettingsReport(builder.Environment.EnvironmentName, settings, errors, [.. Risks(options, builder.Environment, configuration)], options);
    }

    private static (string? Value, string Source) Find(ConfigurationManager configuration, string key)
    {
        foreach (var provider in ((IConfigurationRoot)configuration).Providers.Reverse())
        {
            if (provider.TryGet(key, out var value) && value is not null)
                return (value, SourceOf(provider, key));
        }
        return (null, Unset);
    }

    private static string SourceOf(IConfigurationProvider provider, string key) => provider switch
    {
        JsonConfigurationProvider file => file.Source.Path ?? "settings file",
        EnvironmentVariablesConfigurationProvider => $"environment {key.Replace(":", "__", StringComparison.Ordinal).ToUpperInvariant()}",
        MemoryConfigurationProvider => "command line",
        _ => provider.ToString() ?? "settings",
    };

    private static string Unknown(string path, string name, IEnumerable<string> known, string source)
    {
        var near = known.Select(one => (Name: one, Distance: Spelling.Distance(one, name))).MinBy(one => one.Distance);
        var meant = near.Distance <= Math.Max(2, name.Length / 4) ? $" Did you mean {PeerWebOptions.Section}:{near.Name}?" : string.Empty;
        return $"{path} is no setting ({source}).{meant}";
    }

    /// <summary>Variables with one underscore, which nobody would read.</summary>
    private static IEnumerable<string> Mistyped() =>
        from object key in System.Environment.GetEnvironmentVariables().Keys
        let name = (string)key
        where name.StartsWith("PEERWEB_", StringComparison.OrdinalIgnoreCase) && !name.StartsWith("PEERWEB__", StringComparison.OrdinalIgnoreCase)
        orderby name
        select $"The environment variable {name} is not read: two underscores separate, like PEERWEB__DOMAIN.";

    private static IEnumerable<string> Risks(PeerWebOptions options, IWebHostEnvironment environment, ConfigurationManager configuration)
    {
        if (options.AllowPlainHttp)
            yield return "PeerWeb:AllowPlainHttp is on: whoever is between two installations can read what they exchange.";
        if (options.AllowPrivateAddresses)
            yield return "PeerWeb:AllowPrivateAddresses is on: an administrator can make this machine ask others of its own network.";
        if (options.Demo && !environment.IsDevelopment())
            yield return $"PeerWeb:Demo is on in {environment.EnvironmentName}: a password that everybody knows works here.";
        if (options.IsSecure && !configuration.GetValue<bool>("FORWARDEDHEADERS_ENABLED"))
            yield return "PeerWeb:Endpoint is https and ASPNETCORE_FORWARDEDHEADERS_ENABLED is not true: limits on sign-ins and link requests count the proxy instead of who is behind it.";
        if (IPEndPoint.TryParse(options.Listen ?? string.Empty, out var listen) && (listen.Address.Equals(IPAddress.Any) || listen.Address.Equals(IPAddress.IPv6Any)))
            yield return "PeerWeb:Listen is every address of this machine: whoever reaches the port gets around the proxy, and can say whose address a request comes from.";
        if (options.Database == DatabaseKind.Sqlite && options.ConnectionString.Length > 0)
            yield return "PeerWeb:ConnectionString is set and not used: PeerWeb:Database is Sqlite.";
    }
}

/// <param name="Value">As it counts; secrets are masked.</param>
/// <param name="Source">The file, the variable, the command line, or that it is the default.</param>
public sealed record Setting(string Key, string? Value, string Source);

/// <summary>What must not be shown on a screen or in a log.</summary>
internal static class Secrets
{
    private const string Mask = "***";

    public static string? Masked(string name, string? value) =>
        string.IsNullOrEmpty(value) ? value
        : name.Equals(nameof(PeerWebOptions.ConnectionString), StringComparison.OrdinalIgnoreCase) ? DatabasePlace.Postgres.WithoutSecrets(value) ?? Mask
        : name.Contains("password", StringComparison.OrdinalIgnoreCase) || name.Contains("secret", StringComparison.OrdinalIgnoreCase) ? Mask
        : value;
}

/// <summary>How far two words are apart.</summary>
internal static class Spelling
{
    /// <summary>Letters to add, take away or replace, whatever their case.</summary>
    public static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var (diagonal, left) = (row[0], row[0] = i);
            for (var j = 1; j <= other.Length; j++)
            {
                var isSame = char.ToLowerInvariant(one[i - 1]) == char.ToLowerInvariant(other[j - 1]);
                left = Math.Min(Math.Min(row[j], left) + 1, diagonal + (isSame ? 0 : 1));
                (diagonal, row[j]) = (row[j], left);
            }
        }
        return row[^1];
    }
}
