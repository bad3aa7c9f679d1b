using System.Text;
using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Discovery;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;

namespace PeerWeb.Tests.Federation.Wire.Golden;

/// <summary>Every message of version 1: with all that it can have, and with nothing that can be absent. Made by what makes them in an installation, where something does.</summary>
internal static class WireSamples
{
    public const string Text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//EN\r\nBEGIN:VEVENT\r\nUID:review-1\r\nDTSTAMP:20261101T080000Z\r\n"
        + "DTSTART:20261110T090000Z\r\nDTEND:20261110T100000Z\r\nSUMMARY:Rückblick <1> & “mehr”\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    public static readonly CollectionId Work = Id("01931b5e-7f00-7000-8000-000000000002");
    public static readonly CollectionId Home = Id("01931b5e-7f00-7000-8000-000000000003");
    public static readonly CollectionId Gone = Id("01931b5e-7f00-7000-8000-000000000004");
    public static readonly Uid Review = Uid.Parse("review-1");

    /// <summary>RFC 7515 A.3.1.</summary>
    public static readonly PublicKey Key = PublicKey.Create("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0");

    public static readonly LinkNames Names = new(new LinkId(new Guid("5b7d3c3e-2f8e-4a3e-9a65-6f2f3f0d8a11")), new LinkId(new Guid("6c8e4d4f-3a9f-4b4f-8b76-7a3a4a1e9b22")));
    public static readonly LinkNames NewNames = Names with { Receiver = null };

    public static readonly InstallationId Installation = new(new Guid("7b7d3c3e-2f8e-4a3e-9a65-6f2f3f0d8a11"));

    public static readonly KeyPair Pair = new(new(Installation, Key.Thumbprint), new(new InstallationId(new Guid("8c8e4d4f-3a9f-4b4f-8b76-7a3a4a1e9b22")), Key.Thumbprint));

    public static readonly GrantNotice Offer = new(
        new GrantId(new Guid("01931b5e-7f00-7000-8000-000000000001")), 3, UserName.Parse("ada"), Of("calendar"), Work,
        [new NamedCollection(Work, "Arbeit & “mehr”", "#336699"), new NamedCollection(Home, "Home", null)], UserName.Parse("sam"), Rights.Read | Rights.Add);

    public static readonly GrantNotice ToAll = Offer with { Collection = null, Recipient = null, Covered = [] };

    public static readonly EntryQuery Month = new()
    {
        App = Of("calendar"),
        Collections = [Work, Home],
        Range = new TimeRange(Instant.FromUtc(2026, 11, 1, 0, 0), Instant.FromUtc(2026, 12, 1, 0, 0)),
        Zone = "Europe/Zurich",
        Text = "rück <blick>",
        Sort = EntrySort.Title,
        Cursor = new QueryCursor("ruckblick", Work, Review, "20261110T090000Z"),
        Limit = 500,
        KnownTokens = new Dictionary<CollectionId, SyncToken> { [Work] = Token("1.17.abcdef"), [Home] = Token("1.4.abcdef") },
    };

    public static readonly EntryQuery Everything = new() { App = Of("todo"), Zone = "UTC" };

    public static IReadOnlyList<WireSample> All { get; } = [.. Discovery(), .. Links(), .. Reading(), .. Writing(), .. Messages(), .. Methods(), .. ProblemSamples.All];

    private static IEnumerable<WireSample> Discovery() =>
    [
        WireSample.Answer("discovery", new DiscoveryDocument(
            "acme.example:8443", Installation.Value, "Acme Zürich", "https://acme.example:8443", ["1"], ["example"], ["addressbook", "calendar", "todo"])),
        WireSample.Answer("jwks", new JsonWebKeySet([Key.ToWebKey(), new JsonWebKey("EC", "P-256", Key.X, Key.Y)])),
    ];

    private static IEnumerable<WireSample> Links()
    {
        var domain = Domain.Parse("acme.example:8443");
        return
        [
            Link<LinkRequestBody>("link-request.full", new LinkMessage.Request(Names, domain, Installation, Key)),
            Link<LinkRequestBody>("link-request.least", new LinkMessage.Request(NewNames, domain, Installation, Key)),
            Link<LinkApprovalBody>("link-approval.full", new LinkMessage.Approve(Names, Pair)),
            Link<LinkApprovalBody>("link-approval.least", new LinkMessage.Approve(NewNames, Pair)),
            Link<LinkNoticeBody>("link-notice.full", new LinkMessage.Revoke(Names)),
            Link<LinkNoticeBody>("link-notice.least", new LinkMessage.Revoke(NewNames)),
            WireSample.Answer("link-answer", new LinkAnswerBody(true)),
            WireSample.Answer("link-standing", new LinkStandingBody(LinkState.WaitingTheirs.Name())),
        ];
    }

    private static IEnumerable<WireSample> Reading()
    {
        var work = new Collection(
            Work, Of("calendar"), UserName.Parse("ada"), "Arbeit & “mehr”", "#336699",
            Rights.FreeBusy | Rights.Read | Rights.Add | Rights.Edit | Rights.Delete | Rights.Private, GrantVersion.Parse("3f9c"), Token("1.17.abcdef"));
        var home = new Collection(Home, Of("calendar"), UserName.Parse("bob"), "Home", null, Rights.None, GrantVersion.Parse("0a1b"), Token("1.4.abcdef"));
        var page = new QueryAnswer(
            [new Slice(Work, SliceState.Current, Token("1.17.abcdef")), new Slice(Home, SliceState.Unchanged, Token("1.4.abcdef")), new Slice(Gone, SliceState.Gone, null)],
            [
                Summary(EntryTime.Zoned(new LocalDateTime(2026, 11, 10, 10, 0), "Europe/Zurich", Instant.FromUtc(2026, 11, 10, 9, 0)), "20261110T090000Z", isPrivate: true),
                Summary(EntryTime.Utc(Instant.FromUtc(2026, 11, 10, 9, 0)), null),
                Summary(EntryTime.Floating(new LocalDateTime(2026, 11, 10, 9, 0)), null),
                Summary(EntryTime.Date(new LocalDate(2026, 11, 10)), null),
                Summary(null, null),
            ],
            Month.Cursor);
        return
        [
            WireSample.Answer("collections.full", new WireCollections([WireMap.ToWire(work), WireMap.ToWire(home)]), text => WireSample.Text(
                new WireCollections([.. WireSample.Parse<WireCollections>(text, PeerJson.Answers).Collections.Select(WireMap.FromWire).OfType<Collection>().Select(WireMap.ToWire)]))),
            WireSample.Answer("collections.none", new WireCollections([])),
            Query("query.full", Month),
            Query("query.least", Everything),
            Page("page.full", page),
            Page("page.busy", new QueryAnswer(
                [new Slice(Work, SliceState.Current, Token("1.17.abcdef"))],
                [
                    new EntrySummary(
                        Work, Uid.Parse("w8N1kq0hT5bQ2c3dE4fGhA"), ETag.Parse("Zk3s9d2mQ1a0bCdEfGhIjA"), RecurrenceId: null, string.Empty,
                        EntryTime.Utc(Instant.FromUtc(2026, 11, 10, 9, 0)), EntryTime.Utc(Instant.FromUtc(2026, 11, 10, 10, 0)), IsPrivate: true, "{}")
                    {
                        IsRedacted = true,
                    },
                ],
                Next: null)),
            Page("page.least", new QueryAnswer([], [], Next: null)),
            WireSample.Answer("changes", new WireChanges([new WireChange("review-1", "1.17"), new WireChange("gone-1")], "1.18.abcdef", HasMore: true)),
        ];
    }

    private static IEnumerable<WireSample> Writing() =>
    [
        new WireSample("entry", new WireEntry(Work.ToString(), Review.Value, Text), IsRequest: true, IsAnswer: true),
        WireSample.Answer("saved", new WireSaved(Work.ToString(), Review.Value)),
    ];

    private static IEnumerable<WireSample> Messages() =>
    [
        Grant("grant-offer", GrantMessageKinds.Offer, Offer),
        Grant("grant-change", GrantMessageKinds.Change, ToAll),
        Grant("grant-end", GrantMessageKinds.End, Offer with { Rights = Rights.None }),
        WireSample.Answer("received", new WireReceived(true)),
        WireSample.Request("lease", new WireLease(LiveMessageKinds.Lease, [new WireOpenView("sam", [Work.ToString()], ["sales"]), new WireOpenView("grace", [Work.ToString(), Home.ToString()])])),
        WireSample.Answer("leased", new WireLeased([new WireOpenView("sam", [Work.ToString()], ["sales"]), new WireOpenView("grace", [])], 90)),
        WireSample.Request("nudge", new WireNudge(LiveMessageKinds.Nudge, [Work.ToString(), Home.ToString()])),
    ];

    private static IEnumerable<WireSample> Methods() =>
    [
        WireSample.Answer("methods.sample", new WireMethods(
        [
            new WireMethod("POST", "/peer/v1/messages", "1", "A user shares something new", "grant-offer", ["since?"], ["Idempotency-Key"], ["kind", "covered[].color?"], ["received"]),
            new WireMethod("DELETE", "/peer/v1/collections/{collection}/entries/{uid}", "1", "Delete a version of an entry"),
        ])),
    ];

    private static EntrySummary Summary(EntryTime? time, string? recurrenceId, bool isPrivate = false) =>
        new(Work, Review, ETag.Parse("1.17"), recurrenceId, "Rückblick <1>", time, time, isPrivate, """{"location":"Café"}""");

    private static WireSample Query(string name, EntryQuery query) => WireSample.Request(name, WireMap.ToWire(query),
        text => WireSample.Text(WireMap.ToWire(WireMap.FromWire(WireSample.Parse<WireQuery>(text, PeerJson.Requests)))));

    private static WireSample Page(string name, QueryAnswer page) => WireSample.Answer(name, WireMap.ToWire(page), text =>
    {
        var wire = WireSample.Parse<WirePage>(text, PeerJson.Answers);
        var slices = wire.Slices.Select(WireMap.FromWire).ToList();
        return WireSample.Text(WireMap.ToWire(new QueryAnswer(
            [.. slices.OfType<Slice>()],
            [.. wire.Entries.Select(entry => WireMap.FromWire(entry, slices)).OfType<EntrySummary>()],
            wire.Next is { } next ? WireMap.FromWire(next) : null)));
    });

    private static WireSample Link<T>(string name, LinkMessage message)
        where T : class
    {
        var draft = LinkWire.Write(message);
        return WireSample.Request(name, WireSample.Parse<T>(draft.Body, PeerJson.Requests), text =>
            LinkWire.Read(draft.Kind, Encoding.UTF8.GetBytes(text), out var problem) is { } read ? LinkWire.Write(read).Body : problem);
    }

    private static WireSample Grant(string name, string kind, GrantNotice notice) =>
        WireSample.Request(name, WireSample.Parse<WireGrantNotice>(GrantWire.Write(kind, notice).Body, PeerJson.Requests), text =>
            GrantWire.Read(kind, Encoding.UTF8.GetBytes(text), out var problem) is { } read ? GrantWire.Write(kind, read).Body : problem);

    private static AppId Of(string app) => AppId.Parse(app);

    private static SyncToken Token(string text) => SyncToken.Parse(text);

    private static CollectionId Id(string text) => CollectionId.TryParse(text, out var id) ? id : throw new FormatException(text);
}
