using System.Text;
using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Formats.ICalendar.Editing;

namespace PeerWeb.Core.Todos;

/// <summary>Keeps a todo small that repeats for years: each instance that is done is a component of its own, and an entry has caps.</summary>
/// <remarks>What was done long ago is forgotten by letting the series begin later. An instance is only forgotten when all before it are.</remarks>
internal static class TodoHistory
{
    private const int MostChanged = 100;
    private const int MostBytes = Entry.MaxBytes / 4;

    private static readonly int[] Kept = [MostChanged / 2, 5, 0];

    /// <summary>The text with fewer instances that are done; the text itself where it is small, or its rule cannot begin later.</summary>
    public static string Shortened(string text)
    {
        foreach (var kept in Kept)
        {
            if (!IsLarge(text))
                break;
            text = Begun(ComponentDocument.Read(text, ComponentKind.Todo), kept)?.Write() ?? text;
        }
        return text;
    }

    private static bool IsLarge(string text) =>
        Encoding.UTF8.GetByteCount(text) > MostBytes || text.AsSpan().Count("\r\nRECURRENCE-ID") > MostChanged;

    private static ComponentDocument? Begun(ComponentDocument document, int kept)
    {
        var series = document.Series;
        if (series.Master?.Component.Find("EXRULE") is not null || series.Overrides.Any(changed => changed.ChangesFollowing) || FirstOpen(series) is not { } open)
            return null;
        var done = series.Overrides.Select(series.NominalOf).Where(nominal => nominal < open).Order().ToList();
        if (done.Count <= kept)
            return null;
        try
        {
            return SeriesHalf.From(document, kept == 0 ? open : done[^kept]);
        }
        catch (InvalidEntryException)
        {
            // Its rules say something else when they begin there.
            return null;
        }
    }

    /// <summary>Where the first open instance is in the series; null where none is, or the series is not here.</summary>
    private static LocalDateTime? FirstOpen(ComponentSeries series)
    {
        if (series.Master is null)
            return null;
        var unchanged = series.First(_ => false)?.RecurrenceId is { } id ? CalendarTimeText.ParseBasic(id.TrimEnd('Z')) : null;
        return series.Overrides.Where(changed => TodoProgress.Of(changed.Component).IsOpen).Select(changed => (LocalDateTime?)series.NominalOf(changed)).Append(unchanged).Min();
    }
}
