using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars.Month;

namespace PeerWeb.Tests.Features.Calendars;

/// <summary>Sources and entries as a merged view gives them.</summary>
internal static class Merged
{
    public static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
    public static readonly Domain Acme = Domain.Parse("acme.example");
    public static readonly Domain Globex = Domain.Parse("globex.example");
    public static readonly Source Mine = NewSource("ada@acme.example", "Work", 1, isMine: true);
    public static readonly Source Sams = NewSource("sam@globex.example", "Sam", 2);

    public static Source NewSource(string owner, string name, int number, bool isMine = false, string? color = null, SourceStatus? status = null) => new(
        new SourceId(Address.Parse(owner), CalendarApp.AppId, new CollectionId(new Guid(number, 0, 0, new byte[8]))),
        name, color, isMine ? Rights.All : Rights.Read, isMine, status ?? new SourceStatus(SourceState.Live, Instant.FromUtc(2025, 3, 14, 9, 0), null));

    public static Installation Home => new(Acme, "Acme", IsOwn: true, Status: null);

    public static Installation Peer(SourceState state = SourceState.Live, string? reason = null) =>
        new(Globex, "Globex", IsOwn: false, new SourceStatus(state, Instant.FromUtc(2025, 3, 14, 9, 0), reason));

    public static MergedEntry Timed(Source source, string uid, LocalDateTime start, LocalDateTime end, string zone = "Europe/Berlin", string detail = "{}") =>
        Entry(source, uid, At(start, zone), At(end, zone), detail);

    public static MergedEntry AllDay(Source source, string uid, LocalDate first, LocalDate after) =>
        Entry(source, uid, EntryTime.Date(first), EntryTime.Date(after), "{}");

    public static MergedEntry Entry(Source source, string uid, EntryTime? start, EntryTime? end, string detail) => new(
        source.Id, new EntrySummary(source.Id.Collection, Uid.Parse(uid), ETag.Parse("1.1"), null, $"Title of {uid}", start, end, IsPrivate: false, detail));

    public static EventInstance Instance(this MergedEntry entry, DateTimeZone? viewer = null) =>
        EventInstance.Of(entry, viewer ?? Berlin) ?? throw new InvalidOperationException("The entry cannot be shown.");

    private static EntryTime At(LocalDateTime local, string zone) =>
        EntryTime.Zoned(local, zone, local.InZoneLeniently(DateTimeZoneProviders.Tzdb[zone]).ToInstant());
}
