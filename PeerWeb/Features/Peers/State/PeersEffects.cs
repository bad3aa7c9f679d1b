using Fluxor;
using Microsoft.AspNetCore.Components.Authorization;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Storage;
using PeerWeb.Core.Sync;
using PeerWeb.Identity;
using PeerWeb.Shared;

namespace PeerWeb.Features.Peers.State;

public sealed partial class PeersEffects(
    PeerLinks links, PeerComparison comparison, IOutboxStore outbox, MessageOutbox messages, AuthenticationStateProvider viewer, ILogger<PeersEffects> logger)
{
    private const int MessagesShown = 5;

    [EffectMethod]
    public Task LoadAsync(LoadPeersAction action, IDispatcher dispatcher) => GuardAsync(
        async () =>
        {
            var home = await links.HomeAsync(CancellationToken.None);
            var peers = await links.ListAsync(CancellationToken.None);
            var recent = await outbox.RecentAsync(MessagesShown, CancellationToken.None);
            dispatcher.Dispatch(new LoadPeersResultAction(home, [.. peers.OrderBy(Rank).ThenBy(peer => peer.FirstSeen)], [.. recent]));
        },
        reason => dispatcher.Dispatch(new LoadPeersFailedAction(reason)));

    [EffectMethod]
    public Task LookUpAsync(LookUpPeerAction action, IDispatcher dispatcher) => GuardAsync(
        async () =>
        {
            if (!DomainInput.TryRead(action.Text, out var domain, out var problem))
            {
                dispatcher.Dispatch(new LookUpPeerFailedAction(problem));
                return;
            }
            dispatcher.Dispatch(await links.LookUpAsync(domain, CancellationToken.None) switch
            {
                LookUpOutcome.Found found => new LookUpPeerResultAction(found.Installation),
                LookUpOutcome.Failed failed => new LookUpPeerFailedAction(failed.Reason),
                var other => throw new InvalidOperationException($"{other.GetType().Name} is not known."),
            });
        },
        reason => dispatcher.Dispatch(new LookUpPeerFailedAction(reason)));

    [EffectMethod]
    public Task RequestAsync(RequestPeerAction action, IDispatcher dispatcher) => GuardAsync(
        async () =>
        {
            if (!DomainInput.TryRead(action.Found?.Domain.Value ?? action.Text, out var domain, out var problem))
            {
                dispatcher.Dispatch(new LookUpPeerFailedAction(problem));
                return;
            }
            var outcome = await links.RequestAsync(domain, action.Found?.Key.Thumbprint, CancellationToken.None);
            dispatcher.Dispatch(outcome is Transition.Refused refused ? new LookUpPeerFailedAction(refused.Reason) : new RequestPeerResultAction(domain.Value));
            dispatcher.Dispatch(new LoadPeersAction());
        },
        reason => dispatcher.Dispatch(new LookUpPeerFailedAction(reason)));

    [EffectMethod]
    public Task CommandAsync(PeerCommandAction action, IDispatcher dispatcher) => GuardAsync(
        async () =>
        {
            dispatcher.Dispatch(new PeerCommandResultAction(action.Peer, await RunAsync(action)));
            dispatcher.Dispatch(new LoadPeersAction());
        },
        reason => dispatcher.Dispatch(new PeerCommandResultAction(action.Peer, reason)));

    [EffectMethod]
    public Task CompareAsync(ComparePeerAction action, IDispatcher dispatcher) => GuardAsync(
        async () => dispatcher.Dispatch(new ComparePeerResultAction(action.Peer, await comparison.CompareAsync(action.Peer, CancellationToken.None))),
        reason => dispatcher.Dispatch(new ComparePeerResultAction(action.Peer, new MethodComparison.Failed(reason))));

    /// <summary>What needs the admin comes first, what is over last.</summary>
    private static int Rank(Peer peer) => peer.State switch
    {
        LinkState.Incoming or LinkState.WaitingOurs or LinkState.BothAsked => 0,
        LinkState.Blocked => 1,
        LinkState.Rejected => 3,
        LinkState.Revoked => 4,
        _ => 2,
    };

    private async Task<string?> RunAsync(PeerCommandAction action)
    {
        switch (action.Kind)
        {
            case PeerCommandKind.TryNow:
                await messages.TryNowAsync(action.Peer, CancellationToken.None);
                return null;
            case PeerCommandKind.Test:
                return (await links.TestAsync(action.Peer, CancellationToken.None)).Error;
            default:
                return await StepAsync(action) is Transition.Refused refused ? refused.Reason : null;
        }
    }

    private Task<Transition> StepAsync(PeerCommandAction action) => (action.Kind, action.Approval) switch
    {
        (PeerCommandKind.Open, _) => links.OpenAsync(action.Peer, CancellationToken.None),
        (PeerCommandKind.Approve, { } approval) => links.ApproveAsync(action.Peer, approval, CancellationToken.None),
        (PeerCommandKind.Reject, _) => links.RejectAsync(action.Peer, CancellationToken.None),
        (PeerCommandKind.Suspend, _) => links.SuspendAsync(action.Peer, CancellationToken.None),
        (PeerCommandKind.Resume, _) => links.ResumeAsync(action.Peer, CancellationToken.None),
        (PeerCommandKind.Revoke, _) => links.RevokeAsync(action.Peer, CancellationToken.None),
        _ => throw new InvalidOperationException($"{action.Kind} is no step of a link."),
    };

    private async Task GuardAsync(Func<Task> work, Action<string> failed)
    {
        try
        {
            await viewer.RequireAsync(Roles.Admin);
            await work();
        }
        catch (Exception problem)
        {
            Failed(logger, problem);
            failed($"{StoreFaults.In(problem)?.Message ?? "This server could not do that."} Try again; its log says what went wrong.");
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A command on the peers page failed")]
    private static partial void Failed(ILogger logger, Exception problem);
}
