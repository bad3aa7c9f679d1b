using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Core.Storage;
using PeerWeb.Identity;
using PeerWeb.Tests.Shell;
using Xunit;

namespace PeerWeb.Tests.Identity;

public sealed class KeysAtRestTests
{
    private const UnixFileMode File0600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_start_makes_a_key_and_an_id_and_the_next_start_keeps_them()
    {
        await using var first = await TestInstallation.StartAsync();
        var keys = first.Services.GetRequiredService<SigningKeyStore>();
        var (keyId, pkcs8) = (await keys.GetActiveKeyIdAsync(Cancellation), await keys.GetActivePkcs8Async(Cancellation));
        var installation = await first.Services.GetRequiredService<EntryDatabase>().InstallationAsync(Cancellation);
        Assert.Equal(1, installation.Epoch);
        Assert.NotEqual(Guid.Empty, installation.Id.Value);
        await first.StopAsync();

        var again = await TestInstallation.StartAsync(first.Directory);
        keys = again.Services.GetRequiredService<SigningKeyStore>();
        Assert.Equal(keyId, await keys.GetActiveKeyIdAsync(Cancellation));
        Assert.Equal(pkcs8, await keys.GetActivePkcs8Async(Cancellation));
        Assert.Equal(installation, await again.Services.GetRequiredService<EntryDatabase>().InstallationAsync(Cancellation));
        await again.StopAsync();
    }

    [Fact]
    public async Task The_key_id_is_the_thumbprint_of_the_public_key()
    {
        await using var acme = await TestInstallation.StartAsync();
        var keys = acme.Services.GetRequiredService<SigningKeyStore>();
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(await keys.GetActivePkcs8Async(Cancellation), out _);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var json = $"{{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"{Url(point.X)}\",\"y\":\"{Url(point.Y)}\"}}";
        Assert.Equal(Url(SHA256.HashData(Encoding.ASCII.GetBytes(json))), await keys.GetActiveKeyIdAsync(Cancellation));
    }

    [Fact]
    public async Task No_file_holds_the_private_key_and_every_file_is_the_owners_only()
    {
        await using var acme = await TestInstallation.StartAsync();
        var pkcs8 = await acme.Services.GetRequiredService<SigningKeyStore>().GetActivePkcs8Async(Cancellation);
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(pkcs8, out _);
        var secret = key.ExportParameters(includePrivateParameters: true).D ?? [];
        Assert.Equal(32, secret.Length);
        var files = Directory.GetFiles(acme.Directory, "*", SearchOption.AllDirectories);
        Assert.Contains(files, file => Path.GetFileName(file) == "identity.db");
        Assert.Contains(files, file => file.EndsWith(".xml", StringComparison.Ordinal));
        foreach (var file in files)
        {
            if (!OperatingSystem.IsWindows()) Assert.Equal(File0600, File.GetUnixFileMode(file));
            // Who serves keeps everybody else from opening its lock, in which there is nothing.
            if (new FileInfo(file).Length == 0) continue;
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var content = new MemoryStream();
            await stream.CopyToAsync(content, Cancellation);
            Assert.Equal(-1, content.ToArray().AsSpan().IndexOf(secret));
        }
        if (OperatingSystem.IsWindows()) return;
        foreach (var directory in new[] { acme.Directory, Path.Combine(acme.Directory, "keys") })
            Assert.Equal(File0600 | UnixFileMode.UserExecute, File.GetUnixFileMode(directory));
    }

    private static string Url(byte[]? bytes) => Convert.ToBase64String(bytes ?? []).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
