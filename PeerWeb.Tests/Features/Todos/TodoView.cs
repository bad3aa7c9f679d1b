using Microsoft.Extensions.Time.Testing;
using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Todos;
using PeerWeb.Features.Todos.Edit;
using PeerWeb.Shared.Entries;

namespace PeerWeb.Tests.Features.Todos;

/// <summary>Ada's view at Acme: her own todo list, and Sam's with the rights that a test gives.</summary>
internal static class TodoView
{
    public static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
    public static readonly LocalDate Today = new(2025, 3, 14);
    public static readonly Source Mine = NewSource("ada@acme.example", "Errands", 1, Rights.All, isMine: true);
    public static readonly Source Sams = NewSource("sam@globex.example", "Sam", 2, Rights.Read, isMine: false);

    private static readonly DateTimeOffset Start = new(2025, 3, 14, 13, 2, 0, TimeSpan.Zero);

    /// <summary>14 March 2025, 14:02 in Berlin.</summary>
    public static Instant Now => Instant.FromDateTimeOffset(Start);

    public static FakeTimeProvider NewClock() => new(Start);

    public static EntryScene Scene(params Source[] sources) => new(
        TodoKind.Nouns,
        [new Installation(Domain.Parse("acme.example"), "Acme", IsOwn: true, Status: null), new Installation(Domain.Parse("globex.example"), "Globex", IsOwn: false, Mine.Status)],
        sources.Length == 0 ? [Mine] : sources, new Dictionary<SourceId, string>(), Berlin, NewClock());

    public static ShownTodo Todo(string uid, string? parent = null, LocalDate? due = null, TodoStatus status = TodoStatus.NeedsAction, Source? source = null, params string[] tags) =>
        ShownTodo.Of((source ?? Mine).Id.Owner, Entry(uid, parent, due, status, source, tags).Summary);

    public static MergedEntry Entry(string uid, string? parent = null, LocalDate? due = null, TodoStatus status = TodoStatus.NeedsAction, Source? source = null, params string[] tags)
    {
        var detail = TodoDetail.Empty with { Status = status, Parent = parent, Tags = tags, Due = due is { } day ? TodoTime.Of(EntryTime.Date(day)) : null };
        var from = (source ?? Mine).Id;
        return new MergedEntry(from, new EntrySummary(from.Collection, Uid.Parse(uid), ETag.Parse("1.1"), null, $"Title of {uid}", null, null, IsPrivate: false, detail.ToJson()));
    }

    public static string Text(string uid, params string[] lines) =>
        string.Join("\r\n", ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//EN", "BEGIN:VTODO", $"UID:{uid}", "DTSTAMP:20250101T000000Z", .. lines, "END:VTODO", "END:VCALENDAR", ""]);

    private static Source NewSource(string owner, string name, int number, Rights rights, bool isMine) => new(
        new SourceId(Address.Parse(owner), TodoApp.AppId, new CollectionId(new Guid(number, 0, 0, new byte[8]))),
        name, null, rights, isMine, new SourceStatus(SourceState.Live, Instant.FromUtc(2025, 3, 14, 9, 0), null));
}
