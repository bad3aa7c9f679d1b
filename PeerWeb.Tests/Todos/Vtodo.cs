using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Todos;
using PeerWeb.Tests.Formats.ICalendar;

namespace PeerWeb.Tests.Todos;

/// <summary>Short ways to write todos and to ask for what they say.</summary>
internal static class Vtodo
{
    public static readonly TodoApp App = new();
    public static readonly TodoText Texts = new();

    /// <summary>A Wednesday, half past ten in Zurich.</summary>
    public static readonly Instant Now = Instant.FromUtc(2026, 11, 25, 9, 30);

    public static readonly DateTimeZone Zurich = DateTimeZoneProviders.Tzdb["Europe/Zurich"];

    private static readonly CollectionId List = CollectionId.New();

    /// <summary>A VTODO of these properties and a UID.</summary>
    public static string Of(params string[] lines) => Ics.Calendar(Component(lines));

    public static string[] Component(params string[] lines) => ["BEGIN:VTODO", "UID:todo-1@test.example", .. lines, "END:VTODO"];

    public static IndexedEntry Index(string text) => App.Index(text, Ics.Years(2026, 2028));

    public static TodoDetail Detail(string text) => TodoDetail.Parse(Index(text).Detail);

    public static string Change(string text, Func<TodoFields, TodoFields> edit)
    {
        var before = Texts.Read(text);
        var changed = Texts.Change(text, before, edit(before), Now);
        Index(changed);
        return changed;
    }

    /// <summary>Unfolded, without the stamps.</summary>
    public static string[] Lines(string text) =>
        [.. ContentLines.Read(text).Where(line => line.Name is not ("DTSTAMP" or "LAST-MODIFIED" or "SEQUENCE" or "CREATED")).Select(line => line.Raw)];

    /// <summary>As a list shows it that is asked without a range.</summary>
    public static ShownTodo Shown(string text, string owner = "ada@acme.example")
    {
        var entry = Index(text);
        return Shown(entry.Uid.Value, entry.Title, entry.Detail, owner);
    }

    public static ShownTodo Shown(string uid, string title, TodoDetail detail, string owner = "ada@acme.example") => Shown(uid, title, detail.ToJson(), owner);

    private static ShownTodo Shown(string uid, string title, string detail, string owner) =>
        ShownTodo.Of(Address.Parse(owner), new EntrySummary(List, Uid.Parse(uid), ETag.Parse("1.1"), null, title, null, null, IsPrivate: false, detail));
}
