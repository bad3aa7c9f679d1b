using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Tests.Conformance;
using PeerWeb.Tests.Entries;
using PeerWeb.Tests.Federation.Hosts;
using PeerWeb.Tests.PeerApi.Links;
using Xunit;

namespace PeerWeb.Tests.Federation.Trust;

/// <summary>What a grant on one app gives of another: nothing. Asked of an installation with all apps, of which two read the same texts.</summary>
public sealed class AppMatrixTests : IAsyncLifetime
{
    private static readonly AppId Probe = AppId.Parse("probe");

    /// <summary>All that are there, and one more that reads the same texts as calendars.</summary>
    private static readonly AppId[] Apps = [.. AppSamples.All.Select(samples => samples.App), Probe];

    private static readonly UserName Ada = UserName.Parse("ada");

    private readonly SigningKey _globex = SigningKey.Create();
    private readonly PatientClock _clock = new();
    private readonly Dictionary<AppId, CollectionId> _collections = [];
    private InstallationHost? _acme;
    private PeerId _peer;

    /// <summary>Nothing; then everything and one collection of each app.</summary>
    public static TheoryData<string?, bool> All
    {
        get
        {
            var all = new TheoryData<string?, bool> { { null, false } };
            foreach (var app in Apps)
            {
                all.Add(app.Value, true);
                all.Add(app.Value, false);
            }
            return all;
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private InstallationHost Acme => _acme ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync()
    {
        _acme = await InstallationHost.StartAsync("acme", new HostOptions(_clock) { Configure = builder => builder.Services.AddSingleton<IApp>(new NamedApp(Probe)) }, Cancel);
        _peer = await LinkedHosts.AddPeerAsync(Acme, LinkedHosts.Stranger(_globex, "globex.example"), new Uri("http://globex.example"));
        var store = Acme.Services.GetRequiredService<GuardedEntryStores>().For(new Actor.Local(Ada, Groups: []));
        foreach (var app in Apps)
        {
            var id = _collections[app] = await Acme.Services.GetRequiredService<SqlCollections>().CreateAsync(Ada, app, "Work", null, Cancel);
            var write = new EntryWrite(id, Uid.Parse("one"), Text(app, "one"), new Precondition.Absent());
            Assert.IsType<SaveOutcome.Saved>(Assert.Single(await store.SaveAsync([write], new Delivery("ada", Guid.NewGuid().ToString("N"), new string('0', 64)), Cancel)));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_acme is not null)
            await _acme.DisposeAsync();
        _globex.Dispose();
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_grant_opens_its_own_app_and_no_other(string? granted, bool isOnAll)
    {
        (AppId App, CollectionId? Collection)? named = granted is null ? null : AppId.Parse(granted) is var of && isOnAll ? (of, null) : (of, _collections[of]);
        if (named is { } one)
        {
            var change = new GrantChange(one.App, one.Collection, new Principal.RemoteUser(_peer, UserName.Parse("sam")), Rights.All, Rights.None, Version: 0);
            Assert.IsType<GrantOutcome.Saved>(Assert.Single(await Acme.Services.GetRequiredService<SqlGrants>().SaveAsync(Ada, [change], Cancel)));
        }

        foreach (var (app, id) in _collections)
        {
            var isOpen = named?.App == app;
            Assert.Equal((app, isOpen), (app, await ShowsAsync("GET", "/peer/v1/collections", "", id)));
            Assert.Equal((app, isOpen), (app, await ShowsAsync("GET", $"/peer/v1/collections?app={app}", "", id)));
            Assert.Equal((app, isOpen), (app, await ShowsAsync("POST", "/peer/v1/query", Query(app, null), id)));
            Assert.Equal((app, isOpen), (app, await ShowsAsync("POST", "/peer/v1/query", Query(app, id), "\"uid\":\"one\"")));
            foreach (var other in Apps.Where(other => other != app))
            {
                Assert.False(await ShowsAsync("GET", $"/peer/v1/collections?app={other}", "", id));
                Assert.False(await ShowsAsync("POST", "/peer/v1/query", Query(other, null), id));
                Assert.False(await ShowsAsync("POST", "/peer/v1/query", Query(other, id), "\"uid\":\"one\""));
            }
            Assert.Equal((app, isOpen ? StatusCodes.Status200OK : StatusCodes.Status404NotFound), (app, (await AskAsync("GET", $"/peer/v1/collections/{id}/changes", "")).Status));
            Assert.Equal((app, isOpen ? StatusCodes.Status200OK : StatusCodes.Status404NotFound), (app, (await AskAsync("GET", PathOf(id, "one"), "")).Status));
            var put = await AskAsync("PUT", PathOf(id, "two"), JsonSerializer.Serialize(new WireEntry(id.ToString(), "two", Text(app, "two")), PeerJson.Requests));
            Assert.Equal((app, isOpen ? StatusCodes.Status201Created : StatusCodes.Status404NotFound), (app, put.Status));
        }
    }

    private static string Query(AppId app, CollectionId? collection) => JsonSerializer.Serialize(
        new WireQuery(app.Value, "Europe/Zurich", "start", 100, collection is { } id ? [id.ToString()] : null, "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z"), PeerJson.Requests);

    private Task<bool> ShowsAsync(string method, string target, string body, CollectionId collection) => ShowsAsync(method, target, body, collection.ToString());

    private async Task<bool> ShowsAsync(string method, string target, string body, string text)
    {
        var answer = await AskAsync(method, target, body);
        Assert.Equal(StatusCodes.Status200OK, answer.Status);
        return System.Text.Encoding.UTF8.GetString(answer.Message.Body.Span).Contains(text, StringComparison.Ordinal);
    }

    private Task<RawAnswer> AskAsync(string method, string target, string body) =>
        new SignedRaw(Acme, _globex, _clock, method, target) { Body = body, Fields = method == "PUT" ? [KeyValuePair.Create(PeerHeaders.IfNoneMatch, "*")] : [] }.SendAsync(Cancel);

    private static string PathOf(CollectionId collection, string uid) => $"/peer/v1/collections/{collection}/entries/{Uid.Parse(uid).ToPathSegment()}";

    private static string Text(AppId app, string uid) => (app == Probe ? AppSamples.Calendar : AppSamples.Named(app.Value)).Of(uid, "Meeting");
}
