using Microsoft.AspNetCore.Components;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Features.Sharing.Matrix;
using PeerWeb.Features.Sharing.State;

namespace PeerWeb.Features.Sharing.Components;

/// <summary>The ACL matrix of all apps: principals and collections as rows, rights as columns, one box for one right. Knows no service.</summary>
public sealed partial class AclMatrix : ComponentBase
{
    /// <summary>With more collections than that, those on which somebody has nothing are folded away.</summary>
    private const int MostUnfolded = 6;

    private readonly HashSet<Principal> _unfolded = [];
    private readonly Dictionary<Principal, ElementReference> _heads = [];
    private AddPrincipal? _add;
    private ElementReference _outcome;
    private AddNotice? _seen;
    private SharingNotice? _told;
    private Func<ValueTask>? _focus;

    [Parameter, EditorRequired]
    public required MatrixFacts Facts { get; set; }

    [Parameter, EditorRequired]
    public required MatrixDraft Draft { get; set; }

    /// <summary>Shows this collection alone, one row for each principal; null: everything.</summary>
    [Parameter]
    public (AppId App, CollectionId Collection)? Only { get; set; }

    [Parameter]
    public bool IsSaving { get; set; }

    /// <summary>What adding somebody came to; their rows get the focus.</summary>
    [Parameter]
    public AddNotice? Add { get; set; }

    /// <summary>What the last save came to.</summary>
    [Parameter]
    public SharingNotice? Notice { get; set; }

    /// <summary>What stands beside a principal's name: whether their installation knows.</summary>
    [Parameter]
    public RenderFragment<MatrixPrincipal>? Status { get; set; }

    [Parameter]
    public EventCallback<string> OnAdd { get; set; }

    [Parameter]
    public EventCallback<TickAction> OnTick { get; set; }

    [Parameter]
    public EventCallback<Principal> OnRemove { get; set; }

    [Parameter]
    public EventCallback OnSave { get; set; }

    [Parameter]
    public EventCallback OnDiscard { get; set; }

    /// <summary>Everybody; of one collection those whom it concerns.</summary>
    private IReadOnlyList<MatrixPrincipal> Listed =>
        Single is not { } single
            ? Draft.Principals(Facts)
            : [.. Draft.Principals(Facts).Where(principal => IsAdded(principal) || RowOf(principal, single) is { IsEmpty: false } or { Hint: not null })];

    private MatrixPlace? Single => Only is var (app, collection) ? Facts.Find(app, collection) : null;

    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(Add, _seen) && Add is { Principal: { } principal })
            _focus = () => _heads.TryGetValue(principal, out var head) ? head.FocusAsync() : ValueTask.CompletedTask;
        // The button that had the focus is gone with the changes.
        else if (!ReferenceEquals(Notice, _told) && Notice is not null)
            _focus = () => _outcome.FocusAsync();
        (_seen, _told) = (Add, Notice);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus is not { } focus)
            return;
        _focus = null;
        await focus();
    }

    private MatrixRow RowOf(MatrixPrincipal principal, MatrixPlace place) => MatrixRow.Of(Facts, Draft, principal, place);

    private IEnumerable<MatrixRow> Rows(MatrixPrincipal principal) => Facts.Places.Select(place => RowOf(principal, place));

    private IEnumerable<MatrixRow> Shown(MatrixPrincipal principal) =>
        IsUnfolded(principal) ? Rows(principal) : Rows(principal).Where(row => row.Key.Collection is null || !row.IsEmpty);

    private int Folded(MatrixPrincipal principal) =>
        IsUnfolded(principal) ? 0 : Rows(principal).Count(row => row.Key.Collection is not null && row.IsEmpty);

    private bool IsUnfolded(MatrixPrincipal principal) => Facts.Apps.Sum(app => app.Collections.Count) <= MostUnfolded || _unfolded.Contains(principal.Principal);

    private bool IsAdded(MatrixPrincipal principal) => Draft.Added.Contains(principal);

    private bool IsRemovable(MatrixPrincipal principal) =>
        IsAdded(principal)
        || (Single is { } single ? RowOf(principal, single).HasTicks : Rows(principal).Any(row => row.HasTicks));

    private async Task RemoveAsync(MatrixPrincipal principal)
    {
        // The button goes with the ticks, and rows that were only added go at once: the focus stays near.
        _focus = IsAdded(principal)
            ? () => _add?.FocusAsync() ?? ValueTask.CompletedTask
            : () => _heads.TryGetValue(principal.Principal, out var head) ? head.FocusAsync() : ValueTask.CompletedTask;
        await OnRemove.InvokeAsync(principal.Principal);
    }
}
