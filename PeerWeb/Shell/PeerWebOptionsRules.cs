using System.Net;
using Microsoft.Extensions.Options;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Storage;

namespace PeerWeb.Shell;

/// <summary>What a setting may be; each refusal names the setting and says what it should look like.</summary>
internal sealed class PeerWebOptionsRules : IPostConfigureOptions<PeerWebOptions>, IValidateOptions<PeerWebOptions>
{
    public void PostConfigure(string? name, PeerWebOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Domain) && options.Endpoint.IsAbsoluteUri) options.Domain = options.Endpoint.Authority;
    }

    public ValidateOptionsResult Validate(string? name, PeerWebOptions options)
    {
        string[] failures = [.. Failures(options)];
        return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    /// <summary>The address and port to bind. Kestrel binds a host name that it does not know to every interface, so only addresses are taken.</summary>
    public static IPEndPoint ListenEndPoint(PeerWebOptions options) =>
        string.IsNullOrEmpty(options.Listen) ? new(IPAddress.Loopback, options.Endpoint.Port) : IPEndPoint.Parse(options.Listen);

    private static IEnumerable<string> Failures(PeerWebOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.DataDirectory)) yield return "PeerWeb:DataDirectory is empty.";
        if (string.IsNullOrWhiteSpace(options.Name) || options.Name.Length > 100 || options.Name.Any(char.IsControl))
            yield return "PeerWeb:Name must have 1 to 100 characters on one line.";
        if (options.PeerRequestsPerMinute < 1 || options.PeerMegabytesPerMinute < 1)
            yield return "PeerWeb:PeerRequestsPerMinute and PeerWeb:PeerMegabytesPerMinute must be at least 1.";
        if (!Enum.IsDefined(options.Database)) yield return "PeerWeb:Database is neither Sqlite nor Postgres.";
        if (options.Database == DatabaseKind.Postgres)
        {
            if (!DatabasePlace.Postgres.IsConnection(options.ConnectionString))
                yield return "PeerWeb:ConnectionString is not one of Npgsql, like Host=/var/run/postgresql;Database=peerweb;Username=peerweb.";
            if (!DatabasePlace.Postgres.IsSchema(options.Schema))
                yield return $"PeerWeb:Schema \"{options.Schema}\" must have 1 to 50 lower-case letters, digits and underscores, and begin with no digit.";
        }
        if (!Domain.TryParse(options.Domain, out _))
            yield return $"PeerWeb:Domain \"{options.Domain}\" is not a lower-case host name with an optional port, like acme.example or localhost:5100.";
        if (options.Listen is { Length: > 0 } listen && (!IPEndPoint.TryParse(listen, out _) || !listen.Contains(':', StringComparison.Ordinal)))
            yield return $"PeerWeb:Listen \"{listen}\" is not an IP address with a port, like 127.0.0.1:5100.";
        if (options.Metrics is { Length: > 0 } metrics && (!IPEndPoint.TryParse(metrics, out var place) || place.Port == 0 || (IsBaseUrl(options.Endpoint) && IsTaken(place, options))))
            yield return $"PeerWeb:Metrics \"{metrics}\" is not an IP address with a port of its own, like 127.0.0.1:9464.";
        if (!IsBaseUrl(options.Endpoint))
            yield return $"PeerWeb:Endpoint \"{options.Endpoint}\" is not a base URL like https://acme.example.";
        else if (options.IsSecure && string.IsNullOrEmpty(options.Listen))
            yield return "PeerWeb:Endpoint is https, which a reverse proxy serves; set PeerWeb:Listen to where the proxy finds PeerWeb, like 127.0.0.1:5100.";
        else if (!options.IsSecure && !options.AllowPlainHttp && !IsThisMachine(options.Endpoint))
            yield return "PeerWeb:Endpoint is http; use https, or set PeerWeb:AllowPlainHttp where nobody can listen in.";
    }

    private static bool IsTaken(IPEndPoint place, PeerWebOptions options) =>
        string.IsNullOrEmpty(options.Listen) || IPEndPoint.TryParse(options.Listen, out _) ? place.Port == ListenEndPoint(options).Port : false;

    private static bool IsBaseUrl(Uri endpoint) =>
        endpoint is { IsAbsoluteUri: true, PathAndQuery: "/", UserInfo: "", Fragment: "" } && (endpoint.Scheme == Uri.UriSchemeHttps || endpoint.Scheme == Uri.UriSchemeHttp);

    private static bool IsThisMachine(Uri endpoint) =>
        endpoint.Host == "localhost" || endpoint.Host.EndsWith(".localhost", StringComparison.Ordinal) || endpoint.Host == "127.0.0.1";
}
