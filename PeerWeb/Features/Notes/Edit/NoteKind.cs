using System.Text.Json.Serialization;
using PeerWeb.Core.Notes;
using PeerWeb.Shared.Entries;

namespace PeerWeb.Features.Notes.Edit;

/// <summary>Notes, as the dialogs of all apps know them.</summary>
public static class NoteKind
{
    public static readonly EntryNouns Nouns = new("note", "notes", "notebook", "notebooks");

    public static readonly EntryKind<NoteForm> Instance = new(NoteApp.AppId, Nouns, NoteDraftJson.Default.EntryDraftNoteForm);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(EntryDraft<NoteForm>))]
internal sealed partial class NoteDraftJson : JsonSerializerContext;
