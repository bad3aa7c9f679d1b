using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars.Edit;
using PeerWeb.Shared.Entries;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars.Edit;

/// <summary>What a draft knows of two writes that belong together, from before the first until after the second.</summary>
public sealed class EventHalvesTests
{
    private static readonly WriteAnswer Lost = new WriteAnswer.Unavailable("It did not answer in time.", MayHaveHappened: true);
    private static readonly WriteAnswer Away = new WriteAnswer.Unavailable("It cannot be reached.", MayHaveHappened: false);
    private static readonly WriteAnswer Refused = new WriteAnswer.Decided(new SaveOutcome.Forbidden(Rights.Add));

    private readonly Writing _writing = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_draft_of_both_writes_is_there_before_the_first_and_gone_after_the_second()
    {
        var session = await OpenAsync();
        var drafts = new List<EntryDraft<EventForm>?>();
        _writing.Seen = _ => drafts.Add(_writing.Kept.GetValueOrDefault(session.Id));

        await session.SaveAsync(Cancellation);

        Assert.Equal([_writing.Sent[0].Key, _writing.Sent[0].Key], drafts.Select(draft => draft?.SentAhead?.Key));
        Assert.Equal([_writing.Sent[1].Key, _writing.Sent[1].Key], drafts.Select(draft => draft?.Sent?.Key));
        Assert.Empty(_writing.Kept);
    }

    [Fact]
    public async Task Whoever_loses_the_dialog_between_the_two_writes_finds_a_draft_that_ends_them()
    {
        var session = await OpenAsync();
        _writing.Then(happens: false, null, Away);
        await session.SaveAsync(Cancellation);
        var (id, draft) = Assert.Single(_writing.Kept);

        var again = EventSession.Of(_writing.Calls, Events.Scene(), id, draft, isKept: true);
        Assert.Contains("broke off half way", again.Notice?.Text, StringComparison.Ordinal);
        Assert.IsType<EntryResult.Done>(await again.SaveAsync(Cancellation));

        AssertHalves();
        Assert.Empty(_writing.Kept);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_taken_back_is_no_more_in_a_draft(bool wasDraft)
    {
        var session = await OpenAsync();
        if (wasDraft)
            await session.KeepAsync(Cancellation);
        _writing.Then(happens: false, null, Refused);

        Assert.IsType<EntryResult.Stays>(await session.SaveAsync(Cancellation));

        Assert.Single(_writing.Texts);
        if (wasDraft)
            Assert.Null(Assert.Single(_writing.Kept).Value.SentAhead);
        else
            Assert.Empty(_writing.Kept);
    }

    [Fact]
    public async Task Who_has_no_room_for_a_draft_saves_all_the_same()
    {
        var session = await OpenAsync();
        _writing.HasRoomForDrafts = false;

        Assert.IsType<EntryResult.Done>(await session.SaveAsync(Cancellation));

        AssertHalves();
    }

    [Fact]
    public async Task A_second_half_whose_key_was_forgotten_meanwhile_is_known_by_what_it_says()
    {
        var session = await OpenAsync();
        _writing.Then(happens: false, null, Away);
        await session.SaveAsync(Cancellation);
        _writing.ForgetKeys();

        Assert.IsType<EntryResult.Done>(await session.SaveAsync(Cancellation));

        AssertHalves();
    }

    [Fact]
    public async Task A_second_half_that_is_there_lets_the_series_end_although_nothing_may_be_added_any_more()
    {
        var session = await OpenAsync();
        _writing.Then(happens: false, null, Away, Refused);
        await session.SaveAsync(Cancellation);

        Assert.IsType<EntryResult.Done>(await session.SaveAsync(Cancellation));

        AssertHalves();
    }

    [Fact]
    public async Task A_refusal_after_a_lost_answer_does_not_say_that_nothing_was_changed()
    {
        var session = await OpenAsync();
        _writing.Then(happens: true, Lost);
        await session.SaveAsync(Cancellation);
        _writing.Then(happens: false, Refused);
        _writing.Answer = new EntryAnswer.Unavailable("It cannot be reached.");

        Assert.IsType<EntryResult.Stays>(await session.SaveAsync(Cancellation));

        Assert.True(session.IsHalfDone);
        Assert.Contains("What follows may be there already", session.Notice?.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing was changed", session.Notice?.Text, StringComparison.Ordinal);
        Assert.Single(_writing.Kept);
    }

    private async Task<EventSession> OpenAsync()
    {
        var session = await Events.OpenSecondAsync(_writing, Events.Scene(), Merged.Mine, Events.Weekly);
        session.Form = session.Form with { Title = "Retro" };
        return session;
    }

    private void AssertHalves()
    {
        Assert.Equal(2, _writing.Count);
        Assert.Equal(1, Events.CountOf(Assert.Single(_writing.Texts, text => text.Contains("SUMMARY:Review", StringComparison.Ordinal))));
        Assert.Equal(3, Events.CountOf(Assert.Single(_writing.Texts, text => text.Contains("SUMMARY:Retro", StringComparison.Ordinal))));
    }
}
