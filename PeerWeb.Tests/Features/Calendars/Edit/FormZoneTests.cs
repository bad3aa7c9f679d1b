using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars.Edit;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars.Edit;

public sealed class FormZoneTests
{
    private const string NewYork = "America/New_York";
    private const string Tokyo = "Asia/Tokyo";

    private static readonly EventForm Form = EventForm.Of(
        new NewSlot(new LocalDateTime(2025, 3, 14, 9, 0), new LocalDateTime(2025, 3, 14, 10, 30), IsAllDay: false), "s", Merged.Berlin);

    [Theory]
    [InlineData(TimeKind.Zoned, "2025-03-14T13:00", NewYork)]
    [InlineData(TimeKind.Utc, "2025-03-14T18:00", "UTC@Europe/Berlin")]
    [InlineData(TimeKind.Floating, "2025-03-14T13:00", "floating")]
    public void An_event_is_typed_by_its_own_clock_and_one_in_utc_by_the_viewers(TimeKind kind, string expected, string zone)
    {
        var local = new LocalDateTime(2025, 3, 14, 13, 0);
        var instant = Instant.FromUtc(2025, 3, 14, 17, 0);
        var time = kind switch
        {
            TimeKind.Utc => EntryTime.Utc(instant),
            TimeKind.Floating => EntryTime.Floating(local),
            _ => EntryTime.Zoned(local, NewYork, instant),
        };

        var form = EventForm.Of(new EventFields("", time, time, "", "", Transparency.Opaque, IsPrivate: false, null), "s", RuleForm.None, EventScope.All, Merged.Berlin);

        Assert.Equal((expected, zone), (form.Start, form.StartZone));
        Assert.Equal((time, time), FormFields.Times(form, []));
    }

    [Fact]
    public void Another_zone_keeps_the_clock_time_and_takes_the_end_along_as_long_as_both_are_in_one()
    {
        var there = FormTimes.WithStartZone(Form, NewYork);
        Assert.Equal((Form.Start, NewYork, NewYork), (there.Start, there.StartZone, there.EndZone));
        Assert.Equal(Instant.FromUtc(2025, 3, 14, 13, 0), Times(there).Start.Instant);

        var apart = FormTimes.WithStartZone(there with { EndZone = Tokyo }, "Europe/Berlin");
        Assert.Equal(Tokyo, apart.EndZone);
        Assert.True(FormTimes.WithStartZone(apart, FormZone.Floating) is { EndZoneInEffect: FormZone.Floating });
    }

    [Fact]
    public void A_flight_may_land_by_the_clock_before_it_took_off_and_keeps_its_length()
    {
        var flight = Form with { Start = "2025-03-14T17:00", StartZone = Tokyo, End = "2025-03-14T10:00", EndZone = "America/Los_Angeles" };

        Assert.True(FormProblems.Of(flight).AreNone);
        Assert.Equal(Duration.FromHours(9), Times(flight).End.Instant - Times(flight).Start.Instant);
        Assert.Equal("2025-03-15T10:00", FormTimes.WithStart(flight, "2025-03-15T17:00").End);
        Assert.Equal("It ends before it starts.", FormProblems.Of(flight with { EndZone = Tokyo }).End);
        var (start, end) = Times(flight);
        Assert.Equal("Friday, 14 March 2025, 17:00 in Asia/Tokyo to Friday, 14 March 2025, 10:00 in America/Los Angeles", TimeWords.Said(flight, start, end));
        Assert.Equal("Friday, 14 March 2025, 09:00 to 18:00 where you are (Europe/Berlin)", TimeWords.ForViewer(flight, start, end, Merged.Berlin));
    }

    [Fact]
    public void A_time_that_clocks_skip_says_what_it_becomes()
    {
        var skipped = Form with { Start = "2025-03-30T02:30", End = "2025-03-30T04:00" };

        var (start, end) = Times(skipped);

        Assert.Equal(
            "Clocks go forward: 02:30 does not exist on 30 March 2025 in Europe/Berlin. It becomes 03:30.", ClockNotes.Of(skipped.Start, skipped.StartZone, start));
        Assert.Null(ClockNotes.Of(skipped.End, skipped.EndZone, end));
        Assert.Equal(new LocalDateTime(2025, 3, 30, 3, 30), start.Local);
        Assert.Null(ClockNotes.Of(skipped.Start, FormZone.Floating, Times(FormTimes.WithStartZone(skipped, FormZone.Floating)).Start));
    }

    [Fact]
    public void Of_an_hour_that_comes_twice_the_first_is_meant_unless_the_event_had_the_second()
    {
        var second = EntryTime.Zoned(new LocalDateTime(2025, 10, 26, 2, 30), "Europe/Berlin", Instant.FromUtc(2025, 10, 26, 1, 30));
        var end = EntryTime.Zoned(new LocalDateTime(2025, 10, 26, 4, 0), "Europe/Berlin", Instant.FromUtc(2025, 10, 26, 3, 0));
        var opened = EventForm.Of(new EventFields("", second, end, "", "", Transparency.Opaque, IsPrivate: false, null), "s", RuleForm.None, EventScope.All, Merged.Berlin);
        KnownTimes[] known = [new(opened, second, end)];

        var later = FormFields.Times(opened with { End = "2025-10-26T05:00" }, known);

        Assert.Equal(second, later?.Start);
        Assert.EndsWith("The second is meant.", ClockNotes.Of(opened.Start, opened.StartZone, second), StringComparison.Ordinal);
        var typed = Times(Form with { Start = "2025-10-26T02:30", End = "2025-10-26T03:30" }).Start;
        Assert.Equal(Instant.FromUtc(2025, 10, 26, 0, 30), typed.Instant);
        Assert.EndsWith("02:30 comes twice on 26 October 2025 in Europe/Berlin. The first is meant.", ClockNotes.Of("2025-10-26T02:30", "Europe/Berlin", typed), StringComparison.Ordinal);
    }

    [Fact]
    public void A_zone_that_is_none_here_is_asked_for() =>
        Assert.Equal("Its time zone is not known here. Choose one.", FormProblems.Of(Form with { StartZone = "Mars/Olympus" }).Start);

    private static (EntryTime Start, EntryTime End) Times(EventForm form) =>
        FormFields.Times(form, []) ?? throw new InvalidOperationException("The form holds no times.");
}
