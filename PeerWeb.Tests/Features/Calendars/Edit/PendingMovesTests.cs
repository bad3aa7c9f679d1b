using NodaTime;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars.Edit;
using PeerWeb.Features.Calendars.Month;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars.Edit;

public sealed class PendingMovesTests
{
    private static readonly LocalDateTime Nine = new(2025, 3, 12, 9, 0);
    private static readonly EventInstance Event = Merged.Timed(Merged.Mine, "a", Nine, Nine.PlusHours(1)).Instance();
    private static readonly EventInstance Other = Merged.Timed(Merged.Mine, "b", Nine, Nine.PlusHours(1)).Instance();
    private static readonly PendingMoves Moves = PendingMoves.None.With(new EventMove(Event, Nine.PlusDays(1), Nine.PlusDays(1).PlusHours(1)));

    [Fact]
    public void A_moved_event_shows_where_it_was_put_and_others_stay()
    {
        var shown = Moves.Apply([Event, Other]);

        Assert.Equal((Nine.PlusDays(1), new LocalDate(2025, 3, 13)), (shown[0].Start, shown[0].FirstDay));
        Assert.Same(Other, shown[1]);
        Assert.Equal([Event.Key], Moves.Keys);
    }

    [Fact]
    public void The_same_data_again_change_nothing() => Assert.Same(Moves, Moves.Settle([Event, Other]));

    [Fact]
    public void New_data_of_the_event_end_the_move()
    {
        var entry = Event.Entry with { Summary = Event.Summary with { ETag = ETag.Parse("1.2") } };

        Assert.Empty(Moves.Settle([entry.Instance(), Other]).Keys);
    }

    [Fact]
    public void An_event_that_is_gone_and_a_move_that_failed_end_the_move()
    {
        Assert.Empty(Moves.Settle([Other]).Keys);
        Assert.Empty(Moves.Without(Event.Key).Keys);
        Assert.Same(PendingMoves.None, PendingMoves.None.Settle([Event]));
    }
}
