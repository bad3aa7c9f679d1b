using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Identity;
using PeerWeb.Tests.Conformance;
using PeerWeb.Tests.Federation.Hosts;
using PeerWeb.Tests.PeerApi.Links;
using PeerWeb.Tests.Shell;
using Xunit;

namespace PeerWeb.Tests.Browser.Scripts;

/// <summary>Two linked installations in which every name and every text is one of <see cref="ScriptPayloads"/>. Ada's calendars at Acme are shared with Sam at Globex.</summary>
internal sealed class HostileWorld : IAsyncDisposable
{
    /// <summary>The first of 25 days with two events each.</summary>
    public static readonly LocalDate First = new(2026, 5, 2);

    private const int Calendars = 10;
    private const int Strangers = 12;

    private static readonly UserName Ada = UserName.Parse("ada");
    private static readonly UserName Sam = UserName.Parse("sam");

    private readonly List<SigningKey> _keys = [];

    private HostileWorld(InstallationHost acme, InstallationHost globex) => (Acme, Globex) = (acme, globex);

    public InstallationHost Acme { get; }

    public InstallationHost Globex { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static IReadOnlyList<string> Payloads => ScriptPayloads.All;

    private GuardedEntryStore AdasStore => Acme.Services.GetRequiredService<GuardedEntryStores>().For(new Actor.Local(Ada, Groups: []));

    public static async Task<HostileWorld> StartAsync()
    {
        var world = new HostileWorld(await HostAsync("acme", Payloads[6]), await HostAsync("globex", Payloads[37]));
        await AddUserAsync(world.Acme, "ada", Payloads[0]);
        await AddUserAsync(world.Globex, "sam", Payloads[12]);
        var globexAtAcme = await LinkedHosts.AddPeerAsync(world.Acme, await world.Globex.Links.HomeAsync(Cancel), world.Globex.Endpoint);
        await LinkedHosts.AddPeerAsync(world.Globex, await world.Acme.Links.HomeAsync(Cancel), world.Acme.Endpoint);
        foreach (var host in (InstallationHost[])[world.Acme, world.Globex])
            await world.AddStrangersAsync(host);
        await world.ShareAsync(globexAtAcme);
        return world;
    }

    /// <summary>Somebody writes in between, with a payload of every field.</summary>
    public async Task<SaveOutcome> OverwriteAsync(string uid)
    {
        foreach (var calendar in await AdasStore.ListCollectionsAsync(CalendarApp.AppId, Cancel))
        {
            if (await AdasStore.ReadAsync(calendar.Id, Uid.Parse(uid), Cancel) is not { } entry)
                continue;
            var text = entry.Text.Replace("LOCATION:", "LOCATION:Elsewhere ", StringComparison.Ordinal).Replace("SUMMARY:", "SUMMARY:<b>pwned</b> ", StringComparison.Ordinal);
            return Assert.Single(await AdasStore.SaveAsync(
                [new EntryWrite(calendar.Id, entry.Uid, text, new Precondition.Match(entry.ETag))], new Delivery("test", Guid.NewGuid().ToString("N"), new string('1', 64)), Cancel));
        }
        throw new InvalidOperationException("There is no such event.");
    }

    public async ValueTask DisposeAsync()
    {
        await Globex.DisposeAsync();
        await Acme.DisposeAsync();
        _keys.ForEach(key => key.Dispose());
    }

    private static Task<InstallationHost> HostAsync(string name, string title) =>
        InstallationHost.StartAsync(name, new HostOptions(Settings: new Dictionary<string, string?> { ["PeerWeb:Name"] = title }), Cancel);

    private static async Task AddUserAsync(InstallationHost host, string name, string displayName) => Assert.IsType<AccountOutcome.Done>(
        await host.Services.GetRequiredService<UserAccounts>().CreateAsync(new(name, displayName, TestInstallation.Password, IsAdmin: true), Cancel));

    /// <summary>Peers in several states, none of which is there, with names and problems of their own.</summary>
    private async Task AddStrangersAsync(InstallationHost host)
    {
        for (var i = 0; i < Strangers; i++)
        {
            var key = SigningKey.Create();
            _keys.Add(key);
            var number = i;
            var home = LinkedHosts.Stranger(key, string.Create(CultureInfo.InvariantCulture, $"stranger{i}.example")) with { Name = Payloads[i * 4] };
            var id = await LinkedHosts.AddPeerAsync(host, home, new Uri("http://127.0.0.1:9"));
            await LinkedHosts.ChangePeerAsync(host, id, peer => peer with
            {
                LastError = Payloads[(number * 4) + 1],
                LastErrorAt = peer.FirstSeen,
                Facts = (number % 4) switch
                {
                    0 => peer.Facts with { ApprovedHere = null, AskedHere = null, AskedThere = peer.FirstSeen, ApprovedThere = null },
                    1 => peer.Facts with { SuspendedThere = peer.FirstSeen },
                    2 => peer.Facts with { ApprovedThere = null },
                    _ => peer.Facts,
                },
            });
        }
    }

    private async Task ShareAsync(PeerId globexAtAcme)
    {
        var collections = Acme.Services.GetRequiredService<SqlCollections>();
        var ids = new List<CollectionId>();
        for (var i = 0; i < Calendars; i++)
            ids.Add(await collections.CreateAsync(Ada, CalendarApp.AppId, Payloads[(i * 5) + 2], i == 0 ? "red;}</style><script>pwned(0)</script>" : null, Cancel));
        var writes = Payloads.Select((payload, i) => new EntryWrite(ids[i % Calendars], Uid.Parse(payload), TextOf(payload, i), new Precondition.Absent())).ToList();
        foreach (var chunk in writes.GroupBy(write => write.Collection))
        {
            var outcomes = await AdasStore.SaveAsync([.. chunk], new Delivery("test", Guid.NewGuid().ToString("N"), new string('0', 64)), Cancel);
            Assert.All(outcomes, outcome => Assert.IsType<SaveOutcome.Saved>(outcome));
        }
        var changes = ids.Select(id => new GrantChange(CalendarApp.AppId, id, new Principal.RemoteUser(globexAtAcme, Sam), Rights.Read, Rights.None, Version: 0));
        Assert.All(await Acme.Services.GetRequiredService<SqlGrants>().SaveAsync(Ada, [.. changes], Cancel), outcome => Assert.IsType<GrantOutcome.Saved>(outcome));
    }

    private static string TextOf(string payload, int number)
    {
        var (text, quoted, day) = (ScriptPayloads.Text(payload), ScriptPayloads.Quoted(payload), First.PlusDays(number / 2));
        var time = number % 2 == 0 ? "09" : "11";
        return Ics.Event(
            payload, text, $":{day:uuuuMMdd}T{time}0000Z", $":{day:uuuuMMdd}T{time}3000Z",
            [
                $"LOCATION:{text}", $"DESCRIPTION:{ScriptPayloads.Text(string.Join('\n', Payloads))}", $"CATEGORIES:{text}", $"COMMENT:{text}", $"CONTACT:{text}", $"RESOURCES:{text}",
                $"X-ALT-DESC;FMTTYPE=text/html:{text}", $"STYLED-DESCRIPTION;VALUE=TEXT:{text}", $"URL:javascript:pwned({number})", $"ATTACH:javascript:pwned({number})",
                $"CONFERENCE;VALUE=URI;LABEL={quoted}:javascript:pwned({number})", $"IMAGE;VALUE=URI:javascript:pwned({number})", $"COLOR:{text}",
                $"ORGANIZER;CN={quoted};DIR=\"javascript:pwned(0)\":javascript:pwned({number})",
                .. Payloads.Take(60).Select(one => $"ATTENDEE;CN={ScriptPayloads.Quoted(one)};PARTSTAT=ACCEPTED:mailto:x@evil.example"),
                .. (string[])(number == 4 ? ["RRULE:FREQ=WEEKLY;COUNT=3"] : []),
            ]);
    }
}
