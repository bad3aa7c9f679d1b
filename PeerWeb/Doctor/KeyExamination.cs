using System.Security.Cryptography;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Storage;
using PeerWeb.Identity;
using PeerWeb.PeerApi.Links;
using PeerWeb.Shell;

namespace PeerWeb.Doctor;

/// <summary>The key ring, and the signing key that it encrypts.</summary>
internal sealed class KeyExamination(DataDirectory data, DatabaseChoice choice, SigningKeyStore keys, InstallationIdentity identity) : IExamination
{
    private const string Advice = "Put the files of keys/ back that belong to this database, from a backup.";

    public string Subject => "keys";

    public bool IsFoundation => true;

    public bool NeedsNetwork => false;

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellationToken)
    {
        // The ring makes its folder where it is asked for it.
        if (!Directory.Exists(data.PathOf(KeyRing.Folder)) || Directory.GetFiles(data.PathOf(KeyRing.Folder), "*.xml") is not { Length: > 0 } ring)
            return [Finding.Error(Subject, "There is no key ring.", Advice)];
        // A missing file would be made; that it is missing is told already.
        if (choice.Identity is DatabasePlace.Sqlite place && !File.Exists(place.File))
            return [];
        try
        {
            var pkcs8 = await keys.GetActivePkcs8Async(cancellationToken);
            using var key = SigningKey.FromPkcs8(pkcs8);
            CryptographicOperations.ZeroMemory(pkcs8);
            var active = await keys.GetActiveKeyIdAsync(cancellationToken);
            if (key.KeyId != active)
                return [Finding.Error(Subject, "The signing key is not the one that its row names.", Advice)];
            // Whoever signs or asks next needs to know who we are.
            await identity.RunAsync(cancellationToken);
            return [Finding.Ok(Subject, $"{ring.Length} in the ring; it opens the signing key {active}")];
        }
        catch (CryptographicException)
        {
            return [Finding.Error(Subject, "The key ring does not open the signing key.", Advice)];
        }
        catch (InvalidOperationException)
        {
            return [Finding.Error(Subject, "There is no signing key that is active.", "The first start makes it. Where there was one, restore a backup.")];
        }
    }
}
