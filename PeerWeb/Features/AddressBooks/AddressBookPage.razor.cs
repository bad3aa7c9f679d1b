using Fluxor;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Features.AddressBooks.Edit;
using PeerWeb.Features.AddressBooks.State;
using PeerWeb.Shared.Entries;
using PeerWeb.Shared.Lists;

namespace PeerWeb.Features.AddressBooks;

/// <summary>The merged address book. The address says which one is opened.</summary>
public sealed partial class AddressBookPage(
    IState<ListsState> state, IState<GroupState> group, IDispatcher dispatcher, AddressBookQueries queries, NavigationManager navigation, IDialogService dialogs, TimeProvider time)
{
    private readonly OpenList _contacts = new(AddressBookApp.AppId, ContactEntryKind.Nouns, state, dispatcher, time);
    private EntryDesk<ContactForm>? _desk;

    /// <summary>An <see cref="EntryLink"/>.</summary>
    [SupplyParameterFromQuery(Name = EntryLink.Parameter)]
    public string? Entry { get; set; }

    /// <summary>Held for <see cref="Fluxor.Blazor.Web.Components.FluxorComponent"/>, which watches it.</summary>
    private IState<ListsState> State { get; } = state;

    private IState<GroupState> Group { get; } = group;

    /// <summary>Where a copy of another's contact can go.</summary>
    private IReadOnlyList<Source> Targets => [.. _contacts.View.List.Sources.Where(source => source.IsMine).OrderBy(source => source.Name, StringComparer.CurrentCulture)];

    protected override void OnInitialized()
    {
        base.OnInitialized();
        _contacts.Enter(_contacts.Refresh);
    }

    protected override void OnParametersSet() => _contacts.Open(EntryLink.TryParse(Entry, out var link) ? link : null);

    protected override async ValueTask DisposeAsyncCore(bool disposing)
    {
        await _contacts.DisposeAsync();
        await base.DisposeAsyncCore(disposing);
    }

    private void Go(EntryLink? link) => navigation.NavigateTo(link?.On("/addressbook") ?? "/addressbook");

    /// <summary>Who has nowhere to write makes an address book first.</summary>
    private Task NewAsync() => _desk is not { } desk ? Task.CompletedTask : desk.GuardAsync(async token =>
    {
        var form = ContactForm.Empty;
        if (_contacts.HasNowhereToWrite)
        {
            if (await AddAsync(token) is not { } made)
                return;
            form = form with { Source = made.ToString() };
        }
        await desk.OpenAsync(PlainEntrySession.New(queries.Entries, ContactShape.Instance, _contacts.Scene, form));
    });

    private Task AddAsync() => _desk?.GuardAsync(token => AddAsync(token)) ?? Task.CompletedTask;

    private Task EditAsync(EntryLink link)
    {
        var known = ContactForm.Empty with { Title = _contacts.TitleOf(link) };
        return _desk?.OpenAsync(PlainEntrySession.Of(queries.Entries, ContactShape.Instance, _contacts.Scene, link.Source, link.Uid, known)) ?? Task.CompletedTask;
    }

    /// <param name="into">Null: an address book is made first.</param>
    private Task CopyAsync(EntryLink link, Source? into) => _desk is not { } desk ? Task.CompletedTask : desk.GuardAsync(async token =>
    {
        if ((into?.Id ?? await AddAsync(token)) is { } target)
            await desk.FinishAsync(await ContactCopy.RunAsync(queries.Entries, link, target, into, token), token);
    });

    private PlainEntrySession<ContactForm, ContactFields> Resume(Guid id, EntryDraft<ContactForm> draft, bool isKept) =>
        PlainEntrySession.Of(queries.Entries, ContactShape.Instance, _contacts.Scene, id, draft, isKept);

    private Task<IDialogReference> ShowAsync(EntrySession<ContactForm> session, Func<EntryConflict, Task<ConflictChoice?>> decide) => ContactDialog.ShowAsync(dialogs, session, decide);

    private Task<SourceId?> AddAsync(CancellationToken cancellationToken) =>
        _contacts.AddAsync(queries.AddBook, dialogs, _contacts.View.List.Sources.Where(source => source.IsMine).Select(source => source.Color), cancellationToken);
}
