using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using PeerWeb.Core.Federation.Client.Http;
using PeerWeb.Core.Federation.Discovery;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Peers;
using Xunit;

namespace PeerWeb.Tests.Fuzz;

/// <summary>What an admin's look at a domain meets there: each answer is an installation, or a failure in a sentence.</summary>
public sealed class DiscoveryFuzzTests
{
    private const int Inputs = 1_500;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Spoilt_discovery_and_keys_are_read_or_a_failure_in_a_sentence()
    {
        var (mutator, key) = (new Mutator(7), Keys.New());
        var answers = new Dictionary<string, byte[]>();
        await using var there = await StartAsync(answers);
        var domain = Domain.Parse($"globex.localhost:{new Uri(there.Urls.Single()).Port}");
        var options = new PeerHttpOptions { AllowPlainHttp = true, AllowPrivateAddresses = true };
        using var client = new DiscoveryClient(new PeerHttpClientFactory(options, TimeProvider.System), options);
        var document = $$"""{"domain":"{{domain}}","installationId":"7b7d3c3e-2f8e-4a3e-9a65-6f2f3f0d8a11","name":"Globex","endpoint":"http://{{domain}}","apiVersions":["1"],"capabilities":["x"],"apps":["calendar","todo"]}""";
        var keys = $$"""{"keys":[{"kty":"EC","crv":"P-256","x":"{{key.X}}","y":"{{key.Y}}","use":"sig","alg":"ES256"}]}""";
        var (found, failed) = (0, 0);
        for (var i = 0; i < Inputs; i++)
        {
            // What comes second is only asked for where the first was good.
            var isFirst = mutator.Next(2) == 0;
            answers["/.well-known/peerweb"] = isFirst ? Spoilt(mutator, document) : Encoding.UTF8.GetBytes(document);
            answers["/.well-known/jwks.json"] = isFirst ? Encoding.UTF8.GetBytes(keys) : Spoilt(mutator, keys);
            try
            {
                var installation = await client.FetchAsync(domain, Cancel).WaitAsync(TimeSpan.FromSeconds(30), Cancel);
                Assert.Equal(domain, installation.Domain);
                Assert.InRange(installation.Name.Length, 0, 100);
                found++;
            }
            catch (DiscoveryFailedException failure)
            {
                Assert.EndsWith(".", failure.Message, StringComparison.Ordinal);
                failed++;
            }
            catch (Exception exception) when (exception is not Xunit.Sdk.IAssertionException)
            {
                Assert.Fail($"Input {i}: {exception}\n{Encoding.UTF8.GetString(answers["/.well-known/peerweb"])}\n{Encoding.UTF8.GetString(answers["/.well-known/jwks.json"])}");
            }
        }
        // Both must happen, or nothing was tried.
        Assert.InRange(found, Inputs / 20, Inputs);
        Assert.InRange(failed, Inputs / 20, Inputs);
    }

    private static byte[] Spoilt(Mutator mutator, string good)
    {
        string[] values = ["[{", "\"calendar\"", "\"1\"", "[\"x\"]", "\"Globex\"", "\"EC\"", "\"sig\""];
        return mutator.Next(3) == 0
            ? Encoding.UTF8.GetBytes(good.Replace(mutator.Any(values), mutator.Any(["null", "[null]", "[null,{", "{}", "\"\\ud800\"", "1", "[]"]), StringComparison.Ordinal))
            : mutator.Spoil(Encoding.UTF8.GetBytes(good));
    }

    private static async Task<WebApplication> StartAsync(Dictionary<string, byte[]> answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.Run(http =>
        {
            http.Response.ContentType = "application/json";
            return http.Response.Body.WriteAsync(answers[http.Request.Path.Value ?? ""], Cancel).AsTask();
        });
        await app.StartAsync(Cancel);
        return app;
    }
}
