using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Identity;
using PeerWeb.Identity.Setup;
using PeerWeb.Tests.Shell;
using PeerWeb.Tests.Storage;
using Xunit;

namespace PeerWeb.Tests.Identity.Setup;

public sealed class FirstRunTests(PostgresCluster postgres) : IAsyncLifetime
{
    private TestInstallation? started;

    private TestInstallation Acme => started ?? throw new InvalidOperationException("not started");

    private string Code => Acme.Services.GetRequiredService<SetupCode>().Value ?? "";

    private string CodeFile => Path.Combine(Acme.Directory, "setup-code");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => started = await TestInstallation.StartAsync();

    public ValueTask DisposeAsync() => Acme.DisposeAsync();

    [Fact]
    public async Task Until_there_is_a_user_every_page_leads_to_the_setup_and_programs_are_answered()
    {
        using var browser = Acme.Browser();
        foreach (var page in (string[])["/", "/calendar", "/account/login", "/admin/peers", "/not-found", "/nothing/here", "/setup/else"])
        {
            using var answer = await GetAsync(browser, page);
            Assert.Equal((HttpStatusCode.Redirect, "/setup"), (answer.StatusCode, answer.Headers.Location?.ToString()));
        }
        using var program = new HttpClient { BaseAddress = Acme.Endpoint };
        foreach (var path in (string[])["/health/live", "/health/ready", "/.well-known/peerweb", "/css/app.css", "/setup"])
        {
            using var answer = await GetAsync(program, path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Without_the_code_a_stranger_learns_nothing_of_the_server_and_makes_nothing()
    {
        using var stranger = Acme.Browser();
        var page = await stranger.GetStringAsync(new Uri("/setup?code=0000-0000-0000-0000", UriKind.Relative), Cancellation);
        Assert.Contains("This is not the code.", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Acme.Directory, page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-testid=\"setup-facts\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Code, page, StringComparison.Ordinal);

        foreach (var wrong in (string[])["", "0000-0000-0000-0000", Code[..^1], Code + "0"])
        {
            using var refused = await SubmitAsync(stranger, page, Filled("eve", wrong));
            Assert.NotEqual(HttpStatusCode.Redirect, refused.StatusCode);
        }
        using var forged = new FormUrlEncodedContent(Filled("eve", Code));
        using var unasked = await stranger.PostAsync(new Uri("/setup", UriKind.Relative), forged, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, unasked.StatusCode);
        Assert.False(await Acme.Services.GetRequiredService<UserDirectory>().AnyAsync(Cancellation));
    }

    [Fact]
    public async Task Who_shows_the_code_sees_how_the_installation_is_set_up_and_becomes_its_administrator()
    {
        using var browser = Acme.Browser();
        var locked = await browser.GetStringAsync(new Uri("/setup", UriKind.Relative), Cancellation);
        using var opened = await SubmitAsync(browser, locked, new() { ["_handler"] = "setup-code", ["Form.Code"] = $" {Code.ToLowerInvariant().Replace("-", "", StringComparison.Ordinal)} " });
        var page = await opened.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains(Acme.Directory, page, StringComparison.Ordinal);
        Assert.Contains("over plain http", page, StringComparison.Ordinal);
        Assert.Contains("which no other machine finds", page, StringComparison.Ordinal);

        using var made = await SubmitAsync(browser, page, Filled(" Ada", Code));
        Assert.Equal("/calendar", new Uri(Acme.Endpoint, made.Headers.Location!).PathAndQuery);
        Assert.Equal(new DirectoryUser("ada", "Ada L.", IsAdmin: true, Disabled: false), Assert.Single(await Acme.Services.GetRequiredService<UserDirectory>().ListAsync(Cancellation)));
        using var home = await GetAsync(browser, "/calendar");
        Assert.Equal(HttpStatusCode.OK, home.StatusCode);
    }

    [Fact]
    public async Task After_the_first_user_the_setup_is_as_unknown_as_any_other_page()
    {
        using var before = Acme.Browser();
        var page = await before.GetStringAsync(new Uri($"/setup?code={Code}", UriKind.Relative), Cancellation);
        var code = Code;
        // As the command does it, in another process.
        await Acme.AddUserAsync("ada", isAdmin: true);

        using var late = await SubmitAsync(before, page, Filled("eve", code));
        using var lateElsewhere = await SubmitAsync(before, page, Filled("eve", code), "/nothing/here");
        Assert.Equal(lateElsewhere.StatusCode, late.StatusCode);
        using var stranger = await GetAsync(before, "/setup");
        Assert.Equal("/account/login?returnUrl=%2Fsetup", stranger.Headers.Location?.PathAndQuery);
        using var ada = Acme.Browser();
        using var signedIn = await TestInstallation.SignInAsync(ada, "ada");
        using var gone = await GetAsync(ada, $"/setup?code={code}");
        using var unknown = await GetAsync(ada, "/nothing/here");
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (gone.StatusCode, unknown.StatusCode));
        Assert.Equal("ada", Assert.Single(await Acme.Services.GetRequiredService<UserDirectory>().ListAsync(Cancellation)).Name);
        Assert.False(File.Exists(CodeFile));
    }

    [Fact]
    public async Task What_is_wrong_stands_beside_each_field_and_what_was_typed_is_kept_but_for_passwords()
    {
        using var browser = Acme.Browser();
        var page = await browser.GetStringAsync(new Uri($"/setup?code={Code}", UriKind.Relative), Cancellation);
        var form = Filled("Ada Lovelace", Code);
        (form["Form.DisplayName"], form["Form.Password"], form["Form.Again"]) = (new string('x', 101), "too short", "another");

        using var refused = await SubmitAsync(browser, page, form);
        var shown = await refused.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        foreach (var field in (string[])["setup-user", "setup-display-name", "setup-password", "setup-password-again"])
            Assert.Contains($"aria-describedby=\"{field}-rule {field}-fault\"", shown, StringComparison.Ordinal);
        Assert.Contains("value=\"Ada Lovelace\"", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("too short", shown, StringComparison.Ordinal);
        Assert.False(await Acme.Services.GetRequiredService<UserDirectory>().AnyAsync(Cancellation));
    }

    [Fact]
    public async Task The_code_is_for_the_owner_of_the_process_alone_and_survives_a_restart()
    {
        Assert.Matches("^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$", Code);
        Assert.Equal(Code + "\n", await File.ReadAllTextAsync(CodeFile, Cancellation));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(CodeFile));
        var before = Code;
        await Acme.StopAsync();
        started = await TestInstallation.StartAsync(Acme.Directory);
        Assert.Equal(before, Code);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_eight_submits_at_the_same_moment_one_makes_a_user(bool onPostgres)
    {
        var settings = new Dictionary<string, string?>();
        if (onPostgres)
        {
            var place = await postgres.NewSchemaAsync();
            (settings["PeerWeb:Database"], settings["PeerWeb:ConnectionString"], settings["PeerWeb:Schema"]) = ("Postgres", place.ConnectionString, place.Schema);
        }
        await using var installation = await TestInstallation.StartAsync(settings: settings);
        var accounts = installation.Services.GetRequiredService<UserAccounts>();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(number =>
            Task.Run(() => accounts.CreateFirstAdminAsync(new($"admin{number}", null, TestInstallation.Password, IsAdmin: true), Cancellation))));

        Assert.Single(outcomes.OfType<FirstAdminOutcome.Made>());
        Assert.Equal(7, outcomes.OfType<FirstAdminOutcome.TooLate>().Count());
        Assert.Single(await installation.Services.GetRequiredService<UserDirectory>().ListAsync(Cancellation));
    }

    private static Dictionary<string, string> Filled(string user, string code) => new()
    {
        ["_handler"] = "setup",
        ["Form.Code"] = code,
        ["Form.User"] = user,
        ["Form.DisplayName"] = "Ada L.",
        ["Form.Password"] = TestInstallation.Password,
        ["Form.Again"] = TestInstallation.Password,
    };

    private static Task<HttpResponseMessage> GetAsync(HttpClient client, string path) => client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);

    private static async Task<HttpResponseMessage> SubmitAsync(HttpClient browser, string page, Dictionary<string, string> fields, string path = "/setup")
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(fields) { ["__RequestVerificationToken"] = TestInstallation.Token(page) });
        return await browser.PostAsync(new Uri(path, UriKind.Relative), form, Cancellation);
    }
}
