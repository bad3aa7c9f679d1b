using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PeerWeb.Shell.Ready;
using Xunit;

namespace PeerWeb.Tests.Shell.Ready;

public sealed class HealthTests
{
    [Fact]
    public async Task What_an_exception_says_is_for_the_log_and_what_a_check_says_is_for_anyone()
    {
        var report = new HealthReport(
            new Dictionary<string, HealthReportEntry>
            {
                ["broken"] = new(HealthStatus.Unhealthy, "cannot open /secret/place.db", TimeSpan.Zero, new IOException("cannot open /secret/place.db"), data: null),
                ["slow"] = new(HealthStatus.Healthy, "40 % rebuilt", TimeSpan.Zero, exception: null, data: null),
            },
            TimeSpan.Zero);
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { Response = { Body = body } };
        context.Request.Headers.Accept = "application/json";

        await Health.WriteAsync(context, report);

        var said = Encoding.UTF8.GetString(body.ToArray());
        Assert.DoesNotContain("secret", said, StringComparison.Ordinal);
        Assert.Contains("\"broken\":{\"status\":\"Unhealthy\"", said, StringComparison.Ordinal);
        Assert.Contains("40 % rebuilt", said, StringComparison.Ordinal);
    }
}
