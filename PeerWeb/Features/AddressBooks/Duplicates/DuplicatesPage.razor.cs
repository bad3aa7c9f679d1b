using Microsoft.AspNetCore.Components;
using MudBlazor;
using NodaTime;
using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.AddressBooks.Duplicates;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Features.AddressBooks.Edit;
using PeerWeb.Shared.Entries;

namespace PeerWeb.Features.AddressBooks.Duplicates;

/// <summary>Finds contacts that are there more than once, and makes one of them.</summary>
public sealed partial class DuplicatesPage(AddressBookQueries queries, IDialogService dialogs, TimeProvider time) : ComponentBase, IDisposable
{
    /// <summary>Groups that show at first, and that come with each further page.</summary>
    private const int Page = 50;

    private readonly CancellationTokenSource _left = new();
    private readonly Dictionary<DuplicateGroup, ElementReference> _openers = [];
    private ElementReference _count;
    private Func<ValueTask>? _focus;
    private EntryDesk<ContactForm>? _desk;
    private FoundDuplicates? _found;
    private DuplicateGroup? _opened;
    private DuplicateMerge? _merge;
    private ContactCard? _preview;
    private string? _failure;
    private bool _isBusy;
    private int _shown = Page;

    private EntryScene Scene => new(ContactEntryKind.Nouns, [], _found?.Books ?? [], new Dictionary<SourceId, string>(), DateTimeZone.Utc, time);

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    protected override Task OnInitializedAsync() => FindAsync();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus is not { } focus)
            return;
        _focus = null;
        await focus();
    }

    private async Task FindAsync()
    {
        Close();
        try
        {
            var found = await queries.Duplicates(_left.Token);
            _openers.Clear();
            _found = found;
            _failure = null;
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            return;
        }
        catch (StoreUnavailableException unavailable)
        {
            _failure = $"Your address books could not be read. {unavailable.Message}";
        }
    }

    private Task OpenAsync(DuplicateGroup group)
    {
        var isOpen = _opened == group;
        Close();
        return isOpen || _found is not { } found ? Task.CompletedTask : GuardAsync(async token =>
        {
            if (await DuplicateMerge.ReadAsync(queries.Entries, found.LinksOf(group), token) is { } merge)
                (_opened, _merge) = (group, Shown(merge));
            else
                _desk?.Tell(new EntryResult.Done("Fewer than two of these contacts are still there."));
        });
    }

    private void Choose(string label, int contact)
    {
        _merge?.Choose(label, contact);
        if (_merge is { } merge)
            Shown(merge);
    }

    private void Keep(int contact) => _merge = _merge is { } merge ? Shown(merge.Keeping(contact)) : null;

    private void LeaveOut(int contact)
    {
        // Its button goes with it.
        if (_opened is { } group)
            _focus = () => _openers.TryGetValue(group, out var opener) ? opener.FocusAsync() : ValueTask.CompletedTask;
        if (_merge?.Without(contact) is { } rest)
            _merge = Shown(rest);
        else
            Close();
    }

    private async Task MergeAsync()
    {
        if (_isBusy || _merge is not { } merge)
            return;
        _isBusy = true;
        await GuardAsync(async token =>
        {
            if (await merge.RunAsync(queries.Entries, Scene.Now, CancellationToken.None) is { } done && _desk is { } desk)
            {
                _focus = () => _count.FocusAsync();
                await desk.FinishAsync(done, token);
            }
        });
        _isBusy = false;
    }

    private void Close() => (_opened, _merge, _preview) = (null, null, null);

    private DuplicateMerge Shown(DuplicateMerge merge)
    {
        try
        {
            _preview = merge.Preview(Scene.Now);
        }
        catch (InvalidEntryException)
        {
            // It says so in the preview's place.
            _preview = null;
        }
        return merge;
    }

    private Task GuardAsync(Func<CancellationToken, Task> step) => _desk?.GuardAsync(step) ?? Task.CompletedTask;

    private PlainEntrySession<ContactForm, ContactFields> Resume(Guid id, EntryDraft<ContactForm> draft, bool isKept) =>
        PlainEntrySession.Of(queries.Entries, ContactShape.Instance, Scene, id, draft, isKept);

    private static string Joined(params IEnumerable<string?> parts) => string.Join(" · ", parts.OfType<string>());
}
