using MudBlazor;
using PeerWeb.Core.Notes;
using PeerWeb.Features.Notes.Edit;
using PeerWeb.Shared;
using PeerWeb.Shared.Collections;
using PeerWeb.Shared.Entries;
using PeerWeb.Shared.Lists;

namespace PeerWeb.Features.Notes;

public static class NotesSetup
{
    /// <summary>The page of notes, on what the pages of all apps share.</summary>
    public static IServiceCollection AddNotes(this IServiceCollection services) => services
        .AddSingleton(new EntryPage(
            NoteApp.AppId, "Notes", "/notes", "note", Icons.Material.Outlined.StickyNote2, Order: 3, (entry, _) => new EntryLink(entry.Source, entry.Summary.Uid).On("/notes"), NoteWords.About))
        .AddSingleton(new ListQuestion(NoteApp.AppId, NoteKind.Nouns)
        {
            Open = entry => new OpenedEntry.Found<NoteFields>(NoteShape.Instance.Text.Read(entry.Text), entry.ETag),
        })
        .AddSingleton(NoteFiles.Instance)
        .AddScoped(provider => new NotesQueries(EntryCallsSetup.Create(provider, NoteKind.Instance), provider.GetRequiredService<AddCollection>()));
}
