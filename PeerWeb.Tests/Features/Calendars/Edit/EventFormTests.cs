using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars.Edit;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars.Edit;

public sealed class EventFormTests
{
    private static readonly EventForm Form = EventForm.Of(
        new NewSlot(new LocalDateTime(2025, 3, 14, 9, 0), new LocalDateTime(2025, 3, 14, 10, 30), IsAllDay: false), "ada@acme.example/calendar/x", Merged.Berlin);

    [Fact]
    public void Another_start_takes_the_end_with_it()
    {
        var moved = FormTimes.WithStart(Form, "2025-03-31T23:30");

        Assert.Equal(("2025-03-31T23:30", "2025-04-01T01:00"), (moved.Start, moved.End));
        Assert.Equal(moved.End, FormTimes.WithStart(moved, string.Empty).End);
    }

    [Fact]
    public void A_day_holds_its_last_day_and_an_entry_the_one_after()
    {
        var day = FormTimes.WithAllDay(Form, true, Form);

        Assert.Equal(("2025-03-14", "2025-03-14"), (day.Start, day.End));
        var fields = FormFields.Of(day, null, [], null);
        Assert.Equal((EntryTime.Date(new LocalDate(2025, 3, 14)), EntryTime.Date(new LocalDate(2025, 3, 15))), (fields.Start, fields.End));
        Assert.Equal(Form, FormTimes.WithAllDay(day, false, Form));
        var usual = FormTimes.WithAllDay(day, false, day);
        Assert.Equal(("2025-03-14T09:00", "2025-03-14T10:00"), (usual.Start, usual.End));
    }

    [Fact]
    public void Times_that_were_not_touched_stay_as_the_event_says_them()
    {
        var start = EntryTime.Floating(new LocalDateTime(2025, 3, 14, 9, 0, 30));
        var before = new EventFields("Review", start, start, "", "", Transparency.Transparent, IsPrivate: false, null);
        var opened = EventForm.Of(before, "s", RuleForm.None, EventScope.All, Merged.Berlin);

        var fields = FormFields.Of(opened with { Title = "Retro" }, before, [new KnownTimes(opened, start, start)], null);

        Assert.Equal(before with { Summary = "Retro" }, fields);
    }

    [Theory]
    [InlineData("2025-03-14T09:00", "2025-03-14T08:59", "It ends before it starts.")]
    [InlineData("2025-03-14T09:00", "", "When does it end?")]
    [InlineData("2025-03-14T09:00", "2300-01-01T09:00", "The year must be between 1900 and 2199.")]
    [InlineData("2025-03-14T09:00", "2025-03-14T09:00", null)]
    public void An_end_says_what_is_wrong_with_it(string start, string end, string? problem) =>
        Assert.Equal(problem, FormProblems.Of(Form with { Start = start, End = end }).End);

    [Fact]
    public void A_title_is_counted_in_bytes()
    {
        Assert.Null(FormProblems.Of(Form with { Title = new string('x', 1024) }).Title);
        Assert.Equal("The title is too long: 2 of 1026 bytes must go.", FormProblems.Of(Form with { Title = new string('ä', 513) }).Title);
    }
}
