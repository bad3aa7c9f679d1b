using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars.Edit;
using PeerWeb.Shared.Entries;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars.Edit;

public sealed class EventSessionTests
{
    private static readonly WriteAnswer Lost = new WriteAnswer.Unavailable("It did not answer in time.", MayHaveHappened: true);

    private readonly Writing _writing = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_save_whose_answer_is_lost_is_repeated_as_it_was_and_happens_once()
    {
        var session = Events.New(_writing);
        session.Form = session.Form with { Title = "Tea" };
        _writing.Instead.Enqueue((Lost, Happens: true));

        Assert.IsType<EntryResult.Stays>(await session.SaveAsync(Cancellation));
        Assert.Contains("No answer came from acme.example: It did not answer in time. It may have been saved there", session.Notice?.Text, StringComparison.Ordinal);
        Assert.Equal(NoticeOffers.TryAgain | NoticeOffers.KeepDraft, session.Notice?.Offers);
        Assert.Equal("Saved.", Done(await session.SaveAsync(Cancellation)).Message);

        Assert.Equal(_writing.Sent[0], _writing.Sent[1]);
        Assert.Contains("SUMMARY:Tea\r\n", Assert.Single(_writing.Texts), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_typed_after_a_lost_answer_goes_on_top_of_what_was_saved_without_a_question()
    {
        var session = Events.New(_writing);
        session.Form = session.Form with { Title = "Tea" };
        _writing.Instead.Enqueue((Lost, Happens: true));
        await session.SaveAsync(Cancellation);
        session.Form = session.Form with { Title = "Tea and cake" };

        Assert.Equal("Saved.", Done(await session.SaveAsync(Cancellation)).Message);

        Assert.Contains("SUMMARY:Tea and cake\r\n", Assert.Single(_writing.Texts), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_wrong_or_unchanged_sends_nothing()
    {
        var session = await Events.OpenAsync(_writing, Events.Scene(), Merged.Mine);

        Assert.Null(Done(await session.SaveAsync(Cancellation)).Message);
        session.Form = session.Form with { End = "2025-03-14T13:59" };
        Assert.IsType<EntryResult.Stays>(await session.SaveAsync(Cancellation));

        Assert.Equal("It ends before it starts.", session.Problems.End);
        Assert.Empty(_writing.Sent);
    }

    [Fact]
    public async Task An_edit_changes_what_was_touched_and_undo_brings_back_the_old_text()
    {
        var session = await Events.OpenAsync(_writing, Events.Scene(), Merged.Mine);
        var before = _writing.Text(Merged.Mine, Events.Uid);
        session.Form = FormTimes.WithStart(session.Form, "2025-03-25T10:00");

        var done = Done(await session.SaveAsync(Cancellation));

        Assert.Equal("Moved to Tue 25 Mar, 10:00.", done.Message);
        var after = _writing.Text(Merged.Mine, Events.Uid);
        Assert.Contains("DTSTART:20250325T090000Z\r\nDTEND:20250325T100000Z\r\n", after, StringComparison.Ordinal);
        Assert.Contains("X-OURS:kept", after, StringComparison.Ordinal);
        await _writing.Calls.Write(Assert.Single(done.Undo), Cancellation);
        Assert.Equal(before, _writing.Text(Merged.Mine, Events.Uid));
    }

    [Theory]
    [InlineData(EventScope.This, "RECURRENCE-ID")]
    [InlineData(EventScope.All, "RRULE")]
    public async Task An_edit_of_a_series_means_the_instance_or_all_of_it(EventScope scope, string expected)
    {
        var session = await Events.OpenAsync(_writing, Events.Scene(), Merged.Mine, Events.Weekly, "20250314T130000Z");
        Assert.Equal(EventScope.This, session.Form.Scope);
        session.Form = session.Form with { Title = "Retro", Scope = scope };

        Done(await session.SaveAsync(Cancellation));

        var text = _writing.Text(Merged.Mine, Events.Uid) ?? string.Empty;
        Assert.Equal(scope == EventScope.This, text.Contains("SUMMARY:Review", StringComparison.Ordinal));
        Assert.Contains(expected, text, StringComparison.Ordinal);
        Assert.Contains("SUMMARY:Retro", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_event_comes_back_as_it_was()
    {
        var session = await Events.OpenAsync(_writing, Events.Scene(), Merged.Mine);
        var before = _writing.Text(Merged.Mine, Events.Uid);

        var done = Done(await session.DeleteAsync(Cancellation));
        Assert.Equal(0, _writing.Count);
        var undo = Assert.Single(done.Undo);
        Assert.Null(undo.ETag);
        await _writing.Calls.Write(undo, Cancellation);
        await _writing.Calls.Write(undo, Cancellation);

        Assert.Equal(before, _writing.Text(Merged.Mine, Events.Uid));
    }

    [Fact]
    public async Task Deleting_one_of_a_series_leaves_the_others()
    {
        var session = await Events.OpenAsync(_writing, Events.Scene(), Merged.Mine, Events.Weekly, "20250314T130000Z");

        var done = Done(await session.DeleteAsync(Cancellation));

        Assert.Contains("EXDATE:20250314T130000Z", _writing.Text(Merged.Mine, Events.Uid), StringComparison.Ordinal);
        await _writing.Calls.Write(Assert.Single(done.Undo), Cancellation);
        Assert.DoesNotContain("EXDATE", _writing.Text(Merged.Mine, Events.Uid), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_changed_under_a_delete_is_shown_before_it_is_deleted()
    {
        var session = await Events.OpenAsync(_writing, Events.Scene(), Merged.Mine);
        _writing.Put(Merged.Mine, Events.Uid, Events.Review.Replace("Review", "Review with the board", StringComparison.Ordinal));

        Assert.IsType<EntryResult.Stays>(await session.DeleteAsync(Cancellation));
        Assert.Equal("Review with the board", session.Form.Title);
        Assert.Contains("Somebody has changed this event", session.Notice?.Text, StringComparison.Ordinal);

        Assert.Equal("Deleted.", Done(await session.DeleteAsync(Cancellation)).Message);
    }

    [Fact]
    public async Task A_right_that_was_taken_away_meanwhile_keeps_what_was_typed_and_offers_a_draft()
    {
        var sams = Events.Sams(Rights.Read | Rights.Edit);
        var session = await Events.OpenAsync(_writing, Events.Scene(Merged.Mine, sams), sams);
        session.Form = session.Form with { Title = "Retro" };
        _writing.Instead.Enqueue((new WriteAnswer.Decided(new SaveOutcome.Forbidden(Rights.Edit)), Happens: false));

        Assert.IsType<EntryResult.Stays>(await session.SaveAsync(Cancellation));

        Assert.Equal("Retro", session.Form.Title);
        Assert.Contains("you may not edit its events now", session.Notice?.Text, StringComparison.Ordinal);
        Assert.Equal(NoticeOffers.KeepDraft, session.Notice?.Offers);
    }

    [Fact]
    public async Task What_is_gone_meanwhile_can_be_saved_as_an_event_of_ones_own()
    {
        var sams = Events.Sams(Rights.Read | Rights.Edit);
        var session = await Events.OpenAsync(_writing, Events.Scene(Merged.Mine, sams), sams);
        session.Form = session.Form with { Title = "Retro" };
        _writing.Remove(sams, Events.Uid);

        Assert.IsType<EntryResult.Stays>(await session.SaveAsync(Cancellation));
        Assert.True(session.Notice?.Offers.HasFlag(NoticeOffers.SaveAsOwn));
        var done = Done(await session.SaveAsOwnAsync(Cancellation));

        Assert.Equal("Saved in Work.", done.Message);
        Assert.Equal(Merged.Mine.Id, _writing.Sent[^1].Source);
        Assert.Contains("SUMMARY:Retro", Assert.Single(_writing.Texts), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_owners_reason_against_a_text_is_shown()
    {
        var session = Events.New(_writing);
        _writing.Instead.Enqueue((new WriteAnswer.Decided(new SaveOutcome.Invalid("The place is too long.", null)), Happens: false));

        await session.SaveAsync(Cancellation);

        Assert.Contains("The place is too long.", session.Notice?.Text, StringComparison.Ordinal);
    }

    private static EntryResult.Done Done(EntryResult result) => Assert.IsType<EntryResult.Done>(result);
}
