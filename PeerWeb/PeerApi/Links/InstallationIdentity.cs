using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Storage;
using PeerWeb.Identity;
using PeerWeb.Shell;

namespace PeerWeb.PeerApi.Links;

/// <summary>Who this installation is to its peers, read once at the start, after the key and the id were made.</summary>
public sealed class InstallationIdentity(SigningKeyStore keys, EntryDatabase entries, IOptions<PeerWebOptions> options) : IStartupStep, IDisposable
{
    private OwnIdentity? _own;
    private Home? _home;

    /// <exception cref="InvalidOperationException">Asked before the start.</exception>
    public OwnIdentity Own => _own ?? throw TooEarly();

    /// <inheritdoc cref="Own"/>
    public Home Home => _home ?? throw TooEarly();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var pkcs8 = await keys.GetActivePkcs8Async(cancellationToken);
        try
        {
            var settings = options.Value;
            var key = SigningKey.FromPkcs8(pkcs8);
            _own?.SigningKey.Dispose();
            _own = new OwnIdentity(settings.Domain, settings.Endpoint.Authority, key);
            _home = new Home(
                (await entries.InstallationAsync(cancellationToken)).Id,
                Domain.Parse(settings.Domain),
                settings.Name,
                PublicKey.Create(key.Public.Jwk.X, key.Public.Jwk.Y));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    public void Dispose() => _own?.SigningKey.Dispose();

    private static InvalidOperationException TooEarly() => new("The installation has not started.");
}
