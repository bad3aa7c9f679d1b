using NodaTime;
using PeerWeb.Features.Calendars.Month;

namespace PeerWeb.Features.Calendars.Week;

/// <summary>The part of an event that lies on one day, in minutes of the wall clock; 24 hours also where the clocks change.</summary>
/// <param name="Top">Where it is drawn from.</param>
/// <param name="Bottom">Where it is drawn to; a short event is drawn longer than it is.</param>
/// <param name="Lane">Its column among those that are drawn beside each other.</param>
/// <param name="Lanes">How many share the width.</param>
/// <param name="Span">How many of them it takes, as far as nothing else is there.</param>
/// <param name="ContinuesBefore">Began on an earlier day.</param>
/// <param name="ContinuesAfter">Goes on on the next day.</param>
public sealed record WeekBlock(EventInstance Instance, int Top, int Bottom, int Lane, int Lanes, int Span, bool ContinuesBefore, bool ContinuesAfter)
{
    public bool Overlaps(int top, int bottom) => Top < bottom && top < Bottom;
}

/// <summary>One day of a week: its timed events, those at the same time side by side.</summary>
/// <param name="Blocks">By their beginning; no two of them are drawn over each other.</param>
public sealed record WeekDayLayout(LocalDate Date, IReadOnlyList<WeekBlock> Blocks)
{
    public const int Minutes = 24 * 60;

    /// <summary>Minutes that the shortest event is drawn long, so that it can be read and hit.</summary>
    public const int Shortest = 30;

    /// <param name="instances">Timed ones, in any order; those of other days are passed over.</param>
    public static WeekDayLayout Of(LocalDate date, IEnumerable<EventInstance> instances)
    {
        var pieces = instances
            .Where(instance => instance.Touches(date))
            .Order(InstanceOrder.Default)
            .Select(instance => Piece(date, instance))
            .OrderBy(piece => piece.Top)
            .ThenByDescending(piece => piece.Bottom)
            .ToList();

        var blocks = new List<WeekBlock>();
        var group = new List<WeekBlock>();
        foreach (var piece in pieces)
        {
            // Whoever overlaps nobody before begins a group of its own, whose members share the width.
            if (group.Count > 0 && group.TrueForAll(other => other.Bottom <= piece.Top))
            {
                blocks.AddRange(Widen(group));
                group.Clear();
            }
            group.Add(piece with { Lane = FreeLane(group, piece) });
        }
        blocks.AddRange(Widen(group));
        return new WeekDayLayout(date, blocks);
    }

    private static WeekBlock Piece(LocalDate date, EventInstance instance)
    {
        var top = instance.Start.Date < date ? 0 : MinuteOf(instance.Start);
        var bottom = instance.End.Date > date ? Minutes : MinuteOf(instance.End);
        top = Math.Min(top, Minutes - Shortest);
        return new WeekBlock(
            instance, top, Math.Max(bottom, top + Shortest), Lane: 0, Lanes: 1, Span: 1,
            ContinuesBefore: instance.FirstDay < date, ContinuesAfter: instance.LastDay > date);
    }

    private static int MinuteOf(LocalDateTime time) => (time.Hour * 60) + time.Minute;

    private static int FreeLane(List<WeekBlock> group, WeekBlock piece)
    {
        var taken = group.Where(other => other.Overlaps(piece.Top, piece.Bottom)).Select(other => other.Lane).ToHashSet();
        return Enumerable.Range(0, group.Count + 1).First(lane => !taken.Contains(lane));
    }

    private static List<WeekBlock> Widen(List<WeekBlock> group)
    {
        var lanes = group.Count == 0 ? 0 : group.Max(block => block.Lane) + 1;
        return group.ConvertAll(block =>
        {
            var next = group
                .Where(other => other.Lane > block.Lane && other.Overlaps(block.Top, block.Bottom))
                .Select(other => other.Lane)
                .DefaultIfEmpty(lanes)
                .Min();
            return block with { Lanes = lanes, Span = next - block.Lane };
        });
    }
}
