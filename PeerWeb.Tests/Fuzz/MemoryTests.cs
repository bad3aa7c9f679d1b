using System.Text;
using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Federation.Hosts;
using PeerWeb.Tests.PeerApi.Links;
using Xunit;

namespace PeerWeb.Tests.Fuzz;

/// <summary>The same nonsense again and again leaves nothing behind that grows. What a single text takes is bounded where it is read, by the guard of those tests.</summary>
[Collection(Alone.Name)]
public sealed class MemoryTests
{
    private const int Passes = 4;

    private static readonly TimeRange Horizon = new(Instant.FromUtc(2026, 5, 1, 0, 0), Instant.FromUtc(2028, 5, 1, 0, 0));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Spoilt_files_leave_nothing_behind()
    {
        var app = new CalendarApp();

        await AssertBoundedAsync(8, async () =>
        {
            var mutator = new Mutator(1);
            for (var i = 0; i < 250; i++)
            {
                await foreach (var entry in app.SplitAsync(new MemoryStream(mutator.Spoil(Encoding.UTF8.GetBytes(mutator.Any(CalendarTexts.All)))), Cancel))
                    Index(app, entry);
            }
        });
    }

    [Fact]
    public async Task Calls_that_are_refused_leave_nothing_behind()
    {
        var clock = new PatientClock();
        using var globex = SigningKey.Create();
        using var links = SigningKey.Create();
        await using var acme = await InstallationHost.StartAsync("acme", new HostOptions(clock), Cancel);
        await LinkedHosts.AddPeerAsync(acme, LinkedHosts.Stranger(globex, "globex.example"), new Uri("http://globex.example"));
        var home = LinkedHosts.Stranger(links, "initech.example");
        await LinkedHosts.AddPeerAsync(acme, home, new Uri("http://initech.example"));
        var calls = new PeerCalls(acme, clock, globex, links, [(CalendarApp.AppId, CollectionId.New())]) { Ends = (home.Installation, (await acme.Links.HomeAsync(Cancel)).Installation) };

        await AssertBoundedAsync(32, async () =>
        {
            var mutator = new Mutator(2);
            // Nonces are kept for 400 seconds.
            clock.Advance(TimeSpan.FromMinutes(10));
            for (var i = 0; i < 250; i++)
            {
                var call = calls.Next(mutator, i);
                var large = new string('[', mutator.Next(8) == 0 ? 500_000 : 100);
                Assert.InRange((await (call with { Body = call.Body.Length > 0 ? call.Body[..^1] + large : "" }).SendAsync(Cancel)).Status, 200, 499);
            }
        });
    }

    /// <summary>Between the second pass and the last; the first ones make what is made once.</summary>
    private static async Task AssertBoundedAsync(int mostMebibytes, Func<Task> pass)
    {
        var after = new List<long>();
        for (var i = 0; i < Passes; i++)
        {
            await pass();
            after.Add(GC.GetTotalMemory(forceFullCollection: true));
        }
        Assert.True(after[^1] - after[1] < mostMebibytes * 1024L * 1024, $"After each pass: {string.Join(", ", after)} bytes.");
    }

    private static void Index(CalendarApp app, FileEntry entry)
    {
        try
        {
            if (entry is FileEntry.Readable readable)
                app.Index(readable.Text, Horizon);
        }
        catch (InvalidEntryException refused)
        {
            Assert.NotEmpty(refused.Message);
        }
    }
}
