using Microsoft.AspNetCore.Components;
using NodaTime;
using PeerWeb.Features.Calendars.Month;

namespace PeerWeb.Features.Calendars.Components;

/// <summary>The events of a month, each day's as one text: a month of a thousand events has as many frames as one without.</summary>
public sealed partial class MonthGrid
{
    /// <summary>Made once for each layout, because most of what happens in a month changes none of them.</summary>
    private readonly Dictionary<LocalDate, MarkupString> _texts = [];

    private void Arrange()
    {
        _layout = MonthLayout.Of(Span, Instances, _lanes);
        _texts.Clear();
    }

    /// <param name="isActive">Its events are in the tab order.</param>
    private MarkupString EventsOf(DayLayout day, bool isActive)
    {
        if (day.Instances.Count == 0)
            return default;
        if (isActive)
            return TextOf(day, "0");
        if (!_texts.TryGetValue(day.Date, out var text))
            _texts[day.Date] = text = TextOf(day, "-1");
        return text;
    }

    private MarkupString TextOf(DayLayout day, string tab)
    {
        var html = new HtmlText().Open("div");
        foreach (var segment in day.Segments)
            Write(html, segment, tab);
        foreach (var segment in day.Crowded)
            WriteForPaper(html, segment);
        return html.Close("div").ToMarkup();
    }

    private void Write(HtmlText html, Segment segment, string tab)
    {
        var instance = segment.Instance;
        var (time, name) = (EventWords.Shown(segment), Name(instance));
        html.Open("button").Attribute("type", "button").Attribute("tabindex", tab)
            .Attribute("class", ClassOf(segment)).Attribute("style", StyleOf(segment))
            .Attribute("data-pick", "event").Attribute("data-testid", TestId(instance, segment.IsFirst)).Attribute("data-mark", MarkOf(instance))
            .Attribute("data-uid", instance.Key.Uid.Value).Attribute("data-source", instance.Source.ToString()).Attribute("data-summary", instance.Summary.Title)
            .Attribute("data-start", EventWords.Iso(instance, Zone)).Attribute("data-recurrence-id", instance.Key.RecurrenceId)
            .Attribute("data-begin", BeginOf(instance)).Attribute("data-end", EndOf(instance))
            .Attribute("aria-label", time + name).Attribute("aria-description", ReadOnly(instance));
        WriteWords(html, time, instance.Title);
        html.Close("button");
        if (instance.IsDone is { } isDone)
        {
            html.Open("input").Attribute("type", "checkbox").Attribute("class", "check").Attribute("style", StyleOf(segment)).Attribute("tabindex", tab)
                .Attribute("checked", isDone ? "checked" : null).Attribute("aria-label", EventWords.Done(instance)).Attribute("data-pick", "check").Attribute("data-testid", "layer-check")
                .Attribute("data-uid", instance.Key.Uid.Value).Attribute("data-source", instance.Source.ToString()).Attribute("data-recurrence-id", instance.Key.RecurrenceId);
        }
    }

    /// <summary>What has no room on the screen; to who listens the day says how much that is.</summary>
    private void WriteForPaper(HtmlText html, Segment segment)
    {
        html.Open("span").Attribute("class", ClassOf(segment) + " printed").Attribute("style", StyleOf(segment))
            .Attribute("data-mark", MarkOf(segment.Instance)).Attribute("aria-hidden", "true");
        WriteWords(html, EventWords.Shown(segment), segment.Instance.Title);
        html.Close("span");
    }

    private static void WriteWords(HtmlText html, string time, string title)
    {
        if (time.Length > 0)
            html.Open("time").Text(time).Close("time");
        html.Text(title);
    }

    private string ClassOf(Segment segment) =>
        $"event {(segment.Instance.IsBar ? "bar" : "timed")}{(segment.ContinuesBefore ? " before" : null)}{(segment.ContinuesAfter ? " after" : null)}{StateClass(segment.Instance)}";

    private string StyleOf(Segment segment) =>
        $"--lane:{EventWords.Number(segment.Lane)};{(segment.Span > 1 ? $"--span:{EventWords.Number(segment.Span)};" : null)}--color:{ColorOf(segment.Instance)}";
}
