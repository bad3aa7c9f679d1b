using NodaTime;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Todos;
using PeerWeb.Features.Calendars.Month;
using PeerWeb.Features.Todos;
using PeerWeb.Shared;
using PeerWeb.Shared.Entries;
using PeerWeb.Tests.Features.Calendars;
using Xunit;

namespace PeerWeb.Tests.Features.Todos;

public sealed class DueTodosTests
{
    private static readonly TimeRange March = new(Instant.FromUtc(2025, 3, 1, 0, 0), Instant.FromUtc(2025, 4, 1, 0, 0));

    [Theory]
    [InlineData("DUE;VALUE=DATE:20250314", "2025-03-14T00:00:00", "2025-03-15T00:00:00", false)]
    [InlineData("DTSTART;VALUE=DATE:20250310\r\nDUE;VALUE=DATE:20250314", "2025-03-14T00:00:00", "2025-03-15T00:00:00", false)]
    [InlineData("DTSTART:20250314T090000Z\r\nDUE:20250314T110000Z", "2025-03-14T12:00:00", "2025-03-14T12:00:00", false)]
    [InlineData("DUE:20250314T110000Z\r\nSTATUS:COMPLETED", "2025-03-14T12:00:00", "2025-03-14T12:00:00", true)]
    [InlineData("DUE:20250314T110000Z\r\nSTATUS:IN-PROCESS", "2025-03-14T12:00:00", "2025-03-14T12:00:00", false)]
    public void A_todo_shows_where_it_is_due_and_whether_it_is_done(string lines, string start, string end, bool isDone)
    {
        var shown = Assert.Single(Show(lines));

        Assert.Equal((start, end, (bool?)isDone), (Text(shown.Start), Text(shown.End), shown.IsDone));
        Assert.NotNull(shown.Layer);
    }

    [Theory]
    [InlineData("DTSTART:20250314T090000Z")]
    [InlineData("DUE:20250314T110000Z\r\nSTATUS:CANCELLED")]
    public void What_is_not_due_or_was_given_up_does_not_show(string lines) => Assert.Empty(Show(lines));

    private static IEnumerable<EventInstance> Show(string lines)
    {
        var app = new TodoApp();
        var text = $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\nBEGIN:VTODO\r\nUID:one\r\nDTSTAMP:20250101T000000Z\r\nSUMMARY:One\r\n{lines}\r\nEND:VTODO\r\nEND:VCALENDAR\r\n";
        var index = app.Index(text, March);
        var layer = new CalendarLayer(TodoApp.AppId, "Due todos", new EntryNouns("todo", "todos", "list", "lists"), Order: 1, DueTodos.Read);
        var source = AskedLayers.Of(TodoApp.AppId, Merged.Mine);
        return app.Expand(text, March, Merged.Berlin, 10)
            .Select(instance => Merged.Entry(source, "one", instance.Start, instance.End, instance.Detail ?? index.Detail))
            .Select(entry => EventInstance.Of(entry, Merged.Berlin, layer))
            .OfType<EventInstance>();
    }

    private static string Text(LocalDateTime time) => NodaTime.Text.LocalDateTimePattern.GeneralIso.Format(time);
}
