using NodaTime;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Formats.ICalendar.Editing;

namespace PeerWeb.Core.Calendars.Editing;

/// <summary>What somebody changed of an event in a dialog.</summary>
internal sealed record EventChange(EventFields From, EventFields To, ComponentTimes Before, ComponentTimes After, Instant Now) : FieldChange(Before, After, Now)
{
    public static EventChange Of(EventFields from, EventFields to, Instant now) =>
        new(from, to, new ComponentTimes(from.Start, from.End, from.Recurrence), new ComponentTimes(to.Start, to.End, to.Recurrence), now);

    public override bool HasTexts => (From with { Start = To.Start, End = To.End, Recurrence = To.Recurrence }) != To;

    public override void ApplyTexts(ComponentLines lines) => EventLines.Change(lines, From, To);

    public override FieldChange For(TimedComponent instance, TimedComponent series)
    {
        var (own, all) = (EventLines.Read(instance), EventLines.Read(series));
        return this with
        {
            From = To with
            {
                Summary = own.Summary == all.Summary ? From.Summary : To.Summary,
                Location = own.Location == all.Location ? From.Location : To.Location,
                Description = own.Description == all.Description ? From.Description : To.Description,
                Transparency = own.Transparency == all.Transparency ? From.Transparency : To.Transparency,
                IsPrivate = From.IsPrivate,
            },
        };
    }
}
