using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PeerWeb.Shell.Stop;
using PeerWeb.Tests.Cli;
using PeerWeb.Tests.Demo;
using Xunit;

namespace PeerWeb.Tests.Shell.Stop;

/// <summary>A process of its own, ended by SIGTERM.</summary>
public sealed class OrderlyStopTests : IDisposable
{
    private const string Password = TestInstallation.Password;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("peerweb-stop-");
    private readonly int _port = FreePorts.Two().First;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Uri Endpoint => new(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{_port}"));

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task What_was_begun_is_answered_nothing_new_is_taken_and_the_databases_are_closed()
    {
        var data = Path.Combine(_directory.FullName, "data");
        (await CliRun.OfAsync(["user", "add", "ada", "--password-stdin", "--data", data], input: Password)).Succeeded();
        await using var process = PeerWebProcess.Start("--data", data, "--endpoint", Endpoint.ToString());
        await process.LineAsync(line => line.Contains("Application started", StringComparison.Ordinal), Cancel);
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, Expect100ContinueTimeout = TimeSpan.FromMinutes(5) }) { BaseAddress = Endpoint };
        var token = TestInstallation.Token(await browser.GetStringAsync(new Uri("/account/login", UriKind.Relative), Cancel));
        using var form = new HeldContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = token,
            ["_handler"] = "login",
            ["Form.User"] = "ada",
            ["Form.Password"] = Password,
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/account/login") { Content = form };
        // The server asks for the body once somebody reads it: then the request is on its way.
        request.Headers.ExpectContinue = true;
        var answering = browser.SendAsync(request, Cancel);
        await form.Asked.WaitAsync(Cancel);

        await process.AskToEndAsync(Cancel);
        await process.LineAsync(line => line.Contains("shutting down", StringComparison.Ordinal), Cancel);
        await UntilRefusedAsync();
        form.Release();
        using var answer = await answering;
        Assert.Equal((HttpStatusCode.Redirect, "/calendar"), (answer.StatusCode, new Uri(Endpoint, answer.Headers.Location ?? Endpoint).PathAndQuery));

        await process.UntilEndedAsync(Cancel);
        Assert.Equal(0, process.ExitCode);
        Assert.DoesNotContain(process.Lines, RunningDemo.IsError);
        // With the last connection SQLite takes its journals away; what a killed process leaves is there.
        Assert.Equal(["entries.db", "identity.db"], Directory.EnumerateFiles(data, "*.db*").Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_request_that_never_ends_is_cut_off_and_the_stop_stays_in_order()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var installation = Program.Build(
            new Dictionary<string, string?> { ["PeerWeb:DataDirectory"] = _directory.FullName, ["PeerWeb:Endpoint"] = Endpoint.ToString() },
            builder =>
            {
                Serving.Configure(builder);
                builder.Logging.ClearProviders();
                builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
            });
        installation.MapGet("/endless", context =>
        {
            begun.SetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        }).AllowAnonymous();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var serving = Serving.RunAsync(installation, started.SetResult, enough.Task.WaitAsync, Cancel);
        await started.Task.WaitAsync(Cancel);
        using var client = new HttpClient { BaseAddress = Endpoint };
        var endless = client.GetStringAsync(new Uri("/endless", UriKind.Relative), Cancel);
        await begun.Task.WaitAsync(Cancel);

        enough.SetResult();
        await serving.WaitAsync(Cancel);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => endless);
        Assert.Empty(Directory.EnumerateFiles(_directory.FullName, "*.db-*"));
    }

    [Fact]
    public async Task A_setting_is_the_files_unless_the_environment_says_otherwise_and_what_is_typed_wins()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_directory.FullName, "appsettings.json"),
            $$"""{ "PeerWeb": { "DataDirectory": "here", "Endpoint": "{{Endpoint}}", "Name": "File", "Domain": "file.example" } }""", Cancel);
        var environment = new Dictionary<string, string?> { ["PEERWEB__NAME"] = "Environment", ["PEERWEB__DOMAIN"] = "environment.example" };
        await using var process = PeerWebProcess.StartIn(_directory.FullName, environment, "--domain", "typed.example");
        await process.LineAsync(line => line.Contains("Application started", StringComparison.Ordinal), Cancel);

        using var browser = new HttpClient { BaseAddress = Endpoint };
        var said = await browser.GetStringAsync(new Uri("/.well-known/peerweb", UriKind.Relative), Cancel);

        Assert.Contains("\"domain\":\"typed.example\"", said, StringComparison.Ordinal);
        Assert.Contains("\"name\":\"Environment\"", said, StringComparison.Ordinal);
        Assert.Contains($"\"endpoint\":\"{Endpoint.GetLeftPart(UriPartial.Authority)}\"", said, StringComparison.Ordinal);
        var code = (await File.ReadAllTextAsync(Path.Combine(_directory.FullName, "here", "setup-code"), Cancel)).Trim();
        await process.LineAsync(line => line.Trim() == $"{Endpoint}setup?code={code}", Cancel);
    }

    private async Task UntilRefusedAsync()
    {
        while (true)
        {
            using var socket = new TcpClient();
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, _port, Cancel);
            }
            catch (SocketException refused)
            {
                // Reset: it still stood in the listener's queue when that was closed.
                if (refused.SocketErrorCode == SocketError.ConnectionRefused)
                    return;
            }
        }
    }

    /// <summary>A form whose octets are held back until they are released.</summary>
    private sealed class HeldContent(Dictionary<string, string> fields) : FormUrlEncodedContent(fields)
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Asked => _asked.Task;

        public void Release() => _released.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            _asked.SetResult();
            await _released.Task.WaitAsync(cancellationToken);
            await base.SerializeToStreamAsync(stream, context, cancellationToken);
        }
    }
}
