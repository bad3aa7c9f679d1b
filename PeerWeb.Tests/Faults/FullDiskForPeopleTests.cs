using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using PeerWeb.Core.Entries;
using PeerWeb.Tests.Cli;
using PeerWeb.Tests.Conformance;
using PeerWeb.Tests.Shell;
using Xunit;

namespace PeerWeb.Tests.Faults;

/// <summary>What an admin at the command line and a browser are told.</summary>
public sealed class FullDiskForPeopleTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_import_onto_a_full_disk_ends_with_one_line_that_says_so_and_with_room_the_same_import_does_it()
    {
        using var disk = SmallDisk.Mount(16);
        var data = Path.Combine(disk.PathOf("data"));
        (await CliRun.OfAsync(["user", "add", "ada", "--password-stdin", "--data", data], input: "correct horse battery\n")).Succeeded();
        var file = string.Concat(Enumerable.Range(0, 40).Select(number => Ics.Event(
            $"event-{number}", $"Event {number}", ":20261110T090000Z", ":20261110T100000Z", $"DESCRIPTION:{new string((char)('a' + number % 26), 9000)}")));
        string[] import = ["import", "-", "--user", "ada", "--data", data];
        (await CliRun.OfAsync(import, input: Ics.Event("first", "First", ":20261110T090000Z", ":20261110T100000Z"))).Succeeded();

        disk.Fill(left: 64 * 1024);
        // A command opens the database itself, so that only a disk that is one can be full for it.
        if (disk.IsMounted)
        {
            var full = await CliRun.OfAsync(import, input: file);
            Assert.Equal(1, full.Code);
            Assert.Matches(@"\AThe disk of this server is full\. [^\n]+\n\z", full.Error);
        }

        disk.Free();
        Assert.Contains("40 added", (await CliRun.OfAsync(import, input: file)).Succeeded().Out, StringComparison.Ordinal);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }

    [Theory]
    [InlineData(StoreFault.Full, HttpStatusCode.InsufficientStorage, "The disk of this server is full")]
    [InlineData(StoreFault.Busy, HttpStatusCode.ServiceUnavailable, "does not answer")]
    [InlineData(StoreFault.Broken, HttpStatusCode.ServiceUnavailable, "does not answer")]
    public async Task A_page_that_needs_the_database_says_what_is_wrong_with_it(StoreFault fault, HttpStatusCode status, string words)
    {
        await using var installation = await TestInstallation.StartAsync(
            map: app => app.MapGet("/probe", IResult () => throw new InvalidOperationException("Wrapped.", new StoreUnavailableException(fault))).AllowAnonymous());
        using var browser = installation.Browser();

        using var answer = await browser.GetAsync(new Uri("/probe", UriKind.Relative), Cancel);

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(words, await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }
}
