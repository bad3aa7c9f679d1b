using Fluxor;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Notes;
using PeerWeb.Features.Notes.Edit;
using PeerWeb.Shared.Entries;
using PeerWeb.Shared.Lists;

namespace PeerWeb.Features.Notes;

/// <summary>The merged notes. The address says which one is opened.</summary>
public sealed partial class NotesPage(
    IState<ListsState> state, IDispatcher dispatcher, NotesQueries queries, NavigationManager navigation, IDialogService dialogs, TimeProvider time)
{
    private readonly OpenList _notes = new(NoteApp.AppId, NoteKind.Nouns, state, dispatcher, time);
    private EntryDesk<NoteForm>? _desk;

    /// <summary>An <see cref="EntryLink"/>.</summary>
    [SupplyParameterFromQuery(Name = EntryLink.Parameter)]
    public string? Entry { get; set; }

    /// <summary>Held for <see cref="Fluxor.Blazor.Web.Components.FluxorComponent"/>, which watches it.</summary>
    private IState<ListsState> State { get; } = state;

    protected override void OnInitialized()
    {
        base.OnInitialized();
        _notes.Enter(_notes.Refresh);
    }

    protected override void OnParametersSet() => _notes.Open(EntryLink.TryParse(Entry, out var link) ? link : null);

    protected override async ValueTask DisposeAsyncCore(bool disposing)
    {
        await _notes.DisposeAsync();
        await base.DisposeAsyncCore(disposing);
    }

    private void Go(EntryLink? link) => navigation.NavigateTo(link?.On("/notes") ?? "/notes");

    /// <summary>Who has nowhere to write makes a notebook first.</summary>
    private Task NewAsync() => _desk is not { } desk ? Task.CompletedTask : desk.GuardAsync(async token =>
    {
        var form = NoteForm.Empty;
        if (_notes.HasNowhereToWrite)
        {
            if (await AddAsync(token) is not { } made)
                return;
            form = form with { Source = made.ToString() };
        }
        await desk.OpenAsync(PlainEntrySession.New(queries.Entries, NoteShape.Instance, _notes.Scene, form));
    });

    private Task AddAsync() => _desk?.GuardAsync(token => AddAsync(token)) ?? Task.CompletedTask;

    private Task EditAsync(EntryLink link)
    {
        var known = NoteForm.Empty with { Title = _notes.TitleOf(link) };
        return _desk?.OpenAsync(PlainEntrySession.Of(queries.Entries, NoteShape.Instance, _notes.Scene, link.Source, link.Uid, known)) ?? Task.CompletedTask;
    }

    private PlainEntrySession<NoteForm, NoteFields> Resume(Guid id, EntryDraft<NoteForm> draft, bool isKept) =>
        PlainEntrySession.Of(queries.Entries, NoteShape.Instance, _notes.Scene, id, draft, isKept);

    private Task<IDialogReference> ShowAsync(EntrySession<NoteForm> session, Func<EntryConflict, Task<ConflictChoice?>> decide)
    {
        var parameters = new DialogParameters<NoteDialog>
        {
            { dialog => dialog.Session, (PlainEntrySession<NoteForm, NoteFields>)session },
            { dialog => dialog.Decide, decide },
        };
        return dialogs.ShowAsync<NoteDialog>(null, parameters, EntryDialogs.Options);
    }

    private Task<SourceId?> AddAsync(CancellationToken cancellationToken) =>
        _notes.AddAsync(queries.AddNotebook, dialogs, _notes.View.List.Sources.Where(source => source.IsMine).Select(source => source.Color), cancellationToken);
}
