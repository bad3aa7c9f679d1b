namespace PeerWeb.Core.Peers;

/// <summary>Tells whoever shows peers in this process that something about them changed.</summary>
public sealed class PeerChanges
{
    public event Action? Changed;

    public void Announce() => Changed?.Invoke();
}
