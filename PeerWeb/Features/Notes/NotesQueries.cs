using PeerWeb.Features.Notes.Edit;
using PeerWeb.Shared.Collections;
using PeerWeb.Shared.Entries;

namespace PeerWeb.Features.Notes;

/// <summary>Everything that the page of notes asks of the rest, as the signed-in user of the circuit; its list is asked for by the effects.</summary>
/// <param name="Entries">What the dialog of one note asks.</param>
/// <param name="AddNotebook">Makes a notebook of the viewer's own.</param>
public sealed record NotesQueries(EntryCalls<NoteForm> Entries, AddCollection AddNotebook);
