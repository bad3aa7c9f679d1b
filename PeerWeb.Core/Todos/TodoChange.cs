using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Formats.ICalendar.Editing;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Todos;

/// <summary>What somebody changed of a todo that repeats, or begins to; such a todo has a time.</summary>
internal sealed record TodoChange(TodoFields From, TodoFields To, ComponentTimes Before, ComponentTimes After, Instant Now) : FieldChange(Before, After, Now)
{
    public override bool HasTexts => (From with { Start = To.Start, Due = To.Due, Recurrence = To.Recurrence }) != To;

    /// <exception cref="InvalidEntryException">One of the two has no time.</exception>
    public static TodoChange Of(TodoFields from, TodoFields to, Instant now) => new(from, to, TimesOf(from), TimesOf(to), now);

    public override void ApplyTexts(ComponentLines lines) => TodoLines.Change(lines, From, To, Now);

    public override FieldChange For(TimedComponent instance, TimedComponent series)
    {
        var (own, all) = (TodoLines.Read(instance.Component, default, recurrence: null), TodoLines.Read(series.Component, default, recurrence: null));
        var from = To with
        {
            Summary = own.Summary == all.Summary ? From.Summary : To.Summary,
            Description = own.Description == all.Description ? From.Description : To.Description,
            Priority = own.Priority == all.Priority ? From.Priority : To.Priority,
            Tags = own.Tags == all.Tags ? From.Tags : To.Tags,
            Parent = own.Parent == all.Parent ? From.Parent : To.Parent,
            Location = own.Location == all.Location ? From.Location : To.Location,
            IsPrivate = From.IsPrivate,
        };
        return this with { From = from.With(own.Progress == all.Progress ? From.Progress : To.Progress) };
    }

    private static ComponentTimes TimesOf(TodoFields fields)
    {
        TodoLines.Check(new TodoTimes(fields.Start, fields.Due));
        var start = fields.Start ?? fields.Due ?? throw new InvalidEntryException("A todo that repeats needs a start or a due date.", null);
        var last = fields.Due ?? start;
        return new ComponentTimes(start, last.IsDate ? EntryTime.Date(last.Local.Date.PlusDays(1)) : last, fields.Recurrence);
    }
}
