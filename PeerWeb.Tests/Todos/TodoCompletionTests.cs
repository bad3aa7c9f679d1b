using CsCheck;
using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Todos;
using PeerWeb.Tests.Formats.ICalendar;
using Xunit;

namespace PeerWeb.Tests.Todos;

public sealed class TodoCompletionTests
{
    private static readonly string Daily = Vtodo.Of("DTSTART;TZID=Europe/Zurich:20261123T090000", "DUE;TZID=Europe/Zurich:20261123T180000", "RRULE:FREQ=DAILY", "SUMMARY:Water plants", "X-KEPT:1");

    private static readonly string[][] Times =
        [["DTSTART;VALUE=DATE:20261123", "DUE;VALUE=DATE:20261124"], ["DUE:20261123T180000Z"], ["DTSTART;TZID=Europe/Zurich:20261123T090000"], ["DUE;VALUE=DATE:20261123"]];

    private static readonly string[] Rules = ["FREQ=DAILY", "FREQ=WEEKLY;COUNT=30", "FREQ=MONTHLY"];

    [Fact]
    public void Completing_says_it_in_three_properties_and_reopening_takes_them_back()
    {
        var text = Vtodo.Of("SUMMARY:Milk", "X-KEPT:1");
        var completed = TodoCompletion.Complete(text, null, Vtodo.Now);

        Assert.Equal(["COMPLETED:20261125T093000Z", "PERCENT-COMPLETE:100", "STATUS:COMPLETED"], Vtodo.Lines(completed).Except(Vtodo.Lines(text)).Order(StringComparer.Ordinal));
        Assert.Equal(Vtodo.Lines(text), Vtodo.Lines(TodoCompletion.Reopen(completed, null, Vtodo.Now)));
        Assert.Same(completed, TodoCompletion.Complete(completed, null, Vtodo.Now + Duration.FromDays(1)));
    }

    [Fact]
    public void One_instance_is_completed_in_a_component_of_its_own()
    {
        var completed = TodoCompletion.Complete(Daily, "20261124T090000", Vtodo.Now);
        var instances = Vtodo.App.Index(completed, Ics.Years(2026, 2027)).Instances;

        Assert.Equal("20261124T090000", Assert.Single(instances, instance => instance.Detail is not null).RecurrenceId);
        Assert.Contains("RECURRENCE-ID;TZID=Europe/Zurich:20261124T090000", Vtodo.Lines(completed));
        Assert.Equal("20261123T090000", Vtodo.Detail(completed).Next?.RecurrenceId);
        Assert.Equal("20261125T090000", Vtodo.Detail(TodoCompletion.Complete(completed, "20261123T090000", Vtodo.Now)).Next?.RecurrenceId);
        Assert.Throws<InvalidEntryException>(() => TodoCompletion.Complete(Daily, "20261124T093000", Vtodo.Now));
    }

    [Fact]
    public void An_instance_with_words_of_its_own_keeps_them_when_it_is_reopened()
    {
        var before = TodoText.ReadInstance(Daily, "20261124T090000");
        var own = TodoText.ChangeInstance(Daily, "20261124T090000", before, before with { Summary = "Water all plants" }, Vtodo.Now);
        var reopened = TodoCompletion.Reopen(TodoCompletion.Complete(own, "20261124T090000", Vtodo.Now), "20261124T090000", Vtodo.Now);

        Assert.Equal(Vtodo.Lines(own), Vtodo.Lines(reopened));
    }

    [Fact]
    public void What_is_completed_and_reopened_is_what_it_was()
    {
        Gen.Select(Gen.Int[0, Times.Length - 1], Gen.Int[0, Rules.Length - 1], Gen.Int[0, 20].Array[1, 6]).ForAll(
            (time, rule, places) =>
            {
                var text = Vtodo.Of([.. Times[time], $"RRULE:{Rules[rule]}", "SUMMARY:x"]);
                var ids = Vtodo.App.Index(text, Ics.Years(2026, 2029)).Instances.Select(instance => instance.RecurrenceId).ToList();
                var completed = places.Distinct().Aggregate(text, (so, place) => TodoCompletion.Complete(so, ids[place], Vtodo.Now));
                Assert.Equal(ids.Where((_, place) => !places.Contains(place)).First(), Vtodo.Detail(completed).Next?.RecurrenceId);
                var reopened = places.Distinct().Aggregate(completed, (so, place) => TodoCompletion.Reopen(so, ids[place], Vtodo.Now));
                return Vtodo.Lines(text).SequenceEqual(Vtodo.Lines(reopened));
            },
            cases: 60);
    }

    [Theory]
    [InlineData("RRULE:FREQ=DAILY", 10)]
    [InlineData("RRULE:FREQ=DAILY;COUNT=1000", 6000)]
    [InlineData("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", 10)]
    public void A_todo_that_is_done_for_years_stays_small_and_goes_on_as_before(string rule, int length)
    {
        var text = Vtodo.Of("DTSTART;TZID=Europe/Zurich:20261123T090000", "DUE;TZID=Europe/Zurich:20261123T180000", rule, "SUMMARY:x", $"DESCRIPTION:{new string('x', length)}");
        var ids = Vtodo.App.Index(text, Ics.Years(2026, 2030)).Instances.Select(instance => instance.RecurrenceId).ToList();
        var completed = text;
        for (var i = 0; i < 130; i++)
            completed = TodoCompletion.Complete(completed, ids[i], Vtodo.Now);
        var left = Vtodo.App.Index(completed, Ics.Years(2026, 2030));

        Assert.Equal(ids[130], TodoDetail.Parse(left.Detail).Next?.RecurrenceId);
        Assert.Equal(ids.Skip(130), left.Instances.Select(instance => instance.RecurrenceId).SkipWhile(id => id != ids[130]));
        Assert.InRange(completed.Length, 1, 140_000);
        // What was done last is still there, and can be taken back.
        Assert.Equal(ids[129], Vtodo.Detail(TodoCompletion.Reopen(completed, ids[129], Vtodo.Now)).Next?.RecurrenceId);
    }
}
