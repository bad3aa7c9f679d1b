using System.Globalization;
using NodaTime;
using NodaTime.Text;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Calendars.Editing;

namespace PeerWeb.Features.Calendars.Edit;

/// <summary>How much of a series an edit means, in words for who is about to save it.</summary>
public static class ScopeWords
{
    private static readonly LocalDatePattern Day = LocalDatePattern.Create("d MMMM uuuu", CultureInfo.InvariantCulture);

    /// <summary>"12 of 40 events change.", "All from 3 March 2026 on change; the series has no end."</summary>
    /// <param name="isChange">Something was typed; else it says what would change.</param>
    public static string Of(EventImpact impact, EventScope scope, LocalDate? from, bool isChange)
    {
        var words = (impact, scope) switch
        {
            ({ Changing: { } changing, Total: { } total }, _) =>
                string.Create(CultureInfo.InvariantCulture, $"{changing} of {Events(total)} {Verb(isChange, changing)}."),
            (_, EventScope.This) => $"1 event {Verb(isChange, 1)}; the series has no end.",
            (_, EventScope.ThisAndFollowing) when from is { } day => $"All from {Day.Format(day)} on {Verb(isChange, 2)} (no end).",
            _ => $"All events {Verb(isChange, 2)}; the series has no end.",
        };
        return impact.Dropped switch
        {
            0 => words,
            1 => $"{words} 1 that was changed on its own has no place in it any more and goes.",
            var dropped => string.Create(CultureInfo.InvariantCulture, $"{words} {dropped} that were changed on their own have no place in it any more and go."),
        };
    }

    private static string Verb(bool isChange, int count) => (isChange, count) switch
    {
        (false, _) => "would change",
        (true, 1) => "changes",
        (true, _) => "change",
    };

    private static string Events(int total) => total == 1 ? "1 event" : string.Create(CultureInfo.InvariantCulture, $"{total} events");
}
