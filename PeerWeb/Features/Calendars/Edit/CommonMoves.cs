using NodaTime;
using PeerWeb.Features.Calendars.Month;

namespace PeerWeb.Features.Calendars.Edit;

/// <summary>A move that a menu offers.</summary>
public sealed record CommonMove(string Text, EventMove Move);

/// <summary>What can be done to an event's time without dragging it.</summary>
public static class CommonMoves
{
    private static readonly Period Quarter = Period.FromMinutes(15);
    private static readonly Period Hour = Period.FromHours(1);
    private static readonly Period Day = Period.FromDays(1);
    private static readonly Period Week = Period.FromWeeks(1);

    public static IReadOnlyList<CommonMove> Of(EventInstance instance)
    {
        var step = instance.IsAllDay ? Day : Quarter;
        var name = instance.IsAllDay ? "A day" : "15 minutes";
        List<CommonMove> moves = instance.IsAllDay
            ? []
            : [By(instance, Quarter, "15 minutes"), Back(instance, Quarter, "15 minutes"), By(instance, Hour, "An hour"), Back(instance, Hour, "An hour")];
        moves.AddRange([By(instance, Day, "A day"), Back(instance, Day, "A day"), By(instance, Week, "A week"), Back(instance, Week, "A week")]);
        moves.Add(new CommonMove($"{name} longer", new EventMove(instance, instance.Start, instance.End + step)));
        if (instance.End - step > instance.Start)
            moves.Add(new CommonMove($"{name} shorter", new EventMove(instance, instance.Start, instance.End - step)));
        return moves;
    }

    private static CommonMove By(EventInstance instance, Period step, string name) =>
        new($"{name} later", new EventMove(instance, instance.Start + step, instance.End + step));

    private static CommonMove Back(EventInstance instance, Period step, string name) =>
        new($"{name} earlier", new EventMove(instance, instance.Start - step, instance.End - step));
}
