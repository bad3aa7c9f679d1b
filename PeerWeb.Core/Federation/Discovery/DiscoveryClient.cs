using System.Text.Json;
using PeerWeb.Core.Federation.Client.Http;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Federation.Discovery;

/// <summary>Asks a domain for <c>/.well-known/peerweb</c> and <c>/.well-known/jwks.json</c>: https, or http too where that is allowed.</summary>
public sealed class DiscoveryClient(PeerHttpClientFactory factory, PeerHttpOptions options) : IDiscoveryClient, IDisposable
{
    private const int LargestDocument = 64 * 1024;
    private readonly HttpClient _client = factory.CreatePlain();

    public async Task<DiscoveredInstallation> FetchAsync(Domain domain, CancellationToken cancellationToken)
    {
        var schemes = Schemes(domain);
        for (var i = 0; ; i++)
        {
            try
            {
                return await FetchAsync(domain, schemes[i], cancellationToken);
            }
            catch (PeerUnavailableException) when (i < schemes.Count - 1)
            {
                // The next scheme may be the one that answers there; only the last one's error is worth telling.
                continue;
            }
            catch (PeerUnavailableException unavailable)
            {
                throw new DiscoveryFailedException($"{domain}: {unavailable.Message}", unavailable);
            }
        }
    }

    public void Dispose() => _client.Dispose();

    private List<string> Schemes(Domain domain)
    {
        if (!options.AllowPlainHttp)
            return [Uri.UriSchemeHttps];
        var isHere = domain.Host == "localhost" || domain.Host.EndsWith(".localhost", StringComparison.Ordinal) || domain.Host.All(c => char.IsAsciiDigit(c) || c == '.');
        return isHere ? [Uri.UriSchemeHttp] : [Uri.UriSchemeHttps, Uri.UriSchemeHttp];
    }

    private async Task<DiscoveredInstallation> FetchAsync(Domain domain, string scheme, CancellationToken cancellationToken)
    {
        var document = await GetAsync<DiscoveryDocument>($"{scheme}://{domain}/.well-known/peerweb", domain, cancellationToken);
        if (document.Domain != domain.Value)
            throw new DiscoveryFailedException($"The installation at {domain} says that it is another domain.");
        if (!document.ApiVersions.Contains("1"))
            throw new DiscoveryFailedException($"The installation at {domain} speaks no version of the peer API that we know.");
        if (document.InstallationId == Guid.Empty || Endpoint(document.Endpoint) is not { } endpoint)
            throw new DiscoveryFailedException($"The discovery of {domain} is incomplete, or its endpoint is not allowed here.");
        var keys = await GetAsync<JsonWebKeySet>($"{scheme}://{domain}/.well-known/jwks.json", domain, cancellationToken);
        // The reader refuses null for a member, not inside of a list.
        if (keys.Keys.Where(key => key is not null).Select(key => key.ToPublicKey(out _)).FirstOrDefault(key => key is not null) is not { } active)
            throw new DiscoveryFailedException($"The installation at {domain} shows no usable key.");
        var apps = document.Apps.Select(name => AppId.TryParse(name, out var app) ? app : (AppId?)null).OfType<AppId>();
        return new DiscoveredInstallation(
            domain, new InstallationId(document.InstallationId), DisplayText.Excerpt(document.Name, 100), endpoint, active, Known(document.ApiVersions), Known(document.Capabilities), [.. apps]);
    }

    private static IReadOnlyList<string> Known(IReadOnlyList<string> names) => [.. names.Where(name => name is not null)];

    private async Task<T> GetAsync<T>(string uri, Domain domain, CancellationToken cancellationToken)
    {
        using var answer = await _client.GetAsync(new Uri(uri), cancellationToken);
        var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        if (!answer.IsSuccessStatusCode || body.Length > LargestDocument)
            throw new DiscoveryFailedException($"There is no PeerWeb at {domain} (status {(int)answer.StatusCode}).");
        try
        {
            return JsonSerializer.Deserialize<T>(body, PeerJson.Answers) ?? throw new JsonException("null is not an object");
        }
        catch (JsonException notOurs)
        {
            throw new DiscoveryFailedException($"What answers at {domain} is not a PeerWeb installation.", notOurs);
        }
    }

    private Uri? Endpoint(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (options.AllowPlainHttp && uri.Scheme == Uri.UriSchemeHttp))
        && uri is { PathAndQuery: "/", Fragment: "", UserInfo: "" }
            ? uri
            : null;
}
