using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Formats.ICalendar.Editing;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Notes;

/// <summary>Makes and changes the text of notes: what is not meant to change stays, line by line.</summary>
/// <remarks>RFC 5545 3.6.3. A note that repeats, which only other programs write, keeps its date; its words are those of the whole.</remarks>
public sealed class NoteText : IEntryText<NoteFields>
{
    private static readonly NoteFields None = new(string.Empty, string.Empty, [], null, IsPrivate: false);

    public NoteFields Read(string text) => CalendarText.Guard(() =>
    {
        var main = ComponentSeries.Read(text, ComponentKind.Journal).Main;
        var component = main.Component;
        return new NoteFields(
            TextLines.Line(component, "SUMMARY"), component.Text("DESCRIPTION") ?? string.Empty, [.. component.Categories], main.IsTimed ? main.Start.ToEntryTime() : null, component.IsPrivate);
    });

    public string Create(Uid uid, NoteFields fields, Instant now) => CalendarText.Guard(() =>
    {
        var document = ComponentText.New(ComponentKind.Journal, uid, now);
        Apply(document, None, fields);
        return document.Write();
    });

    public string Change(string text, NoteFields before, NoteFields after, Instant now) => CalendarText.Guard(() =>
    {
        if (before == after)
            return text;
        var document = ComponentDocument.Read(text, ComponentKind.Journal);
        Apply(document, before, after);
        ComponentDocument.Stamp(document.LinesOf(document.Series.Main), now, before.Date != after.Date);
        return document.Write();
    });

    public string WithUid(string text, Uid uid) => ComponentText.WithUid(ComponentKind.Journal, text, uid);

    public IReadOnlyList<EntryDifference> Differences(string left, string right) => ComponentText.Differences(ComponentKind.Journal, left, right);

    public EntryMerge Merge(string baseText, string mine, string theirs) => ComponentText.Merge(ComponentKind.Journal, baseText, mine, theirs);

    private static void Apply(ComponentDocument document, NoteFields before, NoteFields after)
    {
        var (main, lines) = (document.Series.Main, document.LinesOf(document.Series.Main));
        if (before.Title != after.Title)
            TextLines.SetLine(lines, "SUMMARY", after.Title);
        if (before.Text != after.Text)
            TextLines.SetLines(lines, "DESCRIPTION", after.Text);
        if (before.Tags != after.Tags)
            TextLines.SetCategories(lines, after.Tags);
        if (before.IsPrivate != after.IsPrivate)
            TextLines.SetPrivate(lines, after.IsPrivate);
        if (before.Date == after.Date)
            return;
        if (document.Series.IsRecurring)
            throw new InvalidEntryException("This note repeats; its date cannot be changed here.", null);
        if (after.Date is not { } date)
        {
            lines.Remove("DTSTART");
            return;
        }
        lines.Set(TimeLine.Write("DTSTART", date, main.StartLine, main.IsTimed ? main.Start : null));
        document.NeedZone(date);
    }
}
