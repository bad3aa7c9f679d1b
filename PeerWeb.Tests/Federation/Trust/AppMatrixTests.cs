using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Tests.Conformance;
using PeerWeb.Tests.Federation.Hosts;
using PeerWeb.Tests.PeerApi.Links;
using Xunit;

namespace PeerWeb.Tests.Federation.Trust;

/// <summary>What a grant on one app gives of another: nothing. Asked of an installation with two apps that read the same texts.</summary>
public sealed class AppMatrixTests : IAsyncLifetime
{
    private static readonly AppId Probe = AppId.Parse("probe");
    private static readonly UserName Ada = UserName.Parse("ada");

    private readonly SigningKey _globex = SigningKey.Create();
    private readonly PatientClock _clock = new();
    private readonly Dictionary<AppId, CollectionId> _collections = [];
    private InstallationHost? _acme;
    private PeerId _peer;

    public enum Given
    {
        Nothing,
        AllOfCalendar,
        AllOfProbe,
        OneCalendar,
        OneProbe,
    }

    public static TheoryData<Given> All => [.. Enum.GetValues<Given>()];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private InstallationHost Acme => _acme ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync()
    {
        _acme = await InstallationHost.StartAsync("acme", new HostOptions(_clock) { Configure = builder => builder.Services.AddSingleton<IApp, ProbeApp>() }, Cancel);
        _peer = await LinkedHosts.AddPeerAsync(Acme, LinkedHosts.Stranger(_globex, "globex.example"), new Uri("http://globex.example"));
        var store = Acme.Services.GetRequiredService<GuardedEntryStores>().For(new Actor.Local(Ada, Groups: []));
        foreach (var app in new[] { CalendarApp.AppId, Probe })
        {
            var id = _collections[app] = await Acme.Services.GetRequiredService<SqlCollections>().CreateAsync(Ada, app, "Work", null, Cancel);
            var write = new EntryWrite(id, Uid.Parse("one"), Text("one"), new Precondition.Absent());
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
    public async Task A_grant_opens_its_own_app_and_no_other(Given given)
    {
        (AppId App, CollectionId? Collection)? named = given switch
        {
            Given.AllOfCalendar => (CalendarApp.AppId, null),
            Given.AllOfProbe => (Probe, null),
            Given.OneCalendar => (CalendarApp.AppId, _collections[CalendarApp.AppId]),
            Given.OneProbe => (Probe, _collections[Probe]),
            _ => null,
        };
        if (named is { } one)
        {
            var change = new GrantChange(one.App, one.Collection, new Principal.RemoteUser(_peer, UserName.Parse("sam")), Rights.All, Rights.None, Version: 0);
            Assert.IsType<GrantOutcome.Saved>(Assert.Single(await Acme.Services.GetRequiredService<SqlGrants>().SaveAsync(Ada, [change], Cancel)));
        }

        foreach (var (app, id) in _collections)
        {
            var isOpen = named?.App == app;
            var other = app == Probe ? CalendarApp.AppId : Probe;
            Assert.Equal((app, isOpen), (app, await ShowsAsync("GET", "/peer/v1/collections", "", id)));
            Assert.Equal((app, isOpen), (app, await ShowsAsync("GET", $"/peer/v1/collections?app={app}", "", id)));
            Assert.False(await ShowsAsync("GET", $"/peer/v1/collections?app={other}", "", id));
            Assert.Equal((app, isOpen), (app, await ShowsAsync("POST", "/peer/v1/query", Query(app, null), id)));
            Assert.Equal((app, isOpen), (app, await ShowsAsync("POST", "/peer/v1/query", Query(app, id), "\"uid\":\"one\"")));
            Assert.False(await ShowsAsync("POST", "/peer/v1/query", Query(other, null), id));
            Assert.False(await ShowsAsync("POST", "/peer/v1/query", Query(other, id), "\"uid\":\"one\""));
            Assert.Equal((app, isOpen ? StatusCodes.Status200OK : StatusCodes.Status404NotFound), (app, (await AskAsync("GET", $"/peer/v1/collections/{id}/changes", "")).Status));
            Assert.Equal((app, isOpen ? StatusCodes.Status200OK : StatusCodes.Status404NotFound), (app, (await AskAsync("GET", PathOf(id, "one"), "")).Status));
            var put = await AskAsync("PUT", PathOf(id, "two"), JsonSerializer.Serialize(new WireEntry(id.ToString(), "two", Text("two")), PeerJson.Requests));
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

    private static string Text(string uid) => Ics.Event(uid, "Meeting", ":20261110T090000Z", ":20261110T100000Z");

    /// <summary>An app of another name that takes what calendars take.</summary>
    private sealed class ProbeApp : IApp
    {
        private readonly CalendarApp _calendar = new();

        public AppId Id => Probe;

        public string CollectionNoun => "probe";

        public string MediaType => _calendar.MediaType;

        public IndexedEntry Index(string text, TimeRange horizon) => _calendar.Index(text, horizon);

        public IReadOnlyList<IndexedInstance> Expand(string text, TimeRange range, DateTimeZone viewer, int limit) => _calendar.Expand(text, range, viewer, limit);

        public bool IsSame(string stored, string text) => _calendar.IsSame(stored, text);

        public IAsyncEnumerable<FileEntry> SplitAsync(Stream file, CancellationToken cancellationToken) => _calendar.SplitAsync(file, cancellationToken);

        public Task JoinAsync(IAsyncEnumerable<Entry> entries, Stream file, Action<SkippedEntry> onSkipped, CancellationToken cancellationToken) =>
            _calendar.JoinAsync(entries, file, onSkipped, cancellationToken);
    }
}
