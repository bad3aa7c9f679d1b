using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PeerWeb.Identity;
using PeerWeb.Tests.Shell;
using Xunit;

namespace PeerWeb.Tests.Overhearing;

/// <summary>The search that ends every installation of the tests finds what it is for.</summary>
public sealed class OverheardTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Sign-in refused: correct horse battery", "a password")]
    [InlineData("-----BEGIN PRIVATE KEY-----", "a private key")]
    [InlineData("{\"kty\":\"EC\",\"d\":\"x\"}", "a private key")]
    [InlineData("Cookie peerweb-acme: CfDJ8KpX0f3-abcdefghijklmnopqrst", "a cookie or token")]
    [InlineData("pw1=(\"@method\");nonce=\"abc\"", "a signature")]
    [InlineData("cannot read BEGIN:VEVENT", "an entry's text")]
    [InlineData("saved for sam12@globex.localhost:5102", "a user's address")]
    [InlineData("saved for grace", "a user's name")]
    public void A_secret_in_a_log_is_named(string line, string kind) => Assert.Contains(kind, Secrets.InLog(line));

    [Fact]
    public void Where_it_broke_may_stand_in_the_log_and_in_no_answer()
    {
        const string Trace = "It broke\n   at PeerWeb.Program.Main(String[] args)";
        Assert.Empty(Secrets.InLog(Trace));
        Assert.Equal(["a stack trace"], Secrets.InAnswer(Trace));
    }

    [Fact]
    public void Ids_counts_and_installations_are_no_secrets() =>
        Assert.Empty(Secrets.InLog($"Peer 01a20b84-ada0-7d0f-8c1e-ada000000000 at http://acme.localhost:5101 gave no answer for 12 of 30 entries: connection refused, request 0HNHAVJ1VGGCM:00000001"));

    [Fact]
    public async Task What_an_installation_logs_and_answers_is_searched_for_its_own_key()
    {
        await using var acme = await TestInstallation.StartAsync();
        var keys = acme.Services.GetRequiredService<SigningKeyStore>();
        var pkcs8 = await keys.GetActivePkcs8Async(Cancel);
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(pkcs8, out _);
        using var other = new Overheard();
        await other.LearnAsync(acme.Services, Cancel);

        foreach (var form in Secrets.FormsOf(pkcs8, key.ExportParameters(includePrivateParameters: true).D ?? []))
            other.HearAnswer("GET /", $"<p>{form}</p>");
        var failure = new InvalidOperationException("outer", new IOException("no such user: henry"));
        other.CreateLogger("Test").Log(LogLevel.Information, new EventId(1), "Number 7", failure, (state, _) => state);

        Assert.Equal(5, other.Findings.Count(finding => finding.StartsWith("this installation's key in GET /", StringComparison.Ordinal)));
        Assert.Contains(other.Findings, finding => finding.StartsWith("a user's name in a log: Information Test: Number 7", StringComparison.Ordinal));
        Assert.Equal(6, other.Findings.Count);
    }
}
