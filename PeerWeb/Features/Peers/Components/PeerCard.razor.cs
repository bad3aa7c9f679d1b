using Microsoft.AspNetCore.Components;
using MudBlazor;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Sync;
using PeerWeb.Features.Peers.State;

namespace PeerWeb.Features.Peers.Components;

public sealed partial class PeerCard
{
    private bool _revoking;

    [Parameter, EditorRequired]
    public required Peer Peer { get; set; }

    [Parameter, EditorRequired]
    public required Home Home { get; set; }

    [Parameter]
    public IReadOnlyList<OutboxMessage> Messages { get; set; } = [];

    [Parameter]
    public bool IsConflict { get; set; }

    [Parameter]
    public bool IsBusy { get; set; }

    [Parameter]
    public string? Refusal { get; set; }

    [Parameter]
    public EventCallback<PeerCommandAction> Command { get; set; }

    /// <summary>What it can do beside what we can; null where it was not asked.</summary>
    [Parameter]
    public MethodComparison? Comparison { get; set; }

    [Parameter]
    public bool IsComparing { get; set; }

    [Parameter]
    public EventCallback<ComparePeerAction> Compare { get; set; }

    private string TitleId => $"peer-{Peer.Id}";

    private bool NeedsComparing => Peer.State is not (LinkState.Active or LinkState.Suspended or LinkState.Rejected);

    private bool MayApprove => LinkActions.WhyNotApprove(Peer) is null;

    /// <summary>Where approving is the next step, though perhaps not yet possible; the reason is then said beside it.</summary>
    private bool MayShowApprove => (Peer.Facts.ApprovedHere is null && Peer.State is not (LinkState.Rejected or LinkState.Blocked))
        || MayApprove;

    private string ConflictText => Peer.Facts.ApprovedHere is null
        ? "Another link claims the same domain or the same installation with another key. At most one of them is genuine: compare the fingerprints with the other admin before you approve either."
        : "Somebody else asks in the name of the same domain or installation, with another key. Nothing changes here; reject that request unless the other admin confirms its fingerprint.";

    private static string IconOf(StepMark mark) => mark switch
    {
        StepMark.Done => Icons.Material.Outlined.CheckCircle,
        StepMark.Waiting => Icons.Material.Outlined.RadioButtonUnchecked,
        StepMark.Failed => Icons.Material.Outlined.ErrorOutline,
    };

    private static string WordOf(StepMark mark) => mark switch
    {
        StepMark.Done => "Done",
        StepMark.Waiting => "Waiting",
        StepMark.Failed => "Look here",
    };

    private Task Run(PeerCommandKind kind) => Command.InvokeAsync(new PeerCommandAction(Peer.Id, kind));

    private Task CompareAsync() => Compare.InvokeAsync(new ComparePeerAction(Peer.Id));

    private Task ApproveAsync(Approval approval) => Command.InvokeAsync(new PeerCommandAction(Peer.Id, PeerCommandKind.Approve, approval));

    private Task RevokeAsync()
    {
        _revoking = false;
        return Run(PeerCommandKind.Revoke);
    }
}
