using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Peers.State;

namespace PeerWeb.Features.Peers;

public sealed partial class PeersPage
{
    /// <summary>How many unopened requests are opened by showing the page; the rest wait for a click, so that no flood of requests makes us fetch.</summary>
    private const int OpenedAtOnce = 3;

    /// <summary>Changes by a command beside the server announce nothing here.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(15);

    private readonly HashSet<PeerId> _opened = [];
    private ITimer? _timer;

    protected override void OnInitialized()
    {
        base.OnInitialized();
        State.StateChanged += OpenRequests;
        Changes.Changed += Reload;
        _timer = Time.CreateTimer(_ => Reload(), null, LookAgain, LookAgain);
        Reload();
    }

    protected override async ValueTask DisposeAsyncCore(bool disposing)
    {
        State.StateChanged -= OpenRequests;
        Changes.Changed -= Reload;
        if (_timer is not null)
            await _timer.DisposeAsync();
        await base.DisposeAsyncCore(disposing);
    }

    private void OpenRequests(object? sender, EventArgs change)
    {
        var unopened = State.Value.Peers
            .Where(peer => peer is { Verified: null, State: LinkState.Incoming or LinkState.WaitingOurs }).Select(peer => peer.Id).ToList();
        var next = unopened.Except(_opened).Take(OpenedAtOnce - _opened.Count).ToList();
        _opened.UnionWith(next);
        foreach (var peer in next)
            Run(new PeerCommandAction(peer, PeerCommandKind.Open));
    }

    private void Reload() => Dispatcher.Dispatch(new LoadPeersAction());

    private void LookUp(string text) => Dispatcher.Dispatch(new LookUpPeerAction(text));

    private void Request(RequestPeerAction request) => Dispatcher.Dispatch(request);

    private void Forget() => Dispatcher.Dispatch(new ForgetLookUpAction());

    private void Compare(ComparePeerAction compare) => Dispatcher.Dispatch(compare);

    private void Run(PeerCommandAction command) => Dispatcher.Dispatch(command);
}
