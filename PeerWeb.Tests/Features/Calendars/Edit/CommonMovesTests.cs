using NodaTime;
using PeerWeb.Features.Calendars.Edit;
using Xunit;

namespace PeerWeb.Tests.Features.Calendars.Edit;

public sealed class CommonMovesTests
{
    private static readonly LocalDateTime Nine = new(2025, 3, 12, 9, 0);

    [Fact]
    public void A_timed_event_moves_by_minutes_hours_days_and_weeks()
    {
        var moves = Moves(Nine, Nine.PlusHours(1));

        Assert.Equal(10, moves.Count);
        Assert.Equal((Nine.PlusMinutes(15), Nine.PlusMinutes(75)), moves["15 minutes later"]);
        Assert.Equal((Nine.PlusHours(-1), Nine), moves["An hour earlier"]);
        Assert.Equal((Nine.PlusDays(7), Nine.PlusDays(7).PlusHours(1)), moves["A week later"]);
        Assert.Equal((Nine, Nine.PlusMinutes(45)), moves["15 minutes shorter"]);
    }

    [Fact]
    public void Nothing_gets_shorter_than_it_can_be()
    {
        Assert.DoesNotContain("15 minutes shorter", Moves(Nine, Nine.PlusMinutes(15)).Keys);
        Assert.DoesNotContain("A day shorter", AllDay(1).Keys);
    }

    [Fact]
    public void An_all_day_event_moves_by_days()
    {
        var moves = AllDay(2);

        Assert.All(moves.Values, move => Assert.Equal((LocalTime.Midnight, LocalTime.Midnight), (move.Start.TimeOfDay, move.End.TimeOfDay)));
        Assert.Equal(["A day earlier", "A day later", "A day longer", "A day shorter", "A week earlier", "A week later"], moves.Keys.Order());
    }

    private static Dictionary<string, (LocalDateTime Start, LocalDateTime End)> AllDay(int days) =>
        Of(CommonMoves.Of(Merged.AllDay(Merged.Mine, "a", Nine.Date, Nine.Date.PlusDays(days)).Instance()));

    private static Dictionary<string, (LocalDateTime Start, LocalDateTime End)> Moves(LocalDateTime start, LocalDateTime end) =>
        Of(CommonMoves.Of(Merged.Timed(Merged.Mine, "a", start, end).Instance()));

    private static Dictionary<string, (LocalDateTime Start, LocalDateTime End)> Of(IEnumerable<CommonMove> moves) =>
        moves.ToDictionary(move => move.Text, move => (move.Move.Start, move.Move.End));
}
