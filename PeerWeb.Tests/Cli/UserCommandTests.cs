using System.Text.Json;
using PeerWeb.Cli;
using Xunit;

namespace PeerWeb.Tests.Cli;

public sealed class UserCommandTests : IDisposable
{
    private readonly string directory = Path.Combine(Path.GetTempPath(), $"peerweb-{Guid.NewGuid():N}");

    public void Dispose()
    {
        if (Directory.Exists(directory)) Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task A_user_is_added_listed_disabled_and_enabled()
    {
        Assert.Equal((0, "User ada added.\n", ""), await RunAsync("correct horse battery\n", "user", "add", "Ada", "--admin", "--display-name", "Ada L.", "--password-stdin"));
        Assert.Equal((0, "User ada disabled.\n", ""), await RunAsync("", "user", "disable", "ada"));
        var listed = await RunAsync("", "user", "list", "--output", "json");
        var user = Assert.Single(JsonDocument.Parse(listed.Out).RootElement.EnumerateArray());
        Assert.Equal("ada", user.GetProperty("name").GetString());
        Assert.Equal("Ada L.", user.GetProperty("displayName").GetString());
        Assert.True(user.GetProperty("isAdmin").GetBoolean());
        Assert.True(user.GetProperty("disabled").GetBoolean());
        Assert.Equal((0, "User ada enabled.\n", ""), await RunAsync("", "user", "enable", "ada"));
        Assert.Contains("enabled", (await RunAsync("", "user", "list")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_that_is_typed_is_asked_twice()
    {
        var typed = new Queue<string>(["correct horse battery", "correct horse batterie"]);
        var (code, output, error) = await RunAsync("", typed.Dequeue, "user", "add", "ada");
        Assert.Equal((1, ""), (code, output));
        Assert.EndsWith("The two passwords differ.\n", error, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("", () => "correct horse battery", "user", "add", "ada")).Code);
    }

    [Theory]
    [InlineData("There is no user eve.\n", "user", "disable", "eve")]
    [InlineData("A password has at least 10 characters.\n", "user", "add", "ada", "--password-stdin")]
    [InlineData("PeerWeb:Domain \"ACME\" is not a lower-case host name with an optional port, like acme.example or localhost:5100.\n", "user", "list", "--domain", "ACME")]
    [InlineData("Nobody can type a password here; give it with --password-stdin.\n", "user", "add", "ada")]
    public async Task A_failure_is_one_sentence_and_exit_code_1(string sentence, params string[] args) =>
        Assert.Equal((1, "", sentence), await RunAsync("short\n", args));

    [Theory]
    [InlineData("user", "add")]
    [InlineData("usr")]
    [InlineData("user", "list", "--output", "xml")]
    public async Task What_is_not_understood_is_exit_code_2(params string[] args)
    {
        var (code, output, error) = await RunAsync("", args);
        Assert.Equal((2, ""), (code, output));
        Assert.EndsWith("Try --help.\n", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(directory));
    }

    private Task<(int Code, string Out, string Error)> RunAsync(string input, params string[] args) => RunAsync(input, null, args);

    private async Task<(int Code, string Out, string Error)> RunAsync(string input, Func<string>? readSecret, params string[] args)
    {
        using var reader = new StringReader(input);
        await using var output = new StringWriter { NewLine = "\n" };
        await using var error = new StringWriter { NewLine = "\n" };
        var code = await new CommandLine(new(reader, output, error, readSecret)).RunAsync([.. args, "--data", directory], TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }
}
