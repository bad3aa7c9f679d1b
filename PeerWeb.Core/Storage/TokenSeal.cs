using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Storage.Rows;

namespace PeerWeb.Core.Storage;

/// <summary>Makes and checks sync tokens: (collection, epoch, sequence, grant version), authenticated, so that none can be guessed or carried elsewhere.</summary>
/// <remarks>They end with the time zone database: under another one the same entries may have other instances, and "unchanged" would be wrong.</remarks>
internal sealed class TokenSeal(InstallationRow installation, TzdbVersion tzdb)
{
    private static readonly Compiled<Func<PeerWebContext, CancellationToken, Task<InstallationRow>>> Installation = new(() =>
        EF.CompileAsyncQuery((PeerWebContext db, CancellationToken _) => db.Installation.AsNoTracking().Single()));

    public static async Task<TokenSeal> ReadAsync(PeerWebContext db, TzdbVersion tzdb, CancellationToken cancellationToken) =>
        new(await Installation.For(db)(db, cancellationToken), tzdb);

    public int Epoch => installation.Epoch;

    public static ETag ETagOf(int epoch, long sequence) => ETag.Parse(string.Create(CultureInfo.InvariantCulture, $"{epoch}.{sequence}"));

    public SyncToken TokenOf(CollectionId collection, long sequence, GrantVersion version)
    {
        var claim = string.Create(CultureInfo.InvariantCulture, $"{installation.Epoch}.{sequence}");
        return SyncToken.Parse($"{claim}.{SealOf(collection, claim, version)}");
    }

    /// <summary>The sequence of a token of ours for this collection and grant version; null for any other.</summary>
    public long? SequenceOf(SyncToken token, CollectionId collection, GrantVersion version)
    {
        if (token.Value.Split('.') is not [var epoch, var sequence, var seal])
            return null;
        var expected = SealOf(collection, $"{epoch}.{sequence}", version);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(seal), Encoding.ASCII.GetBytes(expected)))
            return null;
        return epoch == installation.Epoch.ToString(CultureInfo.InvariantCulture) ? long.Parse(sequence, CultureInfo.InvariantCulture) : null;
    }

    /// <summary>128 bits that say of a text only whether it is the same: an id that names nothing, under the installation's key.</summary>
    public string Blind(string text) => Base64Url.EncodeToString(HMACSHA256.HashData(installation.TokenKey, Encoding.UTF8.GetBytes("blind " + text)).AsSpan(0, 16));

    private string SealOf(CollectionId collection, string claim, GrantVersion version)
    {
        var mac = HMACSHA256.HashData(installation.TokenKey, Encoding.UTF8.GetBytes($"{collection} {claim} {version} {tzdb.Value}"));
        return Base64Url.EncodeToString(mac.AsSpan(0, 16));
    }
}
