using PeerWeb.Core.Notes;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Notes.Edit;
using PeerWeb.Shared.Files;

namespace PeerWeb.Features.Notes;

/// <summary>Files of notebooks.</summary>
public static class NoteFiles
{
    private const int LongestText = 120;

    private static readonly NoteText Text = new();

    public static readonly AppFiles Instance = AppFiles.OfICalendar(
        NoteApp.AppId, NoteKind.Nouns, "Import notes", "An iCalendar file (.ics) with journal entries, as programs for notes and journals export it", "Text", text => Of(Text.Read(text)));

    private static EntryWords Of(NoteFields read) => new(
        read.Title,
        DisplayText.Excerpt(read.Text, LongestText),
        TimeWords.Of(read.Date) is { Length: > 0 } date ? date : null,
        [new("title", read.Title), new("text", DisplayText.Excerpt(read.Text, LongestText)), new("date", TimeWords.Of(read.Date)), new("tags", string.Join(", ", read.Tags))]);
}
