using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars.Edit;
using PeerWeb.Shared.Entries;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars.Edit;

public sealed class EventConflictTests
{
    private static readonly string Elsewhere = Events.Review.Replace("SUMMARY:", "LOCATION:Room 4\nSUMMARY:", StringComparison.Ordinal);
    private static readonly string Renamed = Events.Review.Replace("SUMMARY:Review", "SUMMARY:Board", StringComparison.Ordinal);

    private readonly Writing _writing = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Changes_of_different_properties_are_offered_together_first()
    {
        var session = await TitleAsync(Merged.Mine);
        _writing.Put(Merged.Mine, Events.Uid, Elsewhere);

        var conflict = await ConflictAsync(session);
        Assert.Equal("Your title, their place.", conflict.MergedWords);
        var done = Assert.IsType<EntryResult.Done>(await session.ResolveAsync(conflict, ConflictChoice.Merged, Cancellation));

        var text = _writing.Text(Merged.Mine, Events.Uid);
        Assert.Contains("LOCATION:Room 4", text, StringComparison.Ordinal);
        Assert.Contains("SUMMARY:Retro", text, StringComparison.Ordinal);
        Assert.Contains("SUMMARY:Review", Assert.Single(done.Undo).Text, StringComparison.Ordinal);
        Assert.Contains("LOCATION:Room 4", Assert.Single(done.Undo).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_titles_stand_side_by_side_and_cannot_be_combined()
    {
        var session = await TitleAsync(Merged.Mine);
        _writing.Put(Merged.Mine, Events.Uid, Renamed);

        var conflict = await ConflictAsync(session);

        Assert.Null(conflict.Merged);
        var difference = Assert.Single(conflict.Differences);
        Assert.Equal(("Title", "Retro", "Board"), (difference.Label, difference.Left, difference.Right));
    }

    [Fact]
    public async Task Mine_goes_over_theirs_and_is_asked_about_again_where_they_were_faster_again()
    {
        var session = await TitleAsync(Merged.Mine);
        _writing.Put(Merged.Mine, Events.Uid, Renamed);
        var asked = 0;

        var result = await session.SettleAsync(session.SaveAsync, _ => Task.FromResult<ConflictChoice?>(Mine()), Cancellation);

        Assert.IsType<EntryResult.Done>(result);
        Assert.Equal(2, asked);
        Assert.Contains("SUMMARY:Retro", _writing.Text(Merged.Mine, Events.Uid), StringComparison.Ordinal);

        ConflictChoice Mine()
        {
            if (++asked == 1)
                _writing.Put(Merged.Mine, Events.Uid, Renamed.Replace("Board", "Boards", StringComparison.Ordinal));
            return ConflictChoice.Mine;
        }
    }

    [Fact]
    public async Task Theirs_stays_and_nothing_of_mine_is_sent()
    {
        var session = await TitleAsync(Merged.Mine);
        _writing.Put(Merged.Mine, Events.Uid, Renamed);
        var conflict = await ConflictAsync(session);
        var sent = _writing.Sent.Count;

        Assert.IsType<EntryResult.Done>(await session.ResolveAsync(conflict, ConflictChoice.Theirs, Cancellation));

        Assert.Equal(sent, _writing.Sent.Count);
    }

    [Theory]
    [InlineData(Rights.Read | Rights.Edit | Rights.Add, false)]
    [InlineData(Rights.Read | Rights.Edit, true)]
    public async Task Both_keeps_theirs_and_makes_mine_another_event_where_one_may_be_added(Rights rights, bool isOwn)
    {
        var sams = Events.Sams(rights);
        var session = await TitleAsync(sams);
        _writing.Put(sams, Events.Uid, Renamed);

        var conflict = await ConflictAsync(session);
        await session.ResolveAsync(conflict, ConflictChoice.Both, Cancellation);

        Assert.Contains("SUMMARY:Board", _writing.Text(sams, Events.Uid), StringComparison.Ordinal);
        var added = _writing.Sent[^1];
        Assert.Equal(isOwn ? Merged.Mine.Id : sams.Id, added.Source);
        Assert.NotEqual(Events.Uid, added.Uid.Value);
        Assert.Null(added.ETag);
        Assert.Contains("SUMMARY:Retro", added.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_wants_to_think_goes_back_to_what_was_typed()
    {
        var session = await TitleAsync(Merged.Mine);
        _writing.Put(Merged.Mine, Events.Uid, Renamed);

        Assert.IsType<EntryResult.Stays>(await session.SettleAsync(session.SaveAsync, _ => Task.FromResult<ConflictChoice?>(null), Cancellation));

        Assert.Equal("Retro", session.Form.Title);
        Assert.Contains("Nothing was saved yet", session.Notice?.Text, StringComparison.Ordinal);
    }

    private async Task<EventSession> TitleAsync(Core.Federation.Merge.Source source)
    {
        var session = await Events.OpenAsync(_writing, source == Merged.Mine ? Events.Scene() : Events.Scene(Merged.Mine, source), source);
        session.Form = session.Form with { Title = "Retro" };
        return session;
    }

    private static async Task<EntryConflict> ConflictAsync(EventSession session) =>
        Assert.IsType<EntryResult.Stale>(await session.SaveAsync(Cancellation)).Conflict;
}
