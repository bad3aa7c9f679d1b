using Microsoft.AspNetCore.Components;
using NodaTime;
using PeerWeb.Features.Calendars.Month;

namespace PeerWeb.Features.Calendars.Components;

/// <summary>What is in the days of a month, each day as one text: a month of a thousand events has as many frames as one without.</summary>
public sealed partial class MonthGrid
{
    /// <summary>Made once for each layout, because most of what happens in a month changes none of them.</summary>
    private readonly Dictionary<LocalDate, MarkupString> _texts = [];

    /// <summary>Blazor keeps what was drawn before the last time until the next: drawn once more, both are the same texts.</summary>
    private bool _isKeptTwice;

    private void Arrange()
    {
        _layout = MonthLayout.Of(Span, Instances, _lanes);
        _texts.Clear();
        _isKeptTwice = true;
    }

    private void DropTextsBefore()
    {
        if (!_isKeptTwice)
            return;
        (_isKeptTwice, IsDirty) = (false, true);
        StateHasChanged();
    }

    /// <param name="isActive">What is in it is in the tab order.</param>
    private MarkupString InsideOf(DayLayout day, bool isActive)
    {
        if (isActive)
            return TextOf(day, "0");
        if (!_texts.TryGetValue(day.Date, out var text))
            _texts[day.Date] = text = TextOf(day, "-1");
        return text;
    }

    private MarkupString TextOf(DayLayout day, string tab)
    {
        var html = new HtmlText()
            .Open("span").Attribute("class", "number").Attribute("aria-hidden", "true").Text(DayNumber(day.Date)).Close("span")
            .Open("span").Attribute("class", "unseen").Text(DayName(day)).Close("span");
        if (day.Instances.Count > 0)
            WriteEvents(html, day, tab);
        if (day.Hidden > 0)
        {
            var more = $"+{EventWords.Number(day.Hidden)}";
            html.Open("button").Attribute("type", "button").Attribute("tabindex", tab).Attribute("class", "more").Attribute("style", $"--lane:{EventWords.Number(_layout.Lanes - 1)}")
                .Attribute("data-pick", "more").Attribute("data-testid", "more").Attribute("aria-label", $"{more} more on {EventWords.Day(day.Date)}")
                .Text(_isNarrow ? more : $"{more} more").Close("button");
        }
        if (OnNew.HasDelegate && !_isNarrow)
        {
            html.Open("button").Attribute("type", "button").Attribute("tabindex", tab).Attribute("class", "add")
                .Attribute("data-pick", "new").Attribute("aria-label", $"New event on {EventWords.Day(day.Date)}").Attribute("title", "New event").Text("+").Close("button");
        }
        return html.ToMarkup();
    }

    private void WriteEvents(HtmlText html, DayLayout day, string tab)
    {
        html.Open("div");
        foreach (var segment in day.Segments)
            Write(html, segment, tab);
        foreach (var segment in day.Crowded)
            WriteForPaper(html, segment);
        html.Close("div");
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
