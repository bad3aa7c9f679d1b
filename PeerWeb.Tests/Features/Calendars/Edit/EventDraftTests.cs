using PeerWeb.Core.Federation.Merge;
using PeerWeb.Features.Calendars.Edit;
using PeerWeb.Shared.Entries;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars.Edit;

public sealed class EventDraftTests
{
    private readonly Writing _writing = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_kept_draft_sends_the_same_write_again_and_is_gone_once_it_is_saved()
    {
        var session = await Events.OpenAsync(_writing, Events.Scene(), Merged.Mine);
        session.Form = session.Form with { Title = "Retro" };
        _writing.Instead.Enqueue((new WriteAnswer.Unavailable("It did not answer.", MayHaveHappened: true), Happens: true));
        await session.SaveAsync(Cancellation);

        Assert.IsType<EntryResult.Done>(await session.KeepAsync(Cancellation));
        Assert.Single(_writing.Sent);
        var (id, draft) = Assert.Single(_writing.Kept);
        var again = EventSession.Of(_writing.Calls, Events.Scene(), id, draft, isKept: true);
        await again.LoadAsync(Cancellation);
        Assert.Equal("Saved.", Assert.IsType<EntryResult.Done>(await again.SaveAsync(Cancellation)).Message);

        Assert.Equal(_writing.Sent[0], _writing.Sent[1]);
        Assert.Empty(_writing.Kept);
    }

    [Fact]
    public async Task A_draft_that_was_overtaken_ends_in_the_compare()
    {
        var session = await Events.OpenAsync(_writing, Events.Scene(), Merged.Mine);
        session.Form = session.Form with { Title = "Retro" };
        await session.KeepAsync(Cancellation);
        _writing.Put(Merged.Mine, Events.Uid, Events.Review.Replace("SUMMARY:", "LOCATION:Room 4\nSUMMARY:", StringComparison.Ordinal));
        var (id, draft) = Assert.Single(_writing.Kept);

        var again = EventSession.Of(_writing.Calls, Events.Scene(), id, draft, isKept: true);

        Assert.NotNull(Assert.IsType<EntryResult.Stale>(await again.SaveAsync(Cancellation)).Conflict.Merged);
        Assert.Single(_writing.Kept);
    }

    [Fact]
    public async Task What_the_browser_kept_goes_on_top_of_what_the_event_says_now()
    {
        var session = await Events.OpenAsync(_writing, Events.Scene(), Merged.Mine);
        session.Form = session.Form with { Title = "Retro" };
        var kept = session.ToDraft() with { BaseText = null };
        _writing.Put(Merged.Mine, Events.Uid, Events.Review.Replace("SUMMARY:", "LOCATION:Room 4\nSUMMARY:", StringComparison.Ordinal));

        var again = EventSession.Of(_writing.Calls, Events.Scene(), session.Id, kept, isKept: false);
        await again.LoadAsync(Cancellation);

        Assert.Equal(("Retro", "Room 4"), (again.Form.Title, again.Form.Location));
        Assert.Contains("was changed while you were away", again.Notice?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_event_keeps_its_uid_so_that_it_is_never_there_twice()
    {
        var session = Events.New(_writing);
        session.Form = session.Form with { Title = "Tea" };
        var kept = session.ToDraft();
        await session.SaveAsync(Cancellation);

        var again = EventSession.Of(_writing.Calls, Events.Scene(), session.Id, kept, isKept: false);
        await again.LoadAsync(Cancellation);
        Assert.Equal("Saved.", Assert.IsType<EntryResult.Done>(await again.SaveAsync(Cancellation)).Message);

        Assert.Equal(1, _writing.Count);
    }

    [Fact]
    public async Task Too_many_drafts_are_told_and_what_was_typed_stays()
    {
        _writing.HasRoomForDrafts = false;
        var session = Events.New(_writing);

        Assert.IsType<EntryResult.Stays>(await session.KeepAsync(Cancellation));

        Assert.Contains("too many drafts", session.Notice?.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"source":"nobody","uid":"a","opened":null,"form":null}""")]
    public void What_is_no_draft_is_left_out(string json) => Assert.Null(EntryDraft.Read(json, EventKind.Instance));
}
