using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using PeerWeb.Core.Primitives;
using PeerWeb.Shell;

namespace PeerWeb.Identity;

/// <summary>The installation's private keys (ECDSA P-256), encrypted at rest. The first one is made at the first start.</summary>
public sealed class SigningKeyStore(IDbContextFactory<IdentityStore> stores, IDataProtectionProvider protection, TimeProvider time) : IStartupStep
{
    private readonly IDataProtector protector = protection.CreateProtector("PeerWeb.SigningKey.v1");

    /// <summary>RFC 7638 thumbprint (SHA-256, base64url, 43 characters) of the key that signs.</summary>
    public async Task<string> GetActiveKeyIdAsync(CancellationToken cancellationToken)
    {
        await using var store = await stores.CreateDbContextAsync(cancellationToken);
        return await store.SigningKeys.Where(key => key.State == SigningKeyState.Active).Select(key => key.KeyId).SingleAsync(cancellationToken);
    }

    /// <summary>The key that signs, as unencrypted PKCS#8; the caller imports it and clears the array.</summary>
    /// <exception cref="CryptographicException">The key ring in the data directory is not the one that encrypted the key.</exception>
    public async Task<byte[]> GetActivePkcs8Async(CancellationToken cancellationToken)
    {
        await using var store = await stores.CreateDbContextAsync(cancellationToken);
        return protector.Unprotect(await store.SigningKeys.Where(key => key.State == SigningKeyState.Active).Select(key => key.ProtectedPkcs8).SingleAsync(cancellationToken));
    }

    async Task IStartupStep.RunAsync(CancellationToken cancellationToken)
    {
        await using var store = await stores.CreateDbContextAsync(cancellationToken);
        if (await store.SigningKeys.AnyAsync(key => key.State == SigningKeyState.Active, cancellationToken)) return;
        using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var pkcs8 = made.ExportPkcs8PrivateKey();
        try
        {
            store.SigningKeys.Add(new()
            {
                KeyId = KeyIdOf(made),
                State = SigningKeyState.Active,
                CreatedAt = time.GetUtcNow(),
                ProtectedPkcs8 = protector.Protect(pkcs8),
            });
            await store.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException) when (store.SigningKeys.AsNoTracking().Any(key => key.State == SigningKeyState.Active))
        {
            // Another process of this installation, started at the same moment, made it; one active key is a rule of the table.
            store.ChangeTracker.Clear();
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    /// <remarks>RFC 7638 3: the required members of an EC key, in lexicographic order, without white space.</remarks>

    private static string KeyIdOf(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return JwkThumbprint.Of(Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
    }
}
