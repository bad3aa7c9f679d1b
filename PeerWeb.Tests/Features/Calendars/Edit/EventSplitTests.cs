using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars.Edit;
using PeerWeb.Shared.Entries;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars.Edit;

/// <summary>Edits that make a second entry: whatever happens between the two writes, nothing is lost and nothing stays twice.</summary>
public sealed class EventSplitTests
{
    private static readonly WriteAnswer Lost = new WriteAnswer.Unavailable("It did not answer in time.", MayHaveHappened: true);
    private static readonly WriteAnswer Away = new WriteAnswer.Unavailable("It cannot be reached.", MayHaveHappened: false);
    private static readonly Source Other = Merged.NewSource("ada@acme.example", "Home", 3, isMine: true);

    private readonly Writing _writing = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task This_and_following_makes_the_second_half_first_and_undo_brings_back_the_one_series()
    {
        var session = await OpenAsync(Merged.Mine);
        var before = _writing.Text(Merged.Mine, Events.Uid);
        Assert.Equal("3 of 4 events change.", await Events.ImpactAsync(session));

        var done = Done(await session.SaveAsync(Cancellation));

        Assert.Equal("Saved for all from Fri 21 Mar on.", done.Message);
        Assert.Equal((2, null), (_writing.Sent.Count, _writing.Sent[0].ETag));
        Assert.NotNull(_writing.Sent[1].ETag);
        Assert.NotEqual(_writing.Sent[0].Key, _writing.Sent[1].Key);
        AssertHalves();
        foreach (var write in done.Undo)
            await _writing.Calls.Write(write, Cancellation);
        Assert.Equal(before, Assert.Single(_writing.Texts));
    }

    [Fact]
    public async Task A_lost_answer_locks_the_form_and_trying_again_repeats_both_writes_as_they_were()
    {
        var session = await OpenAsync(Merged.Mine);
        _writing.Then(happens: true, null, Lost);

        Assert.IsType<EntryResult.Stays>(await session.SaveAsync(Cancellation));
        Assert.True(session.IsHalfDone && session.IsLocked && session.MaySave);
        Assert.Equal(NoticeOffers.TryAgain | NoticeOffers.KeepDraft, session.Notice?.Offers);
        Done(await session.SaveAsync(Cancellation));

        Assert.Equal(_writing.Sent[..2], _writing.Sent[2..]);
        Assert.False(session.IsHalfDone);
        AssertHalves();
    }

    [Fact]
    public async Task A_lost_answer_to_the_first_write_leaves_nothing_twice_either()
    {
        var session = await OpenAsync(Merged.Mine);
        _writing.Then(happens: true, Lost);

        Assert.IsType<EntryResult.Stays>(await session.SaveAsync(Cancellation));
        Assert.True(session.IsHalfDone);
        Assert.False(session.Notice?.Offers.HasFlag(NoticeOffers.TakeBack));
        Done(await session.SaveAsync(Cancellation));

        AssertHalves();
    }

    [Fact]
    public async Task Where_the_series_was_surely_not_changed_the_second_half_can_be_taken_back()
    {
        var session = await OpenAsync(Merged.Mine);
        var before = _writing.Text(Merged.Mine, Events.Uid);
        _writing.Then(happens: false, null, Away);

        Assert.IsType<EntryResult.Stays>(await session.SaveAsync(Cancellation));
        Assert.True(session.Notice?.Offers.HasFlag(NoticeOffers.TakeBack));
        Assert.Equal(2, _writing.Count);
        await session.TakeBackAsync(Cancellation);

        Assert.Equal(before, Assert.Single(_writing.Texts));
        Assert.False(session.IsLocked);
        Assert.Equal("Retro", session.Form.Title);
        Done(await session.SaveAsync(Cancellation));
        AssertHalves();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_refusal_of_the_second_write_takes_the_first_back(bool isForbidden)
    {
        var session = await OpenAsync(Merged.Mine);
        var before = _writing.Text(Merged.Mine, Events.Uid);
        SaveOutcome refusal = isForbidden ? new SaveOutcome.Forbidden(Rights.Edit) : new SaveOutcome.Invalid("The place is too long.", null);
        _writing.Then(happens: false, null, new WriteAnswer.Decided(refusal));

        Assert.IsType<EntryResult.Stays>(await session.SaveAsync(Cancellation));

        Assert.Contains(isForbidden ? "you may not edit its events" : "The place is too long.", session.Notice?.Text, StringComparison.Ordinal);
        Assert.Equal(before, Assert.Single(_writing.Texts));
        Assert.False(session.IsHalfDone);
    }

    [Fact]
    public async Task What_cannot_be_taken_back_yet_is_told_and_trying_again_ends_it()
    {
        var session = await OpenAsync(Merged.Mine);
        _writing.Then(happens: false, null, new WriteAnswer.Decided(new SaveOutcome.Forbidden(Rights.Edit)), Away);

        Assert.IsType<EntryResult.Stays>(await session.SaveAsync(Cancellation));
        Assert.Contains("could not be removed again yet. It cannot be reached.", session.Notice?.Text, StringComparison.Ordinal);
        Assert.True(session.IsLocked);
        Done(await session.SaveAsync(Cancellation));

        AssertHalves();
    }

    [Fact]
    public async Task A_refusal_of_the_first_write_changes_nothing()
    {
        var session = await OpenAsync(Merged.Mine);
        _writing.Then(happens: false, new WriteAnswer.Decided(new SaveOutcome.Forbidden(Rights.Add)));

        Assert.IsType<EntryResult.Stays>(await session.SaveAsync(Cancellation));

        Assert.Single(_writing.Sent);
        Assert.Contains("you may not add to it now", session.Notice?.Text, StringComparison.Ordinal);
        Assert.False(session.IsLocked);
    }

    [Theory]
    [InlineData(ConflictChoice.Mine)]
    [InlineData(ConflictChoice.Merged)]
    [InlineData(ConflictChoice.Theirs)]
    [InlineData(ConflictChoice.Both)]
    public async Task A_conflict_takes_the_second_half_back_before_it_asks(ConflictChoice choice)
    {
        var session = await OpenAsync(Merged.Mine);
        _writing.Put(Merged.Mine, Events.Uid, Events.Weekly.Replace("SUMMARY:", "LOCATION:Room 4\nSUMMARY:", StringComparison.Ordinal));

        var conflict = Assert.IsType<EntryResult.Stale>(await session.SaveAsync(Cancellation)).Conflict;
        Assert.Single(_writing.Texts);
        Assert.Equal(["Title", "Where"], conflict.Differences.Select(difference => difference.Label).Order(StringComparer.Ordinal));
        Assert.Equal("Your title, their place.", conflict.MergedWords);
        Done(await session.ResolveAsync(conflict, choice, Cancellation));

        if (choice is ConflictChoice.Theirs)
        {
            Assert.Equal(4, Events.CountOf(Assert.Single(_writing.Texts)));
            return;
        }
        Assert.Equal(choice is ConflictChoice.Both ? 7 : 4, _writing.Texts.Sum(Events.CountOf));
        Assert.Equal(choice switch { ConflictChoice.Merged => 2, ConflictChoice.Both => 1, _ => 0 }, _writing.Texts.Count(text => text.Contains("LOCATION:Room 4", StringComparison.Ordinal)));
        Assert.Single(_writing.Texts, text => text.Contains("SUMMARY:Retro", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_may_not_be_taken_back_is_told_and_is_not_made_a_second_time()
    {
        var session = await OpenAsync(Merged.Mine);
        _writing.Put(Merged.Mine, Events.Uid, Events.Weekly.Replace("SUMMARY:", "LOCATION:Room 4\nSUMMARY:", StringComparison.Ordinal));
        _writing.Then(happens: false, null, null, new WriteAnswer.Decided(new SaveOutcome.Forbidden(Rights.Delete)));

        var conflict = Assert.IsType<EntryResult.Stale>(await session.SaveAsync(Cancellation)).Conflict;
        Assert.Equal(2, _writing.Count);
        Done(await session.ResolveAsync(conflict, ConflictChoice.Mine, Cancellation));

        AssertHalves();
    }

    [Fact]
    public async Task A_draft_keeps_both_writes_and_repeats_them()
    {
        var sams = Events.Sams(Rights.Read | Rights.Add | Rights.Edit | Rights.Delete);
        var session = await OpenAsync(sams);
        _writing.Then(happens: false, null, Away);
        await session.SaveAsync(Cancellation);
        await session.KeepAsync(Cancellation);
        var (id, draft) = Assert.Single(_writing.Kept);

        var again = EventSession.Of(_writing.Calls, Events.Scene(Merged.Mine, sams), id, draft, isKept: true);
        Assert.True(again.IsHalfDone && again.IsLocked && again.MaySave);
        Done(await again.SaveAsync(Cancellation));

        Assert.Equal(_writing.Sent[..2], _writing.Sent[2..]);
        AssertHalves();
        Assert.Empty(_writing.Kept);
    }

    [Fact]
    public async Task A_draft_of_what_was_never_begun_is_planned_anew()
    {
        var session = await OpenAsync(Merged.Mine);
        _writing.Then(happens: false, Away);
        await session.SaveAsync(Cancellation);
        Assert.False(session.IsLocked);
        await session.KeepAsync(Cancellation);

        var draft = Assert.Single(_writing.Kept).Value;

        Assert.Null(draft.Sent);
        Assert.Equal(EventScope.ThisAndFollowing, draft.Form.Scope);
    }

    [Fact]
    public async Task Who_may_not_add_cannot_split_and_reads_why()
    {
        var session = await OpenAsync(Events.Sams(Rights.Read | Rights.Edit));

        Assert.Contains("lets you read and edit this calendar, not add to it.", session.NoFollowing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deleting_what_follows_leaves_what_was_before_and_comes_back()
    {
        var session = await Events.OpenSecondAsync(_writing, Events.Scene(), Merged.Mine, Events.Weekly);
        var before = _writing.Text(Merged.Mine, Events.Uid);
        Assert.Equal("3 of 4 events would change.", await Events.ImpactAsync(session));

        var done = Done(await session.DeleteAsync(Cancellation));

        Assert.Equal("Deleted this event and all that follow.", done.Message);
        Assert.Equal(1, Events.CountOf(Assert.Single(_writing.Texts)));
        await _writing.Calls.Write(Assert.Single(done.Undo), Cancellation);
        Assert.Equal(before, Assert.Single(_writing.Texts));
    }

    [Fact]
    public async Task An_event_goes_to_another_calendar_as_a_whole_and_comes_back()
    {
        var session = await Events.OpenSecondAsync(_writing, Events.Scene(Merged.Mine, Other), Merged.Mine, Events.Weekly);
        var before = _writing.Text(Merged.Mine, Events.Uid);
        session.GoTo(Other.Id.ToString());
        Assert.Equal(EventScope.All, session.Form.Scope);
        Assert.NotNull(session.NoThis);
        _writing.Then(happens: true, null, Lost);

        Assert.IsType<EntryResult.Stays>(await session.SaveAsync(Cancellation));
        var done = Done(await session.SaveAsync(Cancellation));

        Assert.Equal("Moved to Home.", done.Message);
        Assert.Equal((null, before), (_writing.Text(Merged.Mine, Events.Uid), _writing.Text(Other, Events.Uid)));
        foreach (var write in done.Undo)
            await _writing.Calls.Write(write, Cancellation);
        Assert.Equal((before, null), (_writing.Text(Merged.Mine, Events.Uid), _writing.Text(Other, Events.Uid)));
    }

    [Fact]
    public async Task A_conflict_while_it_goes_to_another_calendar_takes_their_change_along()
    {
        var session = await Events.OpenAsync(_writing, Events.Scene(Merged.Mine, Other), Merged.Mine);
        session.Form = session.Form with { Title = "Retro" };
        session.GoTo(Other.Id.ToString());
        _writing.Put(Merged.Mine, Events.Uid, Events.Review.Replace("SUMMARY:", "LOCATION:Room 4\nSUMMARY:", StringComparison.Ordinal));

        var conflict = Assert.IsType<EntryResult.Stale>(await session.SaveAsync(Cancellation)).Conflict;
        Assert.Null(_writing.Text(Other, Events.Uid));
        Done(await session.ResolveAsync(conflict, ConflictChoice.Merged, Cancellation));

        var text = Assert.Single(_writing.Texts);
        Assert.Equal(text, _writing.Text(Other, Events.Uid));
        Assert.Contains("LOCATION:Room 4", text, StringComparison.Ordinal);
        Assert.Contains("SUMMARY:Retro", text, StringComparison.Ordinal);
    }

    /// <summary>The second of four, with a title of its own from there on.</summary>
    private async Task<EventSession> OpenAsync(Source source)
    {
        var scene = source == Merged.Mine ? Events.Scene() : Events.Scene(Merged.Mine, source);
        var session = await Events.OpenSecondAsync(_writing, scene, source, Events.Weekly);
        session.Form = session.Form with { Title = "Retro" };
        return session;
    }

    private void AssertHalves()
    {
        Assert.Equal(2, _writing.Count);
        Assert.Equal(1, Events.CountOf(Assert.Single(_writing.Texts, text => text.Contains("SUMMARY:Review", StringComparison.Ordinal))));
        Assert.Equal(3, Events.CountOf(Assert.Single(_writing.Texts, text => text.Contains("SUMMARY:Retro", StringComparison.Ordinal))));
    }

    private static EntryResult.Done Done(EntryResult result) => Assert.IsType<EntryResult.Done>(result);
}
