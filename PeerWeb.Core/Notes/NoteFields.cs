using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Notes;

/// <summary>What a dialog edits of a note. Everything else of its text stays as it is.</summary>
/// <param name="Title">One line, at most 1 KiB; empty where there is none.</param>
/// <param name="Text">Markdown as typed, line feeds between lines, at most 100 KiB.</param>
/// <param name="Date">What it is about: a day, or a time of other programs; null where there is none.</param>
/// <param name="IsPrivate">CLASS:PRIVATE; false leaves no CLASS but PUBLIC.</param>
public sealed record NoteFields(string Title, string Text, ValueList<string> Tags, EntryTime? Date, bool IsPrivate);
